// This file lower-cases pages and finds the way back.

package match

import (
	"unicode"
	"unicode/utf8"
)

// checkpoint says that a place in a lower-cased copy comes from a place in the
// original.
type checkpoint struct{ lower, original int }

// checkpointEvery is how many bytes of the copy lie between two checkpoints.
const checkpointEvery = 1 << 10

// lowerCopy lower-cases a page as bytes.ToLower does, but leaves bytes that
// aren't UTF-8 as they are: patterns see each as U+FFFD anyway, and so the copy
// is at most half as long again as the page.
func lowerCopy(page []byte, offsets []checkpoint) ([]byte, []checkpoint) {
	lower := make([]byte, 0, len(page)+utf8.UTFMax)
	next := 0
	for at := 0; at < len(page); {
		if len(lower) >= next {
			offsets = append(offsets, checkpoint{len(lower), at})
			next = len(lower) + checkpointEvery
		}
		var width int
		lower, width = appendLower(lower, page[at:])
		at += width
	}
	return lower, offsets
}

// appendLower appends the first character of text in lower case.
func appendLower(dst, text []byte) ([]byte, int) {
	if b := text[0]; b < utf8.RuneSelf {
		if 'A' <= b && b <= 'Z' {
			b |= 0x20
		}
		return append(dst, b), 1
	}
	r, width := utf8.DecodeRune(text)
	if r == utf8.RuneError && width == 1 {
		return append(dst, text[0]), 1
	}
	return utf8.AppendRune(dst, unicode.ToLower(r)), width
}

// place returns where in the original body something of the body's text is.
func (p *page) place(lower int) int {
	if !p.lowered {
		return lower
	}
	lo, hi := 0, len(p.offsets)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; p.offsets[mid].lower <= lower {
			lo = mid
		} else {
			hi = mid
		}
	}
	if len(p.offsets) == 0 {
		return 0
	}
	at, original := p.offsets[lo].lower, p.offsets[lo].original
	var buffer [utf8.UTFMax]byte
	for at < lower && original < len(p.original) {
		one, width := appendLower(buffer[:0], p.original[original:])
		at += len(one)
		original += width
	}
	return original
}
