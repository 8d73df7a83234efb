// Tests of how a connection begins.

package sidecar

import (
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

func TestAClientThatKnowsTheSecretIsWelcome(t *testing.T) {
	c := dial(t, start(t, echo).path)
	c.send(hello(version.Protocol, token))
	want := &sidecarv1.Welcome{
		ProtocolVersion: version.Protocol, LibraryVersion: version.Library, Pid: int64(os.Getpid()),
	}
	if frame := c.receive(); !proto.Equal(frame.GetWelcome(), want) {
		t.Errorf("got %v, want %v", frame, want)
	}
}

func TestAGreetingThatIsWrongEndsTheConnection(t *testing.T) {
	frame := func(f *sidecarv1.ClientFrame) []byte {
		content, err := proto.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		return framed(content)
	}
	const notHello = "the first frame of a connection must be a Hello"
	const cutShort = "the greeting can't be read: the stream ended within a frame or its attachments"
	for name, test := range map[string]struct {
		sent    []byte
		ends    bool // whether the client closes its side
		code    bridge.Code
		message string
	}{
		"another protocol": {
			frame(hello(7, token)), false, bridge.FailedPrecondition,
			"the client (tombolo test) speaks protocol 7 and the sidecar (tombolo " + version.Library + ") protocol 1; " +
				"use the same version of both",
		},
		"another secret": {
			frame(hello(version.Protocol, strings.ToUpper(token))), false, bridge.Unauthenticated,
			"the client's token isn't this sidecar's",
		},
		"no secret": {
			frame(hello(version.Protocol, "")), false, bridge.Unauthenticated, "the client's token isn't this sidecar's",
		},
		"a beginning of the secret": {
			frame(hello(version.Protocol, token[:31])), false, bridge.Unauthenticated, "the client's token isn't this sidecar's",
		},
		"a cancel":       {frame(cancelOf(1)), false, bridge.InvalidArgument, notHello},
		"an empty frame": {framed(nil), false, bridge.InvalidArgument, notHello},
		"another protocol altogether": {
			[]byte("GET / HTTP/1.1\r\n\r\n"), false, bridge.InvalidArgument,
			"the greeting can't be read: a frame has 1195725856 bytes",
		},
		"a large frame": {
			framed(make([]byte, maxGreeting+1)), false, bridge.InvalidArgument, "the greeting can't be read: a frame has 4097 bytes",
		},
		"a beginning of a length": {[]byte{0, 0}, true, bridge.InvalidArgument, cutShort},
		"only a length":           {[]byte{0, 0, 0, 9}, true, bridge.InvalidArgument, cutShort},
		"a beginning of a frame":  {[]byte{0, 0, 0, 9, 10, 7}, true, bridge.InvalidArgument, cutShort},
	} {
		t.Run(name, func(t *testing.T) {
			c := dial(t, start(t, echo).path)
			c.raw(test.sent...)
			if test.ends {
				c.closeWrite()
			}
			c.leaves(test.code, test.message)
		})
	}
}

func TestARequestBeforeTheGreetingIsNotMade(t *testing.T) {
	c := dial(t, start(t, nil).path)
	c.call(1, "text")
	c.leaves(bridge.InvalidArgument, "the first frame of a connection must be a Hello")
}

func TestAMalformedGreetingIsRefused(t *testing.T) {
	c := dial(t, start(t, echo).path)
	c.raw(framed([]byte("\x0a\xff"))...)
	reason := c.receive().GetGoodbye().GetReason()
	if reason.GetCode() != int32(bridge.InvalidArgument) ||
		!strings.HasPrefix(reason.GetMessage(), "the greeting can't be read: a frame is malformed: ") {
		t.Errorf("got %v", reason)
	}
	c.ends()
}

func TestAPeerThatSaysNothingIsNotAnswered(t *testing.T) {
	c := dial(t, start(t, echo).path)
	c.closeWrite()
	c.ends()
}
