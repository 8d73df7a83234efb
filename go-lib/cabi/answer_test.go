// Tests of the JSON answers of calls.

package cabi

import (
	"errors"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

func TestAnswersAreJSON(t *testing.T) {
	for name, test := range map[string]struct {
		message string
		err     error
		want    string
	}{
		"a result":       {`{"a":1}`, nil, `{"result":{"a":1}}`},
		"an empty one":   {`{}`, nil, `{"result":{}}`},
		"an error":       {"", bridge.Errorf(bridge.NotFound, "no thing"), `{"error":{"code":"NOT_FOUND","message":"no thing"}}`},
		"of any type":    {"", errors.New("it broke"), `{"error":{"code":"UNKNOWN","message":"it broke"}}`},
		"of no code":     {"", bridge.Errorf(99, "odd"), `{"error":{"code":"UNKNOWN","message":"odd"}}`},
		"cancelled":      {"", bridge.Errorf(bridge.Canceled, ""), `{"error":{"code":"CANCELLED","message":""}}`},
		"with controls":  {"", bridge.Errorf(bridge.Aborted, "\x00\"\n\xff"), `{"error":{"code":"ABORTED","message":"\u0000\"\n` + "\uFFFD" + `"}}`},
		"over a message": {`{"a":1}`, errors.New("late"), `{"error":{"code":"UNKNOWN","message":"late"}}`},
		"with a detail that can't be encoded": {
			"", bridge.Errorf(bridge.Aborted, "no").With(&anypb.Any{TypeUrl: "no.such/type", Value: []byte("x")}),
			`{"error":{"code":"ABORTED","message":"no"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(answer([]byte(test.message), test.err)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestDetailsAreProto3JSON(t *testing.T) {
	err := bridge.Errorf(bridge.ResourceExhausted, "much").
		With(&runtimev1.LimitExceeded{Limit: "l", Actual: 1 << 60}, structpb.NewStringValue("text"))
	details := detailsOf(bridge.StatusOf(err).GetDetails())
	if len(details) != 2 {
		t.Fatalf("the details are %s", details)
	}
	for i, want := range []proto.Message{
		&runtimev1.LimitExceeded{Limit: "l", Actual: 1 << 60}, structpb.NewStringValue("text"),
	} {
		var packed anypb.Any
		if err := protojson.Unmarshal(details[i], &packed); err != nil {
			t.Fatal(err)
		}
		if got, err := packed.UnmarshalNew(); err != nil || !proto.Equal(got, want) {
			t.Errorf("detail %d is %s, %v", i, details[i], err)
		}
	}
}
