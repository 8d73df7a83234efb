// This file compares what is read from patterns with upstream.

package fingerprint

import (
	"errors"
	"regexp"
	"testing"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
)

var sources = []string{
	"", "abc", `abc\;version:\1`, `a(b+)c\;version:\1\;confidence:50`, `a\;confidence:x`, `a\;confidence`, `a\;confidence:99999999999999999999`, `\;version:2`,
	`a([0-9]+)?(?:x(\d+(?:\.\d+)+))?\;version:\1?\1:\2`, `((?:\d+\.)+\d+)\+x*[a+*]`, `a(b)?\;version:\1?one:`, `a(b)?\;version:\1?:two`, `a(b)?\;version:\1?:`, `a\;version:x?y:z`, `a(.)(.)\;version:\2.\1`, `a\;version:\1`, `(`, `a{9999}`, `[b-a]`, `a(.)\;version: \1 `,
}

func TestSameAsUpstream(t *testing.T) {
	texts := []string{"", "abc", "abbbc", "a", "ab", "a12x3.4.5", "ax3.4", "1.2.3+x", "ABBC", "a?:z", "a\\1\\2"}
	for _, source := range sources {
		p, err := ParsePattern(source)
		want, wantErr := wappalyzer.ParsePattern(source)
		if (err != nil) != (wantErr != nil) {
			t.Errorf("%q: %v, upstream %v", source, err, wantErr)
		}
		if err != nil {
			continue
		}
		if p.Confidence != want.Confidence || p.Version != want.Version || (p.Expr == "") != want.SkipRegex {
			t.Errorf("%q: %+v, upstream %+v", source, p, want)
		}
		for _, text := range texts {
			matched, version := true, ""
			if p.Expr != "" {
				groups := regexp.MustCompile(p.Expr).FindStringSubmatch(text)
				if matched = groups != nil; matched {
					version = ExpandVersion(p.Version, groups[1:])
				}
			}
			if wantMatched, wantVersion := want.Evaluate(text); matched != wantMatched || version != wantVersion {
				t.Errorf("%q on %q: %v, %q; upstream %v, %q", source, text, matched, version, wantMatched, wantVersion)
			}
		}
	}
}

func TestMoreSpecific(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"1.2", "1", true},
		{"1", "1.2", false},
		{"2", "1", true},
		{"1.10", "1.9", true},
		{"1.2", "1.2", false},
		{"a.b", "0.0", false},
		{"1..2", "1.1", true},
		{"9", "99999999999999999999", true},
		{"...", "1", false},
		{"1", "", true},
		{"1.2.", "1.1", true},
	} {
		if got := MoreSpecific(c.a, c.b); got != c.want {
			t.Errorf("MoreSpecific(%q, %q) = %v", c.a, c.b, got)
		}
	}
}

func TestDecode(t *testing.T) {
	apps, err := Decode([]byte(`{"apps":{"A":{"html":["x"]},"A":{"headers":{"h":"y"}}}}`))
	if err != nil || len(apps) != 1 || apps["A"].HTML != nil || apps["A"].Headers["h"] != "y" {
		t.Errorf("got %+v, %v", apps["A"], err)
	}
	if _, err := Decode([]byte(`{"apps":{}}`)); !errors.Is(err, ErrEmpty) {
		t.Errorf("got %v", err)
	}
}
