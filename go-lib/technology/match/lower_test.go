// This file tests what the matcher takes for granted about Unicode, and its
// lower-cased copies.

package match

import (
	"bytes"
	"context"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/regex"
)

// TestLowerCaseIsFolding checks that lower-casing leads to a character that
// folds to the same, but for U+0130, and which characters it makes ASCII.
func TestLowerCaseIsFolding(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		lower := unicode.ToLower(r)
		if unicode.ToLower(lower) != lower {
			t.Errorf("%U: lower-casing twice is another thing", r)
		}
		if r >= utf8.RuneSelf && lower < utf8.RuneSelf && r != '\u212a' && r != '\u0130' {
			t.Errorf("%U is lower-cased to %U", r, lower)
		}
		if r == lower || r == '\u0130' {
			continue
		}
		same := false
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			same = same || f == lower
		}
		if !same {
			t.Errorf("%U doesn't fold to its lower case %U", r, lower)
		}
	}
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			if f < utf8.RuneSelf && r != '\u017f' && r != '\u212a' {
				t.Errorf("%U folds to %U", r, f)
			}
		}
	}
}

// TestBuiltinPrograms compiles all built-in patterns: package regex must take
// each, and together they must stay within the cache.
func TestBuiltinPrograms(t *testing.T) {
	total := 0
	var classes regex.Classes
	for id := range Builtin().data.Patterns() {
		p, err := fingerprint.ParsePattern(Builtin().data.PatternSources.At(id))
		if err != nil {
			t.Fatal(err)
		}
		if p.Expr == "" {
			continue
		}
		tree, err := p.Syntax()
		if err != nil {
			t.Fatal(err)
		}
		program, err := regex.Compile(tree, p.Version != "", &classes)
		if err != nil {
			t.Errorf("%s: %v", p.Source, err)
			continue
		}
		total += program.Size()
	}
	if total > maxCompiled {
		t.Errorf("all programs need %d bytes, the cache has %d", total, maxCompiled)
	}
	t.Logf("all programs need %d bytes", total)
}

func TestLowerCopy(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	pieces := []string{"a", "A", "é", "É", "İ", "\u212a", "Ⱥ", "ẞ", "\xff", "\xe2\x84", "😀", strings.Repeat("Z", 600)}
	for range 2000 {
		var text []byte
		for range random.IntN(30) {
			text = append(text, pieces[random.IntN(len(pieces))]...)
		}
		lower, offsets := lowerCopy(text, nil)
		if want := bytes.ToLower(text); !bytes.Equal(bytes.ToValidUTF8(bytes.ToLower(lower), []byte("?")), bytes.ToValidUTF8(want, []byte("?"))) {
			t.Fatalf("%q: got %q, want %q", text, lower, want)
		}
		p := page{original: text, offsets: offsets, lowered: true}
		at := 0
		for original := 0; original < len(text); {
			if got := p.place(at); got != original {
				t.Fatalf("%q: place %d of the copy is from %d, want %d", text, at, got, original)
			}
			one, width := appendLower(nil, text[original:])
			at += len(one)
			original += width
		}
		if got := p.place(len(lower)); got != len(text) {
			t.Fatalf("%q: the end is from %d", text, got)
		}
	}
}

// TestAllocations counts what a match allocates beside its answer.
func TestAllocations(t *testing.T) {
	page := Page{
		Headers: []Header{{"Server", []byte("nginx")}, {"Set-Cookie", []byte("a=b; Path=/")}},
		Body:    []byte(strings.Repeat("<p class='x'>é text</p><script src=/wp-includes/x.js></script><meta name=generator content='WordPress'>", 500)),
	}
	x := newIndex(Builtin().data)
	mustMatch(t, x, page)
	// The result and its list.
	const want = 2
	allocations := testing.AllocsPerRun(50, func() {
		if _, err := x.Match(context.Background(), page, Options{}); err != nil {
			t.Error(err)
		}
	})
	if allocations > want+1 {
		t.Errorf("%v allocations, want about %d", allocations, want)
	}
}

// TestBigPagesAreNotKept matches a page that needs a large copy, and looks at
// what the working memory keeps of it.
func TestBigPagesAreNotKept(t *testing.T) {
	x := newIndex(Builtin().data)
	p := x.acquire(context.Background(), Options{})
	big := strings.Repeat("\u212a&amp;", 1<<20)
	if !p.run(Page{Body: []byte("<script src='" + big + "'>"), Headers: []Header{{"Server", []byte(big)}, {"Server", []byte(big)}}}) {
		t.Fatal("stopped")
	}
	x.release(p)
	if n := cap(p.scratch) + cap(p.values) + cap(p.body.bytes) + cap(p.offsets)*16; n > 2*keptScratch {
		t.Errorf("%d bytes are kept", n)
	}
}
