// Tests of requests that are too large: they fail alone, and their connection stays usable.

package sidecar

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
)

// limited starts a server whose requests may have 1024 bytes, and connects to it.
func limited(t *testing.T) *client {
	t.Helper()
	s := start(t, echo)
	if err := s.registry.SetMaxRequestBytes(bridge.MinRequestBytes); err != nil {
		t.Fatal(err)
	}
	return connect(t, s.path, token)
}

// beside counts attachments that are too large by themselves.
func beside(_ *sidecarv1.Request, attachments int) int { return attachments }

// unread counts a frame that is too large to be read, and its attachments.
func unread(sent *sidecarv1.Request, attachments int) int {
	return proto.Size(frameOf(sent)) + attachments
}

// whole counts a message with its one attachment, if any, in place of the reference: two bytes each for the
// field's length and that of the page, which the reference's one byte each were before.
func whole(sent *sidecarv1.Request, attachments int) int {
	if attachments == 0 {
		return len(sent.GetMessage())
	}
	return len(sent.GetMessage()) - len("@0") + attachments + 2
}

func TestALargeRequestFailsAlone(t *testing.T) {
	for name, test := range map[string]struct {
		text        int
		attachments []int
		size        func(sent *sidecarv1.Request, attachments int) int // what the answer says that came
	}{
		"its message":                               {2000, nil, whole},
		"one attachment":                            {0, []int{2000}, beside},
		"all attachments together":                  {0, []int{400, 0, 700}, beside},
		"message and attachments":                   {600, []int{600}, whole},
		"a message that isn't read":                 {200 << 10, nil, unread},
		"a message that isn't read and attachments": {200 << 10, []int{5, 300 << 10, 0}, unread},
	} {
		t.Run(name, func(t *testing.T) {
			c := limited(t)
			attachments, total := make([]string, len(test.attachments)), 0
			for i, length := range test.attachments {
				attachments[i] = strings.Repeat("x", length)
				total += length
			}
			for id := range uint64(2) {
				sent := c.call(id+7, strings.Repeat("x", test.text), attachments...)
				size := test.size(sent, total)
				status := c.refuses(id+7, bridge.ResourceExhausted, fmt.Sprintf("the request has %d bytes; the limit is 1024. "+
					"Send less, or raise the limit (max_request_bytes; tombolo.maxRequestBytes in Java)", size))
				hasLimit(t, status, &runtimev1.LimitExceeded{
					Limit: "max_request_bytes", Allowed: 1024, Actual: uint64(size),
				})
			}
			c.call(9, "still here", "x")
			c.answers(9, "still here[x]")
		})
	}
}

func TestARequestAtTheLimitIsAnswered(t *testing.T) {
	c := limited(t)
	text := strings.Repeat("x", 500)
	rest := strings.Repeat("y", bridge.MinRequestBytes-whole(c.call(1, text, "z"), 1)+1)
	c.answers(1, text+"[z]")
	c.call(2, text, rest)
	c.answers(2, text+"["+rest+"]")
	c.call(3, text, rest+"y")
	c.refuses(3, bridge.ResourceExhausted, "the request has 1025 bytes; the limit is 1024. "+
		"Send less, or raise the limit (max_request_bytes; tombolo.maxRequestBytes in Java)")
}

func TestALargeFrameThatCannotBeAnsweredEndsItsConnection(t *testing.T) {
	large := make([]byte, 100<<10)
	fields := func(fields ...[]byte) []byte {
		var all []byte
		for _, field := range fields {
			all = append(all, field...)
		}
		return all
	}
	bytesField := func(number protowire.Number, content []byte) []byte {
		return protowire.AppendBytes(protowire.AppendTag(nil, number, protowire.BytesType), content)
	}
	varintField := func(number protowire.Number, value uint64) []byte {
		return protowire.AppendVarint(protowire.AppendTag(nil, number, protowire.VarintType), value)
	}
	id, message := varintField(1, 1), bytesField(4, large)
	for name, content := range map[string][]byte{
		"no request":                  bytesField(1, large),
		"no field":                    large,
		"a request without an id":     bytesField(2, message),
		"an unknown field":            bytesField(2, fields(id, message, bytesField(9, nil))),
		"a field that ends too early": bytesField(2, fields(id, message, []byte{0x22})),
		"lengths that make no sense":  bytesField(2, fields(id, message, bytesField(5, protowire.AppendVarint(nil, 1<<41)))),
		"lengths that add up to more": bytesField(2, fields(id, message,
			bytesField(5, protowire.AppendVarint(nil, 1<<40)), bytesField(5, protowire.AppendVarint(nil, 1)))),
		"lengths that are cut short":    bytesField(2, fields(id, message, bytesField(5, []byte{0xff}))),
		"a request longer than a frame": append(protowire.AppendVarint([]byte{0x12}, math.MaxUint64), large...),
		"a length that never ends":      append([]byte{0x12}, bytes.Repeat([]byte{0xff}, len(large))...),
	} {
		t.Run(name, func(t *testing.T) {
			c := limited(t)
			c.raw(framed(content)...)
			c.leaves(bridge.InvalidArgument, "a frame is too large and isn't a Request with an id")
		})
	}
}

func TestALargeRequestThatIsCutShortEndsItsConnection(t *testing.T) {
	c := limited(t)
	c.request(&sidecarv1.Request{Id: 1, Method: doMethod, Message: make([]byte, 100<<10), AttachmentLengths: []uint64{9}})
	c.raw([]byte("short")...)
	c.closeWrite()
	c.leaves(bridge.InvalidArgument, "the stream ended within a frame or its attachments")
}
