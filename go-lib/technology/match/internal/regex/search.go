// This file runs programs.

package regex

import (
	"bytes"
	"unicode/utf8"
)

// Costs of a search, in steps. A step is a node entered or a character passed
// by a repeat.
const (
	// stepsBeforeMemory is what a program may cost on a text before its
	// branches remember where they failed.
	stepsBeforeMemory = 1 << 13
	// stepsPerPoll is how many steps pass between two polls.
	stepsPerPoll = 1 << 14
	// maxMemoryBits bounds the memory of the branches.
	maxMemoryBits = 1 << 23
	// memorySpan is the least number of positions that the memory covers.
	memorySpan = 1 << 12
)

// State is what a search of one text by one program knows. Its zero value is
// for a new text.
type State struct {
	cursor int // starts before it have been tried
	steps  int
	passed []passed // by repeat
	memory *memory
}

// passed is what a repeat knows of the text.
type passed struct {
	// failed are positions at which what follows has failed.
	failed interval
	// last is the last stretch of characters that was counted.
	last stretch
}

// interval is a range of positions, empty if hi < lo.
type interval struct{ lo, hi int }

var none = interval{0, -1}

func (i interval) has(p int) bool { return i.lo <= p && p <= i.hi }

// memory has a bit for every branch and position from base to base+span.
type memory struct {
	base, span int
	bits       []uint64
}

// Reset makes s fit for another text or program.
func (s *State) Reset() {
	s.cursor, s.steps, s.memory = 0, 0, nil
	s.passed = s.passed[:0]
}

// Release lets go of the memory of branches.
func (s *State) Release() { s.memory = nil }

// Machine is the working memory of searches. It is for one goroutine.
type Machine struct {
	// Poll is asked now and then whether to stop; nil never stops.
	Poll func() bool
	// Slots are the positions of the last match: its bounds in the first
	// two, then those of the groups, -1 for a group that took no part.
	Slots []int

	program *Program
	text    []byte
	state   *State
	attempt int // where the current attempt began
	end     int
	steps   int
	pollAt  int
	stopped bool
}

// Stopped reports whether a poll has ended a search.
func (m *Machine) Stopped() bool { return m.stopped }

// Start makes m ready for another page: a stop is forgotten.
func (m *Machine) Start(poll func() bool) {
	m.Poll, m.stopped, m.steps, m.pollAt = poll, false, 0, stepsPerPoll
}

// Release lets go of what belongs to the last page.
func (m *Machine) Release() {
	m.Poll, m.text, m.program, m.state = nil, nil, nil, nil
}

// Search looks for the first match that begins between lo and hi, both
// included, and after what the state says was tried. Positions within a UTF-8
// sequence are no beginnings. It is true if there is one; its place is then in
// m.Slots, and the state admits no other match. A stopped search is false.
func (m *Machine) Search(p *Program, s *State, text []byte, lo, hi int) bool {
	lo = max(lo, s.cursor)
	hi = min(hi, len(text))
	if p.anchored {
		hi = min(hi, 0)
	}
	if lo > hi || m.stopped {
		return false
	}
	m.program, m.text, m.state = p, text, s
	for len(s.passed) < p.repeats {
		s.passed = append(s.passed, passed{failed: none, last: stretch{interval: none}})
	}
	if cap(m.Slots) < p.slots {
		m.Slots = make([]int, p.slots)
	}
	m.Slots = m.Slots[:p.slots]
	for i := range m.Slots {
		m.Slots[i] = -1
	}
	for at := lo; at <= hi; at++ {
		if at = m.nextStart(at, hi); at > hi {
			break
		}
		if !boundary(text, at) {
			continue
		}
		m.attempt = at
		s.memory.cover(at, p.maxLen)
		before := m.steps
		found := m.run(p.start, at)
		m.count(1) // an attempt that fails at once takes no steps, but there may be millions of them
		s.steps += m.steps - before
		if m.stopped {
			return false
		}
		if found {
			m.Slots[0], m.Slots[1] = at, m.end
			s.cursor = len(text) + 1
			return true
		}
	}
	s.cursor = max(s.cursor, hi+1)
	return false
}

// nextStart returns the first position from at on where the program's first
// byte may be, or one beyond hi.
func (m *Machine) nextStart(at, hi int) int {
	p := m.program
	first := p.nodes[p.start].first
	if first == nil {
		return at
	}
	end := min(hi+1, len(m.text))
	for at < end {
		// The stretches are short enough to poll between them.
		stretch := m.text[at:min(end, at+stepsPerPoll)]
		if p.hasLead {
			if i := bytes.IndexByte(stretch, p.lead); i >= 0 {
				return at + i
			}
		} else {
			for i, b := range stretch {
				if first.has(b) {
					return at + i
				}
			}
		}
		at += len(stretch)
		if m.count(len(stretch)); m.stopped {
			break
		}
	}
	return hi + 1
}

// boundary reports whether p isn't within a UTF-8 sequence.
func boundary(text []byte, p int) bool {
	if p >= len(text) || utf8.RuneStart(text[p]) {
		return true
	}
	for back := 1; back < utf8.UTFMax && back <= p; back++ {
		if utf8.RuneStart(text[p-back]) {
			_, width := utf8.DecodeRune(text[p-back:])
			return width <= back
		}
	}
	return true
}

// count adds to the steps and polls when it is time.
func (m *Machine) count(n int) {
	m.steps += n
	if m.steps >= m.pollAt {
		m.pollAt = m.steps + stepsPerPoll
		if m.Poll != nil && m.Poll() {
			m.stopped = true
		}
	}
}

// run reports whether the program matches from node pc at position p on.
func (m *Machine) run(pc int32, p int) bool {
	text := m.text
	for {
		n := &m.program.nodes[pc]
		switch n.op {
		case opMatch:
			m.end = p
			return true
		case opFail:
			return false
		case opLiteral:
			end, ok := matchLiteral(n, text, p)
			if !ok {
				return false
			}
			p = end
		case opClass:
			if p >= len(text) {
				return false
			}
			in, width := n.class.contains(text, p)
			if !in {
				return false
			}
			p += width
		case opRepeat:
			return m.runRepeat(n, p)
		case opBranch:
			if m.count(1); m.stopped || m.failedBefore(n.branch, p) {
				return false
			}
			last := len(n.alts) - 1
			for _, alt := range n.alts[:last] {
				if m.admits(alt, p) && m.run(alt, p) {
					return true
				}
				if m.stopped {
					return false
				}
			}
			pc = n.alts[last]
			continue
		case opCapture:
			old := m.Slots[n.slot]
			m.Slots[n.slot] = p
			if m.run(n.next, p) {
				return true
			}
			m.Slots[n.slot] = old
			return false
		case opBeginText:
			if p != 0 {
				return false
			}
		case opEndText:
			if p != len(text) {
				return false
			}
		case opBeginLine:
			if p != 0 && text[p-1] != '\n' {
				return false
			}
		case opEndLine:
			if p != len(text) && text[p] != '\n' {
				return false
			}
		case opWordBoundary, opNoWordBoundary:
			if wordBoundary(text, p) != (n.op == opWordBoundary) {
				return false
			}
		}
		pc = n.next
	}
}

// admits reports whether the byte at p allows a match from node pc on.
func (m *Machine) admits(pc int32, p int) bool {
	first := m.program.nodes[pc].first
	return first == nil || p < len(m.text) && first.has(m.text[p])
}

// matchLiteral compares the node's bytes; s and k have one more variant each
// outside ASCII.
func matchLiteral(n *node, text []byte, p int) (end int, ok bool) {
	for i, want := range n.literal {
		if p >= len(text) {
			return 0, false
		}
		if text[p]|n.mask[i] == want {
			p++
			continue
		}
		switch {
		case want == 's' && bytes.HasPrefix(text[p:], []byte("ſ")):
			p += len("ſ")
		case want == 'k' && bytes.HasPrefix(text[p:], []byte("\u212a")):
			p += len("\u212a")
		default:
			return 0, false
		}
	}
	return p, true
}

// wordBoundary is \b: ASCII word characters on exactly one side.
func wordBoundary(text []byte, p int) bool {
	before := p > 0 && isWord(text[p-1])
	after := p < len(text) && isWord(text[p])
	return before != after
}

func isWord(b byte) bool {
	return isLetter(b) || '0' <= b && b <= '9' || b == '_'
}

// runRepeat matches a repeat and what follows it.
func (m *Machine) runRepeat(n *node, p int) bool {
	if m.failedBefore(n.branch, p) {
		return false
	}
	low, high, single := m.extent(n, p)
	if low < 0 || m.stopped {
		return false
	}
	if n.reach > 0 && !m.has(n.rare, low, high+int(n.reach)) {
		return false
	}
	if n.lazy {
		return m.tryUpward(n, low, high)
	}
	return m.tryDownward(n, low, high, single)
}

// has reports whether a byte is between two places of the text.
func (m *Machine) has(b byte, lo, hi int) bool {
	return bytes.IndexByte(m.text[lo:min(hi, len(m.text))], b) >= 0
}

// tryDownward tries what follows a greedy repeat, from the longest one on.
func (m *Machine) tryDownward(n *node, low, high int, single bool) bool {
	failed := &m.state.passed[n.repeat].failed
	first := m.program.nodes[n.next].first
	text := m.text
	for at := high; ; {
		if failed.has(at) {
			at = max(failed.lo, low)
		} else if first == nil || at < len(text) && first.has(text[at]) {
			if m.run(n.next, at) {
				return true
			}
			if m.count(1); m.stopped {
				return false
			}
		}
		if at <= low {
			break
		}
		at--
		for !single && at > low && !boundary(text, at) {
			at--
		}
	}
	failed.add(low, high)
	return false
}

// tryUpward tries what follows a lazy repeat, from the shortest one on.
func (m *Machine) tryUpward(n *node, low, high int) bool {
	failed := &m.state.passed[n.repeat].failed
	for at := low; at <= high; at++ {
		if failed.has(at) {
			at = failed.hi
			continue
		}
		if !boundary(m.text, at) || !m.admits(n.next, at) {
			continue
		}
		if m.run(n.next, at) {
			return true
		}
		if m.count(1); m.stopped {
			return false
		}
	}
	failed.add(low, high)
	return false
}

// add joins [lo, hi] with the interval if they touch, and replaces it if not.
func (i *interval) add(lo, hi int) {
	if i.hi >= i.lo && lo <= i.hi+1 && i.lo <= hi+1 {
		lo, hi = min(lo, i.lo), max(hi, i.hi)
	}
	i.lo, i.hi = lo, hi
}

// failedBefore marks that a branch is tried at p and reports whether it was
// before. As an attempt ends with its first match, an earlier try has failed.
func (m *Machine) failedBefore(branch int32, p int) bool {
	s := m.state
	if s.memory == nil {
		if s.steps++; s.steps < stepsBeforeMemory {
			return false
		}
		s.memory = m.newMemory()
	}
	mem := s.memory
	if p < mem.base || p >= mem.base+mem.span {
		return false
	}
	bit := int(branch)*mem.span + p - mem.base
	word, mask := bit/64, uint64(1)<<(bit%64)
	if mem.bits[word]&mask != 0 {
		return true
	}
	mem.bits[word] |= mask
	return false
}

// newMemory covers at least all that one attempt can see, if that is not too
// much. Beyond what it covers an attempt costs what it costs.
func (m *Machine) newMemory() *memory {
	p := m.program
	span := memorySpan
	if p.maxLen > 0 {
		span += 2 * p.maxLen
	}
	span = min(span, maxMemoryBits/max(p.branches, 1))
	return &memory{base: m.attempt, span: span, bits: make([]uint64, (span*p.branches+63)/64)}
}

// cover moves the memory on if an attempt at position at can leave it.
func (m *memory) cover(at, maxLen int) {
	if m == nil {
		return
	}
	reach := m.span / 2
	if maxLen >= 0 {
		reach = min(reach, maxLen)
	}
	if at+reach < m.base+m.span {
		return
	}
	clear(m.bits)
	m.base = at
}

// Steps returns what the searches since Start have cost.
func (m *Machine) Steps() int { return m.steps }
