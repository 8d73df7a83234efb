// This file compares pages that are made from the patterns: for each pattern
// some that it matches, and some that it just doesn't.

package match

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/sample"
)

// Pages of each kind for a pattern in the full run, and the part of the
// patterns that the quick run takes.
const (
	generatedEach = 3
	quickPart     = 150
)

// TestGenerated compares with upstream (names and versions) and, of each
// pattern's pages, one of both kinds with the model too (confidences and
// implications).
func TestGenerated(t *testing.T) {
	upstream, model := reference()
	x := Builtin()
	cases, hits := 0, 0
	for id := range x.data.Patterns() {
		if !*full && id%quickPart != 0 {
			continue
		}
		maker := sample.New(uint64(id))
		pattern, err := fingerprint.ParsePattern(x.data.PatternSources.At(id))
		if err != nil {
			t.Fatal(err)
		}
		name := x.data.Names.At(int(x.data.PatternTechnology[id]))
		for n := range generatedEach {
			text := ""
			if pattern.Expr != "" {
				tree, err := pattern.Syntax()
				if err != nil {
					t.Fatal(err)
				}
				text = maker.Match(tree)
			}
			for _, made := range []string{text, maker.NearMiss(text)} {
				page := x.generatedPage(maker, id, made)
				got := mustMatch(t, x, page)
				checkUpstream(t, upstream, page, got)
				if n == 0 {
					checkModel(t, model, page, got)
				}
				if cases++; cases%2 == 0 {
					continue
				}
				for _, found := range got.Technologies {
					if found.Name == name {
						hits++
					}
				}
			}
		}
		if t.Failed() {
			t.Fatalf("pattern %d of %s: %s", id, name, pattern.Source)
		}
	}
	t.Logf("%d pages made to match, of which %d do, and as many near misses", cases/2, hits)
	if hits < cases/2*8/10 {
		t.Errorf("only %d of %d pages match the pattern that they were made for", hits, cases/2)
	}
}

// generatedPage puts a text where the pattern looks for it.
func (x *Index) generatedPage(m *sample.Maker, id int, text string) Page {
	var key string
	source := index.Source(x.data.PatternSource[id])
	if source.Keyed() {
		key = x.data.KeyName(source, x.data.PatternKey[id])
	}
	switch source {
	case index.Header:
		return Page{Headers: headerVariants(m, key, text)}
	case index.Cookie:
		lines := []Header{{"Set-Cookie", []byte("a=b; Path=/")}, {"Set-Cookie", []byte(key + "=" + text + "; HttpOnly")}}
		return Page{Headers: lines[m.Intn(2):]}
	case index.Meta:
		name, content := " name="+m.Attribute(randomCase(m, key)), " content="+m.Attribute(text)
		if m.Intn(2) == 0 {
			name, content = content, name
		}
		return Page{Body: []byte(m.Junk() + "<meta" + name + content + []string{">", "/>", " />", " x>"}[m.Intn(4)] + m.Junk())}
	case index.Script:
		attributes := []string{" src=" + m.Attribute(text), " async", " type=text/javascript"}
		first := m.Intn(3)
		return Page{Body: []byte(m.Junk() + "<Script" + attributes[first] + attributes[(first+1)%3] + attributes[(first+2)%3] + ">" + m.Junk() + "</script>" + m.Junk())}
	default:
		return Page{Body: []byte(m.Junk() + text + m.Junk())}
	}
}

// headerVariants writes a header in one or several lines.
func headerVariants(m *sample.Maker, key, text string) []Header {
	name := randomCase(m, key)
	if first, second, ok := strings.Cut(text, ", "); ok && m.Intn(2) == 0 {
		return []Header{{name, []byte(first)}, {"X-Other", nil}, {name, []byte(second)}}
	}
	return []Header{{name, []byte(text)}, {"Set-Cookie", []byte(fmt.Sprintf("x%d=1", m.Intn(9)))}}
}

func randomCase(m *sample.Maker, s string) string {
	switch m.Intn(3) {
	case 0:
		return strings.ToUpper(s)
	case 1:
		return strings.ToTitle(s[:min(1, len(s))]) + s[min(1, len(s)):]
	}
	return s
}
