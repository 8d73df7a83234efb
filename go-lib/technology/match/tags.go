// This file matches the tags of a page.

package match

import (
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/markup"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// matchTags goes through the page's tags once. Every script and every meta tag
// is a step of its own.
func (p *page) matchTags() {
	if p.stopped {
		return
	}
	p.walker.Reset(p.body.bytes, p.poll)
	for {
		switch p.walker.Next() {
		case markup.End:
			p.stopped = p.stopped || p.walker.Stopped()
			if p.lowered && p.options.Title && !p.stopped {
				p.findTitle()
			}
			return
		case markup.Script:
			t := p.value(p.walker.First)
			p.matchScript(t)
		case markup.Meta:
			p.matchMeta(p.walker.First, p.walker.Second)
		case markup.Title:
			p.setTitle(p.walker.First)
		}
		if p.stopped {
			return
		}
	}
}

// matchScript matches the URL of one script.
func (p *page) matchScript(t text) {
	p.beginStep()
	p.beginText(t, index.Script, 0)
	p.always(p.index.AlwaysScript)
	if !p.stopped {
		p.scanner.Scan(p.index.ScriptSet, t.bytes, t.fold, p.visit)
	}
	p.endStep()
}

// matchMeta matches one meta tag.
func (p *page) matchMeta(name, content markup.Span) {
	raw := p.body.bytes[name.Start:name.End]
	if !markup.Plain(raw) || !isASCII(raw) {
		p.values = markup.AppendValue(p.values[:0], raw)
	} else {
		p.values = append(p.values[:0], raw...)
		for i, c := range p.values {
			if 'A' <= c && c <= 'Z' {
				p.values[i] = c | 0x20
			}
		}
	}
	key, ok := p.index.Key(index.Meta, p.values)
	if !ok {
		return
	}
	t := p.value(content)
	p.beginStep()
	p.matchKeyed(t, index.Meta, key)
	p.endStep()
}

// value is the text that the raw value of an attribute stands for.
func (p *page) value(s markup.Span) text {
	raw := p.body.bytes[s.Start:s.End]
	if markup.Plain(raw) {
		return text{bytes: raw, fold: p.body.fold, offset: s.Start}
	}
	p.scratch = markup.AppendValue(p.scratch[:0], raw)
	return text{bytes: p.scratch, asIs: true, fold: scan.FoldsToASCII(p.scratch), offset: -1}
}

// setTitle notes a title's text. The walker's page must be the original.
func (p *page) setTitle(s markup.Span) {
	if p.options.Title && !p.lowered {
		p.titleAt = s
	}
}

// findTitle goes through the tags of the original page, when the others were
// those of a lower-cased copy.
func (p *page) findTitle() {
	p.walker.Reset(p.original, p.poll)
	for kind := p.walker.Next(); kind != markup.End; kind = p.walker.Next() {
		if kind == markup.Title {
			p.titleAt = p.walker.First
		}
	}
	p.stopped = p.stopped || p.walker.Stopped()
}
