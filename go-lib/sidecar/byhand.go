// A sidecar that somebody runs by hand or in a container of its own.

package sidecar

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"strings"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
)

// minTokenLength is the least that a secret may have: 128 bits as hexadecimal digits.
const minTokenLength = 32

// serveByHand runs until the context ends. Clients can't configure such a sidecar: it isn't theirs.
func serveByHand(ctx context.Context, registry *bridge.Registry, path, tokenFile string, stdout io.Writer) error {
	content, err := os.ReadFile(tokenFile)
	if err != nil {
		return fmt.Errorf("the secret can't be read: %w", err)
	}
	token := strings.TrimSpace(string(content))
	if len(token) < minTokenLength {
		return fmt.Errorf("the secret in %s has %d characters; it needs at least %d, for example from: openssl rand -hex 32",
			tokenFile, len(token), minTokenLength)
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return fmt.Errorf("can't listen at %s: %w; if no sidecar runs there, remove that file", path, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	registry.Seal("this sidecar was started by hand and isn't configured by its clients; set its limits where it is started")
	if err := announce(stdout, listener); err != nil {
		return err
	}
	server := &server{registry: registry, token: []byte(token)}
	return server.serve(ctx, listener)
}
