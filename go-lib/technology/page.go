// What a page tells before it is matched: its headers as upstream takes them, and whether it has a title.

package technology

import (
	"strings"

	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

// headersOf groups the header lines by name, as upstream takes them. Of names that differ only in case upstream keeps
// one, chosen by map order; here, as in package match, it's the spelling that comes first.
func headersOf(page *technologyv1.Page) map[string][]string {
	spelling := make(map[string]string, len(page.GetHeaders()))
	headers := make(map[string][]string, len(page.GetHeaders()))
	for _, header := range page.GetHeaders() {
		name, folded := header.GetName(), strings.ToLower(header.GetName())
		if _, seen := spelling[folded]; !seen {
			spelling[folded] = name
		}
		if spelling[folded] == name {
			headers[name] = append(headers[name], string(header.GetValue()))
		}
	}
	return headers
}

// isHTML reports whether the page has a title to look for: its content type is HTML, by upstream's test, or absent.
func isHTML(page *technologyv1.Page) bool {
	var name, value string
	for _, header := range page.GetHeaders() {
		switch {
		case !strings.EqualFold(header.GetName(), "content-type"):
		case name == "":
			name, value = header.GetName(), string(header.GetValue())
		case name == header.GetName():
			value += ", " + string(header.GetValue())
		}
	}
	return name == "" || strings.Contains(strings.ToLower(value), "text/html")
}
