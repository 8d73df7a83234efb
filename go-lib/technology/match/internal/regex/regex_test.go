// This file compares programs with package regexp.

package regex

import (
	"math/rand/v2"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

func compileBoth(t testing.TB, expr string) (*Program, *regexp.Regexp) {
	t.Helper()
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compile(tree, true, &Classes{})
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return p, regexp.MustCompile(expr)
}

func checkSame(t testing.TB, p *Program, re *regexp.Regexp, text string) {
	t.Helper()
	var m Machine
	m.Start(nil)
	var got []int
	if m.Search(p, &State{}, []byte(text), 0, len(text)) {
		got = m.Slots
	}
	if want := re.FindStringSubmatchIndex(text); !slices.Equal(got, want) {
		t.Errorf("%s on %q: got %v, want %v", re, text, got, want)
	}
}

// expressions covers every kind of node and what they do to one another.
var expressions = []string{
	`(?i)abc`, `(?i)skip`, `(?i)^abc$`, `(?i)(?:a|ab)(c|bcd)(d{0,250})`, `(?i)a{0,250}?b`, `(?i)(a{0,3})(a{0,3}?)(a{1,2})`,
	`(?i)<link[^>]{1,250}href="([^"]{1,250})"`, `(?i)x(?:-(\d{1,20}(?:\.\d{1,20}){1,20}))?\.js`, `(?i)((?:\d{1,20}\.){1,20}\d{1,20})/x`,
	`(?i)\bab\b`, `(?i)a\B.`, `(?i)(?m)^a$`, `(?i)(?s)a.b`, `(?i)a.b`, `(?i)(a?){0,3}b`, `(?i)(|a){2,3}b`, `(?i)(?:(a)|(b)|c){1,4}`, `(?i)(a{0,2}b?){1,3}?c`,
	`(?i)é{1,2}x`, `(?i)[^a]{1,250}a`, `(?i)[k-s]{2,}x`, `(?i)ﬀ|ß`, `(?i)([\d.]{2,}[\d])?\.js`, `(?i)()`, `(?i)a{2}|a{3}`, `(?-i)aB`, `(?i)(?:a{0,250}){0,4}c`,
}

func TestSameAsRegexp(t *testing.T) {
	pieces := []string{"a", "b", "c", "d", "A", "B", "ab", "bcd", ".", "1", "2.3", "/x", ".js", "x", "-", "<link", " href=\"", "\"", ">", "\n", " ", "s", "k", "ſ", "\u212a", "kip", "é", "É", "ß", "ẞ", "\xff", "\xc3", "\xe2\x84", "😀", "_", "0"}
	random := rand.New(rand.NewPCG(1, 2))
	for _, expr := range expressions {
		p, re := compileBoth(t, expr)
		for range 4000 {
			var text strings.Builder
			for range random.IntN(12) {
				text.WriteString(pieces[random.IntN(len(pieces))])
			}
			checkSame(t, p, re, text.String())
		}
		if t.Failed() {
			return
		}
	}
}

func TestRepeatsOverTheLimit(t *testing.T) {
	p, re := compileBoth(t, `(?i)x([ab]{1,250})(b{0,250})y`)
	for _, n := range []int{1, 249, 250, 251, 499, 500, 501, 502} {
		checkSame(t, p, re, "x"+strings.Repeat("b", n)+"y")
		checkSame(t, p, re, "x"+strings.Repeat("ab", n)+"y")
	}
}

// TestMemory runs expressions on texts where plain backtracking would need
// exponential time, so it ends only if the memories work.
func TestMemory(t *testing.T) {
	for _, c := range []struct{ expr, text string }{
		{`(?i)(?:a|a|a){1,200}b`, strings.Repeat("a", 5000)},
		{`(?i)(?:a{0,9}|b){1,100}c`, strings.Repeat("ab", 3000)},
		{`(?i)(?:a{0,40}){0,20}c`, strings.Repeat("a", 9000) + "c"},
		{`(?i)(a?){0,150}(?:aa|a){75}b`, strings.Repeat("a", 2000) + "b"},
		{`(?i)<a[^>]{1,250}b[^>]{1,250}c[^>]{1,250}d`, strings.Repeat("<a b c ", 2000) + "d"},
	} {
		p, re := compileBoth(t, c.expr)
		checkSame(t, p, re, c.text)
	}
}

func TestSearchIsLimitedToItsBeginnings(t *testing.T) {
	p, _ := compileBoth(t, `(?i)ab`)
	text := []byte("ab ab ab")
	var m Machine
	m.Start(nil)
	var s State
	if m.Search(p, &s, text, 1, 2) {
		t.Errorf("found %v", m.Slots)
	}
	if !m.Search(p, &s, text, 0, 6) || m.Slots[0] != 3 {
		t.Errorf("found %v, want a match at 3: 0 is before what was asked for first, and was never tried", m.Slots)
	}
}

func TestStop(t *testing.T) {
	p, _ := compileBoth(t, `(?i)[^>]{1,250}x`)
	polls := 0
	var m Machine
	m.Start(func() bool { polls++; return polls == 3 })
	if m.Search(p, &State{}, []byte(strings.Repeat("a", 1<<20)), 0, 1<<20) || !m.Stopped() || polls != 3 {
		t.Errorf("stopped %v after %d polls", m.Stopped(), polls)
	}
}

func TestUnsupported(t *testing.T) {
	for _, expr := range []string{`(?:ab){2,}`, `(?:(?:ab){1,250}(?:cd){1,250}e){1,2}(?:a(?:bc){1,30}){1,30}(?:(?:abc){1,250}d){1,3}(?:xy(?:z|zz){1,250}){1,3}(?:xy(?:z|zz){1,250}){1,3}(?:xy(?:z|zz){1,250}){1,3}`} {
		tree, err := syntax.Parse(expr, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Compile(tree, true, &Classes{}); err != ErrUnsupported {
			t.Errorf("%s: %v", expr, err)
		}
	}
}
