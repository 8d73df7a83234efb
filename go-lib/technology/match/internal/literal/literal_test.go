// This file tests the literals that are found in expressions.

package literal

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/sample"
)

func analyze(t *testing.T, expr string) Analysis {
	t.Helper()
	re, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	m := NewModel()
	return Analyze(re, func(s Set) float64 { return m.Cost(s, 1) })
}

func TestSets(t *testing.T) {
	for _, c := range []struct{ expr, whole, contains string }{
		{`(?i)needle`, "[needle] 0 0", ""},
		{`(?i)needle(?:\.min)?\.js`, "[needle.js needle.min.js] 0 0", ""},
		{`(?i)(?:v[0-9]{1,3})?needle.{0,250}`, "[needle] 0 4", ""},
		{`(?i)[ab]{2}cd`, "[aacd abcd bacd bbcd] 0 0", ""},
		{`(?i)<link[^>]{1,250}needle`, "", "[needle] 6 1007"},
		{`(?i)\bneedle`, "", "[needle] 0 0"},
		{`(?i)(?:^|/)needle`, "", "[needle] 0 1"},
		{`(?i)needle(?:$|/)`, "", "[needle] 0 0"},
		{`(?i)(?:(?:^|/)|x)needle`, "", "[needle] 0 1"},
		{`(?i)(?:^|/)?needle`, "[needle] 0 1", ""},
		{`(?i)x[0-9]{3}(?:one|.{2}two)`, "", "[one two] 4 12"},
		{`(?i)/(?:one|.{2}two/(?:a|b.))`, "", "[/one two/] 0 9"},
		{`(?i)sk.needle`, "", "[needle] 3 9"},
		{`(?-i)Need-1234`, "", "[-1234] 4 4"},
		{`(?i)é™needle`, "", "[™needle] 2 2"},
		{`(?i).{2,}needle`, "", "[needle] 2 -1"},
	} {
		a := analyze(t, c.expr)
		whole := ""
		if a.Whole != nil {
			whole = fmt.Sprint(a.Whole.Strings, a.Whole.Min, a.Whole.Max)
		}
		if whole != c.whole {
			t.Errorf("%s: whole %q, want %q", c.expr, whole, c.whole)
		}
		found := c.contains == ""
		for _, s := range a.Sets {
			found = found || fmt.Sprint(s.Strings, s.Min, s.Max) == c.contains
		}
		if !found {
			t.Errorf("%s: %v, want %q among them", c.expr, a.Sets, c.contains)
		}
	}
}

// TestSetsHold checks on texts made to match that every set has a string in
// the match, at its distance, and that the required bytes are there.
func TestSetsHold(t *testing.T) {
	for i, expr := range []string{
		`(?i)(?:v[0-9]{1,3})?needle(?:-min|\.[a-z]{2,4})?\.js`, `(?i)<link[^>]{1,250}href="(?:one|tw[ao]|thr.{2}e)/x`, `(?i)(?:abc|ab|[a-c]{2,3}d)(?:sk|ks){2,3}[^k]y`,
		`(?i)([0-9]{1,20}(?:\.[0-9]{1,20}){1,20})/(?:needle|nadel)`, `(?i)(?:.{2}|xyz){1,3}needle`,
	} {
		a := analyze(t, expr)
		re := regexp.MustCompile(expr)
		tree, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		maker := sample.New(uint64(i))
		checked := 0
		for range 3000 {
			text := maker.Match(tree)
			at := re.FindStringIndex(text)
			if at == nil {
				continue
			}
			checked++
			match := text[at[0]:at[1]]
			folded := strings.NewReplacer("ſ", "s", "\u212a", "k").Replace(match)
			if MaskOf(folded)&a.Bytes != a.Bytes {
				t.Fatalf("%s: %q lacks some of %x", expr, match, a.Bytes)
			}
			for _, s := range a.Sets {
				if !holds(s, match) {
					t.Fatalf("%s: %q has none of %v", expr, match, s)
				}
			}
		}
		if checked < 1000 || len(a.Sets) == 0 {
			t.Errorf("%s: %d texts and %d sets checked", expr, checked, len(a.Sets))
		}
	}
}

// holds reports whether a string of the set is in the match at its distance.
func holds(s Set, match string) bool {
	for at := range len(match) {
		if at < s.Min || s.Max != Unbounded && at > s.Max {
			continue
		}
		rest := strings.NewReplacer("ſ", "s", "\u212a", "k").Replace(match[at:])
		if slices.ContainsFunc(s.Strings, func(n string) bool { return len(rest) >= len(n) && strings.EqualFold(rest[:len(n)], n) }) {
			return true
		}
	}
	return false
}

func TestCost(t *testing.T) {
	m := NewModel()
	set := func(s ...string) Set { return Set{Strings: s} }
	if m.Cost(set("abc"), 1) < Useless || m.Cost(set("abcd"), 4) < Useless {
		t.Error("a set that can't be looked for has a price")
	}
	if m.Cost(set("xyzzyq"), 1) >= m.Cost(set("https://"), 1) {
		t.Error("a rare string costs more than a frequent one")
	}
	m.Learn([]Set{set("xyzzyq"), set("xyzzyq")})
	if m.Cost(set("xyzzyq"), 1) <= NewModel().Cost(set("xyzzyq"), 1) {
		t.Error("the model has learned nothing")
	}
}
