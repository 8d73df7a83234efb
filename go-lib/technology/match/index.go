// This file is about indexes as callers see them.

package match

import (
	"context"
	"maps"
	"sync"
	"sync/atomic"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/regex"
)

// Index is a set of fingerprints, ready to be matched. It is immutable and
// safe for concurrent use; what it compiles and pools on the way is hidden.
type Index struct {
	data     *index.Index
	programs []atomic.Pointer[program]
	compiled atomic.Int64 // bytes of programs
	classes  regex.Classes
	pool     sync.Pool // of *page
}

func newIndex(data *index.Index) *Index {
	return &Index{data: data, programs: make([]atomic.Pointer[program], data.Patterns())}
}

// ErrEmpty is returned by Build for fingerprints that name no technology.
var ErrEmpty = fingerprint.ErrEmpty

// Build makes an index of fingerprints in the format of wappalyzergo's
// fingerprints_data.json. With extendBuiltin the built-in technologies are
// there too, except those that the given ones replace because they have the
// same name. As in wappalyzergo, patterns whose expression doesn't compile are
// left out silently; unlike there, "dom" is not looked at, so no value in it
// can do harm.
//
// The time is about that of parsing: half a second for the built-in set's four
// megabytes. The error is that of the JSON, ErrEmpty, or the context's cause.
func Build(ctx context.Context, fingerprints []byte, extendBuiltin bool) (*Index, error) {
	apps, err := fingerprint.Decode(fingerprints)
	if err != nil {
		return nil, err
	}
	if extendBuiltin {
		all := Builtin().data.Fingerprints()
		maps.Copy(all, apps)
		apps = all
	}
	data, err := index.Build(ctx, apps, Builtin().data.AllCategories())
	if err != nil {
		return nil, err
	}
	return newIndex(data), nil
}
