// Tests of the dispatcher: answers, errors, limits, deadlines, panics.

package bridge

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/protobuf/proto"

	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

// describe answers with what it got, and fails as the text says.
func describe(_ context.Context, r *request) (*response, error) {
	switch text := r.text(); {
	case text == "plain error":
		return nil, errors.New("it broke")
	case text == "wrapped":
		return nil, fmt.Errorf("while working: %w", Errorf(NotFound, "nothing [%s]", text))
	case text == "detail":
		return nil, Errorf(Aborted, "no").With(&runtimev1.LimitExceeded{Limit: "l", Allowed: 1, Actual: 2})
	case text == "nothing":
		return nil, nil
	case text == "own deadline":
		return nil, context.DeadlineExceeded
	default:
		return responseOf(text, string(r.get("plain").Bytes()), fmt.Sprint(r.get("labels").Map().Len())), nil
	}
}

func TestJSONAndBinaryGiveTheSame(t *testing.T) {
	registry := registryOf(t, describe)
	for name, test := range map[string]struct {
		request string
		texts   []string
		code    Code
		message string
		detail  proto.Message
	}{
		"an empty request":     {request: `{}`, texts: []string{"", "", "0"}},
		"fields":               {request: `{"text":"a","plain":"QQ==","labels":{"x":"y"}}`, texts: []string{"a", "A", "1"}},
		"text beyond ASCII":    {request: `{"text":"\u00e9\ud83d\ude00\u0000\u2028<"}`, texts: []string{"é😀\x00\u2028<", "", "0"}},
		"an error of any type": {request: `{"text":"plain error"}`, code: Unknown, message: "it broke"},
		"a wrapped error":      {request: `{"text":"wrapped"}`, code: NotFound, message: "nothing [wrapped]"},
		"an error with a detail": {
			request: `{"text":"detail"}`, code: Aborted, message: "no",
			detail: &runtimev1.LimitExceeded{Limit: "l", Allowed: 1, Actual: 2},
		},
		"neither response nor error": {
			request: `{"text":"nothing"}`, code: Internal,
			message: doMethod + " answered neither a response nor an error",
		},
		"a deadline that isn't the call's": {request: `{"text":"own deadline"}`, code: Unknown, message: "context deadline exceeded"},
	} {
		t.Run(name, func(t *testing.T) {
			inBothEncodings(t, func(t *testing.T, encoding Encoding) {
				texts, err := do(t, registry, encoding, encode(t, encoding, requestOf(t, test.request)))
				if test.code == OK {
					if err != nil {
						t.Fatal(err)
					}
					equalTexts(t, texts, test.texts...)
					return
				}
				status := failsWith(t, err, test.code, test.message)
				if test.detail != nil {
					hasDetail(t, status, test.detail)
				}
			})
		})
	}
}

func TestAMalformedRequestIsRefused(t *testing.T) {
	registry := registryOf(t, describe)
	for name, test := range map[string]struct {
		encoding Encoding
		message  string
	}{
		"JSON":                       {JSON, `{"text":`},
		"no JSON at all":             {JSON, ""},
		"JSON of another kind":       {JSON, `[]`},
		"JSON with a wrong type":     {JSON, `{"text":1}`},
		"binary":                     {Binary, "\x0a\x05a"},
		"binary with invalid UTF-8":  {Binary, "\x0a\x01\xff"},
		"binary with a field number": {Binary, "\x00\x01"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := do(t, registry, test.encoding, []byte(test.message))
			status := StatusOf(err)
			if Code(status.GetCode()) != InvalidArgument ||
				!strings.HasPrefix(status.GetMessage(), "the request isn't a valid tombolo.test.v1.Request: ") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestUnknownFieldsAreIgnored(t *testing.T) {
	registry := registryOf(t, describe)
	for name, test := range map[string]struct {
		encoding Encoding
		message  string
	}{
		"JSON":   {JSON, `{"newer":{"a":[1]},"text":"a"}`},
		"binary": {Binary, "\xf8\x07\x01\x0a\x01a"},
	} {
		t.Run(name, func(t *testing.T) {
			texts, err := do(t, registry, test.encoding, []byte(test.message))
			if err != nil {
				t.Fatal(err)
			}
			equalTexts(t, texts, "a", "", "0")
		})
	}
}

func TestAnUnknownMethodTellsTheServices(t *testing.T) {
	registry := registryOf(t, describe)
	if err := registry.Register(testService("PairService"), pair{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", "Do", "tombolo.test.v1.TestService/do", "/" + doMethod, "tombolo.test.v1.TestService.Do"} {
		t.Run("["+name+"]", func(t *testing.T) {
			_, err := registry.Call(context.Background(), Request{Method: name})
			status := failsWith(t, err, Unimplemented, "this library has no method ["+name+"]; "+
				"its services are [tombolo.test.v1.PairService tombolo.test.v1.TestService]")
			hasDetail(t, status, &runtimev1.UnknownMethod{
				Method: name, Services: []string{"tombolo.test.v1.PairService", "tombolo.test.v1.TestService"},
			})
		})
	}
}

func TestTheSizeLimitHoldsForMessageAndAttachmentsTogether(t *testing.T) {
	registry := registryOf(t, describe)
	if err := registry.SetMaxRequestBytes(MinRequestBytes); err != nil {
		t.Fatal(err)
	}
	const overhead = len("\x0a\x01a" + "\x1a\xff\x01") // of text and of direct in protobuf's wire format
	inBothEncodings(t, func(t *testing.T, encoding Encoding) {
		message := encodeReferences(t, encoding, `{"text":"a","direct":"@0"}`)
		for name, test := range map[string]struct {
			attachment int
			fits       bool
		}{
			"at the limit":          {MinRequestBytes - overhead, true},
			"together over it":      {MinRequestBytes - overhead + 1, false},
			"an attachment over it": {MinRequestBytes + 1, false},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := do(t, registry, encoding, message, make([]byte, test.attachment))
				if test.fits {
					if err != nil {
						t.Error(err)
					}
					return
				}
				status := failsWith(t, err, ResourceExhausted, "the request has 1025 bytes; the limit is 1024. Send less, "+
					"or raise the limit (max_request_bytes; tombolo.maxRequestBytes in Java)")
				hasDetail(t, status, &runtimev1.LimitExceeded{Limit: "max_request_bytes", Allowed: 1024, Actual: 1025})
			})
		}
	})
}

func TestTheSizeLimitCannotLockItsOwnerOut(t *testing.T) {
	registry := NewRegistry()
	if registry.MaxRequestBytes() != DefaultMaxRequestBytes {
		t.Errorf("the limit of a new registry is %d", registry.MaxRequestBytes())
	}
	failsWith(t, registry.SetMaxRequestBytes(MinRequestBytes-1), InvalidArgument,
		"max_request_bytes is 1023; it must be at least 1024")
	if registry.MaxRequestBytes() != DefaultMaxRequestBytes {
		t.Error("a refused limit was set")
	}
}

func TestASealedRegistrySaysWhy(t *testing.T) {
	registry := NewRegistry()
	if err := registry.CheckUnsealed(); err != nil {
		t.Error(err)
	}
	registry.Seal("100% mine")
	failsWith(t, registry.CheckUnsealed(), FailedPrecondition, "100% mine")
}

// untilDone waits for the end of its context.
func untilDone(ctx context.Context, _ *request) (*response, error) {
	<-ctx.Done()
	return nil, fmt.Errorf("interrupted: %w", ctx.Err())
}

func TestADeadlineEndsACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		registry := registryOf(t, untilDone)
		start := time.Now()
		_, err := registry.Call(t.Context(), Request{Method: doMethod, Encoding: Binary, Timeout: 90 * time.Minute})
		failsWith(t, err, DeadlineExceeded, doMethod+" didn't finish within its time limit; allow it more time or give it less to do")
		if waited := time.Since(start); waited != 90*time.Minute {
			t.Errorf("it took %v", waited)
		}
	})
}

func TestNoTimeoutIsNoLimit(t *testing.T) {
	for _, timeout := range []time.Duration{0, -1, -1 << 63} {
		t.Run(timeout.String(), func(t *testing.T) {
			registry := registryOf(t, func(ctx context.Context, _ *request) (*response, error) {
				_, limited := ctx.Deadline()
				return responseOf(fmt.Sprint(limited)), nil
			})
			answer, err := registry.Call(context.Background(), Request{Method: doMethod, Encoding: Binary, Timeout: timeout})
			if err != nil {
				t.Fatal(err)
			}
			equalTexts(t, textsOf(t, Binary, answer), "false")
		})
	}
}

func TestACancelledCallEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	registry := registryOf(t, func(ctx context.Context, r *request) (*response, error) {
		cancel()
		return untilDone(ctx, r)
	})
	_, err := registry.Call(ctx, Request{Method: doMethod, Encoding: Binary, Timeout: time.Hour})
	failsWith(t, err, Canceled, doMethod+" was cancelled by its caller")
}

func TestAnAnswerOrAnErrorOfItsOwnOutlivesTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		registry := registryOf(t, func(ctx context.Context, r *request) (*response, error) {
			<-ctx.Done()
			if r.text() == "fail" {
				return nil, Errorf(DataLoss, "lost")
			}
			return responseOf("late"), nil
		})
		call := Request{Method: doMethod, Encoding: JSON, Timeout: 1, Message: []byte(`{}`)}
		answer, err := registry.Call(t.Context(), call)
		if err != nil {
			t.Fatal(err)
		}
		equalTexts(t, textsOf(t, JSON, answer), "late")
		call.Message = []byte(`{"text":"fail"}`)
		_, err = registry.Call(t.Context(), call)
		failsWith(t, err, DataLoss, "lost")
	})
}

func TestAPanicIsContainedAndLoggedOnce(t *testing.T) {
	for name, test := range map[string]struct {
		do   doing
		want string
	}{
		"with a text": {func(context.Context, *request) (*response, error) { panic("oh no") }, "oh no"},
		"with an error": {
			func(context.Context, *request) (*response, error) { panic(errors.New("an error")) }, "an error",
		},
		"a nil pointer": {
			func(context.Context, *request) (*response, error) {
				var none *Registry
				return responseOf(fmt.Sprint(none.methods)), nil
			}, "runtime error: invalid memory address or nil pointer dereference",
		},
		"an index": {
			func(_ context.Context, r *request) (*response, error) {
				return responseOf([]string{}[len(r.text())]), nil
			}, "runtime error: index out of range [0] with length 0",
		},
		"with nil": {
			func(context.Context, *request) (*response, error) { panic(nil) },
			"panic called with nil argument",
		},
	} {
		t.Run(name, func(t *testing.T) {
			log := logged(t)
			_, err := do(t, registryOf(t, test.do), Binary, nil)
			failsWith(t, err, Internal, doMethod+" panicked: "+test.want)
			if strings.Count(log.String(), "recovered from a panic") != 1 || !strings.Contains(log.String(), "dispatch_test.go") {
				t.Errorf("the log is %s", log)
			}
		})
	}
}

func TestContainKeepsAPanicFromItsCaller(t *testing.T) {
	logged(t)
	value, err := Contain("a part", func() (int, error) { return 7, nil })
	if value != 7 || err != nil {
		t.Errorf("got %d, %v", value, err)
	}
	value, err = Contain("a part", func() (int, error) { panic("oh no") })
	failsWith(t, err, Internal, "a part panicked: oh no")
	if value != 0 {
		t.Errorf("got %d", value)
	}
}

func TestAResponseThatCannotBeEncodedIsAnError(t *testing.T) {
	registry := registryOf(t, func(context.Context, *request) (*response, error) { return responseOf("\xff"), nil })
	inBothEncodings(t, func(t *testing.T, encoding Encoding) {
		_, err := do(t, registry, encoding, encode(t, encoding, &request{}))
		status := StatusOf(err)
		if Code(status.GetCode()) != Internal ||
			!strings.HasPrefix(status.GetMessage(), "the response of "+doMethod+" can't be encoded: ") {
			t.Errorf("got %v", err)
		}
	})
}
