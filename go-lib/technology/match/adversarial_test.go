// This file has pages that are made to be slow.

package match

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/sample"
)

// adversary is a page by its unit, which is repeated to any size.
type adversary struct {
	name string
	page func(size int) Page
}

func body(unit string) func(int) Page {
	return func(size int) Page { return Page{Body: fill("", unit, size)} }
}

func fill(prefix, unit string, size int) []byte {
	return append([]byte(prefix), bytes.Repeat([]byte(unit), max(1, (size-len(prefix))/len(unit)))...)
}

// adversaries are the pages of the issue and others of their kind.
var adversaries = []adversary{
	{"one letter", body("a")},
	{"one high byte", body("\xff")},
	{"zeros", body("\x00")},
	{"long s", body("ſ")},
	{"Kelvin signs", body("\u212a")},
	{"spaces", body(" ")},
	{"<", body("<")},
	{"</", body("</")},
	{"<a", body("<a")},
	{"<!--", body("<!--")},
	{"<a b=\"", body("<a b=\"")},
	{"<link", body("<link")},
	{"<link and a space", body("<link ")},
	{"<div class=", body("<div class=")},
	{"<script src=", body("<script src=")},
	{"<script>", body("<script>")},
	{"<script><!--", body("<script><!--<script ")},
	{"<title>", body("<title>x</title>")},
	{"script tags", body("<script src=/a.js></script>")},
	{"script tags, jquery", body("<script src=/jquery-1.2.js></script>")},
	{"script tags, entities", body("<script src=&amp;&notin;></script>")},
	{"script tags, plugin", body("<script src=/wp-content/plugins/x.js?ver=></script>")},
	{"meta tags", body("<meta name=generator content=a>")},
	{"meta tags, WordPress", body("<meta name=generator content='wordpress x'>")},
	{"one script, long src", func(size int) Page { return Page{Body: append(fill("<script src='", "/d3.c3.rx.mtc", size), "'>"...)} }},
	{"one script, dots", func(size int) Page { return Page{Body: append(fill("<script src='", "1.", size), "/p5.js'>"...)} }},
	{"one tag, many attributes", func(size int) Page { return Page{Body: append(fill("<script ", "x=/ ", size), "src=/ src=/>"...)} }},
	{"one header, a letter", header("server", "a")},
	{"one header, digits", header("server", "1.")},
	{"one header, apache", header("server", "apache ")},
	{"one header, php", header("x-powered-by", "php")},
	{"one cookie header", header("set-cookie", "a=b; ")},
	{"one cookie header, no spaces", header("set-cookie", "a=b;")},
	{"many headers", func(size int) Page {
		var p Page
		for i := range size / 16 {
			p.Headers = append(p.Headers, Header{fmt.Sprintf("X-%d", i), []byte("value")})
		}
		return p
	}},
	{"one header in many lines", func(size int) Page {
		var p Page
		for range size / 16 {
			p.Headers = append(p.Headers, Header{"server", []byte("a value")})
		}
		return p
	}},
}

func header(name, unit string) func(int) Page {
	return func(size int) Page { return Page{Headers: []Header{{name, fill("", unit, size)}}} }
}

// size is what there is to read in a page, in bytes.
func size(p Page) int {
	n := len(p.Body)
	for _, h := range p.Headers {
		n += len(h.Name) + len(h.Value)
	}
	return n
}

// BenchmarkAdversarial measures the speed at each of the pages, in MB/s:
//
//	go test ./technology/match -run - -bench Adversarial -benchtime 3x
func BenchmarkAdversarial(b *testing.B) {
	for _, a := range adversaries {
		page := a.page(10 << 20)
		b.Run(strings.ReplaceAll(a.name, " ", "_"), func(b *testing.B) {
			b.SetBytes(int64(size(page)))
			b.ReportAllocs()
			for range b.N {
				if _, err := Builtin().Match(context.Background(), page, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// measured is how fast a page was matched.
type measured struct {
	what  string
	speed float64 // in MB/s
	steps float64 // of the regular expressions, per byte
}

// measure matches a page a few times, of which the fastest counts.
func measure(b *testing.B, x *Index, what string, page Page) measured {
	b.Helper()
	const runs = 5
	best := time.Duration(math.MaxInt64)
	for range runs {
		begin := time.Now()
		if _, err := x.Match(context.Background(), page, Options{}); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(begin))
	}
	length := float64(size(page))
	return measured{what, length / best.Seconds() / 1e6, float64(steps(b, page)) / length}
}

// reportSlowest lists the slowest pages.
func reportSlowest(b *testing.B, all []measured) {
	b.Helper()
	slices.SortFunc(all, func(a, b measured) int { return cmp.Compare(a.speed, b.speed) })
	for _, m := range all[:8] {
		b.Logf("%.1f MB/s, %.1f steps a byte: %s", m.speed, m.steps, m.what)
	}
	b.ReportMetric(all[0].speed, "slowest-MB/s")
}

// BenchmarkNeedles measures pages that repeat one literal, alone and in what
// many patterns begin with, for every literal of the HTML patterns.
func BenchmarkNeedles(b *testing.B) {
	x := Builtin()
	s := x.data.HTMLSet
	var all []measured
	for b.Loop() {
		for needle := range len(s.TextStarts) - 1 {
			text := string(s.Texts[s.TextStarts[needle]:s.TextStarts[needle+1]])
			for _, unit := range []string{text, "<link " + text, "<a " + text + " "} {
				all = append(all, measure(b, x, unit, Page{Body: fill("", unit, 1<<18)}))
			}
		}
	}
	reportSlowest(b, all)
}

// BenchmarkNearMisses measures pages that repeat what a pattern nearly matches,
// for every HTML pattern.
func BenchmarkNearMisses(b *testing.B) {
	x := Builtin()
	var all []measured
	for b.Loop() {
		for id := range x.data.Patterns() {
			if index.Source(x.data.PatternSource[id]) == index.HTML {
				all = append(all, measure(b, x, x.data.PatternSources.At(id), nearMisses(b, x, id, 1<<18)))
			}
		}
	}
	reportSlowest(b, all)
}

// nearMisses repeats what a pattern would match if its last character were
// there.
func nearMisses(tb testing.TB, x *Index, id, size int) Page {
	tb.Helper()
	pattern, err := fingerprint.ParsePattern(x.data.PatternSources.At(id))
	if err != nil {
		tb.Fatal(err)
	}
	tree, err := pattern.Syntax()
	if err != nil {
		tb.Fatal(err)
	}
	maker := sample.New(uint64(id))
	var page []byte
	for len(page) < size {
		text := maker.Match(tree)
		page = append(page, text[:max(len(text)-1, 0)]...)
		page = append(page, ' ')
	}
	return Page{Body: page}
}

// TestStepsAreLinear counts what the patterns cost on pages of two sizes; if
// the cost grew faster than the page, the larger one would cost more a byte.
func TestStepsAreLinear(t *testing.T) {
	const small, large = 1 << 17, 1 << 20 // eight times as large
	for _, a := range adversaries {
		few, many := steps(t, a.page(small)), steps(t, a.page(large))
		if many > 12*few+large {
			t.Errorf("%s: %d steps for %d bytes, but %d for %d", a.name, few, small, many, large)
		}
	}
}

// steps counts what the regular expressions cost on a page.
func steps(t testing.TB, page Page) int {
	t.Helper()
	x := Builtin()
	p := x.acquire(context.Background(), Options{})
	defer x.release(p)
	if !p.run(page) {
		t.Fatal("stopped")
	}
	return p.machine.Steps()
}
