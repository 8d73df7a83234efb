// This file gives the text that an attribute value or a title stands for.

package markup

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Plain reports whether a raw value stands for itself, but for case.
func Plain(raw []byte) bool {
	return bytes.IndexByte(raw, '&') < 0 && bytes.IndexByte(raw, '\r') < 0 && bytes.IndexByte(raw, 0) < 0
}

const replacement = "\ufffd"

// AppendValue appends what the raw value of an attribute stands for in a page
// that was lower-cased before it was tokenized: entities are resolved after,
// so they can bring capitals.
func AppendValue(dst, raw []byte) []byte {
	text := bytes.ToLower(raw)
	for i := 0; i < len(text); {
		switch c := text[i]; c {
		case 0:
			dst = append(dst, replacement...)
			i++
		case '\r':
			dst = append(dst, '\n')
			if i++; i < len(text) && text[i] == '\n' {
				i++
			}
		case '&':
			var width int
			dst, width = appendReference(dst, text[i:])
			i += width
		default:
			dst = append(dst, c)
			i++
		}
	}
	return dst
}

// appendReference appends what the character reference at the beginning of
// text stands for by the rules for attributes, and returns its length: 1 if it
// is none and the ampersand stands for itself.
func appendReference(dst, text []byte) ([]byte, int) {
	if len(text) > 1 && text[1] == '#' {
		if r, width := numeric(text); width > 0 {
			return utf8.AppendRune(dst, r), width
		}
		return append(dst, '&'), 1
	}
	end := 1
	for end < len(text) && isAlphanumeric(text[end]) {
		end++
	}
	closed := end < len(text) && text[end] == ';'
	if !closed && end < len(text) && text[end] == '=' {
		return append(dst, '&'), 1
	}
	if closed {
		end++
	}
	if end <= 1+longestName {
		if value, ok := named(string(text[1:end])); ok {
			return append(dst, value...), end
		}
	}
	return append(dst, '&'), 1
}

func isAlphanumeric(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

// longestName is the length of the longest named reference, with its
// semicolon: CounterClockwiseContourIntegral;
const longestName = 32

// named looks a name up, which has its semicolon if the page has one. The most
// frequent ones are here; the tables are those of x/net/html, which has no way
// to ask for one name: it also takes a prefix of a name for a reference. But
// then at least one character of the name is left over, so what comes out has
// more characters than any reference stands for.
func named(name string) (string, bool) {
	switch name {
	case "amp;":
		return "&", true
	case "quot;":
		return `"`, true
	case "lt;":
		return "<", true
	case "gt;":
		return ">", true
	}
	in := "&" + name
	out := html.UnescapeString(in)
	if out == in || name == "" {
		return "", false
	}
	longest := 1
	if strings.HasSuffix(name, ";") {
		longest = 2
	}
	return out, utf8.RuneCountInString(out) <= longest
}

// numeric reads "&#...", and returns a length of 0 if no digits follow.
func numeric(text []byte) (value rune, width int) {
	end, base := 2, rune(10)
	if end < len(text) && text[end]|0x20 == 'x' {
		end, base = 3, 16
	}
	first := end
	for ; end < len(text); end++ {
		digit, ok := digitValue(text[end], base)
		if !ok {
			break
		}
		if value <= utf8.MaxRune {
			value = value*base + digit
		}
	}
	if end == first {
		return 0, 0
	}
	if end < len(text) && text[end] == ';' {
		end++
	}
	switch {
	case 0x80 <= value && value <= 0x9f:
		value = windows1252[value-0x80]
	case value == 0 || !utf8.ValidRune(value):
		value = utf8.RuneError
	}
	return value, end
}

func digitValue(c byte, base rune) (rune, bool) {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0'), true
	case base == 16 && 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10, true
	}
	return 0, false
}

// windows1252 has what the references from 128 to 159 mean in HTML.
var windows1252 = [...]rune{
	'\u20ac', '\u0081', '\u201a', '\u0192', '\u201e', '\u2026', '\u2020', '\u2021',
	'\u02c6', '\u2030', '\u0160', '\u2039', '\u0152', '\u008d', '\u017d', '\u008f',
	'\u0090', '\u2018', '\u2019', '\u201c', '\u201d', '\u2022', '\u2013', '\u2014',
	'\u02dc', '\u2122', '\u0161', '\u203a', '\u0153', '\u009d', '\u017e', '\u0178',
}

// TitleText returns what the raw text of a title stands for. Bytes that aren't
// UTF-8 become U+FFFD, one by one.
func TitleText(raw []byte) string {
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	text = strings.ReplaceAll(text, "\x00", replacement)
	text = html.UnescapeString(text)
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text))
}
