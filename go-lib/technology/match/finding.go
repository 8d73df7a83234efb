// This file adds up what patterns say about technologies, by upstream's rules.

package match

import (
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
)

// maxConfidence is what confidences add up to at most.
const maxConfidence = 100

// finding is what is known of a technology of which a pattern has matched.
//
// A step is one of upstream's calls: all headers, all cookies, the page's HTML,
// one script tag, one meta tag. Within a step a technology has the highest
// confidence and the most specific version of its patterns; the steps'
// confidences add up, and the first step's version stays.
type finding struct {
	technology     uint32
	step           uint32
	stepConfidence uint8
	confidence     uint8 // of the steps before
	versionFrom    uint32
	stepVersion    string
	version        string // of the steps before
}

// lookup returns a technology's finding, or nil.
func (p *page) lookup(technology uint32) *finding {
	if s := p.findingOf[technology]; s.epoch == p.pageEpoch {
		return &p.found[s.at]
	}
	return nil
}

// beginStep begins a step; endStep must follow.
func (p *page) beginStep() {
	p.step++
	p.touched = p.touched[:0]
}

// matched notes that a pattern has matched in this step.
//
// Two versions of which neither is more specific are told apart by the order of
// the patterns. That is upstream's order within a list; between headers, and
// between cookies, upstream has none, and here it is that of their names.
func (p *page) matched(pattern uint32, version string) {
	technology := p.index.PatternTechnology[pattern]
	f := p.lookup(technology)
	if f == nil {
		p.findingOf[technology] = slot{p.pageEpoch, uint32(len(p.found))}
		p.found = append(p.found, finding{technology: technology})
		p.evidenceOf = append(p.evidenceOf, 0)
		f = &p.found[len(p.found)-1]
	}
	if f.step != p.step {
		f.step, f.stepConfidence, f.stepVersion = p.step, 0, ""
		p.touched = append(p.touched, int32(p.findingOf[technology].at))
	}
	f.stepConfidence = max(f.stepConfidence, p.index.PatternConfidence[pattern])
	if version == "" {
		return
	}
	if f.stepVersion == "" || fingerprint.MoreSpecific(version, f.stepVersion) ||
		pattern < f.versionFrom && !fingerprint.MoreSpecific(f.stepVersion, version) {
		f.stepVersion, f.versionFrom = version, pattern
	}
}

// endStep adds the step to those before.
func (p *page) endStep() {
	for _, at := range p.touched {
		f := &p.found[at]
		f.confidence = min(f.confidence+f.stepConfidence, maxConfidence)
		if f.version == "" {
			f.version = f.stepVersion
		}
	}
	p.touched = p.touched[:0]
}
