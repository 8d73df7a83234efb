// This file reads the attributes of tags.

package markup

import (
	"bytes"
	"unicode/utf8"
)

// attribute reads one attribute; the walker is at its first byte. It is false
// where the page ends before the attribute does.
func (w *Walker) attribute() (key, value Span, ok bool) {
	text := w.text
	key.Start = w.pos
	if w.pos < len(text) && text[w.pos] == '=' {
		w.pos++
	}
	if w.skipTo(space | slash | angle | equals); w.pos >= len(text) {
		return key, value, false
	}
	key.End = w.pos
	value = Span{w.pos, w.pos}
	if w.skipSpace(); w.pos >= len(text) {
		return key, value, false
	}
	switch text[w.pos] {
	case '/':
		w.pos++
		return key, value, true
	case '=':
		w.pos++
	default:
		return key, value, true
	}
	if w.skipSpace(); w.pos >= len(text) {
		return key, value, false
	}
	switch quote := text[w.pos]; quote {
	case '>':
		return key, value, true
	case '\'', '"':
		w.pos++
		value.Start = w.pos
		if w.find(quote); w.pos >= len(text) {
			return key, value, false
		}
		value.End = w.pos
		w.pos++
		return key, value, true
	}
	value.Start = w.pos
	if w.skipTo(space | angle); w.pos >= len(text) {
		return key, value, false
	}
	value.End = w.pos
	if text[w.pos] != '>' {
		w.pos++
	}
	return key, value, true
}

func (w *Walker) skipSpace() {
	for w.pos < len(w.text) && isSpace(w.text[w.pos]) {
		w.pos++
		w.due()
	}
}

// skipAttributes moves behind the end of a tag.
func (w *Walker) skipAttributes() {
	if end := tagEnd(w.text[:min(len(w.text), w.pollAt)], w.pos); end >= 0 {
		w.pos = end
		return
	}
	for {
		if w.skipSpace(); w.pos >= len(w.text) {
			return
		}
		if w.text[w.pos] == '>' {
			w.pos++
			return
		}
		if _, _, ok := w.attribute(); !ok {
			w.eof()
			return
		}
	}
}

// tagEnd returns the place behind the end of the tag whose attributes begin at
// p, or a negative number if that isn't in the text. It reads attributes as
// attribute does, but doesn't tell them apart.
func tagEnd(text []byte, p int) int {
	for p < len(text) {
		switch delimiters[text[p]] {
		case angle:
			return p + 1
		case space, slash:
			p++
			continue
		}
		for p++; p < len(text) && delimiters[text[p]] == 0; p++ {
		}
		for p < len(text) && delimiters[text[p]] == space {
			p++
		}
		if p >= len(text) || text[p] != '=' {
			continue
		}
		for p++; p < len(text) && delimiters[text[p]] == space; p++ {
		}
		if p >= len(text) {
			break
		}
		switch quote := text[p]; quote {
		case '>':
		case '\'', '"':
			p++
			i := bytes.IndexByte(text[p:], quote)
			if i < 0 {
				return -1
			}
			p += i + 1
		default:
			for p < len(text) && delimiters[text[p]]&(space|angle) == 0 {
				p++
			}
		}
	}
	return -1
}

// attributes reads a tag of interest to its end. It returns End for a tag that
// lacks what its kind says.
func (w *Walker) attributes(kind Kind) Kind {
	w.First, w.Second = Span{}, Span{}
	var firstKey, lastKey Span
	var lastEnd int
	begin := w.pos
	several := false
	var src, name, content bool
	for {
		if w.skipSpace(); w.pos >= len(w.text) {
			return End
		}
		if w.text[w.pos] == '>' {
			w.pos++
			break
		}
		key, value, ok := w.attribute()
		if !ok {
			w.eof()
			return End
		}
		if key.Start == key.End {
			continue
		}
		k := w.text[key.Start:key.End]
		if firstKey.End == 0 {
			firstKey = key
		} else if !several {
			several = !sameKey(k, w.text[firstKey.Start:firstKey.End])
		}
		lastKey, lastEnd = key, value.End
		// The first of several attributes of a name counts.
		switch {
		case kind == Script && !src && equalFold(k, "src"):
			src, w.First = true, value
		case kind == Meta && !name && equalFold(k, "name"):
			name, w.First = true, value
		case kind == Meta && !content && equalFold(k, "content"):
			content, w.Second = true, value
		}
	}
	selfClosing := w.text[w.pos-2] == '/' && (lastKey.End == 0 || lastEnd != w.pos-1 || w.repeated(begin, lastKey))
	switch kind {
	case Script:
		if selfClosing || firstKey.End == 0 {
			return End
		}
	case Meta:
		if !several {
			return End
		}
	default:
		w.titled = !selfClosing
	}
	return kind
}

// sameKey reports whether two keys are the same attribute. Upstream lowers the
// whole page before it looks, so other letters than ASCII fold too.
func sameKey(a, b []byte) bool {
	if isASCII(a) && isASCII(b) {
		return bytes.EqualFold(a, b)
	}
	return bytes.Equal(bytes.ToLower(a), bytes.ToLower(b))
}

func isASCII(s []byte) bool {
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// repeated reports whether the tag's attribute with the given key comes after
// another one of the same name. The tokenizer drops such an attribute, which
// matters to what it takes for a self-closing tag.
func (w *Walker) repeated(begin int, last Span) bool {
	again := Walker{text: w.text[:w.pos], pos: begin, poll: w.poll, pollAt: w.pollAt}
	for {
		again.skipSpace()
		key, _, ok := again.attribute()
		if !ok || key == last {
			return false
		}
		if key.Start < key.End && sameKey(w.text[key.Start:key.End], w.text[last.Start:last.End]) {
			return true
		}
	}
}
