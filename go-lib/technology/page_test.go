// Tests of what a page gives the matchers.

package technology

import (
	"context"
	"maps"
	"slices"
	"testing"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
)

func TestHeadersAreGroupedByName(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		want  map[string][]string
	}{
		"none":                            {nil, map[string][]string{}},
		"one":                             {[]string{"Server", "x"}, map[string][]string{"Server": {"x"}}},
		"repeated names keep their order": {[]string{"A", "1", "B", "2", "A", "3"}, map[string][]string{"A": {"1", "3"}, "B": {"2"}}},
		"the first spelling wins":         {[]string{"a", "1", "A", "2", "a", "3"}, map[string][]string{"a": {"1", "3"}}},
		"even if it came once":            {[]string{"A", "3", "a", "1", "a", "2"}, map[string][]string{"A": {"3"}}},
		"any bytes":                       {[]string{"A", "\xff\x00"}, map[string][]string{"A": {"\xff\x00"}}},
		"empty values":                    {[]string{"A", ""}, map[string][]string{"A": {""}}},
	} {
		t.Run(name, func(t *testing.T) {
			got := headersOf(&technologyv1.Page{Headers: headers(test.lines...)})
			if !maps.EqualFunc(got, test.want, slices.Equal[[]string]) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestAPageIsHTMLByItsContentType(t *testing.T) {
	for name, test := range map[string]struct {
		lines []string
		want  bool
	}{
		"no content type":      {[]string{"Server", "x"}, true},
		"HTML":                 {[]string{"Content-Type", "text/html"}, true},
		"HTML with a charset":  {[]string{"content-type", "Text/HTML; charset=utf-8"}, true},
		"another type":         {[]string{"CONTENT-TYPE", "application/json"}, false},
		"an empty type":        {[]string{"Content-Type", ""}, false},
		"XHTML":                {[]string{"Content-Type", "application/xhtml+xml"}, false},
		"one of several types": {[]string{"Content-Type", "a/b", "Content-Type", "text/html"}, true},
		"the first spelling's": {[]string{"Content-Type", "a/b", "content-type", "text/html"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := isHTML(&technologyv1.Page{Headers: headers(test.lines...)}); got != test.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestTheTitleIsUpstreams(t *testing.T) {
	matcher := smallReference(t)
	for body, want := range map[string]string{
		"":                                       "",
		"no element":                             "",
		"<title>a</title>":                       "a",
		"<TITLE lang=en>A b</TITLE>":             "A b",
		"<title>first</title><title>2nd</title>": "2nd",
		"<title>a</title><title></title>":        "a",
		"<title></title>":                        "",
		"<title> \n a\t</title>":                 " \n a\t",
		"<title>a &amp; &eacute; &#x1F600;</title>":  "a & é 😀",
		"<title>a<b>c</b></title>":                   "a<b>c</b>",
		"<title>open":                                "open",
		"<title":                                     "",
		"<title/>after":                              "",
		"<!-- <title>comment</title> -->":            "",
		"<script><title>script</title></script>":     "",
		"<svg><title>picture</title></svg>":          "picture",
		"<textarea><title>a</title></textarea>":      "",
		"<title>a\x00b</title>":                      "a\uFFFDb",
		"<title>a\r\nb</title>":                      "a\nb",
		"<head><meta name=a content=b><title>m":      "m",
		"<script src=x></script><title>after":        "after",
		"<title>\u65e5\u672c</title><p>x</p></html>": "\u65e5\u672c",
	} {
		t.Run(body, func(t *testing.T) {
			_, upstream := matcher.upstream.FingerprintWithTitle(map[string][]string{"Content-Type": {"text/html"}}, []byte(body))
			if got := referenceTitle([]byte(body)); got != upstream || got != want {
				t.Errorf("the reference matcher gives %q, upstream %q, want %q", got, upstream, want)
			}
			_, got, err := detectIndexed(t.Context(), match.Builtin(), &technologyv1.Page{Body: []byte(body)}, match.Options{Title: true})
			if got != want || err != nil {
				t.Errorf("the indexed matcher gives %q and %v, want %q", got, err, want)
			}
		})
	}
}

func TestATitleIsValidUTF8(t *testing.T) {
	body := []byte("<title>a\xff\xfeb\xc3</title>")
	const want = "a\uFFFD\uFFFDb\uFFFD"
	if got := referenceTitle(body); got != want {
		t.Errorf("the reference matcher gives %q", got)
	}
	_, got, err := detectIndexed(t.Context(), match.Builtin(), &technologyv1.Page{Body: body}, match.Options{Title: true})
	if got != want || err != nil {
		t.Errorf("the indexed matcher gives %q and %v", got, err)
	}
}

func TestATitleIsGivenWhereItWasAskedForAndThePageIsHTML(t *testing.T) {
	set := load(t, small)
	for name, test := range map[string]struct {
		contentType string
		title       bool
		body        string
		present     bool
		want        string
	}{
		"asked for":                {"text/html", true, "<title>a</title>", true, "a"},
		"asked for, but none":      {"text/html", true, "<p>", true, ""},
		"asked for, but not HTML":  {"text/plain", true, "<title>a</title>", false, ""},
		"not asked for":            {"text/html", false, "<title>a</title>", false, ""},
		"asked for, without bytes": {"text/html", true, "", true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			response, err := service().Detect(context.Background(), &technologyv1.DetectRequest{
				Page:    &technologyv1.Page{Headers: headers("Content-Type", test.contentType), Body: []byte(test.body)},
				Options: &technologyv1.DetectOptions{Title: test.title, FingerprintSet: set},
			})
			if err != nil {
				t.Fatal(err)
			}
			if (response.Title != nil) != test.present || response.GetTitle() != test.want {
				t.Errorf("the title is %v", response.Title)
			}
		})
	}
}
