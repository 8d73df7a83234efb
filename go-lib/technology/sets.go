// The fingerprint sets of a process: the built-in one and those that were loaded.

package technology

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"sync"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
)

//go:generate go run ./internal/genname

// maxSets bounds how many sets may be loaded, since a loaded set stays until the process ends.
const maxSets = 64

// fingerprintSet is immutable and safe for concurrent use.
type fingerprintSet struct {
	name string
	// index returns what the set's matches are made with; the built-in one is decoded when first asked for.
	index func() *match.Index
	// content is the file that was loaded, and extend whether the built-in set is below it; nil for the built-in set.
	content []byte
	extend  bool
}

func (s *fingerprintSet) builtin() bool { return s.content == nil }

// sets is safe for concurrent use.
type sets struct {
	mu     sync.Mutex
	byName map[string]*fingerprintSet
}

var builtinSet = &fingerprintSet{name: builtinName, index: match.Builtin}

func newSets() *sets {
	return &sets{byName: map[string]*fingerprintSet{builtinName: builtinSet}}
}

// get returns a set by its name; the built-in one for none. NOT_FOUND if it isn't loaded.
func (s *sets) get(name string) (*fingerprintSet, error) {
	if name == "" {
		return builtinSet, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	set := s.byName[name]
	if set == nil {
		return nil, bridge.Errorf(bridge.NotFound, "fingerprint set [%s] isn't loaded; load it again, or use one of %v",
			name, slices.Sorted(maps.Keys(s.byName)))
	}
	return set, nil
}

// load adds a set. A set that is there already is returned as it is; a file that can't be used changes nothing and is
// INVALID_ARGUMENT. Others go on meanwhile: the index is built outside of the lock.
func (s *sets) load(ctx context.Context, content []byte, extend bool) (*fingerprintSet, error) {
	name := nameOf(content)
	if extend {
		name = nameOf([]byte(builtinName + "\n" + name))
	}
	s.mu.Lock()
	loaded := s.byName[name]
	s.mu.Unlock()
	if loaded != nil {
		return loaded, nil
	}
	index, err := match.Build(ctx, content, extend)
	if ended := ctx.Err(); ended != nil {
		return nil, ended
	}
	if err != nil {
		return nil, bridge.Errorf(bridge.InvalidArgument, "the fingerprints can't be used: %v", err)
	}
	set := &fingerprintSet{
		name: name, index: func() *match.Index { return index },
		// The request's memory is the caller's as soon as the call returns.
		content: bytes.Clone(content), extend: extend,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if earlier := s.byName[name]; earlier != nil {
		return earlier, nil
	}
	if count := len(s.byName); count >= maxSets {
		return nil, bridge.Errorf(bridge.ResourceExhausted,
			"%d fingerprint sets are loaded, which is the most that one process may have; restart it to load others", count).
			With(&runtimev1.LimitExceeded{Limit: "fingerprint_sets", Allowed: maxSets, Actual: uint64(count) + 1})
	}
	s.byName[name] = set
	return set, nil
}

func nameOf(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
