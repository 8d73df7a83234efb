// Package plain is wappalyzergo's matching written down once more, as plainly
// and slowly as can be, with what upstream keeps to itself: confidences, and
// which technologies are only implied. Tests compare the matcher with it, and
// it with upstream. It uses upstream's own compiled patterns.
//
// Where upstream's answer depends on the order of a map, the model has the rule
// that package match documents. It adds the one thing that match does
// otherwise: tags are cut off implied names.
package plain

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
	"golang.org/x/net/html"
)

// Model is a set of compiled fingerprints.
type Model struct {
	apps  map[string]app
	names []string
}

type app struct {
	headers, cookies map[string]*wappalyzer.ParsedPattern
	meta             map[string][]*wappalyzer.ParsedPattern
	html, scripts    []*wappalyzer.ParsedPattern
	implies          []string
}

// Line is a header line.
type Line struct{ Name, Value string }

// Answer is what is known of a technology.
type Answer struct {
	Version    string
	Confidence int
	Implied    bool
}

// New compiles fingerprints in upstream's format.
func New(fingerprints []byte) (*Model, error) {
	var file wappalyzer.Fingerprints
	if err := json.Unmarshal(fingerprints, &file); err != nil {
		return nil, err
	}
	m := &Model{apps: map[string]app{}}
	for name, f := range file.Apps {
		a := app{
			headers: map[string]*wappalyzer.ParsedPattern{}, cookies: map[string]*wappalyzer.ParsedPattern{},
			meta: map[string][]*wappalyzer.ParsedPattern{}, html: list(f.HTML), scripts: list(f.ScriptSrc), implies: f.Implies,
		}
		for key, source := range f.Headers {
			if p, err := wappalyzer.ParsePattern(source); err == nil {
				a.headers[key] = p
			}
		}
		for key, source := range f.Cookies {
			if p, err := wappalyzer.ParsePattern(source); err == nil {
				a.cookies[key] = p
			}
		}
		for key, sources := range f.Meta {
			a.meta[key] = list(sources)
		}
		m.apps[name] = a
	}
	m.names = slices.Sorted(maps.Keys(m.apps))
	return m, nil
}

func list(sources []string) []*wappalyzer.ParsedPattern {
	var all []*wappalyzer.ParsedPattern
	for _, source := range sources {
		if p, err := wappalyzer.ParsePattern(source); err == nil {
			all = append(all, p)
		}
	}
	return all
}

// entry is what adds up for one name.
type entry struct {
	version    string
	confidence int
	direct     int // the part that the technology's own patterns gave
}

// run is one page's matching.
type run struct {
	model   *Model
	entries map[string]*entry
}

// Match finds the technologies of a response, as upstream's Fingerprint does.
func (m *Model) Match(lines []Line, body []byte) map[string]Answer {
	r := run{model: m, entries: map[string]*entry{}}
	headers := joinLines(lines)
	r.step(func(a app) []result {
		var all []result
		for _, key := range slices.Sorted(maps.Keys(a.headers)) {
			if value, ok := headers[key]; ok {
				all = append(all, evaluate(a.headers[key], value)...)
			}
		}
		return all
	})
	if set, ok := headers["set-cookie"]; ok {
		cookies := splitCookies(set)
		r.step(func(a app) []result {
			var all []result
			for _, key := range slices.Sorted(maps.Keys(a.cookies)) {
				if value, ok := cookies[key]; ok {
					all = append(all, evaluate(a.cookies[key], value)...)
				}
			}
			return all
		})
	}
	lower := bytes.ToLower(body)
	r.step(func(a app) []result { return evaluateAll(a.html, string(lower)) })
	r.tags(lower)
	return r.answers()
}

// tags makes a step of every script and every meta tag.
func (r *run) tags(lower []byte) {
	z := html.NewTokenizer(bytes.NewReader(lower))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		token := z.Token()
		attributes := map[string]string{}
		for _, a := range token.Attr {
			attributes[a.Key] = a.Val
		}
		switch {
		case token.Data == "script" && kind == html.StartTagToken && len(token.Attr) >= 1:
			r.step(func(a app) []result { return evaluateAll(a.scripts, attributes["src"]) })
		case token.Data == "meta" && len(token.Attr) >= 2:
			r.step(func(a app) []result { return evaluateAll(a.meta[attributes["name"]], attributes["content"]) })
		}
	}
}

// result is a pattern's match.
type result struct {
	version    string
	confidence int
}

func evaluate(p *wappalyzer.ParsedPattern, text string) []result {
	if matched, version := p.Evaluate(text); matched {
		return []result{{version, p.Confidence}}
	}
	return nil
}

func evaluateAll(patterns []*wappalyzer.ParsedPattern, text string) []result {
	var all []result
	for _, p := range patterns {
		all = append(all, evaluate(p, text)...)
	}
	return all
}

// step is one of upstream's calls: of each technology the highest confidence
// and the most specific version count, for it and for what it implies.
func (r *run) step(match func(app) []result) {
	for _, name := range r.model.names {
		a := r.model.apps[name]
		results := match(a)
		if len(results) == 0 {
			continue
		}
		best := result{}
		for _, one := range results {
			best.confidence = max(best.confidence, one.confidence)
			if one.version != "" && (best.version == "" || moreSpecific(one.version, best.version)) {
				best.version = one.version
			}
		}
		r.add(name, best.version, best.confidence).direct += best.confidence
		for _, implied := range a.implies {
			r.add(implied, "", best.confidence)
		}
	}
}

// add is upstream's SetIfNotExists.
func (r *run) add(name, version string, confidence int) *entry {
	e, ok := r.entries[name]
	if !ok {
		e = &entry{}
		r.entries[name] = e
	}
	e.confidence = min(e.confidence+confidence, 100)
	if e.version == "" {
		e.version = version
	}
	return e
}

// answers cuts the tags off implied names and drops what has no confidence.
func (r *run) answers() map[string]Answer {
	all := map[string]Answer{}
	tagged := map[string]int{}
	for name, e := range r.entries {
		plainName, tags, isTagged := strings.Cut(name, `\;`)
		if isTagged {
			if e.confidence > 0 {
				tagged[plainName] += r.taggedConfidence(name, tags, e.confidence)
			}
			continue
		}
		if e.confidence > 0 {
			all[name] = Answer{Version: e.version, Confidence: e.confidence, Implied: e.direct == 0}
		}
	}
	for name, confidence := range tagged {
		if a, ok := all[name]; ok && !a.Implied {
			continue
		}
		if a := all[name]; a.Confidence+confidence > 0 {
			all[name] = Answer{Version: a.Version, Confidence: min(a.Confidence+confidence, 100), Implied: true}
		}
	}
	return all
}

// taggedConfidence is what a tagged name is worth: what its tag says, once for
// every technology that implies it.
func (r *run) taggedConfidence(name, tags string, added int) int {
	confidence := -1
	for tag := range strings.SplitSeq(tags, `\;`) {
		if value, ok := strings.CutPrefix(tag, "confidence:"); ok {
			if n, err := strconv.Atoi(value); err == nil {
				confidence = n
			}
		}
	}
	if confidence < 0 {
		return added
	}
	total := 0
	for implier, e := range r.entries {
		if e.direct > 0 && slices.Contains(r.model.apps[implier].implies, name) {
			total += confidence
		}
	}
	return total
}

// joinLines makes upstream's header map: lower-cased names, the values of the
// first variant of a name joined.
func joinLines(lines []Line) map[string]string {
	joined := map[string]string{}
	variant := map[string]string{}
	for _, line := range lines {
		key := strings.ToLower(line.Name)
		switch name, ok := variant[key]; {
		case !ok:
			variant[key] = line.Name
			joined[key] = line.Value
		case name == line.Name:
			joined[key] += ", " + line.Value
		}
	}
	for key, value := range joined {
		joined[key] = strings.ToLower(value)
	}
	return joined
}

// splitCookies is upstream's idea of cookies.
func splitCookies(header string) map[string]string {
	cookies := map[string]string{}
	for piece := range strings.SplitSeq(header, " ") {
		separator := ";"
		if strings.Contains(piece, ",") {
			separator = ","
		}
		for part := range strings.SplitSeq(piece, separator) {
			if name, value, ok := strings.Cut(part, "="); ok {
				cookies[name] = value
			}
		}
	}
	return cookies
}

// moreSpecific is upstream's comparison: more segments, or as many and higher.
func moreSpecific(a, b string) bool {
	x, y := numbers(a), numbers(b)
	if len(x) != len(y) {
		return len(x) > len(y)
	}
	return slices.Compare(x, y) > 0
}

func numbers(version string) []int {
	var all []int
	for _, piece := range strings.FieldsFunc(version, func(r rune) bool { return r == '.' }) {
		n, err := strconv.Atoi(piece)
		if err != nil {
			n = 0
		}
		all = append(all, n)
	}
	return all
}
