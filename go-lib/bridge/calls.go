// The calls in flight, by the ids that their callers gave them.

package bridge

import (
	"context"
	"sync"
)

// Calls knows the calls in flight so that they can be cancelled. The zero value is ready to use,
// and it's safe for concurrent use.
type Calls struct {
	mu      sync.Mutex
	cancels map[uint64]context.CancelFunc
}

// Begin registers a call and returns its context and the function that ends it. Id 0 is a call that nobody
// cancels. A call whose id is in flight already is refused with ALREADY_EXISTS.
func (c *Calls) Begin(parent context.Context, id uint64) (context.Context, func(), error) {
	if id == 0 {
		return parent, func() {}, nil
	}
	ctx, cancel := context.WithCancel(parent)
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, taken := c.cancels[id]; taken {
		cancel()
		return nil, nil, Errorf(AlreadyExists, "a call with the id %d is in flight; give each call its own", id)
	}
	if c.cancels == nil {
		c.cancels = map[uint64]context.CancelFunc{}
	}
	c.cancels[id] = cancel
	return ctx, func() {
		c.mu.Lock()
		delete(c.cancels, id)
		c.mu.Unlock()
		cancel()
	}, nil
}

// Cancel asks a call to end early; it does nothing if there is no such call.
func (c *Calls) Cancel(id uint64) {
	c.mu.Lock()
	cancel := c.cancels[id]
	c.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}
