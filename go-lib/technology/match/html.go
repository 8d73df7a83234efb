// This file matches the page's text.

package match

import (
	"bytes"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// matchHTML matches the HTML patterns on the body, as one step. It also decides
// what the body's text is: almost always the body as it is.
func (p *page) matchHTML() {
	if p.stopped {
		return
	}
	if p.index.LowerFirst {
		p.lowerBody()
	}
	p.beginStep()
	pieces := len(p.evidence)
	p.beginText(p.body, index.HTML, 0)
	ascii, ok := p.scanner.Scan(p.index.HTMLSet, p.body.bytes, p.body.fold, p.visit)
	if !ok || p.stopped {
		p.stopped = true
		return
	}
	if !ascii && !p.lowered && p.special() {
		p.undoStep(pieces)
		p.beginStep()
		p.beginText(p.body, index.HTML, 0)
		if _, ok := p.scanner.Scan(p.index.HTMLSet, p.body.bytes, p.body.fold, p.visit); !ok {
			p.stopped = true
			return
		}
	}
	if !p.index.ShortHTMLSet.Empty() {
		p.short = true
		_, ok := p.scanner.Scan(p.index.ShortHTMLSet, p.body.bytes, p.body.fold, p.visit)
		p.short = false
		if !ok {
			p.stopped = true
			return
		}
	}
	p.always(p.index.AlwaysHTML)
	p.endStep()
}

// special looks for the three characters outside ASCII that lower-casing or
// case folding makes ASCII letters, and makes the body's text one in which
// they are found. It reports whether there are any.
//
// U+212A and U+0130 are lower-cased to k and i, so they can be part of tags and
// of words; then a lower-cased copy is matched. U+017F stays but is matched by
// an s; finding it takes a slower scan.
func (p *page) special() bool {
	body := p.body.bytes
	switch {
	case bytes.Contains(body, []byte("\u212a")) || bytes.Contains(body, []byte("\u0130")):
		p.lowerBody()
	case bytes.Contains(body, []byte("\u017f")):
		p.body.fold = true
	default:
		return false
	}
	return true
}

// lowerBody makes the body's text a lower-cased copy.
func (p *page) lowerBody() {
	lower, offsets := lowerCopy(p.original, p.offsets)
	p.body = text{bytes: lower, fold: scan.FoldsToASCII(lower)}
	p.offsets = offsets
	p.lowered = true
}

// undoStep takes back what the current step has found.
func (p *page) undoStep(pieces int) {
	for _, at := range p.touched {
		f := &p.found[at]
		f.stepConfidence, f.stepVersion = 0, ""
		f.step = 0
	}
	for _, e := range p.evidence[pieces:] {
		p.evidenceOf[e.finding]--
	}
	p.evidence = p.evidence[:pieces]
	p.touched = p.touched[:0]
}
