// This file has the benchmarks on the corpus:
//
//	go test ./technology/match -run - -bench Corpus

package match

import (
	"context"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/corpus"
)

// corpusPages reads a part of the corpus as pages.
func corpusPages(b *testing.B, files ...string) (pages []Page, bytes int64) {
	b.Helper()
	for _, r := range readCorpus(b, files...) {
		pages = append(pages, Page{Headers: headerLines(r.Headers), Body: r.Body})
		bytes += int64(len(r.Body))
	}
	return pages, bytes
}

func matchAll(b *testing.B, x *Index, pages []Page, options Options) {
	b.Helper()
	for _, page := range pages {
		if _, err := x.Match(context.Background(), page, options); err != nil {
			b.Error(err)
		}
	}
}

// BenchmarkCorpus measures passes over the corpus: warm, cold (no pattern is
// compiled yet), with all there is to ask for, and on all processors at once.
func BenchmarkCorpus(b *testing.B) {
	for _, file := range corpus.Files {
		pages, bytes := corpusPages(b, file)
		b.Run(file+"/warm", func(b *testing.B) {
			b.SetBytes(bytes)
			b.ReportAllocs()
			matchAll(b, Builtin(), pages, Options{})
			for b.Loop() {
				matchAll(b, Builtin(), pages, Options{})
			}
		})
		b.Run(file+"/cold", func(b *testing.B) {
			b.SetBytes(bytes)
			for b.Loop() {
				matchAll(b, newIndex(Builtin().data), pages, Options{})
			}
		})
		b.Run(file+"/evidence", func(b *testing.B) {
			b.SetBytes(bytes)
			matchAll(b, Builtin(), pages, Options{Title: true, Evidence: true})
			for b.Loop() {
				matchAll(b, Builtin(), pages, Options{Title: true, Evidence: true})
			}
		})
		b.Run(file+"/parallel", func(b *testing.B) {
			b.SetBytes(bytes)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					matchAll(b, Builtin(), pages, Options{})
				}
			})
		})
	}
}

// BenchmarkBuild measures the making of an index from the built-in
// fingerprints and one more.
func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		if _, err := Build(context.Background(), []byte(`{"apps":{"A":{"html":["aaaa"]}}}`), true); err != nil {
			b.Fatal(err)
		}
	}
}
