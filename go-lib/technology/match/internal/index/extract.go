// This file gives back the fingerprints that an index was built from.

package index

import (
	"strconv"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
)

// Fingerprints returns the fingerprints of all technologies: those of their
// fields and patterns that make a difference to an index.
func (x *Index) Fingerprints() map[string]*fingerprint.Fingerprint {
	apps := make(map[string]*fingerprint.Fingerprint, x.Count)
	list := make([]*fingerprint.Fingerprint, x.Count)
	for i := range list {
		f := &fingerprint.Fingerprint{
			Cookies: map[string]string{}, Headers: map[string]string{}, Meta: map[string][]string{},
			Description: x.Descriptions.At(i), Website: x.Websites.At(i), Icon: x.Icons.At(i), CPE: x.CPEs.At(i),
		}
		for _, id := range List(x.Categories, x.CategoryStarts, i) {
			f.Cats = append(f.Cats, int(int32(id)))
		}
		first := x.ImpliedStarts[i]
		for k, id := range List(x.Implied, x.ImpliedStarts, i) {
			f.Implies = append(f.Implies, x.Names.At(int(id))+impliedTags(x.ImpliedConfidence[int(first)+k]))
		}
		list[i] = f
		apps[x.Names.At(i)] = f
	}
	for i, technology := range x.PatternTechnology {
		f, source := list[technology], x.PatternSources.At(i)
		switch s := Source(x.PatternSource[i]); s {
		case Header:
			f.Headers[x.KeyName(s, x.PatternKey[i])] = source
		case Cookie:
			f.Cookies[x.KeyName(s, x.PatternKey[i])] = source
		case Meta:
			key := x.KeyName(s, x.PatternKey[i])
			f.Meta[key] = append(f.Meta[key], source)
		case HTML:
			f.HTML = append(f.HTML, source)
		case Script:
			f.ScriptSrc = append(f.ScriptSrc, source)
		}
	}
	return apps
}

// impliedTags is the inverse of splitImplied.
func impliedTags(confidence uint8) string {
	switch confidence {
	case AsImplier:
		return ""
	case Tagged:
		return `\;`
	}
	return `\;confidence:` + strconv.Itoa(int(confidence))
}

// AllCategories returns the categories, by ID.
func (x *Index) AllCategories() []Category {
	all := make([]Category, len(x.CategoryIDs))
	for i := range all {
		all[i] = Category{ID: int(x.CategoryIDs[i]), Priority: int(x.CategoryPriorities[i]), Name: x.CategoryNames.At(i)}
	}
	return all
}
