// Package regex finds leftmost-first matches of regular expressions whose
// repeats are bounded, with the answers of package regexp.
//
// It differs from regexp in what it is for: an expression compiles in
// microseconds, because a bounded repeat of one character is one instruction
// and not hundreds; and a search can be limited to the places where a match
// may begin, while every attempt sees the whole text, so that assertions and
// captures are those of the whole text.
//
// A program is a graph without cycles: repeats of one character count in
// place, other repeats are written out. An attempt backtracks in the order of
// the alternatives, which is what leftmost-first means. Two memories keep it
// from doing work twice; both are sound because there are no back references,
// so whether the rest of a program matches at a position doesn't depend on how
// the position was reached:
//
//   - every repeat remembers an interval of positions at which what follows it
//     has failed;
//   - once a text has cost much, every branch remembers all positions at which
//     it has failed.
package regex

import (
	"errors"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// ErrUnsupported is returned for expressions that are no graph of this kind:
// those that repeat more than a character without bound, or are very large.
var ErrUnsupported = errors.New("regex: expression has an unbounded group or is too large")

// maxNodes bounds the size of a program.
const maxNodes = 8192

type opcode uint8

const (
	opMatch opcode = iota
	opFail
	opLiteral   // text: the node's bytes, ASCII, folded by mask
	opClass     // one character of the class
	opRepeat    // least to most characters of the class
	opBranch    // alternatives, in order
	opCapture   // remember the position
	opBeginText // assertions
	opEndText
	opBeginLine
	opEndLine
	opWordBoundary
	opNoWordBoundary
)

// node is one instruction. Which fields it uses depends on its op.
type node struct {
	op          opcode
	lazy        bool
	next        int32
	least, most int32 // most < 0: no limit
	slot        int32 // capture slot
	branch      int32 // number among the nodes that branch
	repeat      int32 // number among the repeats
	class       *class
	alts        []int32
	literal     []byte
	mask        []byte
	first       *firstSet
	// A repeat that a literal follows fails if the text doesn't have the
	// literal's rarest byte, rare, at most reach bytes after the repeat.
	// Without such a byte reach is 0.
	rare  byte
	reach int32
}

// firstSet is the set of bytes with which a match of the rest of the program
// can begin; nil where it can be empty.
type firstSet [4]uint64

func (f *firstSet) add(b byte)      { f[b>>6] |= 1 << (b & 63) }
func (f *firstSet) has(b byte) bool { return f[b>>6]>>(b&63)&1 != 0 }

// Program is a compiled expression. It is immutable and safe for concurrent
// use.
type Program struct {
	nodes    []node
	start    int32
	slots    int
	branches int
	repeats  int
	anchored bool
	maxLen   int // in bytes; negative: no limit
	// lead is the one byte with which every match begins, if hasLead.
	lead    byte
	hasLead bool
}

// Groups returns the number of capture groups; it is 0 for a program that was
// compiled without them.
func (p *Program) Groups() int { return max(p.slots/2-1, 0) }

// Size estimates the program's memory in bytes, without the classes that it
// shares with others.
func (p *Program) Size() int {
	return len(p.nodes) * int(unsafe.Sizeof(node{})+unsafe.Sizeof(firstSet{}))
}

// Compile makes a program of a syntax tree that was parsed with syntax.Perl
// and not simplified. Without captures, matches are only found, and their
// groups not recorded.
func Compile(re *syntax.Regexp, captures bool, classes *Classes) (*Program, error) {
	c := compiler{classes: classes, captures: captures}
	match := c.add(node{op: opMatch})
	start := c.compile(re, match)
	if c.tooLarge || c.unbounded {
		return nil, ErrUnsupported
	}
	p := &Program{nodes: c.nodes, start: start, slots: 2, branches: int(c.branches), repeats: int(c.repeats)}
	if captures {
		p.slots = 2 * (re.MaxCap() + 1)
	}
	p.anchored = beginsText(re)
	p.maxLen = maxLength(re)
	c.firstSets()
	if f := p.nodes[start].first; f != nil {
		count := 0
		for b := range 256 {
			if f.has(byte(b)) {
				count++
				p.lead = byte(b)
			}
		}
		p.hasLead = count == 1
	}
	return p, nil
}

// compiler writes nodes from the end of the expression to its beginning.
type compiler struct {
	nodes     []node
	classes   *Classes
	captures  bool
	branches  int32
	repeats   int32
	tooLarge  bool
	unbounded bool
}

func (c *compiler) add(n node) int32 {
	if len(c.nodes) >= maxNodes {
		c.tooLarge = true
		return 0
	}
	switch n.op {
	case opRepeat:
		n.repeat = c.repeats
		c.repeats++
		n.branch = c.branches
		c.branches++
		n.rare, n.reach = c.rarest(n.next)
	case opBranch:
		n.branch = c.branches
		c.branches++
	}
	c.nodes = append(c.nodes, n)
	return int32(len(c.nodes) - 1)
}

// rarest picks a byte of the literal at a node, and tells how long the literal
// can be in a text. Letters are no candidates, as they have two cases.
func (c *compiler) rarest(next int32) (rare byte, reach int32) {
	n := &c.nodes[next]
	if n.op != opLiteral {
		return 0, 0
	}
	best := -1
	length := int32(len(n.literal))
	for i, b := range n.literal {
		switch {
		case n.mask[i] != 0:
			if b == 's' || b == 'k' {
				length += 2 // see matchLiteral
			}
		default:
			if rank := strings.IndexByte(byFrequency, b); best < 0 || rank < best {
				best, rare = max(rank, 0), b
			}
		}
	}
	if best < 0 {
		return 0, 0
	}
	return rare, length
}

// byFrequency has the bytes that are frequent in HTML, the most frequent last.
const byFrequency = "9876543210:;(),'.-></=\" "

// compile returns the node at which a match of re followed by next begins.
func (c *compiler) compile(re *syntax.Regexp, next int32) int32 {
	if c.tooLarge || c.unbounded {
		return next
	}
	switch re.Op {
	case syntax.OpEmptyMatch:
		return next
	case syntax.OpLiteral:
		return c.literal(re, next)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return c.add(node{op: opClass, class: c.single(re), next: next})
	case syntax.OpBeginText:
		return c.add(node{op: opBeginText, next: next})
	case syntax.OpEndText:
		return c.add(node{op: opEndText, next: next})
	case syntax.OpBeginLine:
		return c.add(node{op: opBeginLine, next: next})
	case syntax.OpEndLine:
		return c.add(node{op: opEndLine, next: next})
	case syntax.OpWordBoundary:
		return c.add(node{op: opWordBoundary, next: next})
	case syntax.OpNoWordBoundary:
		return c.add(node{op: opNoWordBoundary, next: next})
	case syntax.OpCapture:
		if !c.captures {
			return c.compile(re.Sub[0], next)
		}
		end := c.add(node{op: opCapture, slot: int32(2*re.Cap + 1), next: next})
		return c.add(node{op: opCapture, slot: int32(2 * re.Cap), next: c.compile(re.Sub[0], end)})
	case syntax.OpConcat:
		for i := len(re.Sub) - 1; i >= 0; i-- {
			next = c.compile(re.Sub[i], next)
		}
		return next
	case syntax.OpAlternate:
		alts := make([]int32, len(re.Sub))
		for i, sub := range re.Sub {
			alts[i] = c.compile(sub, next)
		}
		return c.add(node{op: opBranch, alts: alts})
	case syntax.OpQuest:
		return c.repetition(re, 0, 1, next)
	case syntax.OpStar:
		return c.repetition(re, 0, -1, next)
	case syntax.OpPlus:
		return c.repetition(re, 1, -1, next)
	case syntax.OpRepeat:
		return c.repetition(re, re.Min, re.Max, next)
	default: // OpNoMatch
		return c.add(node{op: opFail})
	}
}

// literal writes stretches of ASCII as one node each, and other characters as
// classes.
func (c *compiler) literal(re *syntax.Regexp, next int32) int32 {
	fold := re.Flags&syntax.FoldCase != 0
	end := len(re.Rune)
	for end > 0 {
		begin := end
		for begin > 0 && simple(re.Rune[begin-1], fold) {
			begin--
		}
		if begin == end {
			end--
			pairs := []rune{re.Rune[end], re.Rune[end]}
			if fold {
				pairs = foldPairs(re.Rune[end])
			}
			next = c.add(node{op: opClass, class: c.classes.get(pairs), next: next})
			continue
		}
		n := node{op: opLiteral, next: next}
		for _, r := range re.Rune[begin:end] {
			lower, mask := byte(r), byte(0)
			if isLetter(lower) {
				lower |= caseBit
				mask = caseBit
			}
			n.literal = append(n.literal, lower)
			n.mask = append(n.mask, mask)
		}
		next = c.add(n)
		end = begin
	}
	return next
}

// caseBit is the difference of the two cases of an ASCII letter.
const caseBit = 'a' - 'A'

func isLetter(b byte) bool { return 'a' <= b|caseBit && b|caseBit <= 'z' }

// simple reports whether a literal's character can be part of a literal node.
func simple(r rune, fold bool) bool {
	return r < utf8.RuneSelf && (fold || !isLetter(byte(r)))
}

// single returns the class of an expression that is one character, or nil.
func (c *compiler) single(re *syntax.Regexp) *class {
	switch re.Op {
	case syntax.OpCharClass:
		return c.classes.get(re.Rune)
	case syntax.OpAnyChar:
		return c.classes.get([]rune{0, utf8.MaxRune})
	case syntax.OpAnyCharNotNL:
		return c.classes.get([]rune{0, '\n' - 1, '\n' + 1, utf8.MaxRune})
	case syntax.OpLiteral:
		if len(re.Rune) != 1 {
			return nil
		}
		if re.Flags&syntax.FoldCase != 0 {
			return c.classes.get(foldPairs(re.Rune[0]))
		}
		return c.classes.get([]rune{re.Rune[0], re.Rune[0]})
	case syntax.OpCapture:
		if !c.captures {
			return c.single(re.Sub[0])
		}
	}
	return nil
}

// repetition counts characters in place and writes groups out.
func (c *compiler) repetition(re *syntax.Regexp, least, most int, next int32) int32 {
	sub := re.Sub[0]
	lazy := re.Flags&syntax.NonGreedy != 0
	if set := c.single(sub); set != nil {
		return c.add(node{op: opRepeat, lazy: lazy, least: int32(least), most: int32(most), class: set, next: next})
	}
	if most < 0 {
		c.unbounded = true
		return next
	}
	entry := next
	for range most - least {
		alts := []int32{c.compile(sub, entry), next}
		if lazy {
			alts[0], alts[1] = alts[1], alts[0]
		}
		entry = c.add(node{op: opBranch, alts: alts})
	}
	for range least {
		entry = c.compile(sub, entry)
	}
	return entry
}

// beginsText reports whether every match begins at the text's first byte.
func beginsText(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpCapture:
		return beginsText(re.Sub[0])
	case syntax.OpConcat:
		return len(re.Sub) > 0 && beginsText(re.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !beginsText(sub) {
				return false
			}
		}
		return true
	case syntax.OpRepeat:
		return re.Min > 0 && beginsText(re.Sub[0])
	}
	return false
}

// maxLength is the greatest length of a match in bytes, negative for none.
func maxLength(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		return utf8.UTFMax * len(re.Rune)
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return utf8.UTFMax
	case syntax.OpStar, syntax.OpPlus:
		return -1
	case syntax.OpQuest, syntax.OpCapture:
		return maxLength(re.Sub[0])
	case syntax.OpRepeat:
		one := maxLength(re.Sub[0])
		if re.Max < 0 || one < 0 {
			return -1
		}
		return re.Max * one
	case syntax.OpConcat, syntax.OpAlternate:
		total := 0
		for _, sub := range re.Sub {
			one := maxLength(sub)
			if one < 0 {
				return -1
			}
			if re.Op == syntax.OpConcat {
				total += one
			} else {
				total = max(total, one)
			}
		}
		return total
	}
	return 0
}

// firstSets computes every node's first set. Nodes only refer to nodes before
// them, so one pass does it.
func (c *compiler) firstSets() {
	for i := range c.nodes {
		n := &c.nodes[i]
		switch n.op {
		case opFail:
			n.first = &firstSet{}
		case opLiteral:
			n.first = literalFirst(n)
		case opClass:
			f := firstSet{}
			f.addClass(n.class)
			n.first = &f
		case opRepeat:
			if n.least > 0 {
				f := firstSet{}
				f.addClass(n.class)
				n.first = &f
			} else if rest := c.nodes[n.next].first; rest != nil {
				f := *rest
				f.addClass(n.class)
				n.first = &f
			}
		case opBranch:
			n.first = c.branchFirst(n.alts)
		case opMatch, opEndText, opEndLine:
			// May hold at the end of the text, where there is no byte.
		default:
			n.first = c.nodes[n.next].first
		}
	}
}

func literalFirst(n *node) *firstSet {
	f := firstSet{}
	b := n.literal[0]
	f.add(b)
	if n.mask[0] != 0 {
		f.add(b &^ caseBit)
		f.addOtherFolds(b)
	}
	return &f
}

// addOtherFolds adds the first bytes of U+017F and U+212A.
func (f *firstSet) addOtherFolds(letter byte) {
	switch letter {
	case 's':
		f.add("ſ"[0])
	case 'k':
		f.add("\u212a"[0])
	}
}

func (f *firstSet) addClass(c *class) {
	for b, is := range c.table {
		if is != outside {
			f.add(byte(b))
		}
	}
}

func (c *compiler) branchFirst(alts []int32) *firstSet {
	f := firstSet{}
	for _, alt := range alts {
		one := c.nodes[alt].first
		if one == nil {
			return nil
		}
		for i, bits := range one {
			f[i] |= bits
		}
	}
	return &f
}
