// The comparison as a table for people.

package main

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/matchbench"
)

func writeTable(out io.Writer, c *matchbench.Comparison) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "bytes\twappalyzergo ms\tindexed ms\tratio\t  page")
	for _, page := range c.PerPage {
		fmt.Fprintf(table, "%d\t%.3f\t%.3f\t%.0f\t  %s\n",
			page.Bytes, page.ReferenceMS, page.IndexedMS, page.ReferenceMS/page.IndexedMS, page.ID)
	}
	fmt.Fprintf(table, "%d\t%.1f\t%.1f\t%.0f\t  all %d pages\n", c.Bytes, c.ReferenceMS, c.IndexedMS, c.Ratio, c.Pages)
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "median page: wappalyzergo %.3f ms, indexed %.3f ms; first pass over all pages, patterns uncompiled: %.1f ms; "+
		"pages with other answers: %d\n", c.ReferenceMedianPageMS, c.MedianPageMS, c.ColdMS, c.Mismatches)
	return err
}
