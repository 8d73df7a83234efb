// Package corpus reads recorded web responses: JSON lines, gzipped or not, with
// "id", "headers" and "body_base64".
package corpus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Response is one recorded response.
type Response struct {
	ID      string              `json:"id"`
	Headers map[string][]string `json:"headers"`
	Body    []byte              `json:"body_base64"`
}

// Read reads all responses of a file.
func Read(file string) ([]Response, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = bufio.NewReader(f)
	if magic, err := in.(*bufio.Reader).Peek(2); err == nil && bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		if in, err = gzip.NewReader(in); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
	}
	var all []Response
	for decoder := json.NewDecoder(in); ; {
		var r Response
		switch err := decoder.Decode(&r); err {
		case nil:
			all = append(all, r)
		case io.EOF:
			return all, nil
		default:
			return nil, fmt.Errorf("%s: response %d: %w", file, len(all)+1, err)
		}
	}
}

// Files are the names of the corpus's files.
var Files = []string{"pages.jsonl.gz", "recorded.jsonl.gz"}

// Find looks for the corpus's folder: the one that TOMBOLO_CORPUS names, or
// shared/corpus beside a parent of the working directory.
func Find() (folder string, ok bool) {
	if folder, ok = os.LookupEnv("TOMBOLO_CORPUS"); ok {
		return folder, isFolder(folder)
	}
	at, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		folder = filepath.Join(at, "shared", "corpus")
		if isFolder(folder) {
			return folder, true
		}
		parent := filepath.Dir(at)
		if parent == at {
			return "", false
		}
		at = parent
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
