// What the tests share to make calls in both encodings and to look at errors.

package bridge

import (
	"bytes"
	"context"
	"log/slog"
	"sync"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

// encodings are those that every call can be made in.
var encodings = map[string]Encoding{"JSON": JSON, "binary": Binary}

// requestOf makes a request from its JSON.
func requestOf(t *testing.T, json string) *request {
	t.Helper()
	m := &request{}
	if err := protojson.Unmarshal([]byte(json), m); err != nil {
		t.Fatal(err)
	}
	return m
}

func encode(t *testing.T, encoding Encoding, m proto.Message) []byte {
	t.Helper()
	var encoded []byte
	var err error
	if encoding == JSON {
		encoded, err = protojson.Marshal(m)
	} else {
		encoded, err = proto.Marshal(m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func decode(t *testing.T, encoding Encoding, encoded []byte, m proto.Message) {
	t.Helper()
	var err error
	if encoding == JSON {
		err = protojson.Unmarshal(encoded, m)
	} else {
		err = proto.Unmarshal(encoded, m)
	}
	if err != nil {
		t.Fatalf("%v in %q", err, encoded)
	}
}

// do makes a call of TestService and returns the texts of its response.
func do(t *testing.T, registry *Registry, encoding Encoding, message []byte, attachments ...[]byte) ([]string, error) {
	t.Helper()
	answer, err := registry.Call(context.Background(), Request{
		Method: doMethod, Encoding: encoding, Message: message, Attachments: attachments,
	})
	if err != nil {
		return nil, err
	}
	return textsOf(t, encoding, answer), nil
}

// inBothEncodings runs a test once for each encoding.
func inBothEncodings(t *testing.T, test func(t *testing.T, encoding Encoding)) {
	for name, encoding := range encodings {
		t.Run(name, func(t *testing.T) { test(t, encoding) })
	}
}

// failsWith fails the test unless the error reaches its caller with that code and message.
func failsWith(t *testing.T, err error, code Code, message string) *runtimev1.Status {
	t.Helper()
	if err == nil {
		t.Fatalf("there is no error; want %v: %s", code, message)
	}
	status := StatusOf(err)
	if Code(status.GetCode()) != code || status.GetMessage() != message {
		t.Errorf("got  %v: %s\nwant %v: %s", Code(status.GetCode()), status.GetMessage(), code, message)
	}
	return status
}

// hasDetail fails the test unless the status has that one detail.
func hasDetail(t *testing.T, status *runtimev1.Status, want proto.Message) {
	t.Helper()
	if len(status.GetDetails()) != 1 {
		t.Fatalf("there are %d details", len(status.GetDetails()))
	}
	got, err := status.GetDetails()[0].UnmarshalNew()
	if err != nil {
		t.Fatal(err)
	}
	if !proto.Equal(got, want) {
		t.Errorf("the detail is %v, want %v", got, want)
	}
}

// logged keeps what is logged during the test, and the test's output clean of it.
func logged(t *testing.T) *safeBuffer {
	buffer := &safeBuffer{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(buffer, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return buffer
}

// safeBuffer is a buffer that is safe for concurrent use.
type safeBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

// Write implements io.Writer.
func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

// String returns what was written.
func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
