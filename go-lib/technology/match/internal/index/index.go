// Package index holds fingerprints in the form in which they are matched, and
// writes and reads that form.
package index

import (
	"sort"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// Source is the part of a response that a pattern looks at.
type Source uint8

// The sources, in the order in which technologies' patterns are numbered.
const (
	Header Source = iota
	Cookie
	Meta
	HTML
	Script
)

// Keyed reports whether the source's patterns belong to keys: header, cookie
// and meta names.
func (s Source) Keyed() bool { return s <= Meta }

// Flags of a pattern.
const (
	// Empty patterns have no expression and match whatever they are given.
	Empty = 1 << iota
	// Whole patterns match where one of their literals occurs.
	Whole
	// Versioned patterns can give a version.
	Versioned
)

// Unbounded is the greatest distance of a pattern without one.
const Unbounded = -1

// Index is immutable. Technologies are numbered by name; the names that only
// implications mention come after them. Patterns are numbered by technology,
// source, key and place in the list.
type Index struct {
	// Count is the number of technologies.
	Count                               int
	Names                               Strings
	Descriptions, Websites, Icons, CPEs Strings
	Categories, CategoryStarts          []uint32
	Implied, ImpliedStarts              []uint32
	ImpliedConfidence                   []uint8 // AsImplier, or what a tag says
	PatternSources                      Strings
	PatternTechnology                   []uint32
	PatternSource                       []uint8
	PatternFlags                        []uint8
	PatternConfidence                   []uint8
	PatternKey                          []uint32
	PatternMin, PatternMax              []uint32 // as int32
	Keys                                [3]Strings
	KeyBase                             [3]uint32 // number of each source's first key
	AlwaysByKey, AlwaysByKeyStarts      []uint32
	KeyHasLiterals                      []uint8
	AlwaysHTML, AlwaysScript            []uint32
	HTMLSet, ShortHTMLSet               *scan.Set
	ScriptSet, KeyedSet                 *scan.Set
	CategoryIDs, CategoryPriorities     []uint32
	CategoryNames                       Strings
	// PatternBytes has what every match of a pattern without literals
	// contains.
	PatternBytes []uint64
	// LowerFirst is set if a pattern tells a text from its lower-cased form.
	LowerFirst bool
	// LongestCookie is the length of the longest cookie name.
	LongestCookie int
}

// AsImplier is the confidence of an implication without a tag: that of the
// technology that implies.
const AsImplier = 255

// Tagged is the confidence of an implication that has a tag, but none for the
// confidence.
const Tagged = 254

// Patterns returns the number of patterns.
func (x *Index) Patterns() int { return len(x.PatternTechnology) }

// Lookup finds a technology by its name.
func (x *Index) Lookup(name string) (id int, ok bool) {
	id = sort.Search(x.Count, func(i int) bool { return x.Names.At(i) >= name })
	return id, id < x.Count && x.Names.At(id) == name
}

// Key finds the number of a key of a source.
func (x *Index) Key(s Source, name []byte) (key uint32, ok bool) {
	keys := &x.Keys[s]
	lo, hi := 0, keys.Len()
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if keys.At(mid) < string(name) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return x.KeyBase[s] + uint32(lo), lo < keys.Len() && keys.At(lo) == string(name)
}

// KeyName is the name of a key.
func (x *Index) KeyName(s Source, key uint32) string {
	return x.Keys[s].At(int(key - x.KeyBase[s]))
}

// List returns the i-th of the lists that starts delimit.
func List(all, starts []uint32, i int) []uint32 {
	return all[starts[i]:starts[i+1]]
}

// Strings is a list of strings in one piece.
type Strings struct {
	text   string
	starts []uint32
}

// Len returns the number of strings.
func (s *Strings) Len() int { return max(len(s.starts)-1, 0) }

// At returns the i-th string.
func (s *Strings) At(i int) string { return s.text[s.starts[i]:s.starts[i+1]] }

// stringsOf joins a list.
func stringsOf(list []string) Strings {
	s := Strings{starts: make([]uint32, 1, len(list)+1)}
	total := 0
	for _, one := range list {
		total += len(one)
		s.starts = append(s.starts, uint32(total))
	}
	text := make([]byte, 0, total)
	for _, one := range list {
		text = append(text, one...)
	}
	s.text = string(text)
	return s
}
