// Package markup finds the script and meta tags and the titles of an HTML
// page, in place, exactly as golang.org/x/net/html's Tokenizer sees them.
//
// The tokenizer's rules are followed state by state where they can change what
// is a tag; what they say about the contents of text, comments and other tags
// is left out.
package markup

import (
	"bytes"
)

// Kind says what Next has found.
type Kind uint8

const (
	// End is the end of the page, or a stop.
	End Kind = iota
	// Script is a start tag of a script with at least one attribute; First
	// is its src.
	Script
	// Meta is a start or self-closing tag with at least two attributes;
	// First is its name, Second its content.
	Meta
	// Title is the text of a title that isn't empty, in First.
	Title
)

// Span is a stretch of the page, empty for an attribute that isn't there.
type Span struct{ Start, End int }

// Walker goes through a page. It keeps no memory beside the page.
type Walker struct {
	// First and Second are what Kind says; attribute values are raw.
	First, Second Span

	text    []byte
	pos     int
	raw     string // the element whose text comes next, lower case
	titled  bool   // the text is that of a start tag <title>
	poll    func() bool
	pollAt  int
	stopped bool
}

// pollEvery is how many bytes are passed between two polls.
const pollEvery = 1 << 16

// Reset begins a page. Poll is asked now and then whether to stop.
func (w *Walker) Reset(text []byte, poll func() bool) {
	*w = Walker{text: text, poll: poll, pollAt: pollEvery}
}

// Stopped reports whether a poll has ended the walk.
func (w *Walker) Stopped() bool { return w.stopped }

// Next finds the next thing of interest.
func (w *Walker) Next() Kind {
	for {
		if w.raw != "" {
			start := w.pos
			titled := w.titled
			w.skipRawText()
			if titled && w.pos > start && !w.stopped {
				w.First = Span{start, w.pos}
				return Title
			}
		}
		if w.pos >= len(w.text) || w.text[w.pos] != '<' || w.pos >= w.pollAt {
			w.find('<')
		}
		if w.pos >= len(w.text)-1 {
			return End
		}
		c := w.text[w.pos+1]
		w.pos++
		switch {
		case isLetter(c):
			if kind := w.startTag(); kind != End {
				return kind
			}
		case c == '/':
			w.pos++
			w.endTag()
		case c == '!':
			w.pos++
			w.declaration()
		case c == '?':
			w.find('>')
			w.pos++
		}
	}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool { return delimiters[c]&space != 0 }

// What a byte can mean in a tag.
const (
	space = 1 << iota
	slash
	angle
	equals
)

var delimiters = [256]uint8{' ': space, '\n': space, '\r': space, '\t': space, '\f': space, '/': slash, '>': angle, '=': equals}

// until returns the first place from p on that has one of the delimiters, or
// one not beyond the place of the next poll.
func (w *Walker) until(p int, of uint8) int {
	end := min(len(w.text), w.pollAt)
	for p < end && delimiters[w.text[p]]&of == 0 {
		p++
	}
	return p
}

// eof makes the rest of the page nothing.
func (w *Walker) eof() { w.pos = len(w.text) }

// due polls if it is time to; a stop ends the page.
func (w *Walker) due() {
	if w.pos >= w.pollAt {
		w.ask()
	}
}

func (w *Walker) ask() {
	w.pollAt = w.pos + pollEvery
	if w.poll() {
		w.stopped = true
		w.eof()
	}
}

// find moves to the next c, or to the end.
func (w *Walker) find(c byte) {
	for w.pos < len(w.text) {
		stretch := w.text[w.pos:min(w.pos+pollEvery, len(w.text))]
		if i := bytes.IndexByte(stretch, c); i >= 0 {
			w.pos += i
			w.due()
			return
		}
		w.pos += len(stretch)
		w.due()
	}
}

// endTag is at the byte after "</".
func (w *Walker) endTag() {
	if w.pos >= len(w.text) {
		return
	}
	if isLetter(w.text[w.pos]) {
		w.skipName()
		w.skipAttributes()
		return
	}
	w.find('>')
	w.pos++
}

// declaration is at the byte after "<!".
func (w *Walker) declaration() {
	if len(w.text)-w.pos < 2 {
		w.eof()
		return
	}
	if w.text[w.pos] == '-' && w.text[w.pos+1] == '-' {
		w.pos += 2
		w.comment()
		return
	}
	w.find('>')
	w.pos++
}

// comment is at the byte after "<!--".
func (w *Walker) comment() {
	dashes, beginning := 0, true
	for w.pos < len(w.text) {
		if dashes == 0 && !beginning {
			// Nothing but a dash changes the state.
			if w.find('-'); w.pos >= len(w.text) {
				return
			}
		}
		c := w.text[w.pos]
		w.pos++
		switch c {
		case '-':
			dashes++
			w.due()
			continue
		case '>':
			if dashes >= 2 || beginning {
				return
			}
		case '!':
			if dashes >= 2 {
				if w.pos >= len(w.text) {
					return
				}
				c = w.text[w.pos]
				w.pos++
				if c == '>' {
					return
				}
				if c == '-' {
					dashes, beginning = 1, false
					continue
				}
			}
		}
		dashes, beginning = 0, false
	}
}

// skipName moves to the end of a tag's name and returns the name.
func (w *Walker) skipName() []byte {
	start := w.pos
	w.skipTo(space | slash | angle)
	return w.text[min(start, w.pos):w.pos]
}

// skipTo moves to the next of the delimiters, or to the end.
func (w *Walker) skipTo(of uint8) {
	for {
		w.pos = w.until(w.pos, of)
		if w.pos < w.pollAt || w.pos >= len(w.text) {
			return
		}
		w.ask()
	}
}

// startTag is at the first byte of the name.
func (w *Walker) startTag() Kind {
	name := w.skipName()
	kind := End
	switch len(name) {
	case len("xmp"):
		w.rawIf(name, "xmp")
	case len("meta"):
		if equalFold(name, "meta") {
			kind = Meta
		}
	case len("title"):
		w.rawIf(name, "title")
		w.rawIf(name, "style")
		w.titled = w.raw == "title"
	case len("script"):
		w.rawIf(name, "iframe")
		if w.rawIf(name, "script"); w.raw == "script" {
			kind = Script
		}
	case len("noembed"):
		w.rawIf(name, "noembed")
	case len("textarea"):
		w.rawIf(name, "textarea")
		w.rawIf(name, "noscript")
		w.rawIf(name, "noframes")
	case len("plaintext"):
		w.rawIf(name, "plaintext")
	}
	if kind == End && !w.titled {
		w.skipAttributes()
		return End
	}
	return w.attributes(kind)
}

// rawIf sets raw if it is the tag's name.
func (w *Walker) rawIf(name []byte, raw string) {
	if equalFold(name, raw) {
		w.raw = raw
	}
}

// equalFold compares a name with one in lower case.
func equalFold(name []byte, lower string) bool {
	if len(name) != len(lower) {
		return false
	}
	for i, c := range name {
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
