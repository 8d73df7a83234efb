// The server: accepts connections until it is told to stop.

package sidecar

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
)

// acceptPause is how long the server waits after it couldn't accept a connection.
const acceptPause = 50 * time.Millisecond

// server serves a registry on one listener.
type server struct {
	registry *bridge.Registry
	token    []byte
	// sameUser refuses peers of other users, where the system tells who the peer is.
	sameUser bool
}

// serve accepts connections until the context ends, then ends them all. The error is nil after an orderly end.
func (s *server) serve(ctx context.Context, listener net.Listener) error {
	var connections sync.WaitGroup
	defer connections.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = listener.Close() })
	defer stop()
	for {
		socket, err := listener.Accept()
		if ctx.Err() != nil {
			if err == nil {
				_ = socket.Close()
			}
			return nil
		}
		if errors.Is(err, net.ErrClosed) {
			return err
		}
		if err != nil {
			// Such as too many open files: the next connection may find them closed again.
			slog.Warn("a connection couldn't be accepted", "error", err)
			select {
			case <-time.After(acceptPause):
			case <-ctx.Done():
			}
			continue
		}
		connections.Go(func() {
			if _, err := bridge.Contain("a connection", func() (struct{}, error) {
				return struct{}{}, s.handle(ctx, socket.(*net.UnixConn))
			}); err != nil {
				slog.Warn("a connection ended", "error", err)
			}
		})
	}
}
