// This file makes an index of fingerprints.

package index

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/literal"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// Category is one of upstream's categories.
type Category struct {
	ID, Priority int
	Name         string
}

// maxConfidence is what confidences add up to at most, so that higher ones
// make no difference.
const maxConfidence = 100

// Stride of the scan of whole pages, and of all other texts.
const (
	pageStride  = 4
	shortStride = 1
)

// Build makes an index. Its result depends on the arguments alone. Patterns
// that don't compile are left out, as upstream does. The error is the
// context's.
func Build(ctx context.Context, apps map[string]*fingerprint.Fingerprint, categories []Category) (*Index, error) {
	b := builder{
		ids:    map[string]uint32{},
		models: map[Source]*literal.Model{HTML: literal.NewModel(), Script: literal.NewModel(), Header: literal.NewModel()},
	}
	names := slices.Sorted(maps.Keys(apps))
	b.x.Count = len(names)
	for i, name := range names {
		b.ids[name] = uint32(i)
	}
	b.addKeys(apps)
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, context.Cause(ctx)
		}
		b.addPatterns(b.ids[name], apps[name])
	}
	if err := b.analyze(ctx); err != nil {
		return nil, err
	}
	b.addLists()
	b.addFacts(names, apps)
	b.addCategories(categories)
	return &b.x, nil
}

// builder collects what becomes an index.
type builder struct {
	x        Index
	ids      map[string]uint32
	patterns []pattern
	models   map[Source]*literal.Model
}

// pattern is a pattern on its way into the index.
type pattern struct {
	fingerprint.Pattern
	technology uint32
	source     Source
	key        uint32
	sets       []literal.Set
	whole      bool
	chosen     literal.Set
	bytes      literal.ByteMask
	set        setName
}

// setName says which set of needles a pattern's literals go into.
type setName uint8

const (
	noSet setName = iota
	htmlSet
	shortHTMLSet
	scriptSet
	keyedSet
)

// addKeys numbers the keys of each source, by name.
func (b *builder) addKeys(apps map[string]*fingerprint.Fingerprint) {
	var keys [3]map[string]bool
	for i := range keys {
		keys[i] = map[string]bool{}
	}
	for _, f := range apps {
		for key := range f.Headers {
			keys[Header][key] = true
		}
		for key := range f.Cookies {
			keys[Cookie][key] = true
			b.x.LongestCookie = max(b.x.LongestCookie, len(key))
		}
		for key := range f.Meta {
			keys[Meta][key] = true
		}
	}
	base := 0
	for i := range keys {
		b.x.Keys[i] = stringsOf(slices.Sorted(maps.Keys(keys[i])))
		b.x.KeyBase[i] = uint32(base)
		base += len(keys[i])
	}
}

// addPatterns numbers a technology's patterns.
func (b *builder) addPatterns(technology uint32, f *fingerprint.Fingerprint) {
	for _, key := range slices.Sorted(maps.Keys(f.Headers)) {
		b.addPattern(technology, Header, key, f.Headers[key])
	}
	for _, key := range slices.Sorted(maps.Keys(f.Cookies)) {
		b.addPattern(technology, Cookie, key, f.Cookies[key])
	}
	for _, key := range slices.Sorted(maps.Keys(f.Meta)) {
		for _, source := range f.Meta[key] {
			b.addPattern(technology, Meta, key, source)
		}
	}
	for _, source := range f.HTML {
		b.addPattern(technology, HTML, "", source)
	}
	for _, source := range f.ScriptSrc {
		b.addPattern(technology, Script, "", source)
	}
}

func (b *builder) addPattern(technology uint32, s Source, key, source string) {
	parsed, err := fingerprint.ParsePattern(source)
	if err != nil {
		return
	}
	p := pattern{Pattern: parsed, technology: technology, source: s}
	if s.Keyed() {
		p.key, _ = b.x.Key(s, []byte(key))
	}
	b.patterns = append(b.patterns, p)
	b.x.LowerFirst = b.x.LowerFirst || caseSensitive.MatchString(parsed.Expr)
}

// caseSensitive finds expressions that switch case folding off somewhere, and
// so tell a text from its lower-cased form.
var caseSensitive = regexp.MustCompile(`\(\?[a-zA-Z]*-[a-zA-Z]*i`)

// analyze finds the literals of all patterns, lets the models learn what is
// common to many of them, and then chooses.
func (b *builder) analyze(ctx context.Context) error {
	for pass := range 2 {
		for i := range b.patterns {
			if err := ctx.Err(); err != nil {
				return context.Cause(ctx)
			}
			p := &b.patterns[i]
			if p.Expr == "" {
				continue
			}
			model, stride := b.model(p.source)
			tree, err := p.Syntax()
			if err != nil {
				return err
			}
			a := literal.Analyze(tree, func(s literal.Set) float64 { return model.Cost(s, stride) })
			if pass == 0 {
				p.sets = a.Sets
				continue
			}
			if p.Version != "" && tree.MaxCap() > 0 {
				a.Whole = nil
			}
			p.bytes = a.Bytes
			b.choose(p, a)
		}
		if pass == 0 {
			for i := range b.patterns {
				model, _ := b.model(b.patterns[i].source)
				model.Learn(b.patterns[i].sets)
			}
		}
	}
	return nil
}

// model returns the frequencies of a source's texts, and the stride of their
// scan.
func (b *builder) model(s Source) (*literal.Model, int) {
	switch s {
	case HTML:
		return b.models[HTML], pageStride
	case Script:
		return b.models[Script], shortStride
	default:
		return b.models[Header], shortStride
	}
}

// choose decides which literals to look for. A page's are looked for at a
// greater stride if they are long enough.
func (b *builder) choose(p *pattern, a literal.Analysis) {
	model, stride := b.model(p.source)
	p.set = map[Source]setName{HTML: htmlSet, Script: scriptSet}[p.source]
	if p.source.Keyed() {
		p.set = keyedSet
	}
	if p.try(a, model, stride) {
		return
	}
	if p.source == HTML {
		p.set = shortHTMLSet
		if p.try(a, model, shortStride) {
			return
		}
	}
	p.set = noSet
}

// try chooses the cheapest set of literals, or the set that is the whole match
// if it can be looked for.
func (p *pattern) try(a literal.Analysis, model *literal.Model, stride int) bool {
	if a.Whole != nil && model.Cost(*a.Whole, stride) < literal.Useless {
		p.chosen, p.whole = *a.Whole, true
		return true
	}
	lowest := float64(literal.Useless)
	for _, s := range a.Sets {
		if cost := model.Cost(s, stride); cost < lowest {
			p.chosen, lowest = s, cost
		}
	}
	return lowest < literal.Useless
}

// addLists makes the sets of needles, and the lists of patterns that have none.
func (b *builder) addLists() {
	x := &b.x
	needles := map[setName]map[string][]uint32{htmlSet: {}, shortHTMLSet: {}, scriptSet: {}, keyedSet: {}}
	keys := int(x.KeyBase[Meta]) + x.Keys[Meta].Len()
	alwaysByKey := make([][]uint32, keys)
	x.KeyHasLiterals = make([]uint8, keys)
	var sources []string
	for i := range b.patterns {
		p, id := &b.patterns[i], uint32(i)
		sources = append(sources, p.Source)
		x.PatternTechnology = append(x.PatternTechnology, p.technology)
		x.PatternSource = append(x.PatternSource, uint8(p.source))
		x.PatternKey = append(x.PatternKey, p.key)
		x.PatternConfidence = append(x.PatternConfidence, uint8(min(max(p.Confidence, 0), maxConfidence)))
		x.PatternFlags = append(x.PatternFlags, p.flags())
		x.PatternBytes = append(x.PatternBytes, uint64(p.bytes))
		least, most := b.distances(p)
		x.PatternMin = append(x.PatternMin, uint32(int32(least)))
		x.PatternMax = append(x.PatternMax, uint32(int32(most)))
		switch {
		case p.set != noSet:
			for _, s := range p.chosen.Strings {
				if list := needles[p.set][s]; len(list) == 0 || list[len(list)-1] != id {
					needles[p.set][s] = append(list, id)
				}
			}
			if p.source.Keyed() {
				x.KeyHasLiterals[p.key] = 1
			}
		case p.source == HTML:
			x.AlwaysHTML = append(x.AlwaysHTML, id)
		case p.source == Script:
			x.AlwaysScript = append(x.AlwaysScript, id)
		default:
			alwaysByKey[p.key] = append(alwaysByKey[p.key], id)
		}
	}
	x.PatternSources = stringsOf(sources)
	x.AlwaysByKey, x.AlwaysByKeyStarts = join(alwaysByKey)
	x.HTMLSet = b.newSet(needles[htmlSet], HTML, pageStride)
	x.ShortHTMLSet = b.newSet(needles[shortHTMLSet], HTML, shortStride)
	x.ScriptSet = b.newSet(needles[scriptSet], Script, shortStride)
	x.KeyedSet = b.newSet(needles[keyedSet], Header, shortStride)
}

func (p *pattern) flags() uint8 {
	var f uint8
	if p.Expr == "" {
		f |= Empty
	}
	if p.whole {
		f |= Whole
	}
	if p.Version != "" && p.Expr != "" {
		f |= Versioned
	}
	return f
}

func (b *builder) newSet(needles map[string][]uint32, s Source, stride int) *scan.Set {
	list := make([]scan.Needle, 0, len(needles))
	for _, text := range slices.Sorted(maps.Keys(needles)) {
		list = append(list, scan.Needle{Text: text, Patterns: needles[text]})
	}
	return scan.NewSet(list, stride, b.section(s, stride))
}

// section says where in a needle its grams are taken.
func (b *builder) section(s Source, stride int) func(string) int {
	model, _ := b.model(s)
	return func(text string) int {
		offset, _ := model.Section(text, stride)
		return offset
	}
}

// distances are the least and the greatest distance from a match's first byte
// to a gram by which one of the pattern's literals is found.
func (b *builder) distances(p *pattern) (least, most int) {
	if p.set == noSet {
		return 0, Unbounded
	}
	stride := shortStride
	if p.set == htmlSet {
		stride = pageStride
	}
	first := true
	for _, s := range p.chosen.Strings {
		lo, hi := scan.GramOffsets(s, stride, b.section(p.source, stride))
		if lo += p.chosen.Min; first || lo < least {
			least = lo
		}
		if p.chosen.Max == literal.Unbounded || most == Unbounded {
			most = Unbounded
		} else {
			most = max(most, p.chosen.Max+hi)
		}
		first = false
	}
	return least, most
}

// addFacts adds what is told about technologies, and what they imply.
func (b *builder) addFacts(names []string, apps map[string]*fingerprint.Fingerprint) {
	x := &b.x
	var descriptions, websites, icons, cpes []string
	var cats, implied [][]uint32
	for _, name := range names {
		f := apps[name]
		descriptions = append(descriptions, f.Description)
		websites = append(websites, f.Website)
		icons = append(icons, f.Icon)
		cpes = append(cpes, f.CPE)
		var ids []uint32
		for _, id := range f.Cats {
			ids = append(ids, uint32(int32(id)))
		}
		cats = append(cats, ids)
		ids = nil
		for _, raw := range f.Implies {
			target, confidence := splitImplied(raw)
			id, ok := b.ids[target]
			if !ok {
				id = uint32(len(names))
				b.ids[target] = id
				names = append(names, target)
			}
			ids = append(ids, id)
			x.ImpliedConfidence = append(x.ImpliedConfidence, confidence)
		}
		implied = append(implied, ids)
	}
	x.Names = stringsOf(names)
	x.Descriptions, x.Websites, x.Icons, x.CPEs = stringsOf(descriptions), stringsOf(websites), stringsOf(icons), stringsOf(cpes)
	x.Categories, x.CategoryStarts = join(cats)
	x.Implied, x.ImpliedStarts = join(implied)
}

// splitImplied takes the tags off an implied name. Upstream answers them as
// part of the name.
func splitImplied(raw string) (name string, confidence uint8) {
	name, tags, tagged := strings.Cut(raw, `\;`)
	if !tagged {
		return name, AsImplier
	}
	confidence = Tagged
	for tag := range strings.SplitSeq(tags, `\;`) {
		if value, ok := strings.CutPrefix(tag, "confidence:"); ok {
			if n, err := strconv.Atoi(value); err == nil {
				confidence = uint8(min(max(n, 0), maxConfidence))
			}
		}
	}
	return name, confidence
}

func (b *builder) addCategories(categories []Category) {
	categories = slices.Clone(categories)
	slices.SortFunc(categories, func(a, b Category) int { return cmp.Compare(a.ID, b.ID) })
	var names []string
	for _, c := range categories {
		b.x.CategoryIDs = append(b.x.CategoryIDs, uint32(c.ID))
		b.x.CategoryPriorities = append(b.x.CategoryPriorities, uint32(c.Priority))
		names = append(names, c.Name)
	}
	b.x.CategoryNames = stringsOf(names)
}

// join puts lists into one, with where each begins.
func join(lists [][]uint32) (all, starts []uint32) {
	starts = append(make([]uint32, 0, len(lists)+1), 0)
	for _, list := range lists {
		all = append(all, list...)
		starts = append(starts, uint32(len(all)))
	}
	return all, starts
}
