// What a page gives the matchers: its headers as upstream takes them, and its title.

package technology

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

// headersOf groups the header lines by name, as upstream takes them. Of names that differ only in case upstream keeps
// one, chosen by map order; here it's the spelling that comes last.
func headersOf(page *technologyv1.Page) map[string][]string {
	spelling := make(map[string]string, len(page.GetHeaders()))
	for _, header := range page.GetHeaders() {
		spelling[strings.ToLower(header.GetName())] = header.GetName()
	}
	headers := make(map[string][]string, len(spelling))
	for _, header := range page.GetHeaders() {
		if name := header.GetName(); spelling[strings.ToLower(name)] == name {
			headers[name] = append(headers[name], string(header.GetValue()))
		}
	}
	return headers
}

// isHTML reports whether the page has a title to look for: its content type is HTML, by upstream's test, or absent.
func isHTML(headers map[string][]string) bool {
	for name, values := range headers {
		if strings.EqualFold(name, "content-type") {
			return strings.Contains(strings.ToLower(strings.Join(values, ", ")), "text/html")
		}
	}
	return true
}

// title returns the text of the last title element that begins with text, as upstream's FingerprintWithTitle
// does (getTitle in wappalyzergo's fingerprint_body.go), with U+FFFD for each byte that isn't UTF-8.
func title(body []byte) string {
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
