// Reading values that are no messages.

package jsonpb

import (
	"bytes"
	"encoding/base64"
	"math"
	"strconv"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// scalar reads one value of a field. An invalid value without an error means that there is
// nothing to set: an enum's name that this library doesn't know.
func (d *decoder) scalar(field *fieldPlan) (protoreflect.Value, error) {
	first := d.peek()
	start := d.pos
	var value protoreflect.Value
	ok := false
	switch field.kind {
	case protoreflect.BoolKind:
		return d.boolean()
	case protoreflect.StringKind:
		text, err := d.str("a string")
		if err != nil {
			return value, err
		}
		return protoreflect.ValueOfString(string(text)), nil
	case protoreflect.BytesKind:
		return d.bytes(field)
	case protoreflect.EnumKind:
		return d.enum(field.enum)
	}
	text, err := d.numberText(first)
	if err != nil {
		return value, err
	}
	switch field.kind {
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		var n int64
		n, ok = parseInt(text, 32)
		value = protoreflect.ValueOfInt32(int32(n))
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		var n int64
		n, ok = parseInt(text, 64)
		value = protoreflect.ValueOfInt64(n)
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		var n uint64
		n, ok = parseUint(text, 32)
		value = protoreflect.ValueOfUint32(uint32(n))
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		var n uint64
		n, ok = parseUint(text, 64)
		value = protoreflect.ValueOfUint64(n)
	case protoreflect.FloatKind:
		var f float64
		f, ok = parseFloat(text, first == '"', 32)
		value = protoreflect.ValueOfFloat32(float32(f))
	case protoreflect.DoubleKind:
		var f float64
		f, ok = parseFloat(text, first == '"', 64)
		value = protoreflect.ValueOfFloat64(f)
	}
	if !ok {
		return protoreflect.Value{}, fail(start, "not a value of "+field.kind.String())
	}
	return value, nil
}

func (d *decoder) boolean() (protoreflect.Value, error) {
	switch d.peek() {
	case 't':
		return protoreflect.ValueOfBool(true), d.literal("true")
	case 'f':
		return protoreflect.ValueOfBool(false), d.literal("false")
	}
	return protoreflect.Value{}, d.unexpected("true or false")
}

// numberText reads a number, which may be in a string, and returns its text. A string's
// content may be anything.
func (d *decoder) numberText(first byte) ([]byte, error) {
	switch {
	case first == '"':
		return d.str("a number")
	case first == '-' || '0' <= first && first <= '9':
		return d.number()
	}
	return nil, d.unexpected("a number")
}

// enum reads an enum's value, by name or number.
func (d *decoder) enum(plan *enumPlan) (protoreflect.Value, error) {
	start := d.pos
	switch first := d.peek(); {
	case first == '"':
		name, err := d.str("an enum")
		if err != nil {
			return protoreflect.Value{}, err
		}
		if number, ok := plan.numbers[string(name)]; ok {
			return protoreflect.ValueOfEnum(number), nil
		}
		return protoreflect.Value{}, nil
	case first == 'n' && plan.isNull:
		return protoreflect.ValueOfEnum(0), d.literal("null")
	case first == '-' || '0' <= first && first <= '9':
		text, err := d.number()
		if err != nil {
			return protoreflect.Value{}, err
		}
		number, ok := parseInt(text, 32)
		if !ok {
			return protoreflect.Value{}, fail(start, "not a value of enum")
		}
		return protoreflect.ValueOfEnum(protoreflect.EnumNumber(number)), nil
	}
	return protoreflect.Value{}, d.unexpected("an enum's name or number")
}

// bytes reads base64, or a reference to an attachment where the field allows it.
func (d *decoder) bytes(field *fieldPlan) (protoreflect.Value, error) {
	d.peek()
	start := d.pos
	text, err := d.str("a string")
	if err != nil {
		return protoreflect.Value{}, err
	}
	if field.attachment && len(text) > 0 && text[0] == '@' {
		content, err := d.attachment(text)
		return protoreflect.ValueOfBytes(content), err
	}
	encoding := base64.StdEncoding
	if bytes.ContainsAny(text, "-_") {
		encoding = base64.URLEncoding
	}
	if len(text)%4 != 0 {
		encoding = encoding.WithPadding(base64.NoPadding)
	}
	content := make([]byte, encoding.DecodedLen(len(text)))
	n, err := encoding.Decode(content, text)
	if err != nil {
		return protoreflect.Value{}, fail(start, "not base64")
	}
	return protoreflect.ValueOfBytes(content[:n]), nil
}

// parseFloat gives the value of a number of a size in bits. Only in quotes, it may be infinite or
// no number, and has to be checked to be one of JSON's.
func parseFloat(text []byte, quoted bool, bits int) (float64, bool) {
	if quoted {
		switch string(text) {
		case "NaN":
			return math.NaN(), true
		case "Infinity":
			return math.Inf(1), true
		case "-Infinity":
			return math.Inf(-1), true
		}
		if !isNumber(text) {
			return 0, false
		}
	}
	f, err := strconv.ParseFloat(string(text), bits)
	return f, err == nil
}

// mapKey makes the key of a map from a member's name.
func mapKey(name []byte, kind protoreflect.Kind) (protoreflect.MapKey, bool) {
	text := string(name)
	var value protoreflect.Value
	var err error
	switch kind {
	case protoreflect.BoolKind:
		value = protoreflect.ValueOfBool(text == "true")
		return value.MapKey(), text == "true" || text == "false"
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		var n int64
		n, err = strconv.ParseInt(text, 10, 32)
		value = protoreflect.ValueOfInt32(int32(n))
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		var n int64
		n, err = strconv.ParseInt(text, 10, 64)
		value = protoreflect.ValueOfInt64(n)
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		var n uint64
		n, err = strconv.ParseUint(text, 10, 32)
		value = protoreflect.ValueOfUint32(uint32(n))
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		var n uint64
		n, err = strconv.ParseUint(text, 10, 64)
		value = protoreflect.ValueOfUint64(n)
	default:
		value = protoreflect.ValueOfString(text)
	}
	return value.MapKey(), err == nil
}
