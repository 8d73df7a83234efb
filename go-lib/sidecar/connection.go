// One connection: its greeting, and its requests, each on a goroutine of its own.

package sidecar

import (
	"bufio"
	"context"
	"crypto/subtle"
	"errors"
	"io"
	"math"
	"net"
	"os"
	"sync"
	"time"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

const (
	// greetingTimeout is how long a peer may take to say who it is.
	greetingTimeout = 10 * time.Second
	// farewellTimeout is how long a peer may take to read why its connection ends.
	farewellTimeout = time.Second
	// maxGreeting is the most that a greeting may hold, in bytes.
	maxGreeting = 4 << 10
	// maxInFlight bounds the calls in flight of one connection.
	maxInFlight = 1024
)

// connection is safe for concurrent use where its comment says so.
type connection struct {
	registry *bridge.Registry
	socket   *net.UnixConn
	reader   *bufio.Reader
	calls    bridge.Calls
	inFlight sync.WaitGroup
	slots    chan struct{}
	writing  sync.Mutex
}

// handle serves a connection until its peer or the context ends it. Whatever way it ends, its calls are cancelled
// and have returned when it returns.
func (s *server) handle(ctx context.Context, socket *net.UnixConn) error {
	c := &connection{
		registry: s.registry,
		socket:   socket,
		reader:   bufio.NewReaderSize(socket, 64<<10),
		slots:    make(chan struct{}, maxInFlight),
	}
	defer func() { _ = socket.Close() }()
	ctx, cancel := context.WithCancel(ctx)
	// Reading is the only thing that waits for the peer, so that is what the end of the context ends.
	stop := context.AfterFunc(ctx, func() { _ = socket.CloseRead() })
	err := s.greet(c)
	if err == nil {
		err = c.serve(ctx)
	}
	if err == io.EOF {
		err = nil
	}
	stopped := !stop()
	cancel()
	if stopped {
		err = bridge.Errorf(bridge.Unavailable, "the sidecar is stopping")
	}
	if err != nil {
		c.farewell(err)
	}
	c.inFlight.Wait()
	if stopped {
		return nil
	}
	return err
}

// greet checks the peer: its user, its protocol version, its token. io.EOF if the peer said nothing.
func (s *server) greet(c *connection) error {
	if s.sameUser {
		if uid, known := peerUser(c.socket); known && uid != os.Getuid() {
			return bridge.Errorf(bridge.PermissionDenied, "the peer's user is %d; this sidecar serves user %d", uid, os.Getuid())
		}
	}
	_ = c.socket.SetReadDeadline(time.Now().Add(greetingTimeout))
	var frame sidecarv1.ClientFrame
	if err := readFrame(c.reader, &frame, maxGreeting); err == io.EOF {
		return err
	} else if err != nil {
		return bridge.Errorf(bridge.InvalidArgument, "the greeting can't be read: %v", err)
	}
	hello := frame.GetHello()
	switch {
	case hello == nil:
		return bridge.Errorf(bridge.InvalidArgument, "the first frame of a connection must be a Hello")
	case hello.GetProtocolVersion() != version.Protocol:
		return bridge.Errorf(bridge.FailedPrecondition,
			"the client (tombolo %s) speaks protocol %d and the sidecar (tombolo %s) protocol %d; use the same version of both",
			hello.GetClientVersion(), hello.GetProtocolVersion(), version.Library, version.Protocol)
	case subtle.ConstantTimeCompare(hello.GetToken(), s.token) != 1:
		return bridge.Errorf(bridge.Unauthenticated, "the client's token isn't this sidecar's")
	}
	_ = c.socket.SetReadDeadline(time.Time{})
	return c.write(&sidecarv1.ServerFrame{Frame: &sidecarv1.ServerFrame_Welcome{Welcome: &sidecarv1.Welcome{
		ProtocolVersion: version.Protocol,
		LibraryVersion:  version.Library,
		Pid:             int64(os.Getpid()),
	}}})
}

// serve reads frames until the peer closes the connection, which is io.EOF, or breaks the protocol.
func (c *connection) serve(ctx context.Context) error {
	for {
		var frame sidecarv1.ClientFrame
		limit := c.registry.MaxRequestBytes()
		// What is a little too large is read, so that the dispatcher refuses it in the words it has for every door.
		err := readFrame(c.reader, &frame, 2*min(limit, math.MaxUint32)+frameOverhead)
		var large *oversized
		switch {
		case errors.As(err, &large):
			id, size, err := skipRequest(c.reader, large.size)
			if err != nil {
				return bridge.Errorf(bridge.InvalidArgument, "%v", err)
			}
			c.respond(id, nil, bridge.TooLarge(size, limit))
			continue
		case err == io.EOF:
			return err
		case err != nil:
			return bridge.Errorf(bridge.InvalidArgument, "%v", err)
		}
		switch f := frame.GetFrame().(type) {
		case *sidecarv1.ClientFrame_Request:
			if err := c.request(ctx, f.Request); err != nil {
				return err
			}
		case *sidecarv1.ClientFrame_Cancel:
			c.calls.Cancel(f.Cancel.GetId())
		default:
			return bridge.Errorf(bridge.InvalidArgument, "a frame is neither a Request nor a Cancel")
		}
	}
}

// request reads a request's attachments and starts its call. An error ends the connection; what only
// concerns the call is its answer.
func (c *connection) request(ctx context.Context, request *sidecarv1.Request) error {
	if request.GetId() == 0 {
		return bridge.Errorf(bridge.InvalidArgument, "a request has no id")
	}
	attachments, err := c.readAttachments(request)
	var refused *bridge.Error
	if errors.As(err, &refused) {
		c.respond(request.GetId(), nil, refused)
		return nil
	}
	if err != nil {
		return err
	}
	select {
	case c.slots <- struct{}{}:
	default:
		c.respond(request.GetId(), nil, bridge.Errorf(bridge.ResourceExhausted,
			"%d calls are in flight on this connection, which is the most it may have; wait for some of them", maxInFlight))
		return nil
	}
	ctx, end, err := c.calls.Begin(ctx, request.GetId())
	if err != nil {
		<-c.slots
		return err
	}
	c.inFlight.Go(func() {
		defer func() { <-c.slots }()
		response, err := c.registry.Call(ctx, bridge.Request{
			Method:      request.GetMethod(),
			Timeout:     time.Duration(request.GetTimeoutNanos()),
			Encoding:    bridge.Binary,
			Message:     request.GetMessage(),
			Attachments: attachments,
		})
		// Whoever has the answer may use its id again, so the call ends first.
		end()
		c.respond(request.GetId(), response, err)
	})
	return nil
}

// readAttachments reads the bytes behind a request's frame. Those of a request that is too large are passed over.
func (c *connection) readAttachments(request *sidecarv1.Request) ([][]byte, error) {
	limit := c.registry.MaxRequestBytes()
	var size uint64
	for _, length := range request.GetAttachmentLengths() {
		if length > maxSkip || size > maxSkip {
			return nil, errors.New("the lengths of a request's attachments make no sense")
		}
		size += length
	}
	if size > limit {
		if _, err := io.CopyN(io.Discard, c.reader, int64(size)); err != nil {
			return nil, truncated(err)
		}
		return nil, bridge.TooLarge(size, limit)
	}
	attachments := make([][]byte, len(request.GetAttachmentLengths()))
	for i, length := range request.GetAttachmentLengths() {
		attachments[i] = make([]byte, length)
		if _, err := io.ReadFull(c.reader, attachments[i]); err != nil {
			return nil, truncated(err)
		}
	}
	return attachments, nil
}

// respond writes an answer; it's safe for concurrent use. A peer that is gone needs none.
func (c *connection) respond(id uint64, message []byte, err error) {
	response := &sidecarv1.Response{Id: id}
	if err != nil {
		response.Outcome = &sidecarv1.Response_Error{Error: bridge.StatusOf(err)}
	} else {
		response.Outcome = &sidecarv1.Response_Message{Message: message}
	}
	if err := c.write(&sidecarv1.ServerFrame{Frame: &sidecarv1.ServerFrame_Response{Response: response}}); err != nil {
		// A frame that was written in part can't be followed by another one.
		_ = c.socket.Close()
	}
}

// farewell tells the peer why its connection ends, and ends it.
func (c *connection) farewell(reason error) {
	status := bridge.StatusOf(reason)
	if status.GetCode() == int32(bridge.Unknown) {
		status.Code = int32(bridge.InvalidArgument)
	}
	_ = c.socket.SetWriteDeadline(time.Now().Add(farewellTimeout))
	_ = c.write(&sidecarv1.ServerFrame{Frame: &sidecarv1.ServerFrame_Goodbye{Goodbye: &sidecarv1.Goodbye{Reason: status}}})
	_ = c.socket.Close()
}

func (c *connection) write(frame *sidecarv1.ServerFrame) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	return writeFrame(c.socket, frame)
}
