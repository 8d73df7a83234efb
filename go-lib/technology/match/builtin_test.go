// This file tests that the built-in index is what the generator makes.

package match

import (
	"context"
	"maps"
	"slices"
	"testing"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/upstream"
)

func TestBuiltinIsGenerated(t *testing.T) {
	want, err := upstream.EncodedIndex(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if builtinData != string(want) {
		t.Fatal("builtin.idx is out of date; renew it with: go generate ./technology/match")
	}
	const maxSize = 3 << 20
	if len(builtinData) > maxSize {
		t.Errorf("builtin.idx has %d bytes, want at most %d", len(builtinData), maxSize)
	}
}

// TestInfo compares what the index tells of technologies with upstream.
func TestInfo(t *testing.T) {
	theirs, _ := reference()
	fingerprints := theirs.GetFingerprints().Apps
	compiled := theirs.GetCompiledFingerprints().Apps
	x := Builtin()
	if x.Len() != len(fingerprints) {
		t.Fatalf("%d technologies, upstream has %d", x.Len(), len(fingerprints))
	}
	names := map[int]string{}
	for _, c := range Categories() {
		names[c.ID] = c.Name
	}
	for id, info := range x.Technologies() {
		f, ok := fingerprints[info.Name]
		if !ok {
			t.Fatalf("upstream has no %q", info.Name)
		}
		if got, ok := x.Lookup(info.Name); !ok || got != id {
			t.Errorf("Lookup(%q) = %d, %v; want %d", info.Name, got, ok, id)
		}
		app := wappalyzer.AppInfoFromFingerprint(compiled[info.Name])
		var categories []string
		for _, c := range info.Categories {
			if name, ok := names[c]; ok {
				categories = append(categories, name)
			}
		}
		if info.Description != app.Description || info.Website != app.Website || info.Icon != app.Icon || info.CPE != app.CPE ||
			!slices.Equal(categories, app.Categories) || !slices.Equal(info.Categories, f.Cats) || len(info.Implies) != len(f.Implies) {
			t.Errorf("%s: got %+v (%v), upstream %+v", info.Name, info, categories, app)
		}
	}
	if id, ok := x.Lookup("No such technology"); ok || id != -1 {
		t.Errorf("Lookup of nothing: %d, %v", id, ok)
	}
}

func TestCategories(t *testing.T) {
	want := wappalyzer.GetCategoriesMapping()
	got := Categories()
	if len(got) != len(want) {
		t.Errorf("%d categories, upstream has %d", len(got), len(want))
	}
	for _, c := range got {
		if w := want[c.ID]; w.Name != c.Name || w.Priority != c.Priority {
			t.Errorf("category %+v, upstream %+v", c, w)
		}
	}
	if !slices.IsSortedFunc(got, func(a, b Category) int { return a.ID - b.ID }) {
		t.Error("the categories aren't sorted")
	}
}

// TestRoundTrip builds an index from what another one gives back.
func TestRoundTrip(t *testing.T) {
	apps := Builtin().data.Fingerprints()
	if len(apps) != Builtin().Len() {
		t.Fatalf("%d fingerprints of %d technologies", len(apps), Builtin().Len())
	}
	x, err := Build(context.Background(), []byte(`{"apps":{"Extra":{"html":["<extra>"]}}}`), true)
	if err != nil {
		t.Fatal(err)
	}
	if x.Len() != Builtin().Len()+1 {
		t.Errorf("%d technologies, want one more than %d", x.Len(), Builtin().Len())
	}
	again := x.data.Fingerprints()
	delete(again, "Extra")
	if !slices.Equal(slices.Sorted(maps.Keys(again)), slices.Sorted(maps.Keys(apps))) {
		t.Error("the extended index has other technologies")
	}
	page := Page{Body: []byte(`<extra><script src="/jquery-3.1.0.min.js"></script>`), Headers: []Header{{"Server", []byte("nginx/1.2")}}}
	want := append([]string{"Extra"}, formatted(mustMatch(t, Builtin(), page))...)
	if got := formatted(mustMatch(t, x, page)); !slices.Equal(got, want) || len(want) < 3 {
		t.Errorf("got %q, want %q", got, want)
	}
}
