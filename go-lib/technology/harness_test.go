// What the tests of this package share: one service, small fingerprint files, pages, and looks at errors.

package technology

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
)

// service is shared, since reading the built-in fingerprints takes a while.
var service = sync.OnceValue(newService)

func newService() *Service {
	return &Service{
		sets: newSets(), reference: sync.OnceValues(builtinReference), detacher: bridge.NewDetacher("the reference matcher", 8),
	}
}

// smallReference is upstream's matcher over the small fingerprint file.
func smallReference(t *testing.T) *referenceMatcher {
	t.Helper()
	file := filepath.Join(t.TempDir(), "small.json")
	if err := os.WriteFile(file, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	upstream, err := wappalyzer.NewFromFile(file, false, false)
	if err != nil {
		t.Fatal(err)
	}
	index, err := match.Build(t.Context(), []byte(small), false)
	if err != nil {
		t.Fatal(err)
	}
	return newReferenceMatcher(upstream, index)
}

// small is a set of few fingerprints, with names and implied names that are hard to tell apart.
const small = `{"apps": {
	"Alpha":     {"cats": [1, 9999], "headers": {"x-alpha": "alpha/([\\d.:]+)?\\;version:\\1"},
	              "implies": ["Beta\\;confidence:75", "Gone\\;version:2"],
	              "description": "The first.", "website": "https://alpha.example", "icon": "a.svg", "cpe": "cpe:2.3:a:alpha"},
	"Beta":      {"cats": [2], "html": ["<beta>"]},
	"Gamma":     {"headers": {"x-gamma": ""}, "implies": ["Beta\\;confidence:50", "Beta\\;confidence:101", "Delta\\;confidence:x"]},
	"RE:Guest":  {"headers": {"x-guest": "guest(?:/([\\d.]+))?\\;version:\\1"}},
	"Re:amaze":  {"headers": {"x-amaze": "amaze/([\\d.:]+)\\;version:\\1"}},
	"Everything": {
		"cookies": {"c": "1"}, "headers": {"h": "2"}, "html": ["3"], "scriptSrc": ["4"], "meta": {"m": ["5", "6"]},
		"scripts": ["7"], "js": {"j": "8"}, "css": ["9"],
		"dom": {"a": {"exists": ""}, "b": {"text": "t", "attributes": {"href": "x"}}}, "implies": ["Beta\\;confidence:10"]
	}
}}`

// load loads fingerprints into the shared service and returns the set's name.
func load(t *testing.T, content string) string {
	t.Helper()
	loaded, err := service().LoadFingerprints(context.Background(), &technologyv1.LoadFingerprintsRequest{Content: []byte(content)})
	if err != nil {
		t.Fatal(err)
	}
	return loaded.GetFingerprintSet()
}

// headers makes header lines from names and values in turn.
func headers(namesAndValues ...string) []*technologyv1.Header {
	var lines []*technologyv1.Header
	for pair := range slices.Chunk(namesAndValues, 2) {
		lines = append(lines, &technologyv1.Header{Name: pair[0], Value: []byte(pair[1])})
	}
	return lines
}

// detect looks at a page with the small set.
func detect(t *testing.T, page *technologyv1.Page) []*technologyv1.Technology {
	t.Helper()
	response, err := service().Detect(context.Background(), &technologyv1.DetectRequest{
		Page: page, Options: &technologyv1.DetectOptions{FingerprintSet: load(t, small)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return response.GetTechnologies()
}

// names gives technologies as "name" or "name version".
func names(technologies []*technologyv1.Technology) []string {
	var names []string
	for _, technology := range technologies {
		names = append(names, strings.TrimSpace(technology.GetName()+" "+technology.GetVersion()))
	}
	return names
}

// equal fails the test unless both messages say the same.
func equal(t *testing.T, got, want proto.Message) {
	t.Helper()
	if !proto.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

// failsWith fails the test unless the error reaches its caller with that code and message.
func failsWith(t *testing.T, err error, code bridge.Code, message string) *runtimev1.Status {
	t.Helper()
	if err == nil {
		t.Fatalf("there is no error; want %v: %s", code, message)
	}
	status := bridge.StatusOf(err)
	if bridge.Code(status.GetCode()) != code || status.GetMessage() != message {
		t.Errorf("got  %v: %s\nwant %v: %s", bridge.Code(status.GetCode()), status.GetMessage(), code, message)
	}
	return status
}

// hasDetail fails the test unless the status has that one detail.
func hasDetail(t *testing.T, status *runtimev1.Status, want proto.Message) {
	t.Helper()
	if len(status.GetDetails()) != 1 {
		t.Fatalf("there are %d details", len(status.GetDetails()))
	}
	got, err := status.GetDetails()[0].UnmarshalNew()
	if err != nil {
		t.Fatal(err)
	}
	equal(t, got, want)
}
