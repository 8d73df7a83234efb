// This file tests that a match can be stopped, wherever it is.

package match

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestStop ends the context at the n-th poll of every adversarial page, for
// many n, and checks that the match ends with that poll
// or, from within a block that is being scanned, with the next one.
func TestStop(t *testing.T) {
	x := Builtin()
	for _, a := range adversaries {
		page := a.page(1 << 20)
		total := polls(t, x, page, -1)
		if total < 2 {
			t.Errorf("%s: %d polls in %d bytes", a.name, total, size(page))
		}
		for stop := 1; stop <= total; stop += 1 + total/7 {
			if n := polls(t, x, page, stop); n > stop+1 {
				t.Errorf("%s: stopped at poll %d of %d, and went on to %d", a.name, stop, total, n)
			}
		}
	}
}

// BenchmarkLongestWait measures the longest time that a match of an adversarial page goes on without looking whether it is to
// stop, which is how late a deadline can come:
//
//	go test ./technology/match -run - -bench LongestWait -benchtime 1x
func BenchmarkLongestWait(b *testing.B) {
	x := Builtin()
	for b.Loop() {
		var longest time.Duration
		var where, all string
		for _, a := range adversaries {
			wait := longestWait(x, a.page(10<<20))
			if wait > 5*time.Millisecond {
				all += a.name + " " + wait.String() + "; "
			}
			if wait > longest {
				longest, where = wait, a.name
			}
		}
		b.Log(all)
		b.Logf("the longest is %v: %s", longest, where)
		b.ReportMetric(float64(longest.Microseconds())/1000, "longest-ms")
	}
}

func longestWait(x *Index, page Page) time.Duration {
	p := x.acquire(context.Background(), Options{Title: true})
	defer x.release(p)
	var longest time.Duration
	last := time.Now()
	look := func() bool {
		now := time.Now()
		longest, last = max(longest, now.Sub(last)), now
		return false
	}
	p.setPoll(look)
	defer p.setPoll(p.isDone)
	p.run(page)
	look()
	return longest
}

// polls matches a page, with a stop at the given poll, and returns how often
// the match asked.
func polls(t *testing.T, x *Index, page Page, stop int) int {
	t.Helper()
	p := x.acquire(context.Background(), Options{Title: true})
	defer x.release(p)
	n := 0
	p.setPoll(func() bool {
		n++
		p.stopped = p.stopped || n == stop
		return p.stopped
	})
	defer p.setPoll(p.isDone)
	if ended := p.run(page); ended != (stop < 0) {
		t.Errorf("run = %v with a stop at %d", ended, stop)
	}
	return n
}

func TestStopCause(t *testing.T) {
	reason := errors.New("reason")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(reason)
	if r, err := Builtin().Match(ctx, Page{}, Options{}); !errors.Is(err, reason) || r != nil {
		t.Errorf("got %v, %v", r, err)
	}
}

// TestAfterStop uses the working memory of a stopped match again.
func TestAfterStop(t *testing.T) {
	x := newIndex(Builtin().data)
	page := Page{Body: []byte("<script src=/jquery-3.1.0.min.js></script>")}
	want := describe(mustMatch(t, x, page))
	for _, a := range adversaries {
		polls(t, x, a.page(1<<18), 1)
		if got := describe(mustMatch(t, x, page)); got != want {
			t.Fatalf("after %s: got %s, want %s", a.name, got, want)
		}
	}
}
