// This file tests upstream's rules one by one, and those that are our own, with
// fingerprints made for it. Whatever both can say is compared with upstream and
// with the model too.

package match

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/plain"
)

// rule is a page and what is found on it: name, version, confidence, and
// whether it is only implied.
type rule struct {
	name         string
	fingerprints string
	headers      []Header
	body         string
	want         string
}

var rules = []rule{
	{
		name:         "an empty pattern matches what is there, without a version",
		fingerprints: `{"A":{"headers":{"x-a":"\\;version:1"}},"B":{"cookies":{"b":""}},"C":{"meta":{"c":[""]}}}`,
		headers:      []Header{{"X-A", nil}, {"Set-Cookie", []byte("b=")}},
		body:         `<meta name=c content>`,
		want:         "A  100 B  100 C  100",
	},
	{
		name:         "in a step the highest confidence counts, steps add up to 100",
		fingerprints: `{"A":{"html":["x1\\;confidence:10","x2\\;confidence:30"],"scriptSrc":["sss\\;confidence:25"]}}`,
		body:         `x1 x2 <script src=sss></script><script src=sss></script>`,
		want:         "A  80",
	},
	{
		name:         "steps beyond 100 add nothing",
		fingerprints: `{"A":{"scriptSrc":["sss\\;confidence:60"]}}`,
		body:         `<script src=sss></script><script src=sss></script><script src=sss></script>`,
		want:         "A  100",
	},
	{
		name:         "no confidence, no technology, nor what it implies",
		fingerprints: `{"A":{"html":["aaaa\\;confidence:0"],"implies":["B"]},"B":{}}`,
		body:         `aaaa`,
		want:         "",
	},
	{
		name:         "a version found without confidence stays",
		fingerprints: `{"A":{"headers":{"x-a":"v([0-9]+)\\;version:\\1\\;confidence:0"},"html":["aaaa"]}}`,
		headers:      []Header{{"X-A", []byte("v7")}},
		body:         `aaaa`,
		want:         "A 7 100",
	},
	{
		name:         "confidences that are no number, too high or negative",
		fingerprints: `{"A":{"html":["aaaa\\;confidence:x"]},"B":{"html":["bbbb\\;confidence:1000"]},"C":{"html":["cccc\\;confidence:-5"]}}`,
		body:         `aaaa bbbb cccc`,
		want:         "A  100 B  100",
	},
	{
		name:         "in a step the most specific version, whatever its place",
		fingerprints: `{"A":{"html":["a=([0-9.]+)\\;version:\\1","b=([0-9.]+)\\;version:\\1","c=([0-9.]+)\\;version:\\1"]}}`,
		body:         `c=9 a=1.2 b=1.10`,
		want:         "A 1.10 100",
	},
	{
		name:         "between equal versions the pattern's place decides, not the page's",
		fingerprints: `{"A":{"html":["a=([0-9.x]+)\\;version:\\1","b=([0-9.x]+)\\;version:\\1"]}}`,
		body:         `b=1.x a=1.0`,
		want:         "A 1.0 100",
	},
	{
		name:         "between equal versions of two headers their names decide",
		fingerprints: `{"A":{"headers":{"x-b":"([0-9.x]+)\\;version:\\1","x-a":"([0-9.x]+)\\;version:\\1"}}}`,
		headers:      []Header{{"X-B", []byte("1.x")}, {"X-A", []byte("1.0")}},
		want:         "A 1.0 100",
	},
	{
		name:         "the first step's version stays",
		fingerprints: `{"A":{"html":["a=([0-9.]+)\\;version:\\1"],"scriptSrc":["/([0-9.]+)/a\\.js\\;version:\\1"]}}`,
		body:         `a=1 <script src=/2.2.2/a.js></script>`,
		want:         "A 1 100",
	},
	{
		name:         "a version that is missing first may come later",
		fingerprints: `{"A":{"html":["aaaa"],"scriptSrc":["/([0-9.]+)/a\\.js\\;version:\\1"]}}`,
		body:         `aaaa <script src=/2.2.2/a.js></script>`,
		want:         "A 2.2.2 100",
	},
	{
		name:         "implied technologies: one level, no version, the implier's confidence, adding up",
		fingerprints: `{"A":{"html":["a=([0-9]+)\\;version:\\1\\;confidence:40"],"implies":["B","D"]},"B":{"implies":["C"]},"C":{},"E":{"html":["eeee\\;confidence:30"],"implies":["B"]}}`,
		body:         `a=1 eeee`,
		want:         "A 1 40 B  70 implied D  40 implied E  30",
	},
	{
		name:         "found and implied",
		fingerprints: `{"A":{"html":["aaaa\\;confidence:20"],"implies":["B"]},"B":{"html":["b=([0-9]+)\\;version:\\1\\;confidence:30"]}}`,
		body:         `aaaa b=4`,
		want:         "A  20 B 4 50",
	},
	{
		name:         "an implied name's tag is its confidence",
		fingerprints: `{"A":{"html":["aaaa"],"implies":["B\\;confidence:75"]},"B":{}}`,
		body:         `aaaa`,
		want:         "A  100 B  75 implied",
	},
	{
		name:         "tagged implications add up with others",
		fingerprints: `{"A":{"html":["aaaa"],"implies":["B\\;confidence:15"]},"C":{"html":["cccc\\;confidence:20"],"implies":["B","D\\;version:2"]},"B":{},"D":{}}`,
		body:         `aaaa cccc`,
		want:         "A  100 B  35 implied C  20 D  20 implied",
	},
	{
		name:         "what is found directly ignores tagged implications",
		fingerprints: `{"A":{"html":["aaaa"],"implies":["B\\;confidence:75"]},"B":{"html":["b=([0-9]+)\\;version:\\1\\;confidence:30"]}}`,
		body:         `aaaa b=4`,
		want:         "A  100 B 4 30",
	},
	{
		name:         "the values of a header are joined, in lower case",
		fingerprints: `{"A":{"headers":{"x-a":"^one, two$"}},"B":{"headers":{"X-A":"one"}}}`,
		headers:      []Header{{"X-a", []byte("ONE")}, {"Other", nil}, {"X-a", []byte("Two")}},
		want:         "A  100",
	},
	{
		name:         "of names that differ in case the first counts",
		fingerprints: `{"A":{"headers":{"x-a":"^(one|two|three)(?:, [a-z]+)?$\\;version:\\1"}}}`,
		headers:      []Header{{"x-A", []byte("two")}, {"X-a", []byte("one")}, {"x-A", []byte("three")}},
		want:         "A two 100",
	},
	{
		name:         "header names are lower-cased beyond ASCII",
		fingerprints: `{"A":{"headers":{"link":"^x$"}}}`,
		headers:      []Header{{"LİN\u212a", []byte("X")}},
		want:         "A  100",
	},
	{
		name:         "cookies are cut at spaces, and then at commas or else semicolons",
		fingerprints: `{"A":{"cookies":{"a":"^1;b=2$"}},"B":{"cookies":{"b":""}},"C":{"cookies":{"c":"^3$"}},"D":{"cookies":{"path":"^/$"}}}`,
		headers:      []Header{{"Set-Cookie", []byte("a=1;b=2,c=3 path=/;")}},
		want:         "A  100 C  100 D  100",
	},
	{
		name:         "a cookie's last value counts, and its names are lower-cased",
		fingerprints: `{"A":{"cookies":{"abc":"^2$"}},"B":{"cookies":{"abc":"^1$"}}}`,
		headers:      []Header{{"Set-Cookie", []byte("ABC=1")}, {"Set-Cookie", []byte("abC=2")}},
		want:         "A  100",
	},
	{
		name:         "a script without src is an empty one; one without attributes, or closed at once, is none",
		fingerprints: `{"A":{"scriptSrc":["^$"]},"B":{"scriptSrc":["bbbb"]}}`,
		body:         `<script>x</script><script async></script><script src=bbbb />`,
		want:         "A  100",
	},
	{
		name:         "a meta tag needs two attributes, and its name is compared exactly",
		fingerprints: `{"A":{"meta":{"a":["^x$"]}},"B":{"meta":{"B":["x"]}},"C":{"meta":{"":["^y$"]}},"D":{"meta":{"d":["x"]}}}`,
		body:         `<meta name=d><META NAME=A CONTENT=X /><meta name=B content=x><meta content=y id=z>`,
		want:         "A  100 C  100",
	},
	{
		name:         "entities come after lower-casing",
		fingerprints: `{"A":{"meta":{"a":["v=([A-Z]+)\\;version:\\1"]}},"B":{"meta":{"B":["x"]}}}`,
		body:         `<meta name=a content="V=&#65;&Auml;"><meta name=&#66; content=x>`,
		want:         "A A 100 B  100",
	},
	{
		name:         "repeats end at 250",
		fingerprints: `{"A":{"html":["<a[^>]+aaaa"]},"B":{"html":["<b[^>]{1,251}bbbb"]}}`,
		body:         "<a" + strings.Repeat("x", 251) + "aaaa <b" + strings.Repeat("x", 251) + "bbbb",
		want:         "B  100",
	},
	{
		name:         "patterns that don't compile are left out",
		fingerprints: `{"A":{"html":["(","aaaa"]},"B":{"html":["[b-a]"]}}`,
		body:         `( aaaa b`,
		want:         "A  100",
	},
	{
		name:         "ternaries ask for groups, not whether they took part",
		fingerprints: `{"A":{"html":["aaaa(x)?\\;version:\\1?yes:no"]},"B":{"html":["bbbb\\;version:1?yes:no"]},"C":{"html":["cccc(x)?\\;version:a?b?c"]}}`,
		body:         `aaaa bbbb cccc`,
		want:         "A yes 100 B no 100 C  100",
	},
	{
		name:         "a matched question mark makes a ternary of a version",
		fingerprints: `{"A":{"html":["aaaa([^ ]*)\\;version:\\1"]}}`,
		body:         `aaaax?:z `,
		want:         "A z 100",
	},
	{
		name:         "unbounded groups",
		fingerprints: `{"A":{"html":["aa(?:bc){2,}([0-9]) \\;version:\\1"]},"B":{"scriptSrc":["^(?:ab){1,}$"]}}`,
		body:         "aabcbcbcbc7 <script src=ABabAB></script>",
		want:         "A 7 100 B  100",
	},
	{
		name:         "patterns that switch case folding off see lower case",
		fingerprints: `{"A":{"html":["(?-i)AAAA"],"headers":{"x":"(?-i:X)"},"meta":{"m":["(?-i:M)"]},"scriptSrc":["(?-i)SSS"]},"B":{"html":["(?-i)bbb([bB])b\\;version:\\1"]}}`,
		headers:      []Header{{"x", []byte("X")}},
		body:         "AAAA BBBBB <meta name=m content=M><script src=SSS></script>",
		want:         "B b 100",
	},
	{
		name:         "short literals",
		fingerprints: `{"A":{"html":["^ab"]},"B":{"html":["[0-9]wxyz[0-9]"]},"C":{"html":["q[^>]+j"]}}`,
		body:         "AB 1WXYZ2 q-j",
		want:         "A  100 B  100 C  100",
	},
}

func TestRules(t *testing.T) {
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			fingerprints := `{"apps":` + r.fingerprints + `}`
			x, err := Build(context.Background(), []byte(fingerprints), false)
			if err != nil {
				t.Fatal(err)
			}
			page := Page{Headers: r.headers, Body: []byte(r.body)}
			got := mustMatch(t, x, page)
			if s := describe(got); s != r.want {
				t.Errorf("got  %s\nwant %s", s, r.want)
			}
			model, err := plain.New([]byte(fingerprints))
			if err != nil {
				t.Fatal(err)
			}
			checkModel(t, model, page, got)
			checkUpstream(t, customUpstream(t, fingerprints), page, got)
		})
	}
}

func describe(r *Result) string {
	var all []string
	for _, a := range r.Technologies {
		s := fmt.Sprintf("%s %s %d", a.Name, a.Version, a.Confidence)
		if a.Implied {
			s += " implied"
		}
		all = append(all, s)
	}
	return strings.Join(all, " ")
}

func TestIDs(t *testing.T) {
	x, err := Build(context.Background(), []byte(`{"apps":{"B":{"html":["bbbb"],"implies":["Z","A"]},"A":{}}}`), false)
	if err != nil {
		t.Fatal(err)
	}
	r := mustMatch(t, x, Page{Body: []byte("bbbb")})
	if got := fmt.Sprint(r.Technologies[0].ID, r.Technologies[1].ID, r.Technologies[2].ID); got != "0 1 -1" {
		t.Errorf("IDs %s", got)
	}
}
