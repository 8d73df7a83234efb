// Command gen writes the index of the fingerprints that the pinned version of
// wappalyzergo contains. Usage: gen FILE.
package main

import (
	"context"
	"fmt"
	"os"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/upstream"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen FILE")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(file string) error {
	data, err := upstream.EncodedIndex(context.Background())
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}
