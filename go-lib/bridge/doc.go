// Package bridge is what stands between Go services and their callers in another
// runtime: a registry of services and one dispatcher that turns a method name and
// an encoded request into an encoded response or a status.
//
// A service is a proto service descriptor and a plain Go value with one method
//
//	func (s *Service) Method(ctx context.Context, request *pb.Request) (*pb.Response, error)
//
// for each method of the descriptor. [Registry.Register] checks that by reflection,
// so that a missing or mistyped method is an error when the process starts.
//
// The doors to the dispatcher (the C entry points in package cabi, the socket server
// in package sidecar) only carry bytes. Whatever both must do the same lives here:
// decoding, attachments, deadlines, cancellation, panics and error codes.
package bridge
