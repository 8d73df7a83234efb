// This file tests indexes that are built in process.

package match

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"
)

func TestBuildErrors(t *testing.T) {
	for name, data := range map[string]string{
		"nothing": "", "no JSON": "{", "an array": "[]", "a number": `{"apps":1}`, "a wrong type": `{"apps":{"A":{"html":"x"}}}`,
		"a wrong type in a field that isn't matched": `{"apps":{"A":{"js":["x"]}}}`, "null": `{"apps":{"A":null}}`, "deep": strings.Repeat(`{"apps":`, 20000),
	} {
		if _, err := Build(context.Background(), []byte(data), false); err == nil || errors.Is(err, ErrEmpty) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, data := range []string{`{}`, `{"apps":{}}`, `{"apps":null}`, `null`} {
		if _, err := Build(context.Background(), []byte(data), true); !errors.Is(err, ErrEmpty) {
			t.Errorf("%s: %v, want ErrEmpty", data, err)
		}
	}
}

// TestBuildHostile has data that upstream panics on or that is large for its
// size.
func TestBuildHostile(t *testing.T) {
	for name, data := range map[string]string{
		"dom values that are no strings": `{"apps":{"A":{"dom":{"a":{"exists":1,"attributes":{"b":[]}}},"html":["aaaa"]}}}`,
		"nested repeats":                 `{"apps":{"A":{"html":["aaaa","((a{1,9}b{1,9}){1,9}c{1,9}){1,9}","(((x+x+)+)+)+y","(?:(?:a|b){1,30}c){1,30}d"]}}}`,
		"many alternatives":              `{"apps":{"A":{"html":["aaaa","` + strings.Repeat("(a|b|c|d|e|f)", 200) + `"]}}}`,
		"a large class":                  `{"apps":{"A":{"html":["aaaa","[\\x{80}-\\x{10ffff}]{250}\\pL+\\PL+"]}}}`,
		"empty everything":               `{"apps":{"":{"html":["aaaa"],"headers":{"":""},"cookies":{"":""},"meta":{"":[""]},"implies":[""]}}}`,
		"names that aren't UTF-8":        "{\"apps\":{\"\xff\":{\"html\":[\"aaaa\"]}}}",
		"deep groups":                    `{"apps":{"A":{"html":["aaaa","` + strings.Repeat("(", 900) + "x" + strings.Repeat(")", 900) + `"]}}}`,
	} {
		x, err := Build(context.Background(), []byte(data), false)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		page := Page{Body: []byte("aaaa" + strings.Repeat("ab", 2000))}
		got := mustMatch(t, x, page)
		if len(got.Technologies) != 1 || got.Technologies[0].Implied {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// TestReplace gives a technology of the built-in set another fingerprint.
func TestReplace(t *testing.T) {
	const data = `{"apps":{"Nginx":{"headers":{"server":"^other$"},"implies":["PHP"]}}}`
	x, err := Build(context.Background(), []byte(data), true)
	if err != nil {
		t.Fatal(err)
	}
	if x.Len() != Builtin().Len() {
		t.Errorf("%d technologies, want %d", x.Len(), Builtin().Len())
	}
	for server, want := range map[string]string{"nginx/1.2": "", "other": "Nginx  100 PHP  100 implied"} {
		r := mustMatch(t, x, Page{Headers: []Header{{"Server", []byte(server)}}})
		if got := describe(r); got != want {
			t.Errorf("%s: got %s, want %s", server, got, want)
		}
	}
}

func TestBuildIsStopped(t *testing.T) {
	reason := errors.New("reason")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(reason)
	if _, err := Build(ctx, []byte(wappalyzer.GetRawFingerprints()), false); !errors.Is(err, reason) {
		t.Errorf("got %v", err)
	}
}

// TestForget has more patterns than the cache keeps.
func TestForget(t *testing.T) {
	var patterns []string
	for i := range 40 {
		patterns = append(patterns, fmt.Sprintf(`"a%d(?:b|(?:[0-9a-f]x|yy){1,250}|(?:[0-9a-f]z|yy){1,250}){1,3}([0-9]+)c\\;version:\\1"`, i))
	}
	data := `{"apps":{"A":{"scriptSrc":[` + strings.Join(patterns, ",") + `]}}}`
	x, err := Build(context.Background(), []byte(data), false)
	if err != nil {
		t.Fatal(err)
	}
	for i := range patterns {
		r := mustMatch(t, x, Page{Body: []byte(fmt.Sprintf("<script src=a%db%dc>", i, i))})
		if got, want := describe(r), fmt.Sprintf("A %d 100", i); got != want {
			t.Errorf("pattern %d: got %q, want %q", i, got, want)
		}
		if n := x.compiled.Load(); n > maxCompiled {
			t.Errorf("%d bytes of programs are kept, the limit is %d", n, maxCompiled)
		}
	}
	if x.programs[0].Load() != nil {
		t.Error("nothing was forgotten: the patterns of this test are too small")
	}
}
