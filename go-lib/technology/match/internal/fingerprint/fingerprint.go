// Package fingerprint reads wappalyzergo's fingerprint data and its patterns.
package fingerprint

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Fingerprint is what the data says about one technology. The field names and
// types are upstream's, so that data which upstream refuses is refused here
// too. Fields that no matcher in Go evaluates (js, dom, css, scripts) are
// decoded for that reason only.
type Fingerprint struct {
	Cats        []int                     `json:"cats"`
	CSS         []string                  `json:"css"`
	Cookies     map[string]string         `json:"cookies"`
	Dom         map[string]map[string]any `json:"dom"`
	JS          map[string]string         `json:"js"`
	Headers     map[string]string         `json:"headers"`
	HTML        []string                  `json:"html"`
	Script      []string                  `json:"scripts"`
	ScriptSrc   []string                  `json:"scriptSrc"`
	Meta        map[string][]string       `json:"meta"`
	Implies     []string                  `json:"implies"`
	Description string                    `json:"description"`
	Website     string                    `json:"website"`
	CPE         string                    `json:"cpe"`
	Icon        string                    `json:"icon"`
}

// ErrEmpty is returned for data that is valid JSON and names no technology.
var ErrEmpty = errors.New("no technologies in the fingerprint data: \"apps\" is missing or empty")

// Decode reads a file in the format of wappalyzergo's fingerprints_data.json.
// A technology given twice has its last entry.
func Decode(data []byte) (map[string]*Fingerprint, error) {
	var file struct {
		Apps map[string]*Fingerprint `json:"apps"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("fingerprint data: %w", err)
	}
	if len(file.Apps) == 0 {
		return nil, ErrEmpty
	}
	for name, f := range file.Apps {
		if f == nil {
			return nil, fmt.Errorf("fingerprint data: technology %q is null", name)
		}
	}
	return file.Apps, nil
}
