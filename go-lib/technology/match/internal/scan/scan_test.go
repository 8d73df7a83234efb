// This file compares the scan with looking for every needle at every place.

package scan

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var needles = []Needle{
	{"abcde", []uint32{1}},
	{"needle", []uint32{2, 3}},
	{"aaaaaaa", []uint32{4}},
	{"skskskey", []uint32{5}},
	{"<link rel=\"x\">", []uint32{6}},
	{"@[\\]^_`{", []uint32{7}},
	{"a much longer needle of which only some bytes are looked at", []uint32{8}},
	{"©™ text", []uint32{9}},
	{"zzzzzz", []uint32{10}},
}

// occurrences lists needles by the place where they end, in a text in which
// folding letters are replaced.
func occurrences(text []byte) map[string]bool {
	lower := bytes.ToLower(text)
	lower = bytes.ReplaceAll(lower, []byte("ſ"), []byte("s"))
	all := map[string]bool{}
	for _, n := range needles {
		for at := range lower {
			if bytes.HasPrefix(lower[at:], []byte(n.Text)) {
				all[n.Text] = true
			}
		}
	}
	return all
}

func scanned(t *testing.T, s *Set, text []byte, fold bool) map[string]bool {
	t.Helper()
	c := Scanner{Poll: func() bool { return false }}
	all := map[string]bool{}
	last := 0
	ascii, ok := c.Scan(s, text, fold, func(needle uint32, probe int) {
		all[string(s.text(needle))] = true
		if slack := 3 * s.Longest; probe < last-slack || probe < -1 || probe >= len(text) {
			t.Errorf("a gram at %d after %d", probe, last)
		}
		last = max(last, probe)
	})
	if !ok || !fold && ascii != !slices.ContainsFunc(text, func(b byte) bool { return b >= 0x80 }) {
		t.Errorf("%q: ascii %v, ok %v", text, ascii, ok)
	}
	return all
}

func sets() []*Set {
	first := func(string) int { return 0 }
	last := func(s string) int { return max(len(s)-7, 0) }
	return []*Set{NewSet(needles, 4, first), NewSet(needles, 4, last), NewSet(needles, 1, first), NewSet(needles, 1, func(s string) int { return len(s) - 4 })}
}

func TestFindsWhatIsThere(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	pieces := []string{"a", "b", "z", "ab", "\xff", "é", "\x00", "ſ", "\u212a", " ", "<link", "needl", "K", "S", "@", "`"}
	for _, s := range sets() {
		for range 20_000 {
			var text strings.Builder
			for range random.IntN(5) {
				for range random.IntN(9) {
					text.WriteString(pieces[random.IntN(len(pieces))])
				}
				one := needles[random.IntN(len(needles))].Text
				switch random.IntN(4) {
				case 0:
					one = strings.ToUpper(one)
				case 1:
					one = strings.ReplaceAll(one, "s", "ſ")
				case 2:
					cut := random.IntN(len(one))
					one = one[:cut] + one[cut+1:]
				}
				text.WriteString(one)
			}
			page := []byte(text.String())
			if got, want := scanned(t, s, page, FoldsToASCII(page)), occurrences(page); fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("stride %d, %q: got %v, want %v", s.Stride, page, got, want)
			}
		}
	}
}

// TestBlocks puts needles across the ends of blocks.
func TestBlocks(t *testing.T) {
	for _, s := range sets() {
		for _, n := range needles {
			for back := -3; back <= len(n.Text)+3; back++ {
				for _, before := range []string{".", "ſ"} {
					text := strings.Repeat(before, blockLen/len(before)-back) + n.Text + strings.Repeat(".", 100)
					for _, fold := range []bool{before == "ſ", true} {
						if got := scanned(t, s, []byte(text), fold); !got[n.Text] {
							t.Fatalf("stride %d, %q %d before a block's end, fold %v: found %v", s.Stride, n.Text, back, fold, got)
						}
					}
				}
			}
		}
	}
}

func TestGramOffsets(t *testing.T) {
	first := func(string) int { return 0 }
	for _, c := range []struct {
		text        string
		stride      int
		least, most int
	}{
		{"abcdefgh", 4, 0, 3}, {"abcde", 4, -1, 2}, {"abcdef", 4, -1, 2}, {"abcdefgh", 1, 0, 0}, {"skabcdef", 4, 0, 3 + 1 + 2},
	} {
		if least, most := GramOffsets(c.text, c.stride, first); least != c.least || most != c.most {
			t.Errorf("%s, stride %d: %d to %d, want %d to %d", c.text, c.stride, least, most, c.least, c.most)
		}
	}
}

func TestStop(t *testing.T) {
	for _, s := range sets() {
		for _, fold := range []bool{false, true} {
			polls := 0
			c := Scanner{Poll: func() bool { polls++; return polls == 3 }}
			if _, ok := c.Scan(s, make([]byte, 10*blockLen), fold, func(uint32, int) {}); ok || polls != 3 {
				t.Errorf("ok %v after %d polls", ok, polls)
			}
		}
	}
}
