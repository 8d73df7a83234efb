// The dispatcher: from a method name and an encoded request to an encoded response or an error.

package bridge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"runtime/debug"
	"slices"
	"time"

	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge/internal/jsonpb"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

// Encoding is how a request and its response are encoded.
type Encoding int

// The encodings.
const (
	JSON   Encoding = iota // proto3 JSON
	Binary                 // protobuf's wire format
)

// Request is a call as it comes through a door.
type Request struct {
	// Method is "package.Service/Method".
	Method string
	// Timeout is how long the call may take; 0 or less for no limit.
	Timeout time.Duration
	// Encoding is that of Message and of the answer.
	Encoding Encoding
	// Message is the encoded request message; read only until Call returns.
	Message []byte
	// Attachments are the bytes that the message refers to; read only until Call returns.
	Attachments [][]byte
}

// Call runs a method and returns its encoded response. It never panics: a panic of the method is INTERNAL.
// When it returns, nothing reads the request's memory any more, which holds as long as services keep the
// rule of [Detach]. Errors are meant for [StatusOf].
func (r *Registry) Call(ctx context.Context, request Request) (response []byte, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			response, err = nil, recovered(request.Method, cause)
		}
	}()
	m := r.methods[request.Method]
	if m == nil {
		return nil, r.unknown(request.Method)
	}
	if err := r.checkAttachments(request); err != nil {
		return nil, err
	}
	message, err := m.decode(request)
	if err != nil {
		return nil, err
	}
	if err := r.checkSize(message); err != nil {
		return nil, err
	}
	if request.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, request.Timeout)
		defer cancel()
	}
	answer, err := m.invoke(ctx, message)
	if err != nil {
		return nil, m.explain(ctx, err)
	}
	return m.encode(answer, request.Encoding)
}

func (r *Registry) unknown(name string) error {
	services := make([]string, 0, len(r.services))
	for _, service := range r.Services() {
		services = append(services, string(service.Descriptor.FullName()))
	}
	return Errorf(Unimplemented, "this library has no method [%s]; its services are %v", name, services).
		With(&runtimev1.UnknownMethod{Method: name, Services: services})
}

// TooLarge returns the error for a request over the size limit.
func TooLarge(actual, limit uint64) *Error {
	return Errorf(ResourceExhausted, "the request has %d bytes; the limit is %d. Send less, or raise the limit "+
		"(max_request_bytes; tombolo.maxRequestBytes in Java)", actual, limit).
		With(&runtimev1.LimitExceeded{Limit: "max_request_bytes", Allowed: limit, Actual: actual})
}

// checkAttachments looks at the size of the attachments, before anything is decoded.
func (r *Registry) checkAttachments(request Request) error {
	var size uint64
	for _, attachment := range request.Attachments {
		size += uint64(len(attachment))
	}
	if limit := r.MaxRequestBytes(); size > limit {
		return TooLarge(size, limit)
	}
	return nil
}

// checkSize looks at the size of the whole request. It's measured in protobuf's wire format whatever
// the request came in, so that all doors have the same limit.
func (r *Registry) checkSize(message proto.Message) error {
	if size, limit := uint64(proto.Size(message)), r.MaxRequestBytes(); size > limit {
		return TooLarge(size, limit)
	}
	return nil
}

func (m *method) decode(request Request) (proto.Message, error) {
	message := reflect.New(m.requestType).Interface().(proto.Message)
	var err error
	if request.Encoding == JSON {
		err = jsonpb.Unmarshal(request.Message, message, request.Attachments)
	} else if err = proto.Unmarshal(request.Message, message); err == nil && m.attachments {
		err = resolveAttachments(message.ProtoReflect(), "", request.Attachments)
	}
	if err != nil {
		return nil, Errorf(InvalidArgument, "the request isn't a valid %s: %v",
			message.ProtoReflect().Descriptor().FullName(), err)
	}
	return message, nil
}

func (m *method) invoke(ctx context.Context, message proto.Message) (proto.Message, error) {
	results := m.call.Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(message)})
	if err, failed := results[1].Interface().(error); failed {
		return nil, err
	}
	if results[0].IsNil() {
		return nil, Errorf(Internal, "%s answered neither a response nor an error", m.name)
	}
	return results[0].Interface().(proto.Message), nil
}

// explain gives the errors of an ended context the same words wherever they were noticed.
func (m *method) explain(ctx context.Context, err error) error {
	if ended := ctx.Err(); ended != nil && errors.Is(err, ended) {
		if errors.Is(ended, context.DeadlineExceeded) {
			return Errorf(DeadlineExceeded, "%s didn't finish within its time limit; allow it more time or give it less to do", m.name)
		}
		return Errorf(Canceled, "%s was cancelled by its caller", m.name)
	}
	return err
}

func (m *method) encode(answer proto.Message, encoding Encoding) ([]byte, error) {
	var encoded []byte
	var err error
	if encoding == JSON {
		encoded, err = jsonpb.Append(nil, answer)
	} else {
		encoded, err = proto.Marshal(answer)
	}
	if err != nil {
		return nil, Errorf(Internal, "the response of %s can't be encoded: %v", m.name, err)
	}
	return encoded, nil
}

// recovered logs a panic once, with its stack, and returns the error that the caller gets.
func recovered(where string, cause any) error {
	slog.Error("recovered from a panic", "in", where, "panic", fmt.Sprint(cause), "stack", string(slices.Clip(debug.Stack())))
	return Errorf(Internal, "%s panicked: %v", where, cause)
}

// Contain runs a part of a call and turns its panic into an INTERNAL error, for services that
// start goroutines of their own or whose parts fail alone.
func Contain[T any](where string, part func() (T, error)) (value T, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			var none T
			value, err = none, recovered(where, cause)
		}
	}()
	return part()
}
