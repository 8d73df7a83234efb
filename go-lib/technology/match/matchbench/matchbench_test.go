// This file tests the comparison on two small pages.

package matchbench

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "corpus.jsonl")
	const lines = `{"id":"a","headers":{"Server":["nginx/1.2"]},"body_base64":"PGh0bWw+"}
{"id":"b","headers":{"X-Powered-By":["PHP/7.1", "x"]},"body_base64":""}
`
	if err := os.WriteFile(file, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Run(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	if c.Pages != 2 || c.Bytes != 6 || c.Mismatches != 0 || len(c.PerPage) != 2 || c.PerPage[0].ID != "a" {
		t.Errorf("got %+v", c)
	}
	if c.ReferenceMS <= 0 || c.IndexedMS <= 0 || c.ColdMS <= 0 || c.MedianPageMS <= 0 || c.Ratio != c.ReferenceMS/c.IndexedMS {
		t.Errorf("times: %+v", c)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, file); !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancel: %v", err)
	}
	if _, err := Run(context.Background(), file+".none"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("without a file: %v", err)
	}
}
