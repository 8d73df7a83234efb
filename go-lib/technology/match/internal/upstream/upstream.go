// Package upstream makes the built-in index from wappalyzergo's own data. It is
// for the generator and for tests: importing it loads upstream's data.
package upstream

import (
	"context"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
)

// EncodedIndex builds and encodes the index. Its bytes depend on nothing but
// the versions of this module and of wappalyzergo.
func EncodedIndex(ctx context.Context) ([]byte, error) {
	apps, err := fingerprint.Decode([]byte(wappalyzer.GetRawFingerprints()))
	if err != nil {
		return nil, err
	}
	var categories []index.Category
	for id, c := range wappalyzer.GetCategoriesMapping() {
		categories = append(categories, index.Category{ID: id, Priority: c.Priority, Name: c.Name})
	}
	x, err := index.Build(ctx, apps, categories)
	if err != nil {
		return nil, err
	}
	return x.Encode(), nil
}
