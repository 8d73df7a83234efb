// This file goes through a text.

package scan

import (
	"encoding/binary"
	"unicode/utf8"
)

// blockLen is how many bytes are scanned between two polls.
const blockLen = 1 << 16

// Scanner goes through texts. It is for one goroutine.
type Scanner struct {
	// Poll is asked after every block whether to stop.
	Poll func() bool

	folded []byte
	places []int32 // by byte of folded: where it was, from base on
	base   int
}

// Visit is told of an occurrence: the needle, and the position of the gram by
// which it was found. Occurrences come in the order of these positions, except
// that after a stretch of at most a few times the longest needle, some can come
// again.
type Visit func(needle uint32, probe int)

// Scan visits all occurrences of the set's needles in text, in any ASCII case.
// With fold it also finds those that contain U+017F or U+212A, at a few times
// the cost. It reports whether all of the text is ASCII, and whether it has
// come to the end without being stopped.
func (c *Scanner) Scan(s *Set, text []byte, fold bool, visit Visit) (ascii, ok bool) {
	if fold {
		return false, c.scanFolded(s, text, visit)
	}
	ascii = true
	for begin := 0; begin < len(text); begin += blockLen {
		if begin > 0 && c.Poll() {
			return ascii, false
		}
		end := min(begin+blockLen, len(text))
		if s.Stride == 4 {
			ascii = s.scan4(text, begin, end, visit) && ascii
		} else {
			ascii = s.scan1(text, begin, end, visit) && ascii
		}
	}
	return ascii, true
}

const highBits = 0x8080808080808080

// scan4 looks at every fourth position from begin to end.
func (s *Set) scan4(text []byte, begin, end int, visit Visit) (ascii bool) {
	bitmap := (*[1 << bitmapBits / 64]uint64)(s.Bitmap)
	var all uint64
	p := begin
	for rest := text[begin:end]; len(rest) >= 16; rest = rest[16:] {
		w0 := binary.LittleEndian.Uint64(rest)
		w1 := binary.LittleEndian.Uint64(rest[8:])
		all |= w0 | w1
		h0, h1 := hash(uint32(w0)), hash(uint32(w0>>32))
		h2, h3 := hash(uint32(w1)), hash(uint32(w1>>32))
		if (bitmap[h0/64]>>(h0%64)|bitmap[h1/64]>>(h1%64)|bitmap[h2/64]>>(h2%64)|bitmap[h3/64]>>(h3%64))&1 != 0 {
			for k, h := range [4]uint32{h0, h1, h2, h3} {
				if bitmap[h/64]>>(h%64)&1 != 0 {
					s.verify(text, p+4*k, h, visit)
				}
			}
		}
		p += 16
	}
	return s.scanTail(text, p, end, visit) && all&highBits == 0
}

// scan1 looks at every position from begin to end.
func (s *Set) scan1(text []byte, begin, end int, visit Visit) (ascii bool) {
	bitmap := (*[1 << bitmapBits / 64]uint64)(s.Bitmap)
	var all uint64
	p := begin
	for ; p+8 <= end; p += 4 {
		w := binary.LittleEndian.Uint64(text[p:])
		all |= w
		h0, h1, h2, h3 := hash(uint32(w)), hash(uint32(w>>8)), hash(uint32(w>>16)), hash(uint32(w>>24))
		b0 := bitmap[h0/64]>>(h0%64)&1 | bitmap[h1/64]>>(h1%64)&1<<1
		b1 := bitmap[h2/64]>>(h2%64)&1<<2 | bitmap[h3/64]>>(h3%64)&1<<3
		if hits := b0 | b1; hits != 0 {
			for k, h := range [4]uint32{h0, h1, h2, h3} {
				if hits>>k&1 != 0 {
					s.verify(text, p+k, h, visit)
				}
			}
		}
	}
	return s.scanTail(text, p, end, visit) && all&highBits == 0
}

// scanTail looks at the last positions before end one at a time. Beyond the
// text it sees zeros.
func (s *Set) scanTail(text []byte, p, end int, visit Visit) (ascii bool) {
	ascii = true
	for _, b := range text[p:end] {
		ascii = ascii && b < utf8.RuneSelf
	}
	for ; p < end; p += s.Stride {
		var gram [gramLen]byte
		copy(gram[:], text[p:])
		h := hash(binary.LittleEndian.Uint32(gram[:]))
		if s.Bitmap[h/64]>>(h%64)&1 != 0 {
			s.verify(text, p, h, visit)
		}
	}
	return ascii
}

// verify visits those of the entries with the gram's hash that are at p.
func (s *Set) verify(text []byte, p int, h uint32, visit Visit) {
	bucket := h >> (bitmapBits - bucketBits)
	for i := s.Buckets[bucket]; i < s.Buckets[bucket+1]; i++ {
		e := &s.Entries[i]
		if at := p - int(e.Back); at >= 0 && at+8 <= len(text) {
			if binary.LittleEndian.Uint64(text[at:])&e.Mask != e.Value {
				continue
			}
		}
		at := p - int(e.Offset)
		if at >= 0 && at <= len(text) && equalFold(text[at:], s.text(e.Needle)) {
			visit(e.Needle, p)
		}
	}
}

// scanFolded scans copies of stretches of the text in which U+017F and U+212A
// are replaced by what they fold to. Stretches overlap by more than the longest
// needle can have in the text.
func (c *Scanner) scanFolded(s *Set, text []byte, visit Visit) bool {
	overlap := len("\u212a") * s.Longest
	for begin := 0; begin < len(text); begin += blockLen {
		if begin > 0 && c.Poll() {
			return false
		}
		c.fold(text, max(0, begin-overlap), min(begin+blockLen, len(text)))
		mapped := func(needle uint32, probe int) {
			visit(needle, c.base+int(c.places[probe]))
		}
		if s.Stride == 4 {
			s.scan4(c.folded, 0, len(c.folded), mapped)
		} else {
			s.scan1(c.folded, 0, len(c.folded), mapped)
		}
	}
	return true
}

// fold copies text[begin:end] and notes for every byte where it was. A
// character that the end cuts stays as it is: the next stretch has it whole.
func (c *Scanner) fold(text []byte, begin, end int) {
	c.folded, c.places = c.folded[:0], c.places[:0]
	c.base = begin
	for at := begin; at < end; {
		b, width := text[at], 1
		switch rest := text[at:end]; {
		case b == "ſ"[0] && len(rest) >= 2 && string(rest[:2]) == "ſ":
			b, width = 's', 2
		case b == "\u212a"[0] && len(rest) >= 3 && string(rest[:3]) == "\u212a":
			b, width = 'k', 3
		}
		c.folded = append(c.folded, b)
		c.places = append(c.places, int32(at-begin))
		at += width
	}
}
