// The error type that carries a status code and typed details to the caller.

package bridge

import (
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

// Error is an error that reaches the caller with its code, message and details.
// An error of any other type reaches it as UNKNOWN with its text.
type Error struct {
	// Code says what kind of error it is; never OK.
	Code Code
	// Message says what happened and what to do about it.
	Message string
	// Details are typed facts for callers that branch.
	Details []proto.Message
}

// Errorf returns an Error with a formatted message.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// With returns the error with further details.
func (e *Error) With(details ...proto.Message) *Error {
	return &Error{Code: e.Code, Message: e.Message, Details: append(e.Details[:len(e.Details):len(e.Details)], details...)}
}

// Error implements error.
func (e *Error) Error() string {
	return e.Code.String() + ": " + e.Message
}

// StatusOf turns an error into the message that travels. It never fails: a detail
// that can't be encoded is left out, since the code and the message matter more.
func StatusOf(err error) *runtimev1.Status {
	var e *Error
	switch {
	case !errors.As(err, &e):
		e = &Error{Code: Unknown, Message: err.Error()}
	case e == nil:
		e = Errorf(Internal, "a service returned an error that is a nil *bridge.Error; it should return nil")
	case e.Code == OK:
		e = &Error{Code: Unknown, Message: e.Message, Details: e.Details}
	}
	status := &runtimev1.Status{Code: int32(e.Code), Message: strings.ToValidUTF8(e.Message, "\uFFFD")}
	for _, detail := range e.Details {
		if packed, err := anypb.New(detail); err == nil {
			status.Details = append(status.Details, packed)
		}
	}
	return status
}
