// This file tests that an index can be used by many goroutines at once.

package match

import (
	"context"
	"sync"
	"testing"
)

// TestConcurrent matches the same pages on many goroutines, with an index that
// has compiled nothing yet, and compares the answers with those of one.
func TestConcurrent(t *testing.T) {
	var pages []Page
	var want []string
	for _, r := range rules {
		page := Page{Headers: r.headers, Body: []byte(r.body + `<script src="/jquery-3.1.0.min.js"></script><meta name=generator content="WordPress 5.1">`)}
		pages = append(pages, page)
		want = append(want, describe(mustMatch(t, Builtin(), page)))
	}
	x := newIndex(Builtin().data)
	var all sync.WaitGroup
	for g := range 8 {
		all.Go(func() {
			for k := range 20 * len(pages) {
				i := (k + g) % len(pages)
				r, err := x.Match(context.Background(), pages[i], Options{Evidence: k%3 == 0, Title: true})
				if err != nil || describe(r) != want[i] {
					t.Errorf("page %d: got %v, %v, want %s", i, r, err, want[i])
					return
				}
				if k%97 == 0 {
					x.forget()
				}
			}
		})
	}
	all.Wait()
}
