// The command line of a sidecar.

package sidecar

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

// Exit codes of a sidecar.
const (
	exitOK    = 0
	exitError = 1
	exitUsage = 2
)

// Main runs a sidecar with the process's arguments and standard streams, and returns its exit code. It takes what
// made the registry gave, so that a service that doesn't fit is reported like any other failure to start.
func Main(registry *bridge.Registry, err error) int {
	if err != nil {
		return fail(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, registry, os.Args[1:], os.Stdin, os.Stdout)
}

func run(ctx context.Context, registry *bridge.Registry, args []string, stdin io.Reader, stdout io.Writer) int {
	flags := flag.NewFlagSet("tombolo-sidecar", flag.ContinueOnError)
	parent := flags.Int("parent", 0, "end when the process with this `pid` does; the secret comes on standard input")
	listen := flags.String("listen", "", "listen at this `path` until stopped by a signal")
	tokenFile := flags.String("token-file", "", "`file` with the secret that clients must know, for --listen")
	showVersion := flags.Bool("version", false, "print the version and exit")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitOK
		}
		return exitUsage
	}
	var err error
	switch {
	case *showVersion:
		_, err = fmt.Fprintln(stdout, version.Library)
	case *parent > 0 && *listen == "" && *tokenFile == "" && flags.NArg() == 0:
		// Ctrl-C and a closed terminal reach all processes of a job; whether the job ends is the parent's decision,
		// and its end is this one's.
		// A parent that is gone reads no standard error, and to die of that would leave the socket's folder behind.
		signal.Ignore(os.Interrupt, syscall.SIGHUP, syscall.SIGPIPE)
		err = serveParent(ctx, registry, *parent, stdin, stdout)
	case *parent == 0 && *listen != "" && *tokenFile != "" && flags.NArg() == 0:
		err = serveByHand(ctx, registry, *listen, *tokenFile, stdout)
	default:
		fmt.Fprintln(os.Stderr, "tombolo-sidecar: give either --listen PATH and --token-file FILE, or --parent PID")
		flags.Usage()
		return exitUsage
	}
	if err != nil {
		return fail(err)
	}
	return exitOK
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "tombolo-sidecar:", err)
	return exitError
}
