// This file holds what tests compare the matcher with: upstream itself, and the
// plain model of its rules.

package match

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/plain"
)

// full asks for the comparisons in full, which take minutes:
//
//	go test ./technology/match -match.full -timeout 60m
var full = flag.Bool("match.full", false, "compare with upstream in full, not by sample")

// reference is upstream and the model, loaded once.
var reference = sync.OnceValues(func() (*wappalyzer.Wappalyze, *plain.Model) {
	upstream, err := wappalyzer.New()
	if err != nil {
		panic(err)
	}
	model, err := plain.New([]byte(wappalyzer.GetRawFingerprints()))
	if err != nil {
		panic(err)
	}
	return upstream, model
})

// upstreamTries is how often upstream is asked when its answer differs. It has
// several where it depends on the order of a map, and one of them will do.
const upstreamTries = 30

// checkUpstream compares names and versions with upstream's.
func checkUpstream(t testing.TB, upstream *wappalyzer.Wappalyze, page Page, got *Result) {
	t.Helper()
	names := formatted(got)
	var want []string
	for range upstreamTries {
		want = withoutTags(upstream.Fingerprint(headerMap(page.Headers), page.Body))
		if slices.Equal(names, want) {
			return
		}
	}
	t.Errorf("headers %q\nbody %.2000q\ngot      %q\nupstream %q", page.Headers, page.Body, names, want)
}

// checkModel compares everything with the model.
func checkModel(t testing.TB, model *plain.Model, page Page, got *Result) {
	t.Helper()
	lines := make([]plain.Line, len(page.Headers))
	for i, h := range page.Headers {
		lines[i] = plain.Line{Name: h.Name, Value: string(h.Value)}
	}
	answers := map[string]plain.Answer{}
	for _, a := range got.Technologies {
		answers[a.Name] = plain.Answer{Version: a.Version, Confidence: a.Confidence, Implied: a.Implied}
	}
	if want := model.Match(lines, page.Body); !maps.Equal(answers, want) {
		t.Errorf("headers %q\nbody %.2000q\ngot   %v\nmodel %v", page.Headers, page.Body, answers, want)
	}
}

// mustMatch matches a page in both ways, which must agree.
func mustMatch(t testing.TB, x *Index, page Page) *Result {
	t.Helper()
	got, err := x.Match(context.Background(), page, Options{})
	if err != nil {
		t.Fatal(err)
	}
	explained, err := x.Match(context.Background(), page, Options{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	for i := range explained.Technologies {
		explained.Technologies[i].Evidence = nil
	}
	if fmt.Sprint(got) != fmt.Sprint(explained) {
		t.Errorf("headers %q\nbody %.2000q\nplain         %v\nwith evidence %v", page.Headers, page.Body, got, explained)
	}
	return got
}

// formatted lists names and versions as upstream does.
func formatted(r *Result) []string {
	all := make([]string, len(r.Technologies))
	for i, a := range r.Technologies {
		all[i] = wappalyzer.FormatAppVersion(a.Name, a.Version)
	}
	slices.Sort(all)
	return all
}

// withoutTags cuts the tags off upstream's implied names. A name that is then
// there with a version too is that one.
func withoutTags(names map[string]struct{}) []string {
	all := map[string]bool{}
	for name := range names {
		if !strings.Contains(name, `\;`) {
			all[name] = true
		}
	}
	for name := range names {
		if short, _, tagged := strings.Cut(name, `\;`); tagged && !hasVersionOf(all, short) {
			all[short] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

func hasVersionOf(all map[string]bool, name string) bool {
	for other := range all {
		if strings.HasPrefix(other, name+":") {
			return true
		}
	}
	return false
}

// headerMap is a page's headers as upstream takes them.
func headerMap(headers []Header) map[string][]string {
	m := map[string][]string{}
	for _, h := range headers {
		m[h.Name] = append(m[h.Name], string(h.Value))
	}
	return m
}

// headerLines is the inverse, by name.
func headerLines(m map[string][]string) []Header {
	var headers []Header
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if len(m[name]) == 0 {
			headers = append(headers, Header{Name: name})
		}
		for _, value := range m[name] {
			headers = append(headers, Header{Name: name, Value: []byte(value)})
		}
	}
	return headers
}

// emptyUpstream is upstream with fingerprints that match nothing.
func emptyUpstream(t testing.TB) *wappalyzer.Wappalyze {
	t.Helper()
	return customUpstream(t, `{"apps":{"None":{"description":"no patterns"}}}`)
}

// customUpstream is upstream with other fingerprints, which it takes from a
// file only.
func customUpstream(t testing.TB, fingerprints string) *wappalyzer.Wappalyze {
	t.Helper()
	customMu.Lock()
	defer customMu.Unlock()
	if u, ok := custom[fingerprints]; ok {
		return u
	}
	file := filepath.Join(t.TempDir(), "fingerprints.json")
	if err := os.WriteFile(file, []byte(fingerprints), 0o600); err != nil {
		t.Fatal(err)
	}
	u, err := wappalyzer.NewFromFile(file, false, false)
	if err != nil {
		t.Fatal(err)
	}
	custom[fingerprints] = u
	return u
}

var (
	customMu sync.Mutex
	custom   = map[string]*wappalyzer.Wappalyze{}
)

// fuzzing reports whether this run looks for new inputs.
func fuzzing() bool {
	f := flag.Lookup("test.fuzz")
	return f != nil && f.Value.String() != ""
}
