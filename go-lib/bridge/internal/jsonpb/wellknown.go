// Well-known types: protojson reads and writes those that have a JSON form of their own.

package jsonpb

import (
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// wellKnown reads a value of a well-known type. An Any needs its type in protoregistry.GlobalTypes.
func (d *decoder) wellKnown(m protoreflect.Message, plan *messagePlan, depth int) error {
	d.peek()
	start := d.pos
	options := protojson.UnmarshalOptions{AllowPartial: true, DiscardUnknown: true, RecursionLimit: depth}
	if err := options.Unmarshal(d.extent(), m.Interface()); err != nil {
		return fail(start, "invalid "+string(plan.name)+": "+reason(err))
	}
	return nil
}

// appendWellKnown appends a value of a well-known type.
func appendWellKnown(b []byte, m protoreflect.Message, plan *messagePlan) ([]byte, error) {
	out, err := protojson.MarshalOptions{AllowPartial: true}.MarshalAppend(b, m.Interface())
	if err != nil {
		return b, &jsonError{offset: -1, text: "isn't a valid " + string(plan.name) + ": " + reason(err)}
	}
	return out, nil
}

// reason gives what protojson says, cut to a length fit for an error. Its prefix "proto:" comes with
// either of two kinds of spaces.
func reason(err error) string {
	text := strings.TrimPrefix(err.Error(), "proto:")
	return excerpt(strings.TrimLeft(text, " \u00a0"), maxReason)
}
