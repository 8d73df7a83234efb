// The catalog of a fingerprint set: what is known of each technology apart from how it's found.

package technology

import (
	"maps"
	"slices"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
	"google.golang.org/protobuf/types/known/structpb"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

// catalog is immutable.
type catalog struct {
	fingerprints map[string]*wappalyzer.Fingerprint
}

func (c *catalog) knows(name string) bool {
	_, ok := c.fingerprints[name]
	return ok
}

// technology returns an answer's entry with the texts of the fingerprint; only the name for one that
// is implied but has no fingerprint.
func (c *catalog) technology(name string) *technologyv1.Technology {
	technology := &technologyv1.Technology{Name: name}
	if fingerprint := c.fingerprints[name]; fingerprint != nil {
		technology.Categories = categoriesOf(fingerprint.Cats)
		technology.Description = fingerprint.Description
		technology.Website = fingerprint.Website
		technology.Icon = fingerprint.Icon
		technology.Cpe = fingerprint.CPE
	}
	return technology
}

// list returns all entries, sorted by name.
func (c *catalog) list(rules bool) []*technologyv1.KnownTechnology {
	known := make([]*technologyv1.KnownTechnology, 0, len(c.fingerprints))
	for _, name := range slices.Sorted(maps.Keys(c.fingerprints)) {
		fingerprint := c.fingerprints[name]
		technology := &technologyv1.KnownTechnology{
			Name:        name,
			Categories:  categoriesOf(fingerprint.Cats),
			Description: fingerprint.Description,
			Website:     fingerprint.Website,
			Icon:        fingerprint.Icon,
			Cpe:         fingerprint.CPE,
			Implies:     fingerprint.Implies,
		}
		if rules {
			technology.Rules = rulesOf(fingerprint)
		}
		known = append(known, technology)
	}
	return known
}

func rulesOf(fingerprint *wappalyzer.Fingerprint) *technologyv1.Rules {
	rules := &technologyv1.Rules{
		Cookies:   fingerprint.Cookies,
		Headers:   fingerprint.Headers,
		Html:      fingerprint.HTML,
		ScriptSrc: fingerprint.ScriptSrc,
		Scripts:   fingerprint.Script,
		Js:        fingerprint.JS,
		Css:       fingerprint.CSS,
	}
	if len(fingerprint.Meta) > 0 {
		rules.Meta = make(map[string]*technologyv1.Patterns, len(fingerprint.Meta))
		for name, patterns := range fingerprint.Meta {
			rules.Meta[name] = &technologyv1.Patterns{Patterns: patterns}
		}
	}
	if len(fingerprint.Dom) > 0 {
		selectors := make(map[string]any, len(fingerprint.Dom))
		for selector, rule := range fingerprint.Dom {
			selectors[selector] = rule
		}
		// What came from JSON is always a Struct.
		rules.Dom, _ = structpb.NewStruct(selectors)
	}
	return rules
}

// categoriesOf resolves category ids; an id that upstream's table lacks keeps its number and has no name.
func categoriesOf(ids []int) []*technologyv1.Category {
	table := wappalyzer.GetCategoriesMapping()
	categories := make([]*technologyv1.Category, len(ids))
	for i, id := range ids {
		categories[i] = &technologyv1.Category{
			Id: uint32(id), Name: table[id].Name, Priority: uint32(table[id].Priority),
		}
	}
	return categories
}

// allCategories returns upstream's table, sorted by id.
func allCategories() []*technologyv1.Category {
	return categoriesOf(slices.Sorted(maps.Keys(wappalyzer.GetCategoriesMapping())))
}
