// JSON numbers: their grammar, and integers written in any of its forms.

package jsonpb

import (
	"bytes"
	"strconv"
)

// scanNumber returns the length of the JSON number that b starts with, or 0 if there is none.
// What follows must not look like more of the number.
func scanNumber(b []byte) int {
	n := 0
	if n < len(b) && b[n] == '-' {
		n++
	}
	switch digits := countDigits(b[n:]); {
	case digits == 0:
		return 0
	case b[n] == '0':
		n++ // a leading zero stands alone: a digit after it is refused below
	default:
		n += digits
	}
	if n < len(b) && b[n] == '.' {
		digits := countDigits(b[n+1:])
		if digits == 0 {
			return 0
		}
		n += 1 + digits
	}
	if n < len(b) && (b[n] == 'e' || b[n] == 'E') {
		n++
		if n < len(b) && (b[n] == '+' || b[n] == '-') {
			n++
		}
		digits := countDigits(b[n:])
		if digits == 0 {
			return 0
		}
		n += digits
	}
	if n < len(b) && isWordByte(b[n]) {
		return 0
	}
	return n
}

// isNumber tells whether all of b is one JSON number.
func isNumber(b []byte) bool {
	return len(b) > 0 && scanNumber(b) == len(b)
}

func countDigits(b []byte) int {
	for i, c := range b {
		if c < '0' || c > '9' {
			return i
		}
	}
	return len(b)
}

// isWordByte tells whether c, right after a number or a literal, makes it a different word.
func isWordByte(c byte) bool {
	return c == '-' || c == '+' || c == '.' || c == '_' ||
		'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// parseInt gives the value of a text that is a JSON number and an integer of a size in bits.
func parseInt(number []byte, bits int) (int64, bool) {
	if !isNumber(number) {
		return 0, false
	}
	if n, err := strconv.ParseInt(string(number), 10, bits); err == nil {
		return n, true
	}
	digits, ok := integerDigits(number)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(string(digits), 10, bits)
	return n, err == nil
}

// parseUint is parseInt for unsigned integers.
func parseUint(number []byte, bits int) (uint64, bool) {
	if !isNumber(number) {
		return 0, false
	}
	if n, err := strconv.ParseUint(string(number), 10, bits); err == nil {
		return n, true
	}
	digits, ok := integerDigits(number)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(string(digits), 10, bits)
	return n, err == nil
}

// integerDigits writes a JSON number without point and exponent, such as 1.5e1 as 15,
// if it is an integer of at most 20 digits, as many as 64 bits need.
func integerDigits(number []byte) ([]byte, bool) {
	const maxDigits = 20

	negative := number[0] == '-'
	if negative {
		number = number[1:]
	}
	mantissa, exponent := number, 0
	if i := bytes.IndexAny(number, "eE"); i >= 0 {
		mantissa = number[:i]
		e, err := strconv.ParseInt(string(number[i+1:]), 10, 32)
		if err != nil && len(bytes.Trim(mantissa, "0.")) > 0 {
			return nil, false
		}
		exponent = int(e)
	}
	whole, fraction, _ := bytes.Cut(mantissa, []byte("."))
	whole, fraction = bytes.TrimLeft(whole, "0"), bytes.TrimRight(fraction, "0")
	if len(whole) == 0 && len(fraction) == 0 {
		return []byte("0"), true
	}
	if exponent < 0 {
		// Only zeros may move behind the point.
		keep := len(whole) + exponent
		if len(fraction) > 0 || keep < 0 || len(bytes.TrimRight(whole[keep:], "0")) > 0 {
			return nil, false
		}
		whole, exponent = whole[:keep], 0
	}
	if len(fraction) > exponent || len(whole)+exponent > maxDigits {
		return nil, false
	}
	digits := make([]byte, 0, 1+maxDigits)
	if negative {
		digits = append(digits, '-')
	}
	digits = append(digits, whole...)
	digits = append(digits, fraction...)
	for range exponent - len(fraction) {
		digits = append(digits, '0')
	}
	return digits, true
}
