// Package matchbench compares the speed and the answers of the matcher with
// those of wappalyzergo itself. It is apart from package match because it loads
// upstream's data.
package matchbench

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	wappalyzer "github.com/projectdiscovery/wappalyzergo"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/corpus"
)

// warmPasses is how often the matcher sees the pages once its patterns are compiled; upstream, which takes a
// thousand times as long, sees them once.
const warmPasses = 5

// Comparison is what a run has measured. Times are in milliseconds, by the
// wall clock, of one thread.
type Comparison struct {
	// ReferenceMS and IndexedMS are the times for all pages; Ratio is the
	// one by the other.
	ReferenceMS float64 `json:"reference_ms"`
	IndexedMS   float64 `json:"indexed_ms"`
	Ratio       float64 `json:"ratio"`
	// ColdMS is the time of the matcher's first pass, in which it compiles
	// patterns. IndexedMS adds up each page's median of the passes after it.
	ColdMS float64 `json:"cold_ms"`
	// MedianPageMS is the matcher's time for the median page, and
	// ReferenceMedianPageMS upstream's.
	MedianPageMS          float64 `json:"median_page_ms"`
	ReferenceMedianPageMS float64 `json:"reference_median_page_ms"`
	Pages                 int     `json:"pages"`
	Bytes                 int64   `json:"bytes"` // of bodies
	// Mismatches is the number of pages with other names or versions. It
	// can be above 0 where upstream's answer depends on chance.
	Mismatches int        `json:"mismatches"`
	PerPage    []PageTime `json:"per_page,omitempty"`
}

// PageTime is what one page took.
type PageTime struct {
	ID          string  `json:"id"`
	Bytes       int     `json:"bytes"`
	ReferenceMS float64 `json:"reference_ms"`
	IndexedMS   float64 `json:"indexed_ms"`
}

// Run measures all pages of a corpus file: JSON lines, gzipped or not, with
// "id", "headers" and "body_base64". It takes as long as upstream does: about
// half a second for an ordinary page. The error is that of the file, of
// upstream, or of the context, which is looked at between pages.
func Run(ctx context.Context, file string) (*Comparison, error) {
	responses, err := corpus.Read(file)
	if err != nil {
		return nil, err
	}
	if len(responses) == 0 {
		return nil, fmt.Errorf("%s: no pages", file)
	}
	c := &Comparison{Pages: len(responses)}
	times := make([]PageTime, len(responses))
	answers, err := c.measureIndexed(ctx, responses, times)
	if err != nil {
		return nil, err
	}
	// Not before: upstream's 100 MB would be the garbage collector's business in the matcher's passes.
	reference, err := wappalyzer.New()
	if err != nil {
		return nil, err
	}
	for i, r := range responses {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		begin := time.Now()
		names := reference.Fingerprint(r.Headers, r.Body)
		times[i].ReferenceMS = since(begin)
		times[i].ID, times[i].Bytes = r.ID, len(r.Body)
		c.ReferenceMS += times[i].ReferenceMS
		c.Bytes += int64(len(r.Body))
		if !same(answers[i], names) {
			c.Mismatches++
		}
	}
	c.Ratio = c.ReferenceMS / c.IndexedMS
	c.MedianPageMS = median(times, func(t PageTime) float64 { return t.IndexedMS })
	c.ReferenceMedianPageMS = median(times, func(t PageTime) float64 { return t.ReferenceMS })
	c.PerPage = times
	return c, nil
}

// measureIndexed takes the matcher's times: a cold pass over all pages, then warm ones.
func (c *Comparison) measureIndexed(ctx context.Context, responses []corpus.Response, times []PageTime) ([]*match.Result, error) {
	index := match.Builtin()
	answers := make([]*match.Result, len(responses))
	warm := make([][]float64, len(responses))
	for pass := range 1 + warmPasses {
		for i, r := range responses {
			page := match.Page{Headers: lines(r.Headers), Body: r.Body}
			begin := time.Now()
			answer, err := index.Match(ctx, page, match.Options{})
			took := since(begin)
			if err != nil {
				return nil, err
			}
			if pass == 0 {
				answers[i] = answer
				c.ColdMS += took
			} else {
				warm[i] = append(warm[i], took)
			}
		}
	}
	for i := range warm {
		slices.Sort(warm[i])
		times[i].IndexedMS = warm[i][warmPasses/2]
		c.IndexedMS += times[i].IndexedMS
	}
	return answers, nil
}

// since is the time since begin in milliseconds.
func since(begin time.Time) float64 { return time.Since(begin).Seconds() * 1000 }

func median(times []PageTime, of func(PageTime) float64) float64 {
	all := make([]float64, len(times))
	for i, t := range times {
		all[i] = of(t)
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// lines writes a header map as lines, by name.
func lines(headers map[string][]string) []match.Header {
	var all []match.Header
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		if len(headers[name]) == 0 {
			all = append(all, match.Header{Name: name})
		}
		for _, value := range headers[name] {
			all = append(all, match.Header{Name: name, Value: []byte(value)})
		}
	}
	return all
}

// same compares names and versions. The tags of upstream's implied names are
// cut off, and such a name is nothing new where the technology itself is there.
func same(got *match.Result, want map[string]struct{}) bool {
	left := len(got.Technologies)
	for _, t := range got.Technologies {
		if _, ok := want[wappalyzer.FormatAppVersion(t.Name, t.Version)]; ok {
			left--
			continue
		}
		for name := range want {
			if short, _, tagged := strings.Cut(name, `\;`); tagged && short == t.Name {
				left--
				break
			}
		}
	}
	untagged := 0
	for name := range want {
		if !strings.Contains(name, `\;`) {
			untagged++
		}
	}
	return left == 0 && untagged <= len(got.Technologies)
}
