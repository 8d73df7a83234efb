// This file holds sets of characters.

package regex

import (
	"sync"
	"unicode"
	"unicode/utf8"
)

// What the byte table of a class says about a byte where a character begins.
const (
	outside = iota // no character of the class begins so
	inside         // the byte is a character of the class
	perhaps        // the byte is not ASCII: decode and look it up
)

// class is an immutable set of characters.
type class struct {
	table  [256]uint8
	ranges []rune // sorted pairs from U+0080 on
	// except is the one byte that is no character of the class, if hasExcept.
	except    byte
	hasExcept bool
}

// contains decodes the character at p and reports whether it is in the class
// and how many bytes it has. Bytes that aren't UTF-8 count as U+FFFD, one by
// one, as in regexp.
func (c *class) contains(text []byte, p int) (bool, int) {
	switch c.table[text[p]] {
	case outside:
		return false, 1
	case inside:
		return true, 1
	}
	r, width := utf8.DecodeRune(text[p:])
	for i := 0; i < len(c.ranges); i += 2 {
		if r <= c.ranges[i+1] {
			return r >= c.ranges[i], width
		}
	}
	return false, width
}

// newClass builds a class from sorted pairs.
func newClass(pairs []rune) *class {
	c := &class{}
	for i := 0; i+1 < len(pairs); i += 2 {
		lo, hi := pairs[i], pairs[i+1]
		for r := lo; r <= hi && r < utf8.RuneSelf; r++ {
			c.table[r] = inside
		}
		if hi >= utf8.RuneSelf {
			c.ranges = append(c.ranges, max(lo, utf8.RuneSelf), hi)
		}
	}
	if c.ranges != nil {
		for b := utf8.RuneSelf; b < len(c.table); b++ {
			c.table[b] = perhaps
		}
	}
	c.hasExcept = len(pairs) == 4 && pairs[0] == 0 && pairs[1]+2 == pairs[2] && pairs[2] <= utf8.RuneSelf && pairs[3] == utf8.MaxRune
	c.except = byte(pairs[1] + 1)
	return c
}

// foldPairs lists, as sorted pairs, the characters that fold to the same as r.
func foldPairs(r rune) []rune {
	all := []rune{r}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		all = append(all, f)
	}
	pairs := make([]rune, 0, 2*len(all))
	for len(all) > 0 {
		least := 0
		for i, f := range all {
			if f < all[least] {
				least = i
			}
		}
		pairs = append(pairs, all[least], all[least])
		all = append(all[:least], all[least+1:]...)
	}
	return pairs
}

// Classes shares equal classes between programs. It is safe for concurrent
// use.
type Classes struct {
	mu  sync.Mutex
	all map[string]*class
}

func (s *Classes) get(pairs []rune) *class {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := string(pairs)
	c, ok := s.all[key]
	if !ok {
		if s.all == nil {
			s.all = map[string]*class{}
		}
		c = newClass(pairs)
		s.all[key] = c
	}
	return c
}
