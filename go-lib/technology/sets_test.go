// Tests of fingerprint sets: loading, naming, limits, and files that can't be used.

package technology

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func TestASetIsNamedByItsHash(t *testing.T) {
	if got := nameOf([]byte("abc")); got != "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("got %s", got)
	}
	file := []byte(`{"apps":{"A":{}}}`)
	set, count, err := newSets().load(file, false)
	if err != nil {
		t.Fatal(err)
	}
	if set.name != nameOf(file) || count != 1 {
		t.Errorf("the set %s has %d technologies", set.name, count)
	}
}

func TestTheSameSetIsLoadedOnce(t *testing.T) {
	sets := newSets()
	first, _, err := sets.load([]byte(small), false)
	if err != nil {
		t.Fatal(err)
	}
	var loading sync.WaitGroup
	for range 4 {
		loading.Go(func() {
			if again, count, err := sets.load([]byte(small), false); again != first || count != 6 || err != nil {
				t.Errorf("got %v with %d technologies, %v", again, count, err)
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
		"fingerprint set [sha256:00] isn't loaded; load it again, or use one of ["+builtinName()+"]")
}

func TestTheNumberOfSetsIsBounded(t *testing.T) {
	sets := newSets()
	file := func(i int) []byte { return fmt.Appendf(nil, `{"apps":{"App %d":{}}}`, i) }
	for i := 1; i < maxSets; i++ { // the built-in set is one of them
		if _, _, err := sets.load(file(i), false); err != nil {
			t.Fatalf("set %d: %v", i, err)
		}
	}
	_, _, err := sets.load(file(maxSets), false)
	status := failsWith(t, err, bridge.ResourceExhausted,
		"64 fingerprint sets are loaded, which is the most that one process may have; restart it to load others")
	hasDetail(t, status, &runtimev1.LimitExceeded{Limit: "fingerprint_sets", Allowed: 64, Actual: 65})
	if _, _, err := sets.load(file(1), false); err != nil {
		t.Errorf("a set that is there already: %v", err)
	}
}

// scratch makes a folder of the test's own the place for temporary files.
func scratch(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	return folder
}

func TestAFileThatCannotBeUsedChangesNothing(t *testing.T) {
	const prefix = "the fingerprints can't be used: "
	for name, test := range map[string]struct {
		content string
		want    string // the rest of the message; empty where encoding/json words it
	}{
		"nothing":                {``, ""},
		"no JSON":                {`fingerprints`, ""},
		"cut short":              {`{"apps":{"A":`, ""},
		"a list":                 {`[]`, ""},
		"apps of another type":   {`{"apps":[]}`, ""},
		"a field of wrong type":  {`{"apps":{"A":{"cats":["one"]}}}`, ""},
		"no apps":                {`{}`, `it has no entries in "apps"`},
		"apps are null":          {`{"apps":null}`, `it has no entries in "apps"`},
		"apps are empty":         {`{"apps":{}}`, `it has no entries in "apps"`},
		"an entry is null":       {`{"apps":{"A":null}}`, "the entry of [A] is null"},
		"a rule is a number":     {`{"apps":{"A":{"dom":{"p":{"exists":1}}}}}`, "rule [exists] of selector [p] of [A] isn't text"},
		"a rule is null":         {`{"apps":{"A":{"dom":{"p":{"text":null}}}}}`, "rule [text] of selector [p] of [A] isn't text"},
		"an attribute is a list": {`{"apps":{"A":{"dom":{"p":{"attributes":{"x":[]}}}}}}`, "rule [attributes] of selector [p] of [A] isn't text"},
	} {
		for _, extend := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, extend %v", name, extend), func(t *testing.T) {
				folder, sets := scratch(t), newSets()
				_, _, err := sets.load([]byte(test.content), extend)
				status := bridge.StatusOf(err)
				if test.want != "" {
					failsWith(t, err, bridge.InvalidArgument, prefix+test.want)
				} else if bridge.Code(status.GetCode()) != bridge.InvalidArgument ||
					!strings.HasPrefix(status.GetMessage(), prefix) || strings.Contains(status.GetMessage(), folder) {
					t.Errorf("got %v", err)
				}
				if files, _ := os.ReadDir(folder); len(sets.byName) != 1 || len(files) != 0 {
					t.Errorf("%d sets and %d files remain", len(sets.byName), len(files))
				}
			})
		}
	}
}

func TestOddRulesThatUpstreamIgnoresAreAllowed(t *testing.T) {
	folder := scratch(t)
	_, count, err := newSets().load([]byte(`{"apps":{
		"A":{"dom":{"p":{"attributes":"x","properties":{"y":1},"other":null}}},
		"B":{"html":["("]},
		"C":{"newer":{"a":1}}
	}, "newer": 1}`), false)
	if count != 3 || err != nil {
		t.Errorf("got %d technologies, %v", count, err)
	}
	if files, _ := os.ReadDir(folder); len(files) != 0 {
		t.Errorf("%d temporary files remain", len(files))
	}
}

func TestWithoutATemporaryFolderNothingIsLoaded(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir()+"/absent")
	_, _, err := newSets().load([]byte(small), false)
	status := bridge.StatusOf(err)
	if bridge.Code(status.GetCode()) != bridge.FailedPrecondition ||
		!strings.HasPrefix(status.GetMessage(), "the fingerprints need a temporary file for a moment: ") {
		t.Errorf("got %v", err)
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
