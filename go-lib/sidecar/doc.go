// Package sidecar is the door for callers in another process: a server on a Unix-domain socket over a
// [bridge.Registry]. docs/protocol.md describes what travels.
//
// A sidecar's main function is
//
//	func main() { os.Exit(sidecar.Main(library.New())) }
//
// It runs in one of two ways. Started by a parent (--parent), it takes its secret from standard input, listens in a folder
// of its own, says where on standard output, and ends when the parent does. Started by hand (--listen), it takes the socket's
// path and the secret's file from its arguments and runs until it gets a signal.
package sidecar
