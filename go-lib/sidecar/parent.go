// A sidecar with a parent: how it gets its secret, says where it listens, and notices its parent's end.

package sidecar

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

// maxSocketPath is the longest path that fits into sockaddr_un on every system.
const maxSocketPath = 100

// parentCheckInterval is how often the parent's pid is compared. It's the second line: the end of standard input
// says the same at once, unless another process of the parent's inherited the pipe's other end.
const parentCheckInterval = time.Second

// serveParent runs until the parent ends or closes the pipe to standard input.
func serveParent(ctx context.Context, registry *bridge.Registry, parent int, stdin io.Reader, stdout io.Writer) error {
	input := bufio.NewReader(stdin)
	token, err := input.ReadString('\n')
	if err != nil {
		return fmt.Errorf("standard input ended before the secret came: %w", err)
	}
	token = strings.TrimSpace(token)
	if len(token) < minTokenLength {
		return fmt.Errorf("the secret on standard input has %d characters; it needs at least %d", len(token), minTokenLength)
	}
	listener, err := listenInFreshFolder()
	if err != nil {
		return err
	}
	folder := filepath.Dir(listener.Addr().String())
	defer func() { _ = os.RemoveAll(folder) }()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		_, _ = io.Copy(io.Discard, input)
		cancel(errParentGone)
	}()
	go watchParent(ctx, parent, cancel)
	if err := announce(stdout, listener); err != nil {
		return err
	}
	server := &server{registry: registry, token: []byte(token), sameUser: true}
	return server.serve(ctx, listener)
}

var errParentGone = errors.New("the parent has ended")

func watchParent(ctx context.Context, parent int, cancel context.CancelCauseFunc) {
	ticker := time.NewTicker(parentCheckInterval)
	defer ticker.Stop()
	for {
		if os.Getppid() != parent {
			cancel(errParentGone)
			return
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

// announce prints the one line that says that the sidecar is ready: "tombolo|protocol|version|unix|path".
func announce(stdout io.Writer, listener net.Listener) error {
	_, err := fmt.Fprintf(stdout, "tombolo|%d|%s|unix|%s\n", version.Protocol, version.Library, listener.Addr())
	return err
}

// listenInFreshFolder listens in a new folder that only this user can enter. The system's
// temporary folder may have too long a path, so shorter ones follow it.
func listenInFreshFolder() (net.Listener, error) {
	var problems []error
	for _, base := range []string{os.Getenv("XDG_RUNTIME_DIR"), os.TempDir(), "/tmp"} {
		if base == "" {
			continue
		}
		listener, err := listenBelow(base)
		if err == nil {
			return listener, nil
		}
		problems = append(problems, err)
	}
	return nil, fmt.Errorf("no folder for the socket: %w; point TMPDIR at a writable folder with a short path", errors.Join(problems...))
}

func listenBelow(base string) (net.Listener, error) {
	folder, err := os.MkdirTemp(base, "tombolo-")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "s")
	if len(path) > maxSocketPath {
		err = fmt.Errorf("%s is longer than %d bytes", path, maxSocketPath)
	} else {
		var listener net.Listener
		if listener, err = net.Listen("unix", path); err == nil {
			return listener, nil
		}
	}
	return nil, errors.Join(err, os.RemoveAll(folder))
}
