// This file passes the text of elements that contain no tags.

package markup

// skipRawText moves to the end tag of the raw element, or to the end.
func (w *Walker) skipRawText() {
	tag := w.raw
	w.raw, w.titled = "", false
	switch tag {
	case "plaintext":
		w.eof()
	case "script":
		w.skipScript()
	default:
		for {
			if w.find('<'); w.pos >= len(w.text) {
				return
			}
			if w.rawEndTag(w.pos, tag) {
				return
			}
			w.pos++
		}
	}
}

// rawEndTag reports whether "</tag" and a delimiter are at p.
func (w *Walker) rawEndTag(p int, tag string) bool {
	rest := w.text[p:]
	if len(rest) < len("</")+len(tag)+1 || rest[1] != '/' || !equalFold(rest[2:2+len(tag)], tag) {
		return false
	}
	c := rest[2+len(tag)]
	return isSpace(c) || c == '/' || c == '>'
}

// scriptState is where in a script the walker is, by the names of the HTML
// standard.
type scriptState uint8

const (
	scriptData scriptState = iota
	scriptDataEscaped
	scriptDataDoubleEscaped
)

// skipScript moves to the end tag of a script. In a script, "<!--" begins a
// stretch in which "<script" can hide an end tag.
func (w *Walker) skipScript() {
	state := scriptData
	dashes := 0 // how many dashes are right before, in the escaped states
	for w.pos < len(w.text) {
		if state == scriptData {
			if w.find('<'); w.pos >= len(w.text) {
				return
			}
			if w.rawEndTag(w.pos, "script") {
				return
			}
			if w.hasPrefix("<!--") {
				w.pos += len("<!--")
				state, dashes = scriptDataEscaped, 2
				continue
			}
			w.pos++
			continue
		}
		c := w.text[w.pos]
		switch {
		case c == '-':
			dashes++
			w.pos++
		case c == '>' && dashes >= 2:
			w.pos++
			state = scriptData
		case c == '<':
			dashes = 0
			if w.escapedLessThan(&state) {
				return
			}
		default:
			dashes = 0
			w.pos++
		}
		w.due()
	}
}

func (w *Walker) hasPrefix(s string) bool {
	rest := w.text[w.pos:]
	return len(rest) >= len(s) && string(rest[:len(s)]) == s
}

// escapedLessThan handles a "<" in one of the escaped states. It is true at
// the script's end tag.
func (w *Walker) escapedLessThan(state *scriptState) bool {
	const scriptLen = len("script")
	switch *state {
	case scriptDataEscaped:
		if w.rawEndTag(w.pos, "script") {
			return true
		}
		w.pos++
		switch {
		case w.pos >= len(w.text):
		case w.text[w.pos] == '/':
			w.pos++
			w.skipPartOfScript()
		case !isLetter(w.text[w.pos]):
			// Here the tokenizer leaves the escaped state, unlike the
			// standard.
			*state = scriptData
		default:
			if w.skipPartOfScript() && w.delimiter() {
				w.pos++
				*state = scriptDataDoubleEscaped
			}
		}
	case scriptDataDoubleEscaped:
		if w.rawEndTag(w.pos, "script") {
			w.pos += len("</") + scriptLen + 1
			*state = scriptDataEscaped
			return false
		}
		if w.pos++; w.pos < len(w.text) && w.text[w.pos] == '/' {
			w.pos++
			w.skipPartOfScript()
		}
	}
	return false
}

// skipPartOfScript moves over as much of "script" as is there.
func (w *Walker) skipPartOfScript() (all bool) {
	const name = "script"
	for i := range len(name) {
		if w.pos >= len(w.text) || w.text[w.pos]|0x20 != name[i] {
			return false
		}
		w.pos++
	}
	return true
}

// delimiter reports whether the walker is at a byte that ends a tag's name.
func (w *Walker) delimiter() bool {
	if w.pos >= len(w.text) {
		return false
	}
	c := w.text[w.pos]
	return isSpace(c) || c == '/' || c == '>'
}
