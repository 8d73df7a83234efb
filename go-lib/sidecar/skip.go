// Requests that are too large: passed over without being held, so that the connection stays usable.

package sidecar

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"google.golang.org/protobuf/encoding/protowire"
)

// maxSkip is where the lengths in a request stop making sense: 1 TiB.
const maxSkip = 1 << 40

var errOversized = errors.New("a frame is too large and isn't a Request with an id")

// tag is a field's number and type as they stand before its value.
func tag(number protowire.Number, kind protowire.Type) uint64 {
	return protowire.EncodeTag(number, kind)
}

// skipRequest passes over a request's frame, whose length was read already, and over the attachments that follow
// it. It returns the request's id and the size of all that. Any error ends the stream.
func skipRequest(r *bufio.Reader, frameSize uint64) (id, size uint64, err error) {
	// Ends where the frame does, so that buffering it takes nothing from what follows.
	frame := bufio.NewReader(io.LimitReader(r, int64(frameSize)))
	if kind, err := binary.ReadUvarint(frame); err != nil || kind != tag(2, protowire.BytesType) {
		return 0, 0, errOversized
	}
	if length, err := binary.ReadUvarint(frame); err != nil || length >= frameSize {
		return 0, 0, errOversized
	}
	id, attachments, err := skipFields(frame)
	if err != nil || id == 0 {
		return 0, 0, errOversized
	}
	if _, err := io.CopyN(io.Discard, r, int64(attachments)); err != nil {
		return 0, 0, truncated(err)
	}
	return id, frameSize + attachments, nil
}

// skipFields reads to the end of a Request and returns its id and the size of its attachments.
func skipFields(frame *bufio.Reader) (id, attachments uint64, err error) {
	for {
		field, err := binary.ReadUvarint(frame)
		if err == io.EOF {
			return id, attachments, nil
		}
		if err != nil {
			return 0, 0, err
		}
		value, err := binary.ReadUvarint(frame)
		if err != nil {
			return 0, 0, err
		}
		switch field {
		case tag(1, protowire.VarintType):
			id = value
		case tag(3, protowire.VarintType):
		case tag(2, protowire.BytesType), tag(4, protowire.BytesType):
			_, err = io.CopyN(io.Discard, frame, int64(min(value, maxSkip)))
		case tag(5, protowire.BytesType):
			var size uint64
			size, err = sum(bufio.NewReader(io.LimitReader(frame, int64(min(value, maxSkip)))))
			attachments += size
		default:
			err = errOversized
		}
		if err != nil {
			return 0, 0, err
		}
		if attachments > maxSkip {
			return 0, 0, errOversized
		}
	}
}

// sum adds up lengths.
func sum(lengths *bufio.Reader) (uint64, error) {
	var total uint64
	for {
		length, err := binary.ReadUvarint(lengths)
		if err == io.EOF {
			return total, nil
		}
		if err != nil {
			return 0, err
		}
		if length > maxSkip || total > maxSkip {
			return 0, errOversized
		}
		total += length
	}
}
