// The reference matcher: wappalyzergo's own code, and what its answers say.

package technology

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
	"golang.org/x/net/html"
	"google.golang.org/protobuf/proto"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
)

// referenceMatcher is upstream's matcher. It's safe for concurrent use.
type referenceMatcher struct {
	upstream *wappalyzer.Wappalyze
	// index is over the same fingerprints; their texts come from it.
	index *match.Index
	// implied holds the implied names that upstream gives as they stand in the file, tail and all.
	implied map[string]impliedName
}

// impliedName is an implied name without its tail. The built-in set has two kinds of tails: `PHP\;confidence:75`,
// whose number upstream leaves unread, and `Magento\;version:2`; upstream gives no versions to implied names.
type impliedName struct {
	name       string
	confidence *uint32
}

// builtinReference makes upstream's matcher over the built-in fingerprints, which takes half a second and some 100 MB.
func builtinReference() (*referenceMatcher, error) {
	upstream, err := wappalyzer.New()
	if err != nil {
		return nil, err
	}
	return newReferenceMatcher(upstream, match.Builtin()), nil
}

func newReferenceMatcher(upstream *wappalyzer.Wappalyze, index *match.Index) *referenceMatcher {
	m := &referenceMatcher{upstream: upstream, index: index, implied: map[string]impliedName{}}
	for _, fingerprint := range upstream.GetFingerprints().Apps {
		for _, implied := range fingerprint.Implies {
			m.implied[implied] = parseImplied(implied)
		}
	}
	return m
}

// parseImplied splits an implied name from its tail.
func parseImplied(text string) impliedName {
	parts := strings.Split(text, `\;`)
	implied := impliedName{name: parts[0]}
	for _, part := range parts[1:] {
		if value, ok := strings.CutPrefix(part, "confidence:"); ok {
			if n, err := strconv.ParseUint(value, 10, 32); err == nil && n >= 1 && n <= 100 {
				implied.confidence = proto.Uint32(uint32(n))
			}
		}
	}
	return implied
}

// detect returns upstream's technologies, sorted by name. Upstream names them "name" or "name:version".
// An implied name with a tail is given as the name, unless the technology was found without a tail too.
func (m *referenceMatcher) detect(headers map[string][]string, body []byte) []*technologyv1.Technology {
	found := map[string]*technologyv1.Technology{}
	tailed := map[string]*technologyv1.Technology{}
	for answer := range m.upstream.Fingerprint(headers, body) {
		name, version := m.split(answer)
		if implied, ok := m.implied[name]; ok && implied.name != name {
			technology := m.describe(implied.name)
			technology.Confidence = implied.confidence
			if other := tailed[implied.name]; other == nil || other.GetConfidence() < technology.GetConfidence() {
				tailed[implied.name] = technology
			}
			continue
		}
		technology := m.describe(name)
		if version != "" {
			technology.Version = proto.String(strings.ToValidUTF8(version, "\uFFFD"))
		}
		found[name] = technology
	}
	for name, technology := range tailed {
		if found[name] == nil {
			found[name] = technology
		}
	}
	return slices.SortedFunc(maps.Values(found), func(a, b *technologyv1.Technology) int {
		return strings.Compare(a.Name, b.Name)
	})
}

func (m *referenceMatcher) describe(name string) *technologyv1.Technology {
	id, known := m.index.Lookup(name)
	if !known {
		id = -1
	}
	return describe(m.index, name, id)
}

// split undoes upstream's FormatAppVersion. A name may hold a colon itself, so what counts as the name is
// the longest beginning that the fingerprints know.
func (m *referenceMatcher) split(answer string) (name, version string) {
	if m.knows(answer) {
		return answer, ""
	}
	for end := strings.LastIndexByte(answer, ':'); end > 0; end = strings.LastIndexByte(answer[:end], ':') {
		if m.knows(answer[:end]) {
			return answer[:end], answer[end+1:]
		}
	}
	return answer, ""
}

func (m *referenceMatcher) knows(name string) bool {
	if _, implied := m.implied[name]; implied {
		return true
	}
	_, known := m.upstream.GetFingerprints().Apps[name]
	return known
}

// referenceTitle returns the text of the last title element that begins with text, as upstream's FingerprintWithTitle
// does (getTitle in wappalyzergo's fingerprint_body.go), with U+FFFD for each byte that isn't UTF-8.
func referenceTitle(body []byte) string {
	var title string
	tokenizer := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch tokenizer.Next() {
		case html.ErrorToken:
			return strings.Map(func(r rune) rune { return r }, title)
		case html.StartTagToken:
			if name, _ := tokenizer.TagName(); string(name) == "title" && tokenizer.Next() == html.TextToken {
				title = tokenizer.Token().Data
			}
		}
	}
}
