// Package literal finds, in a regular expression's syntax tree, strings of
// which at least one occurs in every match, and where in the match they lie.
//
// Everything here is about expressions parsed with case folding on. Strings
// are given in lower case and stand for all their ASCII case variants; the two
// other characters that fold to ASCII, U+017F (s) and U+212A (k), are counted
// in the distances, and finding them in a text is the scanner's business.
package literal

import (
	"regexp/syntax"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Unbounded is the distance or length for which there is no limit.
const Unbounded = -1

// Limits of the enumeration: strings in a set, runes in a class that is
// enumerated, mandatory copies of a repeat that are written out.
const (
	maxStrings = 64
	maxClass   = 12
	maxCopies  = 8
	maxString  = 64
)

// Set is a set of strings such that every match contains at least one of them,
// beginning between Min and Max bytes (Max may be Unbounded) after the match's
// first byte.
type Set struct {
	Strings  []string
	Min, Max int
}

// Analysis is what Analyze finds.
type Analysis struct {
	// Sets are the alternatives to choose from; each alone is sufficient.
	Sets []Set
	// Whole is set where a text contains a match if and only if it contains
	// a string of this set. It is about whether there is a match, not where
	// the match begins and ends.
	Whole *Set
	// Bytes are bytes that every match contains.
	Bytes ByteMask
}

// ByteMask is a set of bytes, of which some are not told apart: letters from
// their other case, for one.
type ByteMask uint64

// MaskOf is the mask of a text's bytes.
func MaskOf[T string | []byte](text T) ByteMask {
	var m ByteMask
	for i := range len(text) {
		m |= 1 << ((text[i] | 0x20) & 63)
	}
	return m
}

// Analyze finds the sets of an expression. The cost function is lower for sets
// that occur less often; it decides between the sets of an alternation's
// branches.
func Analyze(re *syntax.Regexp, cost func(Set) float64) Analysis {
	a := analyzer{cost: cost}
	items := a.flatten(re)
	sets, _ := a.runs(items)
	result := Analysis{Sets: sets, Bytes: required(items)}
	before, kept := trimEnds(items)
	if sets, whole := a.runs(kept); whole {
		result.Whole = &sets[len(sets)-1]
		*result.Whole = shift(*result.Whole, before.min, before.max)
	}
	return result
}

// required joins what each of a concatenation's items requires.
func required(items []item) ByteMask {
	var all ByteMask
	for _, i := range items {
		if len(i.exact) == 0 {
			continue
		}
		common := MaskOf(i.exact[0])
		for _, s := range i.exact {
			common &= MaskOf(s)
		}
		all |= common
	}
	return all
}

// item is one element of a concatenation: either one of a few known strings,
// or a gap of which only the length and sets within it are known.
type item struct {
	exact    []string // nil for a gap
	min, max int
	sets     []Set
	// branches are the alternatives of a gap that is an alternation.
	branches [][]item
	// assertion marks an item that consumes nothing and isn't always true.
	assertion bool
	// conditional marks a gap that is empty only where an assertion holds, as
	// (?:^|/) is.
	conditional bool
}

type analyzer struct {
	cost func(Set) float64
}

// flatten writes an expression as a concatenation of items.
func (a analyzer) flatten(re *syntax.Regexp) []item {
	switch re.Op {
	case syntax.OpEmptyMatch:
		return nil
	case syntax.OpLiteral:
		return literalItems(re)
	case syntax.OpCharClass:
		return []item{classItem(re.Rune)}
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return []item{{min: 1, max: utf8.UTFMax}}
	case syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []item{{assertion: true}}
	case syntax.OpCapture:
		return a.flatten(re.Sub[0])
	case syntax.OpConcat:
		var items []item
		for _, sub := range re.Sub {
			items = append(items, a.flatten(sub)...)
		}
		return items
	case syntax.OpAlternate:
		return []item{a.alternate(re.Sub)}
	case syntax.OpQuest:
		return a.repeat(re.Sub[0], 0, 1)
	case syntax.OpStar:
		return a.repeat(re.Sub[0], 0, Unbounded)
	case syntax.OpPlus:
		return a.repeat(re.Sub[0], 1, Unbounded)
	case syntax.OpRepeat:
		return a.repeat(re.Sub[0], re.Min, re.Max)
	default: // OpNoMatch
		return []item{{min: 1, max: Unbounded}}
	}
}

// literalItems joins the runes that only fold within ASCII, or not at all.
func literalItems(re *syntax.Regexp) []item {
	items := make([]item, 0, 1)
	for _, r := range re.Rune {
		one := classItem([]rune{r, r})
		if re.Flags&syntax.FoldCase != 0 {
			one = classItem(orbit(r))
		}
		if n := len(items); n > 0 && len(one.exact) == 1 && len(items[n-1].exact) == 1 {
			items[n-1].exact = []string{items[n-1].exact[0] + one.exact[0]}
			continue
		}
		items = append(items, one)
	}
	return items
}

// orbit lists, as ranges, the runes that fold to the same as r.
func orbit(r rune) []rune {
	ranges := []rune{r, r}
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		ranges = append(ranges, f, f)
	}
	return ranges
}

// classItem enumerates a small class in lower case; a class that is large or
// has foldable runes outside ASCII is a gap.
func classItem(ranges []rune) item {
	var exact []string
	seen := map[string]bool{}
	gap := item{min: utf8.UTFMax}
	enumerable := true
	for i := 0; i+1 < len(ranges); i += 2 {
		lo, hi := ranges[i], ranges[i+1]
		gap.min = min(gap.min, runeLen(lo))
		gap.max = max(gap.max, runeLen(hi))
		if lo <= utf8.RuneError && utf8.RuneError <= hi {
			gap.min = 1 // a byte that isn't UTF-8 counts as U+FFFD
		}
		if !enumerable || hi-lo >= 2*maxClass {
			enumerable = false
			continue
		}
		for r := lo; r <= hi; r++ {
			if !closed(r, ranges) {
				enumerable = false
				break
			}
			if r == 'ſ' || r == '\u212a' {
				r := map[rune]string{'ſ': "s", '\u212a': "k"}[r]
				if !seen[r] {
					seen[r], exact = true, append(exact, r)
				}
				continue
			}
			if r == utf8.RuneError || r >= utf8.RuneSelf && unicode.SimpleFold(r) != r {
				enumerable = false
				break
			}
			if s := string(unicode.ToLower(r)); !seen[s] {
				seen[s], exact = true, append(exact, s)
			}
		}
	}
	if enumerable && len(exact) > 0 && len(exact) <= maxClass {
		return item{exact: exact}
	}
	return gap
}

// closed reports whether a class with r has all characters that fold to the
// same. It has unless case folding is switched off; then finding a string in
// any case would not be finding a match.
func closed(r rune, ranges []rune) bool {
	for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
		found := false
		for i := 0; i+1 < len(ranges); i += 2 {
			found = found || ranges[i] <= f && f <= ranges[i+1]
		}
		if !found {
			return false
		}
	}
	return true
}

func runeLen(r rune) int {
	if n := utf8.RuneLen(r); n > 0 {
		return n
	}
	return utf8.UTFMax
}

// alternate merges branches: exactly if all are few strings, otherwise into a
// gap that has the union of the branches' best sets.
func (a analyzer) alternate(branches []*syntax.Regexp) item {
	var exact []string
	gap := item{min: -1}
	allExact := true
	for _, branch := range branches {
		items := a.flatten(branch)
		gap.branches = append(gap.branches, items)
		strings, ok := crossAll(items)
		if ok && len(exact)+len(strings) <= maxStrings {
			exact = append(exact, strings...)
		} else {
			allExact = false
		}
		lo, hi := extent(items)
		gap.min = minOf(gap.min, lo)
		gap.max = addMax(gap.max, hi, larger)
	}
	gap.conditional = !slices.ContainsFunc(gap.branches, canBeLeftOut)
	if allExact {
		return item{exact: exact}
	}
	if set, ok := a.union(gap.branches); ok {
		gap.sets = []Set{set}
	}
	return gap
}

// minOf is min where -1 stands for no value yet.
func minOf(a, b int) int {
	if a < 0 {
		return b
	}
	return min(a, b)
}

// addMax combines two greatest lengths, of which either may be Unbounded.
func addMax(a, b int, combine func(a, b int) int) int {
	if a == Unbounded || b == Unbounded {
		return Unbounded
	}
	return combine(a, b)
}

func sum(a, b int) int { return a + b }

func larger(a, b int) int { return max(a, b) }

// best picks the cheapest set.
func (a analyzer) best(sets []Set) (Set, bool) {
	var best Set
	found := false
	for _, s := range sets {
		if !found || a.cost(s) < a.cost(best) {
			best, found = s, true
		}
	}
	return best, found
}

// repeat writes out the mandatory copies; what may follow is a gap.
func (a analyzer) repeat(sub *syntax.Regexp, lo, hi int) []item {
	one := a.flatten(sub)
	if hi != Unbounded && hi <= 2 && lo == 0 {
		if strings, ok := crossAll(one); ok {
			exact := []string{""}
			for range hi {
				exact = cross(exact, append([]string{""}, strings...))
			}
			if len(exact) <= maxStrings {
				return []item{{exact: unique(exact)}}
			}
		}
	}
	var items []item
	copies := min(lo, maxCopies)
	for range copies {
		items = append(items, one...)
	}
	least, most := extent(one)
	gap := item{min: (lo - copies) * least, conditional: lo > copies && !canBeLeftOut(one)}
	switch {
	case hi == Unbounded || most == Unbounded:
		gap.max = Unbounded
	default:
		gap.max = (hi - copies) * most
	}
	if gap.max != 0 {
		items = append(items, gap)
	}
	return items
}

// trimEnds drops what an end of the expression may leave out: a text contains
// a match of the rest if and only if it contains a match of the whole. It
// tells how long what it dropped at the beginning can be.
func trimEnds(items []item) (before item, kept []item) {
	for len(items) > 0 && optional(items[0]) {
		_, most := extent(items[:1])
		before.max = addMax(before.max, most, sum)
		items = items[1:]
	}
	for len(items) > 0 && optional(items[len(items)-1]) {
		items = items[:len(items)-1]
	}
	return before, items
}

func optional(i item) bool {
	if i.assertion {
		return false
	}
	for _, s := range i.exact {
		if s == "" {
			return true
		}
	}
	return i.exact == nil && i.min == 0 && !i.conditional
}

// canBeLeftOut reports whether a concatenation matches the empty string
// everywhere.
func canBeLeftOut(items []item) bool {
	return !slices.ContainsFunc(items, func(i item) bool { return !optional(i) })
}

// extent is the least and greatest length in bytes of a concatenation.
func extent(items []item) (least, most int) {
	for _, i := range items {
		lo, hi := i.min, i.max
		if i.exact != nil {
			lo, hi = len(i.exact[0]), 0
			for _, s := range i.exact {
				lo, hi = min(lo, len(s)), max(hi, textLen(s))
			}
		}
		least += lo
		most = addMax(most, hi, sum)
	}
	return least, most
}

// textLen is the greatest length of a text that folds to s.
func textLen(s string) int {
	n := len(s)
	for i := range len(s) {
		switch s[i] {
		case 's':
			n += len("ſ") - 1
		case 'k':
			n += len("\u212a") - 1
		}
	}
	return n
}

// crossAll gives all strings of a concatenation, if they are few.
func crossAll(items []item) ([]string, bool) {
	all := []string{""}
	for _, i := range items {
		if i.exact == nil {
			return nil, false
		}
		if all = cross(all, i.exact); len(all) > maxStrings || len(all[0]) > 4*maxString {
			return nil, false
		}
	}
	return all, true
}

func cross(heads, tails []string) []string {
	all := make([]string, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			all = append(all, h+t)
		}
	}
	return unique(all)
}

func unique(all []string) []string {
	seen := make(map[string]bool, len(all))
	kept := all[:0]
	for _, s := range all {
		if !seen[s] {
			seen[s] = true
			kept = append(kept, s)
		}
	}
	return kept
}

// distribute puts what is before an alternation in front of its branches.
func (a analyzer) distribute(run []string, branches [][]item) (Set, bool) {
	if len(run) == 0 || branches == nil {
		return Set{}, false
	}
	var all [][]item
	for _, branch := range branches {
		all = append(all, append([]item{{exact: run}}, branch...))
	}
	return a.union(all)
}

// union joins the best sets of branches.
func (a analyzer) union(branches [][]item) (Set, bool) {
	all := Set{Min: -1}
	for _, items := range branches {
		sets, _ := a.runs(items)
		best, ok := a.best(sets)
		if !ok {
			return Set{}, false
		}
		all.Strings = append(all.Strings, best.Strings...)
		all.Min = minOf(all.Min, best.Min)
		all.Max = addMax(all.Max, best.Max, larger)
	}
	return all, len(all.Strings) <= maxStrings
}

func shift(s Set, least, most int) Set {
	s.Min += least
	s.Max = addMax(s.Max, most, sum)
	return s
}

// runs collects the sets of a concatenation: every stretch of neighbouring
// known strings, grown from its start, and the sets within gaps. The last set
// is the whole of the items if the second result is true.
func (a analyzer) runs(items []item) (sets []Set, whole bool) {
	var run []string
	var offset, start struct{ min, max int }
	whole = true
	for _, i := range items {
		switch {
		case i.assertion:
			// Neighbours of an assertion are neighbours in the text.
			whole = false
		case i.exact == nil:
			for _, s := range i.sets {
				sets = append(sets, shift(s, offset.min, offset.max))
			}
			if s, ok := a.distribute(run, i.branches); ok {
				sets = append(sets, shift(s, start.min, start.max))
			}
			run, whole = nil, false
		default:
			grown := i.exact
			if run != nil {
				if grown = cross(run, i.exact); len(grown) > maxStrings || len(grown[0]) > maxString {
					run, whole = nil, false
					grown = i.exact
				} else if len(i.exact) > 1 {
					sets = append(sets, Set{Strings: i.exact, Min: offset.min, Max: offset.max})
				}
			}
			if run == nil {
				start = offset
			}
			run = grown
			sets = append(sets, Set{Strings: run, Min: start.min, Max: start.max})
		}
		lo, hi := extent([]item{i})
		offset.min += lo
		offset.max = addMax(offset.max, hi, sum)
	}
	return sets, whole && run != nil
}
