// What the tests of this package share: a server with a service that does what a test says, and a client.

package sidecar

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

const (
	doMethod = "tombolo.test.v1.TestService/Do"
	token    = "0123456789abcdef0123456789abcdef"
	// patience keeps a broken test from hanging; no test waits for it.
	patience = time.Minute
)

// TestMain keeps what the server logs about the tests' misbehaviour out of their output.
func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// The service of the tests borrows its messages: a request has a text (options.fingerprint_set) and attachments
// (pages.body), a response has a text (fingerprint_set).
type (
	request  = technologyv1.DetectBatchRequest
	response = technologyv1.LoadFingerprintsResponse
)

func answerOf(text string) *response { return &response{FingerprintSet: text} }

// doing is a service whose one method is a function of the test.
type doing func(ctx context.Context, r *request) (*response, error)

// Do calls the function.
func (d doing) Do(ctx context.Context, r *request) (*response, error) { return d(ctx, r) }

// echo answers with the text and the attachments, each in brackets.
func echo(_ context.Context, r *request) (*response, error) {
	text := r.GetOptions().GetFingerprintSet()
	for _, page := range r.GetPages() {
		text += "[" + string(page.GetBody()) + "]"
	}
	return answerOf(text), nil
}

// untilDone tells that it runs, and waits for the end of its context, which it tells too.
func untilDone(started, ended chan<- struct{}) doing {
	return func(ctx context.Context, _ *request) (*response, error) {
		started <- struct{}{}
		<-ctx.Done()
		ended <- struct{}{}
		return nil, ctx.Err()
	}
}

var testService = func() protoreflect.ServiceDescriptor {
	name := func(m proto.Message) *string {
		return proto.String("." + string(m.ProtoReflect().Descriptor().FullName()))
	}
	file, err := protodesc.NewFile(&descriptorpb.FileDescriptorProto{
		Name: proto.String("tombolo/test/v1/test.proto"), Package: proto.String("tombolo.test.v1"), Syntax: proto.String("proto3"),
		Dependency: []string{technologyv1.File_tombolo_technology_v1_technology_proto.Path()},
		Service: []*descriptorpb.ServiceDescriptorProto{{
			Name: proto.String("TestService"),
			Method: []*descriptorpb.MethodDescriptorProto{{
				Name: proto.String("Do"), InputType: name(&request{}), OutputType: name(&response{}),
			}},
		}},
	}, protoregistry.GlobalFiles)
	if err != nil {
		panic(err)
	}
	return file.Services().Get(0)
}()

func registryOf(t *testing.T, do doing) *bridge.Registry {
	t.Helper()
	registry := bridge.NewRegistry()
	if err := registry.Register(testService, do); err != nil {
		t.Fatal(err)
	}
	return registry
}

// folder returns a folder with a path that is short enough for sockets, unlike that of t.TempDir.
func folder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "t-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// running is a server that runs until the test ends or stops it.
type running struct {
	path     string
	registry *bridge.Registry
	stop     func()
}

func start(t *testing.T, do doing) *running {
	t.Helper()
	r := &running{path: filepath.Join(folder(t), "s"), registry: registryOf(t, do)}
	listener, err := net.Listen("unix", r.path)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- (&server{registry: r.registry, token: []byte(token), sameUser: true}).serve(ctx, listener)
		close(ended)
	}()
	r.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
	}
	t.Cleanup(r.stop)
	return r
}

// client is one connection.
type client struct {
	t      *testing.T
	socket *net.UnixConn
	reader *bufio.Reader
}

// dial connects and says nothing.
func dial(t *testing.T, path string) *client {
	t.Helper()
	socket, err := net.Dial("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	_ = socket.SetDeadline(time.Now().Add(patience))
	return &client{t: t, socket: socket.(*net.UnixConn), reader: bufio.NewReader(socket)}
}

// connect connects and is welcome.
func connect(t *testing.T, path, token string) *client {
	t.Helper()
	c := dial(t, path)
	c.send(hello(version.Protocol, token))
	if frame := c.receive(); frame.GetWelcome() == nil {
		t.Fatalf("got %v instead of a Welcome", frame)
	}
	return c
}

func hello(protocol uint32, token string) *sidecarv1.ClientFrame {
	return &sidecarv1.ClientFrame{Frame: &sidecarv1.ClientFrame_Hello{Hello: &sidecarv1.Hello{
		ProtocolVersion: protocol, ClientVersion: "test", Token: []byte(token),
	}}}
}

func cancelOf(id uint64) *sidecarv1.ClientFrame {
	return &sidecarv1.ClientFrame{Frame: &sidecarv1.ClientFrame_Cancel{Cancel: &sidecarv1.Cancel{Id: id}}}
}

func framed(content []byte) []byte {
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(content))), content...)
}

// raw sends bytes.
func (c *client) raw(content ...byte) {
	c.t.Helper()
	if _, err := c.socket.Write(content); err != nil {
		c.t.Fatal(err)
	}
}

// send sends a frame.
func (c *client) send(frame *sidecarv1.ClientFrame) {
	c.t.Helper()
	content, err := proto.Marshal(frame)
	if err != nil {
		c.t.Fatal(err)
	}
	c.raw(framed(content)...)
}

// call sends a call of Do with a text and attachments. It returns the request without the attachments' bytes.
func (c *client) call(id uint64, text string, attachments ...string) *sidecarv1.Request {
	c.t.Helper()
	r := &request{Options: &technologyv1.DetectOptions{FingerprintSet: text}}
	var lengths []uint64
	var content []byte
	for i, attachment := range attachments {
		r.Pages = append(r.Pages, &technologyv1.Page{Body: append([]byte("@"), '0'+byte(i))})
		lengths = append(lengths, uint64(len(attachment)))
		content = append(content, attachment...)
	}
	message, err := proto.Marshal(r)
	if err != nil {
		c.t.Fatal(err)
	}
	sent := &sidecarv1.Request{Id: id, Method: doMethod, Message: message, AttachmentLengths: lengths}
	c.request(sent)
	if len(content) > 0 {
		c.raw(content...)
	}
	return sent
}

// request sends a request without its attachments.
func (c *client) request(r *sidecarv1.Request) {
	c.t.Helper()
	c.send(frameOf(r))
}

func frameOf(r *sidecarv1.Request) *sidecarv1.ClientFrame {
	return &sidecarv1.ClientFrame{Frame: &sidecarv1.ClientFrame_Request{Request: r}}
}

// next reads the next frame.
func (c *client) next() (*sidecarv1.ServerFrame, error) {
	var frame sidecarv1.ServerFrame
	err := readFrame(c.reader, &frame, 1<<30)
	return &frame, err
}

// receive reads the next frame, which must come.
func (c *client) receive() *sidecarv1.ServerFrame {
	c.t.Helper()
	frame, err := c.next()
	if err != nil {
		c.t.Fatalf("no frame came: %v", err)
	}
	return frame
}

// answers checks that the next frame answers a call with a text.
func (c *client) answers(id uint64, text string) {
	c.t.Helper()
	frame := c.receive()
	if got, message := frame.GetResponse().GetId(), textOf(c.t, frame); got != id || message != text {
		c.t.Errorf("got [%s] for %d, want [%s] for %d", message, got, text, id)
	}
}

func textOf(t *testing.T, frame *sidecarv1.ServerFrame) string {
	t.Helper()
	outcome, ok := frame.GetResponse().GetOutcome().(*sidecarv1.Response_Message)
	var r response
	if !ok {
		t.Fatalf("got %v", frame)
	}
	if err := proto.Unmarshal(outcome.Message, &r); err != nil {
		t.Fatal(err)
	}
	return r.GetFingerprintSet()
}

// refuses checks that the next frame answers a call with an error, and returns it.
func (c *client) refuses(id uint64, code bridge.Code, message string) *runtimev1.Status {
	c.t.Helper()
	frame := c.receive()
	status := frame.GetResponse().GetError()
	if frame.GetResponse().GetId() != id || status.GetCode() != int32(code) || status.GetMessage() != message {
		c.t.Errorf("got  %v\nwant %v: %s for %d", frame, code, message, id)
	}
	return status
}

// leaves checks that the next frame says goodbye, and that nothing follows it.
func (c *client) leaves(code bridge.Code, message string) {
	c.t.Helper()
	frame := c.receive()
	reason := frame.GetGoodbye().GetReason()
	if reason == nil || reason.GetCode() != int32(code) || reason.GetMessage() != message {
		c.t.Errorf("got  %v\nwant %v: %s", frame, code, message)
	}
	c.ends()
}

// ends checks that no frame follows. What the server left unread makes it a reset instead of an orderly end.
func (c *client) ends() {
	c.t.Helper()
	if frame, err := c.next(); err != io.EOF && !errors.Is(err, syscall.ECONNRESET) {
		c.t.Errorf("got %v, %v instead of the end", frame, err)
	}
}

// closeWrite tells the server that nothing follows.
func (c *client) closeWrite() {
	c.t.Helper()
	if err := c.socket.CloseWrite(); err != nil {
		c.t.Fatal(err)
	}
}

// hasLimit checks that an error has that one detail.
func hasLimit(t *testing.T, status *runtimev1.Status, want *runtimev1.LimitExceeded) {
	t.Helper()
	if len(status.GetDetails()) != 1 {
		t.Fatalf("there are %d details", len(status.GetDetails()))
	}
	if got, err := status.GetDetails()[0].UnmarshalNew(); err != nil || !proto.Equal(got, want) {
		t.Errorf("the detail is %v, %v; want %v", got, err, want)
	}
}
