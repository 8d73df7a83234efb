// Tests of the built library: its symbols, and calls from a small host in C, since Go's tests can't use cgo.

//go:build linux

package cabi

import (
	"bytes"
	"debug/elf"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// build builds the stock library, with the command that its main.go documents, and the host.
func build(t *testing.T) (library, host string) {
	t.Helper()
	if testing.Short() {
		t.Skip("building the library takes a while")
	}
	folder := t.TempDir()
	library, host = filepath.Join(folder, "libtombolo.so"), filepath.Join(folder, "smoke")
	exports, err := filepath.Abs("exports.map")
	if err != nil {
		t.Fatal(err)
	}
	run(t, "go", "build", "-trimpath", "-buildmode=c-shared",
		"-ldflags=-s -w -extldflags=-Wl,--version-script="+exports, "-o", library, "../cmd/libtombolo")
	run(t, compiler(t), "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I.", "-o", host, "testdata/smoke.c", "-ldl", "-pthread")
	return library, host
}

// compiler returns the C compiler that cgo uses.
func compiler(t *testing.T) string {
	t.Helper()
	output, err := exec.Command("go", "env", "CC").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(output))
}

func run(t *testing.T, name string, args ...string) {
	t.Helper()
	if output, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, output)
	}
}

func TestTheLibrary(t *testing.T) {
	library, host := build(t)
	t.Run("exports the functions of tombolo.h and nothing else", func(t *testing.T) {
		want := []string{"tombolo_abi_version", "tombolo_call", "tombolo_cancel", "tombolo_free", "tombolo_guard_signals"}
		if got := exportsOf(t, library); !slices.Equal(got, want) {
			t.Errorf("got %q", got)
		}
	})
	for check, name := range map[string]string{
		"version":     "has the header's version",
		"call":        "answers calls",
		"errors":      "answers with errors",
		"null":        "refuses NULL where it makes no sense",
		"attachments": "reads attachments until the call returns",
		"threads":     "serves eight threads at a time",
		"cancel":      "ends a call that another thread cancels",
		"duplicate":   "refuses an id that is in flight",
		"signals":     "moves signal handlers to the alternate stack",
		"mask":        "leaves the signal mask as it was",
	} {
		t.Run(name, func(t *testing.T) { run(t, host, library, check) })
	}
}

// exportsOf returns the names of the symbols that the library defines for others, sorted.
func exportsOf(t *testing.T, library string) []string {
	t.Helper()
	file, err := elf.Open(library)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	symbols, err := file.DynamicSymbols()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, symbol := range symbols {
		if symbol.Section != elf.SHN_UNDEF {
			names = append(names, symbol.Name)
		}
	}
	slices.Sort(names)
	return names
}

func TestTheHeaderIsThatOfTheProject(t *testing.T) {
	original, err := os.ReadFile("../../native/tombolo.h")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the module is outside its repository")
	}
	if err != nil {
		t.Fatal(err)
	}
	header, err := os.ReadFile("tombolo.h")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(original, header) {
		t.Error("cabi/tombolo.h isn't native/tombolo.h; copy it again")
	}
}
