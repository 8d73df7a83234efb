// Package cabi is the door for callers in the same process: the functions of tombolo.h over a [bridge.Registry].
//
// A c-shared library imports it and hands it a registry while it starts:
//
//	func init() { cabi.Serve(library.New()) }
//	func main() {}
//
// Three layers lie between a caller and the dispatcher: cabi.c defines the functions of tombolo.h, so that the
// compiler holds them to the header, and looks after signals; export.go has what it calls in Go; the rest is [bridge].
//
// Nothing in such a library may import os/signal: in a process of someone else it would take over
// handlers that are not its own.
package cabi
