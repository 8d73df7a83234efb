// Writing: what is refused, and that appending keeps what is there.

package jsonpb

import (
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
)

func TestAppendKeepsThePrefix(t *testing.T) {
	for _, c := range []struct {
		message proto.Message
		want    string
	}{
		{
			&technologyv1.Technology{Name: "a", Confidence: proto.Uint32(0), Implied: proto.Bool(false)},
			`{"result":{"name":"a","confidence":0,"implied":false}`,
		},
		{&runtimev1.Limits{MaxRequestBytes: proto.Uint64(1 << 63)}, `{"result":{"maxRequestBytes":"9223372036854775808"}`},
		{&technologyv1.DetectResponse{Matcher: 1}, `{"result":{"matcher":"MATCHER_REFERENCE"}`},
		{&technologyv1.DetectResponse{Matcher: 9}, `{"result":{"matcher":9}`},
		{(*technologyv1.DetectResponse)(nil), `{"result":{}`},
		{structpb.NewNumberValue(1), `{"result":1`},
	} {
		got, err := Append([]byte(`{"result":`), c.message)
		if err != nil || string(got) != c.want {
			t.Errorf("Append gives %s, %v; want %s", got, err, c.want)
		}
	}
}

func TestAppendErrors(t *testing.T) {
	for _, c := range []struct {
		message proto.Message
		want    string
	}{
		{
			&technologyv1.DetectResponse{Technologies: []*technologyv1.Technology{{}, {Name: "a\xff"}}},
			`field technologies[1].name isn't valid UTF-8`,
		},
		{&technologyv1.Rules{Cookies: map[string]string{"a\xff": ""}}, `field cookies isn't valid UTF-8`},
		{&technologyv1.Rules{Cookies: map[string]string{"a": "\xff"}}, `field cookies["a"] isn't valid UTF-8`},
		{
			&runtimev1.Status{Details: []*anypb.Any{{TypeUrl: "x/none"}}},
			`field details[0] isn't a valid google.protobuf.Any: google.protobuf.Any: unable to resolve "x/none": not found`,
		},
		{
			&timestamppb.Timestamp{Nanos: -1},
			`the message isn't a valid google.protobuf.Timestamp: google.protobuf.Timestamp: nanos out of range -1`,
		},
	} {
		b, err := Append([]byte("kept"), c.message)
		if err == nil || err.Error() != c.want {
			t.Errorf("got %v\nwant %s", err, c.want)
		}
		if string(b[:4]) != "kept" {
			t.Errorf("b starts with %q", b[:4])
		}
	}
}
