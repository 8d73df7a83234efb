// Tests of fingerprint sets: loading, naming, limits, and files that can't be used.

package technology

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func TestASetIsNamedByItsHash(t *testing.T) {
	if got := nameOf([]byte("abc")); got != "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("got %s", got)
	}
	file := []byte(`{"apps":{"A":{}}}`)
	set, err := newSets().load(t.Context(), file, false)
	if err != nil {
		t.Fatal(err)
	}
	if set.name != nameOf(file) || set.index().Len() != 1 {
		t.Errorf("the set %s has %d technologies", set.name, set.index().Len())
	}
}

func TestTheBuiltInSetIsNamedByUpstreamsFile(t *testing.T) {
	if want := nameOf([]byte(wappalyzer.GetRawFingerprints())); builtinName != want {
		t.Errorf("the constant is %s and the file %s; run go generate ./technology", builtinName, want)
	}
}

func TestTheSameSetIsLoadedOnce(t *testing.T) {
	sets := newSets()
	first, err := sets.load(t.Context(), []byte(small), false)
	if err != nil {
		t.Fatal(err)
	}
	var loading sync.WaitGroup
	for range 4 {
		loading.Go(func() {
			if again, err := sets.load(t.Context(), []byte(small), false); again != first || err != nil {
				t.Errorf("got %v, %v", again, err)
			}
		})
	}
	loading.Wait()
	if len(sets.byName) != 2 {
		t.Errorf("there are %d sets", len(sets.byName))
	}
}

func TestAFileReplacesTheBuiltInSetOrExtendsIt(t *testing.T) {
	const file = `{"apps":{"Nginx":{"headers":{"x-mine":"yes"}},"Mine":{"headers":{"x-mine":"yes"}}}}`
	page := &technologyv1.Page{Headers: headers("X-Mine", "yes", "Server", "nginx/1.25.3", "X-Powered-By", "PHP/8.3.1")}
	builtin, err := service().ListTechnologies(context.Background(), &technologyv1.ListTechnologiesRequest{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for name, test := range map[string]struct {
		extend bool
		count  int
		want   []string
	}{
		"replaces": {false, 2, []string{"Mine", "Nginx"}},
		"extends":  {true, len(builtin.GetTechnologies()) + 1, []string{"Mine", "Nginx", "PHP 8.3.1"}},
	} {
		t.Run(name, func(t *testing.T) {
			loaded, err := service().LoadFingerprints(context.Background(), &technologyv1.LoadFingerprintsRequest{
				Content: []byte(file), Extend: test.extend,
			})
			if err != nil {
				t.Fatal(err)
			}
			if int(loaded.GetTechnologies()) != test.count || found[loaded.GetFingerprintSet()] {
				t.Errorf("loaded %v", loaded)
			}
			found[loaded.GetFingerprintSet()] = true
			response, err := service().Detect(context.Background(), &technologyv1.DetectRequest{
				Page: page, Options: &technologyv1.DetectOptions{FingerprintSet: loaded.GetFingerprintSet()},
			})
			if err != nil {
				t.Fatal(err)
			}
			if got := names(response.GetTechnologies()); !slices.Equal(got, test.want) ||
				response.GetFingerprintSet() != loaded.GetFingerprintSet() {
				t.Errorf("%s found %q", response.GetFingerprintSet(), got)
			}
		})
	}
}

func TestASetThatIsNotLoadedIsNamedWithThoseThatAre(t *testing.T) {
	sets := newSets()
	_, err := sets.get("sha256:00")
	failsWith(t, err, bridge.NotFound,
		"fingerprint set [sha256:00] isn't loaded; load it again, or use one of ["+builtinName+"]")
}

func TestTheNumberOfSetsIsBounded(t *testing.T) {
	sets := newSets()
	file := func(i int) []byte { return fmt.Appendf(nil, `{"apps":{"App %d":{}}}`, i) }
	for i := 1; i < maxSets; i++ { // the built-in set is one of them
		if _, err := sets.load(t.Context(), file(i), false); err != nil {
			t.Fatalf("set %d: %v", i, err)
		}
	}
	_, err := sets.load(t.Context(), file(maxSets), false)
	status := failsWith(t, err, bridge.ResourceExhausted,
		"64 fingerprint sets are loaded, which is the most that one process may have; restart it to load others")
	hasDetail(t, status, &runtimev1.LimitExceeded{Limit: "fingerprint_sets", Allowed: 64, Actual: 65})
	if _, err := sets.load(t.Context(), file(1), false); err != nil {
		t.Errorf("a set that is there already: %v", err)
	}
}

func TestAFileThatCannotBeUsedChangesNothing(t *testing.T) {
	for name, content := range map[string]string{
		"nothing":               ``,
		"no JSON":               `fingerprints`,
		"cut short":             `{"apps":{"A":`,
		"a list":                `[]`,
		"apps of another type":  `{"apps":[]}`,
		"a field of wrong type": `{"apps":{"A":{"cats":["one"]}}}`,
		"no apps":               `{}`,
		"apps are null":         `{"apps":null}`,
		"apps are empty":        `{"apps":{}}`,
		"an entry is null":      `{"apps":{"A":null}}`,
	} {
		for _, extend := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, extend %v", name, extend), func(t *testing.T) {
				sets := newSets()
				_, err := sets.load(t.Context(), []byte(content), extend)
				status := bridge.StatusOf(err)
				if bridge.Code(status.GetCode()) != bridge.InvalidArgument ||
					!strings.HasPrefix(status.GetMessage(), "the fingerprints can't be used: ") {
					t.Errorf("got %v", err)
				}
				if len(sets.byName) != 1 {
					t.Errorf("%d sets remain", len(sets.byName))
				}
			})
		}
	}
}

func TestOddRulesAreAllowedAndListed(t *testing.T) {
	service := newService()
	loaded, err := service.LoadFingerprints(t.Context(), &technologyv1.LoadFingerprintsRequest{Content: []byte(`{"apps":{
		"A":{"dom":{"p":{"attributes":"x","properties":{"y":1},"exists":null}}},
		"B":{"html":["("]},
		"C":{"newer":{"a":1}}
	}, "newer": 1}`)})
	if err != nil || loaded.GetTechnologies() != 3 {
		t.Fatalf("loaded %v, %v", loaded, err)
	}
	listed, err := service.ListTechnologies(t.Context(), &technologyv1.ListTechnologiesRequest{
		FingerprintSet: loaded.GetFingerprintSet(), Rules: true,
	})
	if err != nil || len(listed.GetTechnologies()) != 3 {
		t.Errorf("listed %v, %v", listed, err)
	}
}

func TestALoadThatIsCancelledChangesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sets := newSets()
	if _, err := sets.load(ctx, []byte(small), true); err != context.Canceled || len(sets.byName) != 1 {
		t.Errorf("got %v; %d sets", err, len(sets.byName))
	}
}

func TestASetOutlivesTheCallersBytes(t *testing.T) {
	content := []byte(`{"apps":{"Own":{"headers":{"x-own":"yes"}}}}`)
	loaded, err := service().LoadFingerprints(context.Background(), &technologyv1.LoadFingerprintsRequest{Content: content})
	if err != nil {
		t.Fatal(err)
	}
	copy(content, bytes.Repeat([]byte("x"), len(content)))
	response, err := service().Detect(context.Background(), &technologyv1.DetectRequest{
		Page:    &technologyv1.Page{Headers: headers("X-Own", "yes")},
		Options: &technologyv1.DetectOptions{FingerprintSet: loaded.GetFingerprintSet()},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := names(response.GetTechnologies()); !slices.Equal(got, []string{"Own"}) {
		t.Errorf("found %q", got)
	}
}
