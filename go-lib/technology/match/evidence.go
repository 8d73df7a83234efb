// This file tells what technologies were recognised by.

package match

import (
	"unicode/utf8"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
)

// Bounds of what evidence there is.
const (
	// MaxEvidence is the greatest number of pieces for one technology from
	// its own patterns, and again from other technologies. Patterns that
	// match after that are left out unless they change the answer.
	MaxEvidence = 32
	// MaxEvidenceText is the greatest length in bytes of a matched text;
	// what is longer is cut.
	MaxEvidenceText = 512
)

// Source is the part of a response in which something was found.
type Source string

// The sources. Implied evidence is another technology.
const (
	SourceHeader  Source = "header"
	SourceCookie  Source = "cookie"
	SourceMeta    Source = "meta"
	SourceHTML    Source = "html"
	SourceScript  Source = "script"
	SourceImplied Source = "implied"
)

// Evidence is one reason for a technology: a pattern, with the place where it
// first matches a text, or another technology.
type Evidence struct {
	Source Source
	// Key is the name of the header, cookie or meta tag, in lower case.
	Key string
	// Pattern is the pattern as the fingerprints have it.
	Pattern string
	// Text is what the pattern matched, as the response has it. For the
	// patterns that match whatever is there, it is empty. Bytes that aren't
	// UTF-8 are U+FFFD.
	Text string
	// Offset is the place of Text in the body as it was given, in bytes; -1
	// for headers and cookies, and for attributes with entities, whose value
	// isn't in the body as it was matched.
	Offset int
	// Version is what the pattern gave.
	Version string
	// Confidence is that of the pattern or the implication, up to 100.
	Confidence int
	// By is the technology that implies this one.
	By string
}

// evidence is a piece on its way into the answer.
type evidence struct {
	finding int32
	Evidence
}

var sourceNames = [...]Source{
	index.Header: SourceHeader, index.Cookie: SourceCookie, index.Meta: SourceMeta, index.HTML: SourceHTML, index.Script: SourceScript,
}

// addEvidence notes that a pattern has matched the current text from lo to hi.
func (p *page) addEvidence(pattern uint32, lo, hi int, version string) {
	if !p.options.Evidence {
		return
	}
	at := int32(p.findingOf[p.index.PatternTechnology[pattern]].at)
	if p.evidenceOf[at] >= MaxEvidence {
		return
	}
	p.evidenceOf[at]++
	e := Evidence{
		Source:     sourceNames[p.source],
		Pattern:    p.index.PatternSources.At(int(pattern)),
		Version:    version,
		Confidence: int(p.index.PatternConfidence[pattern]),
		Offset:     -1,
	}
	if p.source.Keyed() {
		e.Key = p.index.KeyName(p.source, p.key)
	}
	matched := p.text.bytes[lo:hi]
	if p.text.offset >= 0 {
		begin, end := p.place(p.text.offset+lo), p.place(p.text.offset+hi)
		e.Offset = begin
		matched = p.original[begin:end]
	}
	e.Text = shorten(matched)
	p.evidence = append(p.evidence, evidence{finding: at, Evidence: e})
}

// shorten copies a text, cut between characters, as UTF-8.
func shorten(text []byte) string {
	if len(text) > MaxEvidenceText {
		end := MaxEvidenceText
		for back := 0; back < utf8.UTFMax && !utf8.RuneStart(text[end]); back++ {
			end--
		}
		text = text[:end]
	}
	if utf8.Valid(text) {
		return string(text)
	}
	return string([]rune(string(text)))
}

// evidenceFor collects the pieces for one name.
func (p *page) evidenceFor(s sum) []Evidence {
	all := []Evidence{}
	if s.finding >= 0 {
		for _, e := range p.evidence {
			if e.finding == s.finding {
				all = append(all, e.Evidence)
			}
		}
	}
	return append(all, p.impliers(s)...)
}

// impliers lists the technologies that imply one.
func (p *page) impliers(s sum) []Evidence {
	x := p.index
	var all []Evidence
	for at := range p.found {
		f := &p.found[at]
		first := int(x.ImpliedStarts[f.technology])
		for k, target := range index.List(x.Implied, x.ImpliedStarts, int(f.technology)) {
			if target != s.id || f.confidence == 0 || len(all) == MaxEvidence {
				continue
			}
			confidence := int(f.confidence)
			if c := x.ImpliedConfidence[first+k]; c <= maxConfidence {
				confidence = int(c)
			}
			all = append(all, Evidence{Source: SourceImplied, Offset: -1, Confidence: confidence, By: x.Names.At(int(f.technology))})
		}
	}
	return all
}
