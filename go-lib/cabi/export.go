// What cabi.c calls: the C arguments in, a JSON answer in C memory out.

package cabi

/*
#include <stdlib.h>
#include <string.h>
#include "tombolo.h"
*/
import "C"

import (
	"context"
	"errors"
	"log/slog"
	"time"
	"unsafe"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

// The header and the Go side must name the same version, or this doesn't compile.
const (
	_ = uint(C.TOMBOLO_ABI_VERSION - version.ABI)
	_ = uint(version.ABI - C.TOMBOLO_ABI_VERSION)
)

var (
	registry *bridge.Registry
	calls    bridge.Calls
	// errUnable is why the library can't serve; every call is answered with it.
	errUnable = errors.New("this library was built without a registry: call cabi.Serve in an init function of package main")
)

// Serve makes the registry answer the calls of this process. It's for an init function of package main.
// An error, such as that of a service that doesn't fit its descriptor, becomes the answer to every
// call, because a library that ended the process instead would take its host with it.
func Serve(r *bridge.Registry, err error) {
	registry, errUnable = r, err
}

//export tomboloABIVersion
func tomboloABIVersion() C.uint32_t {
	return C.TOMBOLO_ABI_VERSION
}

//export tomboloMeet
func tomboloMeet() {}

//export tomboloCancel
func tomboloCancel(id C.uint64_t) {
	calls.Cancel(uint64(id))
}

//export tomboloCall
func tomboloCall(id C.uint64_t, timeoutNanos C.int64_t, method, request *C.char,
	attachments *C.tombolo_buffer, attachmentCount C.size_t,
) (response *C.char) {
	defer func() {
		if cause := recover(); cause != nil {
			slog.Error("recovered from a panic at the C boundary", "panic", cause)
			response = C.CString(`{"error":{"code":"INTERNAL","message":"tombolo panicked at the C boundary; its log says more"}}`)
		}
	}()
	message, err := call(id, timeoutNanos, method, request, attachments, attachmentCount)
	return cString(answer(message, err))
}

func call(id C.uint64_t, timeoutNanos C.int64_t, method, request *C.char,
	attachments *C.tombolo_buffer, attachmentCount C.size_t,
) ([]byte, error) {
	if errUnable != nil {
		return nil, bridge.Errorf(bridge.FailedPrecondition, "%v", errUnable)
	}
	if method == nil || request == nil {
		return nil, bridge.Errorf(bridge.InvalidArgument, "method and request must not be NULL")
	}
	buffers, err := buffersOf(attachments, attachmentCount)
	if err != nil {
		return nil, err
	}
	ctx, end, err := calls.Begin(context.Background(), uint64(id))
	if err != nil {
		return nil, err
	}
	defer end()
	return registry.Call(ctx, bridge.Request{
		Method:      C.GoString(method),
		Timeout:     time.Duration(timeoutNanos),
		Encoding:    bridge.JSON,
		Message:     bytesAt(unsafe.Pointer(request), C.strlen(request)),
		Attachments: buffers,
	})
}

// buffersOf gives the caller's buffers as slices over its memory.
func buffersOf(attachments *C.tombolo_buffer, count C.size_t) ([][]byte, error) {
	if count == 0 {
		return nil, nil
	}
	if attachments == nil {
		return nil, bridge.Errorf(bridge.InvalidArgument, "attachments is NULL, but attachment_count is %d", count)
	}
	buffers := make([][]byte, count)
	for i, buffer := range unsafe.Slice(attachments, count) {
		if buffer.data == nil && buffer.length > 0 {
			return nil, bridge.Errorf(bridge.InvalidArgument, "attachment %d is NULL, but its length is %d", i, buffer.length)
		}
		buffers[i] = bytesAt(unsafe.Pointer(buffer.data), buffer.length)
	}
	return buffers, nil
}

func bytesAt(address unsafe.Pointer, length C.size_t) []byte {
	return unsafe.Slice((*byte)(address), length)
}

// cString copies text into C memory, for tombolo_free, and ends it with a NUL.
func cString(text []byte) *C.char {
	memory := (*byte)(C.malloc(C.size_t(len(text) + 1)))
	copied := unsafe.Slice(memory, len(text)+1)
	copy(copied, text)
	copied[len(text)] = 0
	return (*C.char)(unsafe.Pointer(memory))
}
