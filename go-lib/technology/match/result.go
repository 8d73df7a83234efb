// This file makes the answer of what was found.

package match

import (
	"cmp"
	"slices"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/markup"
)

// sum is what a name's confidence comes from.
type sum struct {
	id      uint32
	version string
	// direct is from the technology's own patterns, implied from other
	// technologies, and tagged from implications whose name has tags.
	direct, implied, tagged int
	finding                 int32 // -1 if no pattern has matched
}

// result adds the implied technologies, of one level, and makes the answer.
//
// An implication is worth the confidence of the technology that implies. One
// whose name has tags ("PHP\;confidence:75", which upstream answers as a name of
// its own) is worth what its tag says, and counts only for technologies of
// which no own pattern has matched.
func (p *page) result() *Result {
	x := p.index
	p.sums = p.sums[:0]
	for at := range p.found {
		f := &p.found[at]
		s := p.sumOf(f.technology)
		s.direct, s.version, s.finding = int(f.confidence), f.version, int32(at)
	}
	for at := range p.found {
		f := &p.found[at]
		if f.confidence == 0 {
			continue
		}
		first := int(x.ImpliedStarts[f.technology])
		for k, target := range index.List(x.Implied, x.ImpliedStarts, int(f.technology)) {
			s := p.sumOf(target)
			switch c := x.ImpliedConfidence[first+k]; c {
			case index.AsImplier:
				s.implied += int(f.confidence)
			case index.Tagged:
				s.tagged += int(f.confidence)
			default:
				s.tagged += int(c)
			}
		}
	}
	r := &Result{}
	if p.options.Title && p.titleAt.End > 0 {
		r.Title = markup.TitleText(p.original[p.titleAt.Start:p.titleAt.End])
	}
	r.Technologies = make([]Technology, 0, len(p.sums))
	for _, s := range p.sums {
		confidence := min(s.direct+s.implied, maxConfidence)
		version := s.version
		if confidence == 0 {
			version = "" // upstream drops it together with the technology
		}
		if s.direct == 0 {
			confidence = min(confidence+s.tagged, maxConfidence)
		}
		if confidence == 0 {
			continue
		}
		t := Technology{Name: x.Names.At(int(s.id)), Version: version, Confidence: confidence, Implied: s.direct == 0, ID: int(s.id)}
		if t.ID >= x.Count {
			t.ID = -1
		}
		if p.options.Evidence {
			t.Evidence = p.evidenceFor(s)
		}
		r.Technologies = append(r.Technologies, t)
	}
	slices.SortFunc(r.Technologies, func(a, b Technology) int { return cmp.Compare(a.Name, b.Name) })
	return r
}

// sumOf returns the sum of a name, which it adds if need be. It is valid until
// the next call.
func (p *page) sumOf(id uint32) *sum {
	if s := &p.sumAt[id]; s.epoch != p.pageEpoch {
		*s = slot{p.pageEpoch, uint32(len(p.sums))}
		p.sums = append(p.sums, sum{id: id, finding: -1})
	}
	return &p.sums[p.sumAt[id].at]
}
