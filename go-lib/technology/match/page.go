// This file is the working memory of one match.

package match

import (
	"context"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/markup"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/regex"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// text is what patterns are matched against.
type text struct {
	bytes []byte
	// asIs is set where upstream matches these very bytes; otherwise it
	// matches them in lower case.
	asIs bool
	// fold is set where U+017F or U+212A may occur.
	fold bool
	// offset is the place of the bytes in the page's text, -1 if they don't
	// come from there.
	offset int
}

// page is the working memory of a match. Its parts are reused for other pages.
type page struct {
	index   *index.Index
	owner   *Index
	options Options
	done    <-chan struct{}
	poll    func() bool
	stopped bool

	machine regex.Machine
	scanner scan.Scanner
	walker  markup.Walker

	// body is the body as it is matched, and original the one given.
	body     text
	original []byte
	offsets  []checkpoint
	titleAt  markup.Span // in original; empty for none
	short    bool        // the scan is for the short literals
	lowered  bool        // the body's text is a lower-cased copy

	found      []finding
	findingOf  []slot // by technology
	pageEpoch  uint32
	step       uint32
	touched    []int32 // findings of this step
	states     []patternState
	stateOf    []slot // by pattern
	textEpoch  uint32
	text       text
	source     index.Source
	key        uint32
	visit      scan.Visit
	keySeen    []uint32 // by key: the page's epoch
	cookies    []cookie
	cookieOf   []slot // by key
	scratch    []byte
	values     []byte
	sums       []sum
	sumAt      []slot // by name
	evidence   []evidence
	evidenceOf []int32 // by finding: how many pieces
}

// slot says where in a list something is, if its epoch is the current one.
type slot struct{ epoch, at uint32 }

// patternState is what is known of a pattern on the current text.
type patternState struct {
	search  regex.State
	settled bool
}

// keptScratch bounds in bytes what a page may keep for the next one.
const keptScratch = 1 << 20

// acquire takes working memory from the pool.
func (x *Index) acquire(ctx context.Context, options Options) *page {
	p, ok := x.pool.Get().(*page)
	if !ok {
		p = newPage(x)
	}
	p.options = options
	p.done = ctx.Done()
	p.stopped = false
	p.machine.Start(p.poll)
	p.titleAt, p.lowered = markup.Span{}, false
	p.found, p.touched = p.found[:0], p.touched[:0]
	p.evidence, p.evidenceOf = p.evidence[:0], p.evidenceOf[:0]
	p.offsets = p.offsets[:0]
	if p.pageEpoch++; p.pageEpoch == 0 {
		clear(p.findingOf)
		clear(p.keySeen)
		clear(p.cookieOf)
		clear(p.sumAt)
		p.pageEpoch = 1
	}
	return p
}

func newPage(x *Index) *page {
	keys := len(x.data.KeyHasLiterals)
	p := &page{
		index: x.data, owner: x,
		findingOf: make([]slot, x.data.Names.Len()),
		sumAt:     make([]slot, x.data.Names.Len()),
		stateOf:   make([]slot, x.data.Patterns()),
		keySeen:   make([]uint32, keys),
		cookieOf:  make([]slot, keys),
	}
	p.visit = p.hit
	p.setPoll(p.isDone)
	return p
}

// setPoll sets what all loops ask whether to stop.
func (p *page) setPoll(poll func() bool) {
	p.poll = poll
	p.scanner.Poll = poll
	p.machine.Poll = poll
}

// release gives the working memory back, without what belongs to the caller
// and without what a large page made large.
func (x *Index) release(p *page) {
	p.done = nil
	p.machine.Release()
	p.walker.Reset(nil, nil)
	p.body, p.original, p.text = text{}, nil, text{}
	clear(p.cookies)
	p.cookies = p.cookies[:0]
	if cap(p.scratch)+cap(p.values) > keptScratch {
		p.scratch, p.values = nil, nil
	}
	if cap(p.offsets) > keptScratch/16 {
		p.offsets = nil
	}
	for i := range p.states[:cap(p.states)] {
		p.states[:cap(p.states)][i].search.Release()
	}
	clear(p.found)
	clear(p.sums)
	clear(p.evidence)
	x.pool.Put(p)
}

// isDone reports whether the context has ended.
func (p *page) isDone() bool {
	if p.stopped {
		return true
	}
	select {
	case <-p.done:
		p.stopped = true
	default:
	}
	return p.stopped
}

// run matches the page's parts in upstream's order. It is false if the context
// has ended.
func (p *page) run(page Page) bool {
	p.original = page.Body
	p.body = text{bytes: page.Body}
	p.matchHeaders(page.Headers)
	p.matchHTML()
	p.matchTags()
	return !p.stopped
}

// beginText makes t the text that patterns of a source are matched against.
func (p *page) beginText(t text, s index.Source, key uint32) {
	p.text, p.source, p.key = t, s, key
	if p.textEpoch++; p.textEpoch == 0 {
		clear(p.stateOf)
		p.textEpoch = 1
	}
	p.states = p.states[:0]
}

// state returns what is known of a pattern on the current text.
func (p *page) state(pattern uint32) *patternState {
	s := &p.stateOf[pattern]
	if s.epoch != p.textEpoch {
		*s = slot{p.textEpoch, uint32(len(p.states))}
		if len(p.states) < cap(p.states) {
			p.states = p.states[:len(p.states)+1]
			last := &p.states[len(p.states)-1]
			last.settled = false
			last.search.Reset()
		} else {
			p.states = append(p.states, patternState{})
		}
	}
	return &p.states[s.at]
}
