// Work that can't be stopped, and what to do with it when its caller's time is up.

package bridge

import (
	"context"
	"sync/atomic"
)

// Detacher runs work that doesn't look at a context. When the context ends first, the caller goes on and
// the work runs to its end unseen. How much work runs at a time is bounded, leftovers included.
// It's safe for concurrent use.
type Detacher struct {
	name      string
	slots     chan struct{}
	leftovers atomic.Int64
}

// NewDetacher returns a Detacher that runs at most so many pieces of work of the given name at a time.
func NewDetacher(name string, most int) *Detacher {
	return &Detacher{name: name, slots: make(chan struct{}, most)}
}

// The states of a piece of work; who leaves "running" first accounts for the leftover.
const (
	running int32 = iota
	finished
	abandoned
)

// Detach runs the work on a goroutine of its own, once there is a place for it, and waits for it or for the
// context. The work must own all memory that it reads: a request's attachments belong to the caller as soon as
// the call returns. The error is the context's when that ended first, INTERNAL for a panic of the work,
// and RESOURCE_EXHAUSTED when leftovers hold every place.
func Detach[T any](ctx context.Context, d *Detacher, work func() (T, error)) (T, error) {
	var none T
	if err := ctx.Err(); err != nil {
		return none, err
	}
	if most := cap(d.slots); d.leftovers.Load() >= int64(most) {
		return none, Errorf(ResourceExhausted, "%d earlier calls of %s ran out of time and are still running; "+
			"try again later, or give such calls more time", most, d.name)
	}
	select {
	case d.slots <- struct{}{}:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	type outcome struct {
		value T
		err   error
	}
	var state atomic.Int32
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if cause := recover(); cause != nil {
				o = outcome{err: recovered(d.name, cause)}
			}
			if !state.CompareAndSwap(running, finished) {
				d.leftovers.Add(-1)
			}
			<-d.slots
			done <- o
		}()
		o.value, o.err = work()
	}()
	select {
	case o := <-done:
		return o.value, o.err
	case <-ctx.Done():
		d.leftovers.Add(1)
		if !state.CompareAndSwap(running, abandoned) {
			d.leftovers.Add(-1)
		}
		return none, ctx.Err()
	}
}
