// Command matchbench compares the matcher with wappalyzergo on a corpus: the times for each page and for all of them, from
// one run on one thread, and whether the answers are the same. "./tombolo bench" runs it.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/matchbench"
)

func main() {
	flags := flag.NewFlagSet("tombolo bench", flag.ExitOnError)
	file := flags.String("corpus", "", "the `FILE` of recorded pages, .jsonl or .jsonl.gz")
	format := flags.String("format", "table", "table or json")
	flags.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: tombolo bench --corpus FILE [--format table|json]")
		fmt.Fprintln(os.Stderr, "Compares the matcher with wappalyzergo itself, which takes about half a second a page.")
		flags.PrintDefaults()
	}
	_ = flags.Parse(os.Args[1:]) // ends the process itself
	write := map[string]func(io.Writer, *matchbench.Comparison) error{"table": writeTable, "json": writeJSON}[*format]
	if *file == "" || write == nil || flags.NArg() > 0 {
		flags.Usage()
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	comparison, err := matchbench.Run(ctx, *file)
	if err == nil {
		err = write(os.Stdout, comparison)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "tombolo:", err)
		os.Exit(1)
	}
}

func writeJSON(out io.Writer, comparison *matchbench.Comparison) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	return encoder.Encode(comparison)
}
