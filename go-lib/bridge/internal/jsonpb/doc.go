// Package jsonpb reads and writes messages as proto3 JSON, driven by their descriptors.
//
// It follows protojson (reading with DiscardUnknown, so a newer caller's fields don't
// break an older library) but streams over the bytes with plans that are made once per
// message type, since each call crosses it twice. Beyond protojson it resolves
// attachments: bytes that travel beside the JSON.
//
// It is meant for proto3 messages: extensions and required fields, which proto3 lacks,
// are neither read, written nor checked. Plans are kept for the life of the process.
// All functions are safe for concurrent use on different messages.
package jsonpb

// maxDepth is how deep messages may nest, as in a message tree of this height; it
// bounds the stack that hostile input can make a call use.
const maxDepth = 100
