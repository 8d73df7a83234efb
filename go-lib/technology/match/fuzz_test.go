// This file looks for pages on which the matcher and the model differ.

package match

import (
	"bytes"
	"strings"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/corpus"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/sample"
)

// fuzzedPage makes a page of two strings: header lines, and a body.
func fuzzedPage(headers string, body []byte) Page {
	p := Page{Body: body}
	for line := range strings.SplitSeq(headers, "\n") {
		if name, value, ok := strings.Cut(line, ":"); ok {
			p.Headers = append(p.Headers, Header{Name: name, Value: []byte(value)})
		}
	}
	return p
}

// fuzzBytes bounds the bodies, for the reference's sake.
const fuzzBytes = 4 << 10

// FuzzMatch compares with upstream and with the model:
//
//	go test ./technology/match -run - -fuzz FuzzMatch -fuzztime 1h
//
// Its seeds are pieces of the corpus, if there is one, and texts made from the
// patterns; what it finds is kept in testdata/fuzz and runs in every test.
func FuzzMatch(f *testing.F) {
	addSeeds(f)
	upstream, model := reference()
	f.Fuzz(func(t *testing.T, headers string, body []byte) {
		if len(body) > fuzzBytes || len(headers) > fuzzBytes {
			t.Skip("too long")
		}
		page := fuzzedPage(headers, body)
		got := mustMatch(t, Builtin(), page)
		checkModel(t, model, page, got)
		checkUpstream(t, upstream, page, got)
		checkTitle(t, body)
	})
}

// addSeeds adds few seeds in a test run, as each costs what upstream costs, and
// many for fuzzing.
func addSeeds(f *testing.F) {
	f.Helper()
	every := 400
	if *full || fuzzing() {
		every = 7
	}
	x := Builtin()
	for id := 0; id < x.data.Patterns(); id += every {
		maker := sample.New(uint64(id))
		pattern, err := fingerprint.ParsePattern(x.data.PatternSources.At(id))
		if err != nil {
			f.Fatal(err)
		}
		text := ""
		if pattern.Expr != "" {
			tree, err := pattern.Syntax()
			if err != nil {
				f.Fatal(err)
			}
			text = maker.Match(tree)
		}
		addPage(f, x.generatedPage(maker, id, text))
	}
	folder, ok := corpus.Find()
	if !ok || !fuzzing() {
		return
	}
	for _, file := range corpus.Files {
		responses, err := corpus.Read(folder + "/" + file)
		if err != nil {
			f.Fatal(err)
		}
		for i := 0; i < len(responses); i += every {
			r := responses[i]
			r.Body = r.Body[:min(len(r.Body), fuzzBytes)]
			addPage(f, Page{Headers: headerLines(r.Headers), Body: r.Body})
		}
	}
}

func addPage(f *testing.F, page Page) {
	f.Helper()
	var headers bytes.Buffer
	for _, h := range page.Headers {
		headers.WriteString(h.Name + ":" + string(h.Value) + "\n")
	}
	f.Add(headers.String(), page.Body)
}
