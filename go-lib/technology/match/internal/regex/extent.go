// This file finds how far a repeat can go.

package regex

import (
	"bytes"
	"math"
	"unicode/utf8"
)

// stretch is as many characters of a class as a repeat can take from a place
// of the text on.
type stretch struct {
	interval
	taken int
	// ended is set if the stretch ends because the text has no more
	// characters of the class there.
	ended bool
	// single is set if every character has one byte.
	single bool
}

// maxWindow is the longest repeat, in characters, for which extent looks for
// what ends it instead of counting.
const maxWindow = 1 << 12

// maxMove is how far, in bytes, a stretch is moved; what is farther away is
// counted anew.
const maxMove = 64

// extent finds how far a repeat can go from p on: low is the position after the
// least number of characters, negative if the text has fewer, and high that
// after the greatest; single tells whether every character has one byte.
func (m *Machine) extent(n *node, p int) (low, high int, single bool) {
	most := int(n.most)
	if most < 0 {
		most = math.MaxInt / utf8.UTFMax
	}
	known := &m.state.passed[n.repeat].last
	if n.least > 1 {
		s := stretch{interval: interval{p, p}, single: true}
		low = m.extend(n, &s, most)
		return low, s.hi, s.single
	}
	if !m.move(n, known, p, most) {
		if n.class.hasExcept && most <= maxWindow {
			if high, ok := m.extentByExcept(n, p, most); ok {
				return m.lowOf(n, p, high), high, false
			}
		}
		*known = stretch{interval: interval{p, p}, single: true}
	}
	m.extend(n, known, most)
	return m.lowOf(n, p, known.hi), known.hi, known.single
}

// lowOf is the position after the least number of characters, for repeats that
// may be empty or have one.
func (m *Machine) lowOf(n *node, p, high int) int {
	if n.least == 0 {
		return p
	}
	if high <= p {
		return -1
	}
	_, width := n.class.contains(m.text, p)
	return p + width
}

// extend takes what the text has after a stretch. It returns the position after
// the node's least number of characters if it passes that, or a negative number.
func (m *Machine) extend(n *node, s *stretch, most int) (low int) {
	low = -1
	if s.ended {
		return low
	}
	from := s.hi
	for s.taken < most {
		if s.hi >= len(m.text) {
			s.ended = true
			break
		}
		width := 1
		if n.class.table[m.text[s.hi]] != inside {
			in := false
			if in, width = n.class.contains(m.text, s.hi); !in {
				s.ended = true
				break
			}
			s.single = s.single && width == 1
		}
		s.hi += width
		if s.taken++; s.taken == int(n.least) {
			low = s.hi
		}
		if s.taken%stepsPerPoll == 0 {
			if m.count(stepsPerPoll); m.stopped {
				return -1
			}
		}
	}
	m.count(1 + (s.hi-from)%stepsPerPoll)
	return low
}

// move makes a stretch begin at p instead, if p is near. Repeats are often tried
// from one character after the other; then the ends move by as little.
func (m *Machine) move(n *node, s *stretch, p, most int) bool {
	switch {
	case s.hi < s.lo || p > s.hi || p > s.lo+maxMove || p < s.lo-maxMove:
		return false
	case p >= s.lo:
		at := s.lo
		for ; at < p; s.taken-- {
			at += m.width(s, at)
		}
		if at != p {
			*s = stretch{interval: none}
			return false
		}
		s.lo = p
		return true
	}
	before := stretch{interval: interval{p, p}, single: true}
	for before.hi < s.lo && before.taken < most {
		in, width := n.class.contains(m.text, before.hi)
		if !in {
			before.ended = true
			*s = before
			return true
		}
		before.hi += width
		before.taken++
		before.single = before.single && width == 1
	}
	if before.hi != s.lo {
		return false
	}
	s.lo = p
	s.taken += before.taken
	s.single = s.single && before.single
	for s.taken > most {
		s.ended = false
		s.taken--
		for s.hi--; !s.single && !boundary(m.text, s.hi); s.hi-- {
		}
	}
	return true
}

// width is the length of the character at a place in a stretch.
func (m *Machine) width(s *stretch, at int) int {
	if s.single {
		return 1
	}
	_, width := utf8.DecodeRune(m.text[at:])
	return width
}

// extentByExcept finds the end of a stretch for a class of all characters but
// one, if that one is near: then what is before it is no longer in characters
// than in bytes. It is not ok if the characters are to be counted.
func (m *Machine) extentByExcept(n *node, p, most int) (high int, ok bool) {
	window := m.text[p:min(len(m.text), p+most)]
	m.count(1 + len(window)/16)
	i := bytes.IndexByte(window, n.class.except)
	if i < 0 && p+len(window) == len(m.text) {
		i = len(window)
	}
	return p + i, i >= 0
}
