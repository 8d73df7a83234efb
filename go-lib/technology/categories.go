// The categories of technologies.

package technology

import (
	"sync"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
)

var categoryTable = sync.OnceValue(func() map[int]match.Category {
	table := map[int]match.Category{}
	for _, category := range match.Categories() {
		table[category.ID] = category
	}
	return table
})

// allCategories returns all categories, sorted by id.
func allCategories() []*technologyv1.Category {
	var ids []int
	for _, category := range match.Categories() {
		ids = append(ids, category.ID)
	}
	return categoriesOf(ids)
}
