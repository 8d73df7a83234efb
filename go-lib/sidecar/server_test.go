// Tests of how connections end: broken frames, peers that leave, the server's stop.

package sidecar

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

func TestABrokenFrameEndsOnlyItsConnection(t *testing.T) {
	const cutShort = "the stream ended within a frame or its attachments"
	for name, test := range map[string]struct {
		send    func(c *client)
		code    bridge.Code
		message string
	}{
		"an empty frame": {
			func(c *client) { c.raw(framed(nil)...) }, bridge.InvalidArgument, "a frame is neither a Request nor a Cancel",
		},
		"a second Hello": {
			func(c *client) { c.send(hello(version.Protocol, token)) }, bridge.InvalidArgument,
			"a frame is neither a Request nor a Cancel",
		},
		"a request without an id": {
			func(c *client) { c.call(0, "text") }, bridge.InvalidArgument, "a request has no id",
		},
		"lengths that make no sense": {
			func(c *client) {
				c.request(&sidecarv1.Request{Id: 1, Method: doMethod, AttachmentLengths: []uint64{1<<40 + 1}})
			},
			bridge.InvalidArgument, "the lengths of a request's attachments make no sense",
		},
		"lengths whose sum makes no sense": {
			func(c *client) {
				c.request(&sidecarv1.Request{Id: 1, Method: doMethod, AttachmentLengths: []uint64{1 << 40, 1 << 40, 1 << 40}})
			},
			bridge.InvalidArgument, "the lengths of a request's attachments make no sense",
		},
		"only a length": {
			func(c *client) { c.raw(0, 0, 0, 9); c.closeWrite() }, bridge.InvalidArgument, cutShort,
		},
		"a beginning of a length": {
			func(c *client) { c.raw(0); c.closeWrite() }, bridge.InvalidArgument, cutShort,
		},
		"a beginning of an attachment": {
			func(c *client) {
				c.request(&sidecarv1.Request{Id: 1, Method: doMethod, AttachmentLengths: []uint64{5}})
				c.raw([]byte("1234")...)
				c.closeWrite()
			},
			bridge.InvalidArgument, cutShort,
		},
		"no attachment": {
			func(c *client) {
				c.request(&sidecarv1.Request{Id: 1, Method: doMethod, AttachmentLengths: []uint64{5}})
				c.closeWrite()
			},
			bridge.InvalidArgument, cutShort,
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, echo)
			good, bad := connect(t, s.path, token), connect(t, s.path, token)
			test.send(bad)
			bad.leaves(test.code, test.message)
			good.call(1, "still here")
			good.answers(1, "still here")
		})
	}
}

func TestAMalformedFrameEndsItsConnection(t *testing.T) {
	s := start(t, echo)
	good, bad := connect(t, s.path, token), connect(t, s.path, token)
	bad.raw(framed([]byte("\x12\xff"))...)
	reason := bad.receive().GetGoodbye().GetReason()
	if reason.GetCode() != int32(bridge.InvalidArgument) || !strings.HasPrefix(reason.GetMessage(), "a frame is malformed: ") {
		t.Errorf("got %v", reason)
	}
	bad.ends()
	good.call(1, "still here")
	good.answers(1, "still here")
}

func TestAnIdInFlightEndsItsConnection(t *testing.T) {
	started, ended := make(chan struct{}, 1), make(chan struct{}, 1)
	c := connect(t, start(t, untilDone(started, ended)).path, token)
	c.call(1, "first")
	<-started
	c.call(1, "second")
	// The first call is cancelled, and its answer may still come, but not after the goodbye.
	for {
		frame := c.receive()
		if frame.GetResponse() != nil {
			continue
		}
		if reason := frame.GetGoodbye().GetReason(); reason.GetCode() != int32(bridge.AlreadyExists) ||
			reason.GetMessage() != "a call with the id 1 is in flight; give each call its own" {
			t.Errorf("got %v", frame)
		}
		break
	}
	c.ends()
	<-ended
}

func TestAPeerThatLeavesEndsItsCalls(t *testing.T) {
	started, ended := make(chan struct{}, 1), make(chan struct{}, 1)
	c := connect(t, start(t, untilDone(started, ended)).path, token)
	c.call(1, "")
	<-started
	if err := c.socket.Close(); err != nil {
		t.Fatal(err)
	}
	<-ended
}

func TestAStopEndsConnectionsAndTheirCalls(t *testing.T) {
	started, ended := make(chan struct{}, 1), make(chan struct{}, 1)
	s := start(t, untilDone(started, ended))
	busy, idle := connect(t, s.path, token), connect(t, s.path, token)
	busy.call(1, "")
	<-started
	s.stop()
	if len(ended) != 1 {
		t.Error("the server ended before its call")
	}
	idle.leaves(bridge.Unavailable, "the sidecar is stopping")
	frame := busy.receive()
	if frame.GetResponse() != nil { // the cancelled call may have been faster
		frame = busy.receive()
	}
	if reason := frame.GetGoodbye().GetReason(); reason.GetCode() != int32(bridge.Unavailable) {
		t.Errorf("got %v", frame)
	}
	busy.ends()
}

func TestAStopEndsConnectionsThatAreNotGreeted(t *testing.T) {
	s := start(t, echo)
	c := dial(t, s.path)
	c.raw(0, 0)
	s.stop()
	// Whether the server had accepted the connection is open, so its goodbye may be missing.
	if frame, err := c.next(); err == nil {
		if reason := frame.GetGoodbye().GetReason(); reason.GetCode() != int32(bridge.Unavailable) {
			t.Errorf("got %v", frame)
		}
		c.ends()
	}
}

func TestFramesAreReadUpToTheirLimit(t *testing.T) {
	var buffer bytes.Buffer
	frame := &sidecarv1.ServerFrame{Frame: &sidecarv1.ServerFrame_Response{Response: &sidecarv1.Response{
		Id: 7, Outcome: &sidecarv1.Response_Message{Message: []byte("message")},
	}}}
	if err := writeFrame(&buffer, frame); err != nil {
		t.Fatal(err)
	}
	size := uint64(buffer.Len() - 4)
	for limit, fits := range map[uint64]bool{size: true, size - 1: false} {
		var got sidecarv1.ServerFrame
		err := readFrame(bufio.NewReader(bytes.NewReader(buffer.Bytes())), &got, limit)
		if fits && (err != nil || got.GetResponse().GetId() != 7) {
			t.Errorf("at its limit: %v, %v", &got, err)
		}
		if large, ok := err.(*oversized); !fits && (!ok || large.size != size) {
			t.Errorf("over its limit: %v", err)
		}
	}
}
