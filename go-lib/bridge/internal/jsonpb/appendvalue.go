// Writing single values.

package jsonpb

import (
	"encoding/base64"
	"math"
	"strconv"
	"unicode/utf8"
	"unsafe"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// appendValue appends one value of a field: itself, or an element of its list or map.
func appendValue(b []byte, value protoreflect.Value, field *fieldPlan) ([]byte, error) {
	switch field.kind {
	case protoreflect.MessageKind, protoreflect.GroupKind:
		return appendMessage(b, value.Message(), field.message)
	case protoreflect.StringKind:
		return appendString(b, value.String())
	case protoreflect.BytesKind:
		b = append(b, '"')
		b = base64.StdEncoding.AppendEncode(b, value.Bytes())
		return append(b, '"'), nil
	case protoreflect.BoolKind:
		return strconv.AppendBool(b, value.Bool()), nil
	case protoreflect.EnumKind:
		return appendEnum(b, value.Enum(), field.enum), nil
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return strconv.AppendInt(b, value.Int(), 10), nil
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return strconv.AppendUint(b, value.Uint(), 10), nil
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		b = append(b, '"')
		b = strconv.AppendInt(b, value.Int(), 10)
		return append(b, '"'), nil
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		b = append(b, '"')
		b = strconv.AppendUint(b, value.Uint(), 10)
		return append(b, '"'), nil
	case protoreflect.FloatKind:
		return appendFloat(b, value.Float(), 32), nil
	default: // double is the one kind left
		return appendFloat(b, value.Float(), 64), nil
	}
}

func appendEnum(b []byte, number protoreflect.EnumNumber, plan *enumPlan) []byte {
	if plan.isNull {
		return append(b, "null"...)
	}
	if name, ok := plan.names[number]; ok {
		return append(b, name...)
	}
	return strconv.AppendInt(b, int64(number), 10)
}

// appendFloat appends a number of a size in bits, with an exponent where it would get long without.
func appendFloat(b []byte, f float64, bits int) []byte {
	switch {
	case math.IsNaN(f):
		return append(b, `"NaN"`...)
	case math.IsInf(f, 1):
		return append(b, `"Infinity"`...)
	case math.IsInf(f, -1):
		return append(b, `"-Infinity"`...)
	}
	abs := math.Abs(f)
	long := abs < 1e-6 || abs >= 1e21
	if bits == 32 {
		long = float32(abs) < 1e-6 || float32(abs) >= 1e21
	}
	if abs == 0 || !long {
		return strconv.AppendFloat(b, f, 'f', -1, bits)
	}
	b = strconv.AppendFloat(b, f, 'e', -1, bits)
	// As in ECMAScript, e-07 is written e-7.
	if n := len(b); b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1]
		b = b[:n-1]
	}
	return b
}

// appendString appends a string in quotes; it fails if it isn't UTF-8.
func appendString(b []byte, s string) ([]byte, error) {
	const hex = "0123456789abcdef"

	b = append(b, '"')
	start := 0
	for i := plainASCIIString(s); i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				return b, &jsonError{offset: -1, text: "isn't valid UTF-8"}
			}
			i += n
			continue
		}
		if c >= ' ' && c != '"' && c != '\\' {
			i += plainASCIIString(s[i:])
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\b':
			b = append(b, '\\', 'b')
		case '\f':
			b = append(b, '\\', 'f')
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
		i++
		start = i
	}
	b = append(b, s[start:]...)
	return append(b, '"'), nil
}

// plainASCIIString is plainASCII for strings.
func plainASCIIString(s string) int {
	return plainASCII(unsafe.Slice(unsafe.StringData(s), len(s)))
}
