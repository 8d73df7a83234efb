// This file decides which patterns run where, and runs them.

package match

import (
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/literal"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// hit is called for every literal found in the current text.
func (p *page) hit(needle uint32, probe int) {
	x := p.index
	for _, pattern := range p.set().PatternsOf(needle) {
		if p.source.Keyed() && x.PatternKey[pattern] != p.key {
			continue
		}
		s := p.state(pattern)
		if s.settled {
			continue
		}
		if p.superfluous(pattern) {
			s.settled = true
			continue
		}
		if x.PatternFlags[pattern]&(index.Whole|index.Versioned) == index.Whole && !p.options.Evidence {
			s.settled = true
			p.matched(pattern, "")
			continue
		}
		lo, hi := 0, probe-int(int32(x.PatternMin[pattern]))
		if most := int(int32(x.PatternMax[pattern])); most != index.Unbounded {
			lo = max(0, probe-most)
		}
		p.search(pattern, s, lo, hi)
	}
}

// set is the set of needles that the current scan uses.
func (p *page) set() *scan.Set {
	switch p.source {
	case index.HTML:
		if p.short {
			return p.index.ShortHTMLSet
		}
		return p.index.HTMLSet
	case index.Script:
		return p.index.ScriptSet
	default:
		return p.index.KeyedSet
	}
}

// maxMasked is the length in bytes up to which it is worth while to look which
// bytes a text has before patterns without literals run; long ones have all.
const maxMasked = 1 << 10

// always runs patterns that have no literals on the current text.
func (p *page) always(patterns []uint32) {
	if len(patterns) == 0 {
		return
	}
	present := ^literal.ByteMask(0)
	if !p.text.fold && len(p.text.bytes) <= maxMasked {
		present = literal.MaskOf(p.text.bytes)
	}
	for _, pattern := range patterns {
		if literal.ByteMask(p.index.PatternBytes[pattern])&^present != 0 || p.superfluous(pattern) {
			continue
		}
		if p.index.PatternFlags[pattern]&index.Empty != 0 {
			p.matched(pattern, "")
			p.addEvidence(pattern, 0, 0, "")
			continue
		}
		p.search(pattern, p.state(pattern), 0, len(p.text.bytes))
		if p.stopped {
			return
		}
	}
}

// superfluous reports whether a match of the pattern would change nothing.
func (p *page) superfluous(pattern uint32) bool {
	f := p.lookup(p.index.PatternTechnology[pattern])
	if f == nil || p.options.Evidence && p.evidenceOf[p.findingOf[f.technology].at] < MaxEvidence {
		return false
	}
	versioned := p.index.PatternFlags[pattern]&index.Versioned != 0
	if versioned && f.version == "" {
		return false
	}
	return f.confidence >= maxConfidence || !versioned && f.step == p.step && f.stepConfidence >= p.index.PatternConfidence[pattern]
}

// search runs a pattern where a match may begin between lo and hi.
func (p *page) search(pattern uint32, s *patternState, lo, hi int) {
	program := p.owner.program(pattern)
	var slots []int
	if program.regex == nil {
		// The whole text is searched at once.
		s.settled = true
		if slots = program.other.find(p.text.bytes); slots == nil {
			return
		}
	} else {
		if !p.machine.Search(program.regex, &s.search, p.text.bytes, lo, hi) {
			p.stopped = p.stopped || p.machine.Stopped()
			return
		}
		s.settled = true
		slots = p.machine.Slots
	}
	version := program.expand(&p.text, slots)
	p.matched(pattern, version)
	p.addEvidence(pattern, slots[0], slots[1], version)
}
