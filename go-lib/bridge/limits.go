// The limits of a process.

package bridge

import "sync/atomic"

// DefaultMaxRequestBytes is the most that one request may hold unless configured: 128 MiB.
const DefaultMaxRequestBytes = 128 << 20

// MinRequestBytes is the least that the request limit can be set to, so that
// a configuration can't lock its owner out of changing it again.
const MinRequestBytes = 1 << 10

type limits struct {
	maxRequestBytes atomic.Uint64
	sealed          atomic.Pointer[string]
}

// Seal keeps callers from changing the limits from now on, for a process that belongs to someone else; the reason is what
// they are told.
func (r *Registry) Seal(reason string) {
	r.limits.sealed.Store(&reason)
}

// CheckUnsealed returns FAILED_PRECONDITION with the reason if the limits may not be changed.
func (r *Registry) CheckUnsealed() error {
	if reason := r.limits.sealed.Load(); reason != nil {
		return Errorf(FailedPrecondition, "%s", *reason)
	}
	return nil
}

// MaxRequestBytes returns the most that one request may hold, message and attachments together, in bytes.
func (r *Registry) MaxRequestBytes() uint64 {
	return r.limits.maxRequestBytes.Load()
}

// SetMaxRequestBytes changes that limit; INVALID_ARGUMENT below [MinRequestBytes].
func (r *Registry) SetMaxRequestBytes(limit uint64) error {
	if limit < MinRequestBytes {
		return Errorf(InvalidArgument, "max_request_bytes is %d; it must be at least %d", limit, MinRequestBytes)
	}
	r.limits.maxRequestBytes.Store(limit)
	return nil
}
