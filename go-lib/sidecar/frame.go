// Frames: a length of four bytes, most significant first, then a protobuf message.

package sidecar

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"google.golang.org/protobuf/proto"

	sidecarv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/sidecar/v1"
)

// frameOverhead is what a request's frame may have beside its message: id, method, lengths.
const frameOverhead = 64 << 10

// oversized is a frame that is too large to be read; [skipRequest] passes over it.
type oversized struct{ size uint64 }

func (o *oversized) Error() string { return fmt.Sprintf("a frame has %d bytes", o.size) }

// readFrame reads the next frame. After an [oversized] error the reader is behind the frame's length; any other error
// ends the stream: io.EOF at the end of a frame, others within one.
func readFrame(r *bufio.Reader, frame proto.Message, limit uint64) error {
	var prefix [4]byte
	if _, err := io.ReadFull(r, prefix[:]); err == io.EOF {
		return err
	} else if err != nil {
		return truncated(err)
	}
	size := uint64(binary.BigEndian.Uint32(prefix[:]))
	if size > limit {
		return &oversized{size}
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(r, content); err != nil {
		return truncated(err)
	}
	if err := proto.Unmarshal(content, frame); err != nil {
		return fmt.Errorf("a frame is malformed: %w", err)
	}
	return nil
}

// truncated tells the end of the stream where more must follow from its end between two frames.
func truncated(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the stream ended within a frame or its attachments")
	}
	return err
}

// writeFrame writes a frame in one piece.
func writeFrame(w io.Writer, frame *sidecarv1.ServerFrame) error {
	content, err := proto.MarshalOptions{}.MarshalAppend(make([]byte, 4, 4+proto.Size(frame)), frame)
	if err != nil {
		return err
	}
	size := len(content) - 4
	if uint64(size) > 1<<32-1 {
		return errors.New("the answer is larger than a frame can be")
	}
	binary.BigEndian.PutUint32(content, uint32(size))
	_, err = w.Write(content)
	return err
}
