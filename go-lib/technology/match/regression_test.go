// This file keeps what differential runs have found.

package match

import (
	"slices"
	"testing"
)

// TestAnAssertionInAnAlternationCounts is about `(?:^|/)reveal(?:\.min)?\.js`: its beginning may be empty only at the
// text's, so that "reveal.min.js" alone isn't a match.
func TestAnAssertionInAnAlternationCounts(t *testing.T) {
	for src, want := range map[string][]string{
		"scrollreveal.min.js":  {"scrollreveal"},
		"reveal.min.js":        {"Highlight.js", "Reveal.js"},
		"/reveal.js":           {"Highlight.js", "Reveal.js"},
		"/scrollreveal.min.js": {"scrollreveal"},
		"xreveal.js":           nil,
	} {
		result := mustMatch(t, Builtin(), Page{Body: []byte("<script src=" + src + "></script>")})
		var names []string
		for _, technology := range result.Technologies {
			names = append(names, technology.Name)
		}
		if !slices.Equal(names, want) {
			t.Errorf("%s: got %q, want %q", src, names, want)
		}
	}
}
