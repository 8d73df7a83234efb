// This file has a test for every clause of the argument in docs/matcher.md that
// a pattern run where its literals are gives what it gives on the whole text.

package match

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/plain"
)

// clause is a pattern and texts on which it is compared with upstream and the
// model, each within much other text.
type clause struct {
	name    string
	pattern string
	texts   []string
}

var clauses = []clause{
	{"1: a match has a literal at a bounded distance", `<q[^>]+needle-one`, []string{
		"<q" + strings.Repeat("x", 250) + "needle-one", "<q" + strings.Repeat("x", 251) + "needle-one",
		"<q" + strings.Repeat("é", 250) + "needle-one", "<q" + strings.Repeat("😀", 250) + "needle-one", "<q" + strings.Repeat("😀", 251) + "needle-one",
		"<q" + strings.Repeat("\xff", 250) + "needle-one", "<qneedle-one", "<q needle-on<q e needle-one",
	}},
	{"2: literals in any case, with the letters that fold to ASCII", `<q[^>]+skskskey([0-9]+)\;version:\1`, []string{
		"<q SKskSKey1", "<q ſkſkſkey2", "<q sKsKsKey3", "<q" + strings.Repeat("ſ", 250) + "ſKſKſKey4", "<q" + strings.Repeat("ſ", 251) + "ſKſKſKey4",
		strings.Repeat("K", 70) + "<q skskskey5 ſ", "skſkskey <q ſkskſkey6",
	}},
	{"3: the first match of the text, not the first literal's", `a([0-9]+)(?:[^>]{0,40}zzneedle|yyneedle)\;version:\1`, []string{
		"a1 a2yyneedle zzneedle", "a2yyneedle a1 zzneedle", "a1 yyneedle a2 zzneedle", "a1 a2 a3 zzneedle a4yyneedle", "a1 > a2 zzneedle zzneedle",
	}},
	{"4: of the matches at a place the preferred one", `<b[^>]*?v=([0-9]+)[^>]*needle-four(?:/([0-9]+))?\;version:\1?\1.\2:`, []string{
		"<b v=1 v=2 needle-four/3 needle-four/4", "<b v=1 v=2 needle-four needle-four/4", "<b v=1 needle-four/", "<bv=9needle-four",
	}},
	{"4: groups that take no part", `needle-x(?:a([0-9])|b([0-9]))c\;version:\1\2`, []string{"needle-xa1c", "needle-xb2c", "needle-xa1b needle-xb2c"}},
	{"5: assertions look at the whole text", `^([0-9]*)needle-five$\;version:\1`, []string{
		"needle-five", "1needle-five", "\nneedle-five", "needle-five\n", "needle-five needle-five", "2needle-five",
	}},
	{"5: word boundaries", `\bneedle([0-9])\b\;version:\1`, []string{
		"needle1", "xneedle1 needle2", "éneedle1", "ſneedle1", "Kneedle1", "\u212aneedle1 needle2", "İneedle1 needle2", "needle1\u212a needle2", "needle1é", "needle1_ needle3",
	}},
	{"6: characters, not bytes", `n(.)n(.{2})n(.)needle-six\;version:\1.\2.\3`, []string{
		"nénßßn😀needle-six", "n\xffn\xff\xfen\xffneedle-six", "n\xe2\x84n\xe2\x84n\xe2needle-six", "nŘnȺKnİneedle-six", "n\nn  n needle-six", "Én\x80nabnaneedle-six",
	}},
	{"6: no match begins within a character", `[^a-z>]needle-seven`, []string{"éneedle-seven", "aneedle-seven", "😀needle-seven", "\x80needle-seven", "kneedle-seven", "Kneedle-seven"}},
	{"7: empty matches", `(?:needle-eight)?([0-9]?)\;version:\1`, []string{"", "needle-eight", "x7", "needle-eight8"}},
	{"8: a text may be found by several literals at once", `(?:aaaaaaab|aaaaab)([0-9])\;version:\1`, []string{"aaaaaaaab1", "aaaaab1aaaaaaab2", strings.Repeat("a", 99) + "b3"}},
}

func TestClauses(t *testing.T) {
	// Junk moves the text to every place relative to the scan's stride.
	junk := []string{"", "", ".", "..", "...", "....", strings.Repeat("- ", 40), strings.Repeat("é", 33), strings.Repeat(". \n", 1<<15)}
	for _, c := range clauses {
		t.Run(c.name, func(t *testing.T) {
			quoted := strings.ReplaceAll(c.pattern, `\`, `\\`)
			fingerprints := fmt.Sprintf(`{"apps":{"H":{"html":[%[1]q]},"S":{"scriptSrc":[%[1]q]},"M":{"meta":{"m":[%[1]q]}},"X":{"headers":{"x":%[1]q}}}}`, "PATTERN")
			fingerprints = strings.ReplaceAll(fingerprints, "PATTERN", strings.ReplaceAll(quoted, `"`, `\"`))
			x, err := Build(context.Background(), []byte(fingerprints), false)
			if err != nil {
				t.Fatal(err)
			}
			model, err := plain.New([]byte(fingerprints))
			if err != nil {
				t.Fatal(err)
			}
			upstream := customUpstream(t, fingerprints)
			found := map[string]bool{}
			for _, text := range c.texts {
				for i, before := range junk {
					after := junk[(len(junk)-i)%len(junk)] // nothing around the first
					for _, page := range []Page{
						{Body: []byte(before + text + after)},
						{Body: []byte("<script src='" + before + text + after + "'>")},
						{Body: []byte("<meta name=m content='" + before + text + after + "'>")},
						{Headers: []Header{{"X", []byte(before + text + after)}}},
					} {
						got := mustMatch(t, x, page)
						checkUpstream(t, upstream, page, got)
						checkModel(t, model, page, got)
						for _, a := range got.Technologies {
							found[a.Name] = true
						}
					}
				}
			}
			if len(found) != 4 {
				t.Errorf("only %v were found: the texts don't test the clause", found)
			}
		})
	}
}
