// The fingerprint sets of a process: the built-in one and those that were loaded.

package technology

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

// maxSets bounds how many sets may be loaded, since a loaded set stays until the process ends.
const maxSets = 64

// builtinName returns the name of the built-in set: the hash of upstream's embedded file.
var builtinName = sync.OnceValue(func() string { return nameOf([]byte(wappalyzer.GetRawFingerprints())) })

// fingerprintSet is immutable and safe for concurrent use.
type fingerprintSet struct {
	name string
	// reference returns upstream's matcher over the set; it's made when first asked for.
	reference func() (*referenceMatcher, error)
}

// sets is safe for concurrent use.
type sets struct {
	mu      sync.Mutex
	byName  map[string]*fingerprintSet
	builtin *fingerprintSet
}

func newSets() *sets {
	builtin := &fingerprintSet{name: builtinName(), reference: sync.OnceValues(func() (*referenceMatcher, error) {
		upstream, err := wappalyzer.New()
		if err != nil {
			return nil, fmt.Errorf("the built-in fingerprints can't be read: %w", err)
		}
		return newReferenceMatcher(upstream, &catalog{upstream.GetFingerprints().Apps}), nil
	})}
	return &sets{byName: map[string]*fingerprintSet{builtin.name: builtin}, builtin: builtin}
}

// get returns a set by its name; the built-in one for none. NOT_FOUND if it isn't loaded.
func (s *sets) get(name string) (*fingerprintSet, error) {
	if name == "" {
		return s.builtin, nil
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

// load adds a set and returns it with the number of its technologies. A set that is there already is returned as it is;
// a file that can't be used changes nothing and is INVALID_ARGUMENT.
func (s *sets) load(content []byte, extend bool) (*fingerprintSet, int, error) {
	name := nameOf(content)
	if extend {
		name = nameOf([]byte(s.builtin.name + "\n" + name))
	}
	s.mu.Lock()
	set, count := s.byName[name], len(s.byName)
	s.mu.Unlock()
	if set == nil {
		if count >= maxSets {
			return nil, 0, bridge.Errorf(bridge.ResourceExhausted,
				"%d fingerprint sets are loaded, which is the most that one process may have; restart it to load others", count).
				With(&runtimev1.LimitExceeded{Limit: "fingerprint_sets", Allowed: maxSets, Actual: uint64(count) + 1})
		}
		matcher, err := matcherFrom(content, extend)
		if err != nil {
			return nil, 0, err
		}
		set = &fingerprintSet{name: name, reference: func() (*referenceMatcher, error) { return matcher, nil }}
		s.mu.Lock()
		if earlier := s.byName[name]; earlier != nil {
			set = earlier
		} else {
			s.byName[name] = set
		}
		s.mu.Unlock()
	}
	matcher, err := set.reference()
	if err != nil {
		return nil, 0, err
	}
	return set, len(matcher.catalog.fingerprints), nil
}

// matcherFrom gives the content to upstream's NewFromFile, which takes a path and no bytes.
func matcherFrom(content []byte, extend bool) (*referenceMatcher, error) {
	if err := checkFile(content); err != nil {
		return nil, bridge.Errorf(bridge.InvalidArgument, "the fingerprints can't be used: %v", err)
	}
	file, err := os.CreateTemp("", "tombolo-fingerprints-*.json")
	if err != nil {
		return nil, bridge.Errorf(bridge.FailedPrecondition, "the fingerprints need a temporary file for a moment: %v", err)
	}
	defer func() { _ = os.Remove(file.Name()) }()
	_, err = file.Write(content)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, bridge.Errorf(bridge.FailedPrecondition, "the fingerprints need a temporary file for a moment: %v", err)
	}
	upstream, err := wappalyzer.NewFromFile(file.Name(), extend, true)
	if err != nil {
		return nil, bridge.Errorf(bridge.InvalidArgument, "the fingerprints can't be used: %s",
			strings.ReplaceAll(err.Error(), file.Name(), "the file"))
	}
	return newReferenceMatcher(upstream, &catalog{upstream.GetFingerprints().Apps}), nil
}

// checkFile looks for what upstream would panic over: an entry that is null, and rules on the document
// tree that aren't strings.
func checkFile(content []byte) error {
	var file struct {
		Apps map[string]*struct {
			Dom map[string]map[string]any `json:"dom"`
		} `json:"apps"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return err
	}
	if len(file.Apps) == 0 {
		return errors.New(`it has no entries in "apps"`)
	}
	for name, fingerprint := range file.Apps {
		if fingerprint == nil {
			return fmt.Errorf("the entry of [%s] is null", name)
		}
		for selector, rules := range fingerprint.Dom {
			for attribute, rule := range rules {
				if !usable(attribute, rule) {
					return fmt.Errorf("rule [%s] of selector [%s] of [%s] isn't text", attribute, selector, name)
				}
			}
		}
	}
	return nil
}

func usable(attribute string, rule any) bool {
	switch attribute {
	case "exists", "text":
		_, text := rule.(string)
		return text
	case "attributes":
		// Upstream ignores what isn't an object; an object's values must be text.
		attributes, _ := rule.(map[string]any)
		for _, value := range attributes {
			if _, text := value.(string); !text {
				return false
			}
		}
	}
	return true
}

func nameOf(content []byte) string {
	sum := sha256.Sum256(content)
	return "sha256:" + hex.EncodeToString(sum[:])
}
