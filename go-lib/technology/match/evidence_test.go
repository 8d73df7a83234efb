// This file tests the evidence.

package match

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

const evidenceFingerprints = `{"apps":{
	"A":{"headers":{"x-a":"v([0-9.]+)\\;version:\\1"},"cookies":{"a":""},"meta":{"gen":["aaaa ([0-9]+)\\;version:\\1\\;confidence:20"]},
	     "html":["<p>aaaa","q[^>]+zzzz"],"scriptSrc":["/a\\.js"],"implies":["B","C\\;confidence:40"]},
	"B":{"html":["bbbb"]},"C":{}}}`

func TestEvidence(t *testing.T) {
	x, err := Build(context.Background(), []byte(evidenceFingerprints), false)
	if err != nil {
		t.Fatal(err)
	}
	page := Page{
		Headers: []Header{{"X-A", []byte("V1.2")}, {"Set-Cookie", []byte("A=1")}},
		Body:    []byte("É<P>AaAA q-zzZZ <meta name=GEN content='AAAA 7'><script src=X/a.JS></script><script src='&#47;a.js'></script>"),
	}
	r, err := x.Match(context.Background(), page, Options{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, a := range r.Technologies {
		for _, e := range a.Evidence {
			fmt.Fprintf(&got, "%s: %s %q %q %q %d %q %d %s\n", a.Name, e.Source, e.Key, e.Pattern, e.Text, e.Offset, e.Version, e.Confidence, e.By)
			if e.Offset >= 0 && string(page.Body[e.Offset:e.Offset+len(e.Text)]) != e.Text {
				t.Errorf("%q is not at %d", e.Text, e.Offset)
			}
		}
	}
	want := `A: header "x-a" "v([0-9.]+)\\;version:\\1" "V1.2" -1 "1.2" 100 
A: cookie "a" "" "" -1 "" 100 
A: html "" "<p>aaaa" "<P>AaAA" 2 "" 100 
A: html "" "q[^>]+zzzz" "q-zzZZ" 10 "" 100 
A: meta "gen" "aaaa ([0-9]+)\\;version:\\1\\;confidence:20" "AAAA 7" 41 "7" 20 
A: script "" "/a\\.js" "/a.JS" 62 "" 100 
A: script "" "/a\\.js" "/a.js" -1 "" 100 
B: implied "" "" "" -1 "" 100 A
C: implied "" "" "" -1 "" 40 A
`
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", &got, want)
	}
}

// TestEvidenceOffsets has characters before the match whose lower case has
// another length, so that the matched text is not the page.
func TestEvidenceOffsets(t *testing.T) {
	x, err := Build(context.Background(), []byte(evidenceFingerprints), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, before := range []string{"", "\u212a", "İ", "ſ", "\xff\xfe\xe2\x84", "\u212a\xff", "Ⱥ\u212a", strings.Repeat("\u212aȺ\xff ", 2000)} {
		body := before + "<p>AAAA" + before
		for _, text := range []string{body, "x" + body + "<script src=/A.js>"} {
			r, err := x.Match(context.Background(), Page{Body: []byte(text)}, Options{Evidence: true})
			if err != nil {
				t.Fatal(err)
			}
			for i, e := range r.Technologies[0].Evidence {
				found := []string{"<p>AAAA", "/A.js"}[i]
				if want := strings.Index(text, found); e.Offset != want || e.Text != found {
					t.Errorf("after %.20q: %q at %d, want %q at %d", before, e.Text, e.Offset, found, want)
				}
			}
		}
	}
}

func TestEvidenceIsBounded(t *testing.T) {
	x, err := Build(context.Background(), []byte(evidenceFingerprints), false)
	if err != nil {
		t.Fatal(err)
	}
	body := strings.Repeat("<script src=/a.js></script>", 1000) + "q" + strings.Repeat("é", 240) + "zzzz"
	r, err := x.Match(context.Background(), Page{Body: []byte(body)}, Options{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	all := r.Technologies[0].Evidence
	if len(all) != MaxEvidence {
		t.Errorf("%d pieces, want %d", len(all), MaxEvidence)
	}
	long, err := x.Match(context.Background(), Page{Body: []byte("q" + strings.Repeat("é", 245) + "zzzz" + strings.Repeat("<a-", 99))}, Options{Evidence: true})
	if err != nil {
		t.Fatal(err)
	}
	if text := long.Technologies[0].Evidence[0].Text; len(text) > MaxEvidenceText || !strings.HasPrefix(text, "qéé") {
		t.Errorf("a text of %d bytes: %q", len(text), text)
	}
}

func TestNoEvidenceUnasked(t *testing.T) {
	r, err := Builtin().Match(context.Background(), Page{Headers: []Header{{"Server", []byte("nginx")}}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Technologies) != 1 || r.Technologies[0].Evidence != nil {
		t.Errorf("got %+v", r)
	}
}
