// Tests of errors and codes, and of what travels of them.

package bridge

import (
	"errors"
	"fmt"
	"testing"

	"google.golang.org/protobuf/proto"

	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

func TestEveryErrorHasAStatus(t *testing.T) {
	var none *Error
	for name, test := range map[string]struct {
		err     error
		code    Code
		message string
	}{
		"an Error":                {Errorf(NotFound, "no %s", "thing"), NotFound, "no thing"},
		"a wrapped Error":         {fmt.Errorf("outer: %w", Errorf(NotFound, "inner")), NotFound, "inner"},
		"a joined Error":          {errors.Join(errors.New("other"), Errorf(Aborted, "inner")), Aborted, "inner"},
		"any other error":         {errors.New("it broke"), Unknown, "it broke"},
		"a text that isn't UTF-8": {Errorf(Aborted, "a\xffb"), Aborted, "a\uFFFDb"},
		"an Error that says OK":   {Errorf(OK, "fine"), Unknown, "fine"},
		"a nil *Error": {
			none, Internal, "a service returned an error that is a nil *bridge.Error; it should return nil",
		},
	} {
		t.Run(name, func(t *testing.T) { failsWith(t, test.err, test.code, test.message) })
	}
}

func TestDetailsAddUpAndThoseThatCannotTravelAreLeftOut(t *testing.T) {
	first, second := &runtimev1.LimitExceeded{Limit: "first"}, &runtimev1.LimitExceeded{Limit: "second"}
	base := Errorf(Aborted, "no").With(first)
	unencodable := &runtimev1.LimitExceeded{Limit: "\xff"}
	status := StatusOf(base.With(unencodable, nil, second))
	if len(status.GetDetails()) != 2 {
		t.Fatalf("the details are %v", status.GetDetails())
	}
	for i, want := range []proto.Message{first, second} {
		if got, err := status.GetDetails()[i].UnmarshalNew(); err != nil || !proto.Equal(got, want) {
			t.Errorf("detail %d is %v, %v", i, got, err)
		}
	}
	base.With(second)
	hasDetail(t, StatusOf(base), first)
}

func TestCodesHaveTheNamesOfGoogleRPC(t *testing.T) {
	for code, want := range map[Code]string{
		OK: "OK", Canceled: "CANCELLED", Unknown: "UNKNOWN", InvalidArgument: "INVALID_ARGUMENT",
		DeadlineExceeded: "DEADLINE_EXCEEDED", NotFound: "NOT_FOUND", AlreadyExists: "ALREADY_EXISTS",
		PermissionDenied: "PERMISSION_DENIED", ResourceExhausted: "RESOURCE_EXHAUSTED",
		FailedPrecondition: "FAILED_PRECONDITION", Aborted: "ABORTED", OutOfRange: "OUT_OF_RANGE",
		Unimplemented: "UNIMPLEMENTED", Internal: "INTERNAL", Unavailable: "UNAVAILABLE", DataLoss: "DATA_LOSS",
		Unauthenticated: "UNAUTHENTICATED", 17: "UNKNOWN", -1: "UNKNOWN",
	} {
		if code.String() != want {
			t.Errorf("%d is %s, want %s", int32(code), code, want)
		}
	}
	if text := Errorf(NotFound, "no thing").Error(); text != "NOT_FOUND: no thing" {
		t.Errorf("the error's text is %s", text)
	}
}
