// This file is the call.

package match

import (
	"context"
)

// Header is one header line of a response. Lines may come in any order, and
// names may repeat; Name and Value may have any bytes.
type Header struct {
	Name  string
	Value []byte
}

// Page is a response. The matcher only reads it, and keeps nothing of it after
// it returns; nobody may change it until then. The memory needn't be Go's.
type Page struct {
	Headers []Header
	Body    []byte
}

// Options say what to compute beside the technologies.
type Options struct {
	// Title asks for the page's title.
	Title bool
	// Evidence asks for what each technology was recognised by. It costs
	// time: no pattern is left out because the answer is known already.
	Evidence bool
}

// Result is an answer. It shares no memory with the page.
type Result struct {
	// Title is the text of the last title that isn't empty, as upstream
	// reads it from the page as it is (not lower-cased, entities resolved).
	// Bytes that aren't UTF-8 are U+FFFD, one by one.
	Title string
	// Technologies are sorted by name, byte by byte.
	Technologies []Technology
}

// Technology is a technology that a page uses.
type Technology struct {
	Name string
	// Version is empty if no pattern gave one.
	Version string
	// Confidence is from 1 to 100.
	Confidence int
	// Implied is true if no pattern of the technology itself (with a
	// confidence above 0) matched.
	Implied bool
	// ID is the place in Index.Technologies, or -1 for a name that is only
	// implied and has no fingerprint.
	ID int
	// Evidence has at most MaxEvidence pieces, in the order in which they
	// were found; it is nil if it wasn't asked for.
	Evidence []Evidence
}

// Match finds the technologies of a page. It always looks at the body, whatever
// its content type is. The only error is the context's cause, when it ends
// before the match does; the context is looked at every 64 KB at least.
func (x *Index) Match(ctx context.Context, page Page, options Options) (*Result, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	p := x.acquire(ctx, options)
	defer x.release(p)
	if !p.run(page) {
		return nil, context.Cause(ctx)
	}
	return p.result(), nil
}
