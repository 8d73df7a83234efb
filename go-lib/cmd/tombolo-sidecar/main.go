// Command tombolo-sidecar serves tombolo's services to another process on a Unix-domain socket.
// Run it with --help for its two ways of starting.
package main

import (
	"os"

	"github.com/tombolo-dev/tombolo/go-lib/library"
	"github.com/tombolo-dev/tombolo/go-lib/sidecar"
)

func main() { os.Exit(sidecar.Main(library.New())) }
