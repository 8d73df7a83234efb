// This file holds the index of wappalyzergo's own fingerprints.

package match

import (
	_ "embed"
	"sync"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
)

//go:generate go run ./internal/gen builtin.idx

//go:embed builtin.idx
var builtinData string

// Builtin returns the index of the fingerprints that the pinned version of
// wappalyzergo contains. The first call decodes it, in about a millisecond.
var Builtin = sync.OnceValue(func() *Index {
	data, err := index.Decode(builtinData)
	if err != nil {
		panic(err) // the file in this module is older than its format: go generate
	}
	return newIndex(data)
})
