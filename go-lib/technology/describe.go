// What is known of a technology apart from how it's found.

package technology

import (
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
)

// describe returns an answer's entry with the texts of the fingerprint; only the name for one that is implied but has
// no fingerprint, whose id is -1.
func describe(index *match.Index, name string, id int) *technologyv1.Technology {
	technology := &technologyv1.Technology{Name: name}
	if id >= 0 {
		info := index.Technology(id)
		technology.Categories = categoriesOf(info.Categories)
		technology.Description = info.Description
		technology.Website = info.Website
		technology.Icon = info.Icon
		technology.Cpe = info.CPE
	}
	return technology
}

// categoriesOf resolves category ids; an id that upstream's table lacks keeps its number and has no name.
func categoriesOf(ids []int) []*technologyv1.Category {
	categories := make([]*technologyv1.Category, len(ids))
	for i, id := range ids {
		category := categoryTable()[id]
		categories[i] = &technologyv1.Category{Id: uint32(id), Name: category.Name, Priority: uint32(category.Priority)}
	}
	return categories
}
