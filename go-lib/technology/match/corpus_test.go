// This file compares whole pages with upstream.

package match

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/corpus"
)

// readCorpus reads the corpus, or skips the test.
func readCorpus(tb testing.TB, files ...string) []corpus.Response {
	tb.Helper()
	folder, ok := corpus.Find()
	if !ok {
		tb.Skip("there is no corpus: set TOMBOLO_CORPUS to a folder that has " + strings.Join(corpus.Files, " and "))
	}
	var all []corpus.Response
	for _, file := range files {
		responses, err := corpus.Read(filepath.Join(folder, file))
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, responses...)
	}
	return all
}

// headerSets are given to pages beside their own headers.
var headerSets = []map[string][]string{
	{
		"Content-Type": {"text/html; charset=utf-8"}, "Server": {"Apache/2.4.41 (Ubuntu) OpenSSL/1.1.1f PHP/7.4.3"}, "X-Powered-By": {"PHP/7.4.3", "ASP.NET"},
		"Set-Cookie": {"PHPSESSID=abc; path=/", "laravel_session=xyz; expires=Thu, 01-Jan-2026 00:00:00 GMT; HttpOnly", "_ga=GA1.2.3"},
	},
	{
		"content-type": {"TEXT/HTML"}, "server": {"nginx/1.18.0"}, "via": {"1.1 varnish (Varnish/6.0)", "1.1 abc.cloudfront.net (CloudFront)"}, "x-drupal-cache": {"HIT"},
		"x-generator": {"Drupal 9 (https://www.drupal.org)"}, "SET-COOKIE": {"JSESSIONID=0000;Path=/;Secure, wordpress_test_cookie=1", "cf_clearance=1"},
	},
	{
		"Content-Type": {"text/html"}, "Server": {"Microsoft-IIS/10.0 \u212a\u0130\u017f \xff"}, "X-AspNet-Version": {"4.0.30319"}, "Cf-Ray": {"abc-LHR"}, "Server-Timing": {"cdn-cache; desc=HIT"},
		"Link": {"<https://x.example/wp-json/>; rel=\"https://api.w.org/\""}, "Set-Cookie": {"ASP.NET_SessionId=x; path=/; HttpOnly", "frontend=1", "__cfduid=q"},
	},
}

// TestCorpus compares every page, with its own headers and with others. In the
// quick run only some small pages are compared, with one set of headers each.
func TestCorpus(t *testing.T) {
	responses := readCorpus(t, corpus.Files...)
	upstream, model := reference()
	const quickEvery, quickBytes = 29, 60_000
	cases := 0
	for i, r := range responses {
		if !*full && (i%quickEvery != 0 || len(r.Body) > quickBytes) {
			continue
		}
		sets := append([]map[string][]string{r.Headers}, headerSets...)
		if !*full {
			sets = sets[i%2 : i%2+1]
		}
		for _, headers := range sets {
			page := Page{Headers: headerLines(headers), Body: r.Body}
			got := mustMatch(t, Builtin(), page)
			checkUpstream(t, upstream, page, got)
			cases++
		}
		page := Page{Headers: headerLines(r.Headers), Body: r.Body}
		checkModel(t, model, page, mustMatch(t, Builtin(), page))
		checkTitle(t, r.Body)
	}
	t.Logf("%d cases", cases)
}

// checkTitle compares a page's title with upstream's. Upstream gives it along
// with all technologies; a set of fingerprints of which none matches makes that
// cheap.
func checkTitle(t testing.TB, body []byte) {
	t.Helper()
	_, want := emptyUpstream(t).FingerprintWithTitle(map[string][]string{"Content-Type": {"text/html"}}, body)
	got, err := Builtin().Match(context.Background(), Page{Body: body}, Options{Title: true})
	if err != nil {
		t.Fatal(err)
	}
	if want = string([]rune(want)); got.Title != want {
		t.Errorf("body %.2000q\ngot title %q, upstream %q", body, got.Title, want)
	}
}
