// This file tells what an index knows of technologies beside their patterns.

package match

import (
	"iter"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
)

// Info is what the fingerprints say about a technology. Fields are empty where
// they say nothing.
type Info struct {
	Name        string
	Categories  []int // ids; upstream leaves those that it has no name for out of names
	Description string
	Website     string
	Icon        string // a file's name
	CPE         string
	// Implies has the names of implied technologies, without tags.
	Implies []string
}

// Len returns the number of technologies.
func (x *Index) Len() int { return x.data.Count }

// Technology returns what is known of the technology with the given ID, from 0
// to Len()-1.
func (x *Index) Technology(id int) Info {
	d := x.data
	info := Info{
		Name: d.Names.At(id), Description: d.Descriptions.At(id), Website: d.Websites.At(id), Icon: d.Icons.At(id), CPE: d.CPEs.At(id),
	}
	for _, c := range index.List(d.Categories, d.CategoryStarts, id) {
		info.Categories = append(info.Categories, int(int32(c)))
	}
	for _, implied := range index.List(d.Implied, d.ImpliedStarts, id) {
		info.Implies = append(info.Implies, d.Names.At(int(implied)))
	}
	return info
}

// Technologies goes through all technologies by ID, which is the order of
// their names.
func (x *Index) Technologies() iter.Seq2[int, Info] {
	return func(yield func(int, Info) bool) {
		for id := range x.Len() {
			if !yield(id, x.Technology(id)) {
				return
			}
		}
	}
}

// Lookup finds a technology by its exact name.
func (x *Index) Lookup(name string) (id int, ok bool) {
	id, ok = x.data.Lookup(name)
	if !ok {
		return -1, false
	}
	return id, true
}

// Category is one of upstream's categories. A lower priority number is shown
// first by tools that sort by it.
type Category struct {
	ID       int
	Name     string
	Priority int
}

// Categories returns upstream's categories by ID. They are the same for all
// indexes.
func Categories() []Category {
	var all []Category
	for _, c := range Builtin().data.AllCategories() {
		all = append(all, Category{ID: c.ID, Name: c.Name, Priority: c.Priority})
	}
	return all
}
