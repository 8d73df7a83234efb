// Command libtombolo is tombolo's c-shared library. Build it with
//
//	go build -trimpath -buildmode=c-shared -ldflags="-s -w -extldflags=-Wl,--version-script=$PWD/cabi/exports.map" ./cmd/libtombolo
package main

import (
	"github.com/tombolo-dev/tombolo/go-lib/cabi"
	"github.com/tombolo-dev/tombolo/go-lib/library"
)

func init() { cabi.Serve(library.New()) }

func main() {}
