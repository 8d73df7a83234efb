// Package scan finds which of thousands of literals occur in a text, at about
// a nanosecond for every stride of bytes.
//
// Only every stride-th position is looked at. For each of the stride ways in
// which a literal can lie relative to these positions, one gram of four bytes
// of it is in a bitmap; what passes the bitmap is verified.
package scan

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// Needle is a literal, in lower case, and the patterns that it belongs to.
type Needle struct {
	Text     string
	Patterns []uint32
}

// MinLen is the shortest needle that a set with the given stride can hold. The
// short ones have grams of which one byte is outside the needle and can be
// anything.
func MinLen(stride int) int {
	if stride == 1 {
		return gramLen
	}
	return gramLen + 1
}

const (
	gramLen = 4
	// bitmapBits is the size of the bitmap, as a power of two: 16 KB, which
	// stays in the first-level cache.
	bitmapBits = 18
	// bucketBits is the size of the table behind it.
	bucketBits = 13
	hashFactor = 0x9E3779B1
	// foldMask makes letters equal that differ in case (and makes some other
	// bytes equal, which verification tells apart).
	foldMask = 0x20202020
)

func hash(gram uint32) uint32 {
	return (gram | foldMask) * hashFactor >> (32 - bitmapBits)
}

// Set is an immutable set of needles, safe for concurrent use. Its fields are
// what the index stores.
type Set struct {
	Stride int
	Bitmap []uint64
	// Buckets has, by the upper bits of the hash, where in the entries those
	// of the bucket begin.
	Buckets []uint32
	Entries []Entry
	// Texts has the needles, from TextStarts[i] to TextStarts[i+1].
	Texts      []byte
	TextStarts []uint32
	// Patterns has the needles' patterns, in the same way.
	Patterns      []uint32
	PatternStarts []uint32
	Longest       int
}

// Entry is a gram of a needle.
type Entry struct {
	// Value and Mask verify eight bytes, from Back bytes before the gram on.
	Value, Mask uint64
	Needle      uint32
	Back        int8
	// Offset is where in the needle the gram begins, -1 if one byte before
	// it.
	Offset int8
}

// NewSet builds a set. Of each needle, of which none may be shorter than
// MinLen, the grams from section(needle) on are used.
func NewSet(needles []Needle, stride int, section func(string) int) *Set {
	s := &Set{Stride: stride, Bitmap: make([]uint64, 1<<bitmapBits/64), TextStarts: []uint32{0}, PatternStarts: []uint32{0}}
	type hashed struct {
		hash uint32
		Entry
	}
	var entries []hashed
	for i, n := range needles {
		s.Texts = append(s.Texts, n.Text...)
		s.TextStarts = append(s.TextStarts, uint32(len(s.Texts)))
		s.Patterns = append(s.Patterns, n.Patterns...)
		s.PatternStarts = append(s.PatternStarts, uint32(len(s.Patterns)))
		s.Longest = max(s.Longest, len(n.Text))
		for _, off := range offsets(n.Text, stride, section) {
			value, mask, back := check(n.Text, off)
			for _, h := range gramHashes(n.Text, off) {
				s.Bitmap[h/64] |= 1 << (h % 64)
				entries = append(entries, hashed{h, Entry{value, mask, uint32(i), int8(back), int8(off)}})
			}
		}
	}
	sort.SliceStable(entries, func(i, j int) bool { return entries[i].hash < entries[j].hash })
	s.Buckets = make([]uint32, 1<<bucketBits+1)
	for _, e := range entries {
		s.Buckets[e.hash>>(bitmapBits-bucketBits)+1]++
		s.Entries = append(s.Entries, e.Entry)
	}
	for i := range 1 << bucketBits {
		s.Buckets[i+1] += s.Buckets[i]
	}
	return s
}

// offsets returns for each alignment the place of its gram in the needle.
func offsets(text string, stride int, section func(string) int) []int {
	if stride == 1 {
		return []int{min(section(text), 100)}
	}
	if n := len(text); n < gramLen+stride-1 {
		// All whole grams, and for the alignments that have none, grams
		// that lie over one of the needle's ends.
		all := []int{-1}
		for o := 0; o+gramLen <= n; o++ {
			if o != stride-1 {
				all = append(all, o)
			}
		}
		if n-gramLen+1 <= stride-2 {
			all = append(all, n-gramLen+1)
		}
		return all
	}
	first := min(section(text), 100)
	all := make([]int, stride)
	for k := range all {
		all[k] = first + k
	}
	return all
}

// gramHashes returns the hashes of the gram at off; if the gram lies over an
// end of the needle, those for every byte that can be there.
func gramHashes(text string, off int) []uint32 {
	var gram [gramLen]byte
	open := -1
	for k := range gram {
		if at := off + k; at >= 0 && at < len(text) {
			gram[k] = text[at]
		} else {
			open = k
		}
	}
	if open < 0 {
		return []uint32{hash(binary.LittleEndian.Uint32(gram[:]))}
	}
	var all []uint32
	for b := range 256 {
		if b&0x20 == 0 {
			continue // equal to another one under foldMask
		}
		gram[open] = byte(b)
		all = append(all, hash(binary.LittleEndian.Uint32(gram[:])))
	}
	return all
}

// check returns eight bytes to compare, from back bytes before the gram on.
func check(text string, off int) (value, mask uint64, back int) {
	begin := max(0, min(off, len(text)-8))
	for k := range 8 {
		at := begin + k
		if at >= len(text) {
			break
		}
		b, m := text[at], byte(0xff)
		if 'a' <= b && b <= 'z' {
			m = 0xdf
		}
		value |= uint64(b&m) << (8 * k)
		mask |= uint64(m) << (8 * k)
	}
	return value, mask, off - begin
}

// text returns a needle.
func (s *Set) text(needle uint32) []byte {
	return s.Texts[s.TextStarts[needle]:s.TextStarts[needle+1]]
}

// PatternsOf returns the patterns of a needle.
func (s *Set) PatternsOf(needle uint32) []uint32 {
	return s.Patterns[s.PatternStarts[needle]:s.PatternStarts[needle+1]]
}

// Empty reports whether the set has no needle.
func (s *Set) Empty() bool { return len(s.Entries) == 0 }

// equalFold reports whether text begins with the needle, in any case.
func equalFold(text, needle []byte) bool {
	if len(text) < len(needle) {
		return false
	}
	for i, want := range needle {
		b := text[i]
		if 'A' <= b && b <= 'Z' {
			b |= 0x20
		}
		if b != want {
			return false
		}
	}
	return true
}

// FoldsToASCII reports whether the text has characters outside ASCII that fold
// to an ASCII letter, so that they can be part of a needle.
func FoldsToASCII(text []byte) bool {
	return bytes.Contains(text, []byte("ſ")) || bytes.Contains(text, []byte("\u212a"))
}

// GramOffsets returns the least and the greatest distance in bytes from the
// beginning of a needle in a text to a gram by which it is found there.
func GramOffsets(text string, stride int, section func(string) int) (least, most int) {
	all := offsets(text, stride, section)
	least = all[0]
	for _, off := range all {
		least = min(least, off)
		wide := off
		for i := range max(min(off, len(text)), 0) {
			switch text[i] {
			case 's':
				wide += len("ſ") - 1
			case 'k':
				wide += len("\u212a") - 1
			}
		}
		most = max(most, wide)
	}
	return least, most
}
