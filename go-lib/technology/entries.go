// The entries of a fingerprint file as they are written, for lists. They are read from the file whenever somebody asks:
// the matcher's index leaves out what it doesn't match, and the whole would hold megabytes for nothing.

package technology

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
	"google.golang.org/protobuf/types/known/structpb"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

// entry is a fingerprint as the file has it.
type entry struct {
	Cats        []int                     `json:"cats"`
	Description string                    `json:"description"`
	Website     string                    `json:"website"`
	Icon        string                    `json:"icon"`
	CPE         string                    `json:"cpe"`
	Implies     []string                  `json:"implies"`
	Cookies     map[string]string         `json:"cookies"`
	Headers     map[string]string         `json:"headers"`
	HTML        []string                  `json:"html"`
	ScriptSrc   []string                  `json:"scriptSrc"`
	Meta        map[string][]string       `json:"meta"`
	Scripts     []string                  `json:"scripts"`
	JS          map[string]string         `json:"js"`
	CSS         []string                  `json:"css"`
	Dom         map[string]map[string]any `json:"dom"`
}

// entriesOf returns a set's entries by name.
func entriesOf(set *fingerprintSet) (map[string]*entry, error) {
	entries := map[string]*entry{}
	if set.builtin() || set.extend {
		if err := readEntries([]byte(wappalyzer.GetRawFingerprints()), entries); err != nil {
			return nil, fmt.Errorf("the built-in fingerprints can't be read: %w", err)
		}
	}
	if !set.builtin() {
		if err := readEntries(set.content, entries); err != nil {
			return nil, fmt.Errorf("the fingerprints of set [%s] can't be read: %w", set.name, err)
		}
	}
	return entries, nil
}

func readEntries(content []byte, entries map[string]*entry) error {
	var file struct {
		Apps map[string]*entry `json:"apps"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return err
	}
	maps.Copy(entries, file.Apps)
	return nil
}

// knownTechnologies returns the entries sorted by name.
func knownTechnologies(entries map[string]*entry, rules bool) []*technologyv1.KnownTechnology {
	known := make([]*technologyv1.KnownTechnology, 0, len(entries))
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		entry := entries[name]
		technology := &technologyv1.KnownTechnology{
			Name:        name,
			Categories:  categoriesOf(entry.Cats),
			Description: entry.Description,
			Website:     entry.Website,
			Icon:        entry.Icon,
			Cpe:         entry.CPE,
			Implies:     entry.Implies,
		}
		if rules {
			technology.Rules = entry.rules()
		}
		known = append(known, technology)
	}
	return known
}

func (e *entry) rules() *technologyv1.Rules {
	rules := &technologyv1.Rules{
		Cookies:   e.Cookies,
		Headers:   e.Headers,
		Html:      e.HTML,
		ScriptSrc: e.ScriptSrc,
		Scripts:   e.Scripts,
		Js:        e.JS,
		Css:       e.CSS,
	}
	if len(e.Meta) > 0 {
		rules.Meta = make(map[string]*technologyv1.Patterns, len(e.Meta))
		for name, patterns := range e.Meta {
			rules.Meta[name] = &technologyv1.Patterns{Patterns: patterns}
		}
	}
	if len(e.Dom) > 0 {
		selectors := make(map[string]any, len(e.Dom))
		for selector, rule := range e.Dom {
			selectors[selector] = rule
		}
		// What came from JSON is always a Struct.
		rules.Dom, _ = structpb.NewStruct(selectors)
	}
	return rules
}
