// The JSON grammar: a position in the input that moves from token to token.

package jsonpb

import (
	"encoding/binary"
	"math/bits"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// scanner reads JSON from data, starting at pos.
type scanner struct {
	data []byte
	pos  int
	// unescaped holds the content of the last string that had escapes.
	unescaped []byte
}

// fail makes an error at an offset of the input.
func fail(offset int, text string) error {
	return &jsonError{offset: offset, text: text}
}

// peek skips white space and returns the next byte, or 0 at the end of the input.
func (s *scanner) peek() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\n', '\r', '\t':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// unexpected makes the error for the next byte being another than was wanted.
func (s *scanner) unexpected(wanted string) error {
	found := "the end"
	if s.peek(); s.pos < len(s.data) {
		r, _ := utf8.DecodeRune(s.data[s.pos:])
		found = strconv.QuoteRune(r)
	}
	return fail(s.pos, "expected "+wanted+", found "+found)
}

// open takes the bracket that starts an object or an array.
func (s *scanner) open(bracket byte, wanted string) error {
	if s.peek() != bracket {
		return s.unexpected(wanted)
	}
	s.pos++
	return nil
}

// more tells, inside an object or array, whether another item follows. It takes the comma before
// the item, or the closing bracket. first says that no item was read yet.
func (s *scanner) more(closing byte, first bool) (bool, error) {
	c := s.peek()
	switch {
	case c == closing:
		s.pos++
		return false, nil
	case first:
		return true, nil
	case c != ',':
		return false, s.unexpected("',' or '" + string(closing) + "'")
	}
	s.pos++
	if s.peek() == closing {
		return false, s.unexpected("another item after ','")
	}
	return true, nil
}

// name reads the name of a member of an object, and the colon after it. The result is
// valid until the next string is read.
func (s *scanner) name() ([]byte, error) {
	name, err := s.str("a name")
	if err != nil {
		return nil, err
	}
	if s.peek() != ':' {
		return nil, s.unexpected("':'")
	}
	s.pos++
	return name, nil
}

// literal takes a word such as null.
func (s *scanner) literal(word string) error {
	end := s.pos + len(word)
	if end > len(s.data) || string(s.data[s.pos:end]) != word ||
		end < len(s.data) && isWordByte(s.data[end]) {
		return fail(s.pos, "invalid word")
	}
	s.pos = end
	return nil
}

// number takes a number and returns its text.
func (s *scanner) number() ([]byte, error) {
	n := scanNumber(s.data[s.pos:])
	if n == 0 {
		return nil, fail(s.pos, "invalid number")
	}
	number := s.data[s.pos : s.pos+n]
	s.pos += n
	return number, nil
}

// str reads a string and returns its content, valid UTF-8, a part of the input or of the
// scanner's buffer: valid until the next string is read.
func (s *scanner) str(wanted string) ([]byte, error) {
	if s.peek() != '"' {
		return nil, s.unexpected(wanted)
	}
	start := s.pos + 1
	end := start + plainASCII(s.data[start:])
	if end < len(s.data) && s.data[end] == '"' {
		s.pos = end + 1
		return s.data[start:end], nil
	}
	return s.strSlow(start, end)
}

// strSlow is str for content with escapes or beyond ASCII; all before pos is plain.
func (s *scanner) strSlow(start, pos int) ([]byte, error) {
	escaped := false
	for pos < len(s.data) {
		switch c := s.data[pos]; {
		case c == '"':
			s.pos = pos + 1
			if escaped {
				s.unescaped = append(s.unescaped, s.data[start:pos]...)
				return s.unescaped, nil
			}
			return s.data[start:pos], nil
		case c == '\\':
			if !escaped {
				escaped = true
				s.unescaped = s.unescaped[:0]
			}
			s.unescaped = append(s.unescaped, s.data[start:pos]...)
			n, err := s.escape(pos)
			if err != nil {
				return nil, err
			}
			pos += n
			start = pos
		case c < ' ':
			return nil, fail(pos, "control character in a string")
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRune(s.data[pos:])
			if r == utf8.RuneError && n == 1 {
				return nil, fail(pos, "invalid UTF-8 in a string")
			}
			pos += n
		default:
			pos += plainASCII(s.data[pos:])
		}
	}
	return nil, fail(len(s.data), "unfinished string")
}

// escape appends what the escape at pos stands for to s.unescaped and returns its length.
func (s *scanner) escape(pos int) (int, error) {
	if pos+1 >= len(s.data) {
		return 0, fail(len(s.data), "unfinished string")
	}
	c := s.data[pos+1]
	switch c {
	case '"', '\\', '/':
	case 'b':
		c = '\b'
	case 'f':
		c = '\f'
	case 'n':
		c = '\n'
	case 'r':
		c = '\r'
	case 't':
		c = '\t'
	case 'u':
		r, ok := s.codeUnit(pos)
		n := 6
		if ok && utf16.IsSurrogate(r) {
			var low rune
			low, ok = s.codeUnit(pos + n)
			r = utf16.DecodeRune(r, low)
			ok = ok && r != utf8.RuneError
			n *= 2
		}
		if !ok {
			return 0, fail(pos, `invalid \u escape`)
		}
		s.unescaped = utf8.AppendRune(s.unescaped, r)
		return n, nil
	default:
		return 0, fail(pos, "invalid escape")
	}
	s.unescaped = append(s.unescaped, c)
	return 2, nil
}

// codeUnit reads the UTF-16 code unit of a \uXXXX escape at pos.
func (s *scanner) codeUnit(pos int) (rune, bool) {
	if pos+6 > len(s.data) || s.data[pos] != '\\' || s.data[pos+1] != 'u' {
		return 0, false
	}
	unit, err := strconv.ParseUint(string(s.data[pos+2:pos+6]), 16, 16)
	return rune(unit), err == nil
}

// skip passes over any value, whose nesting may take no more levels than depth.
func (s *scanner) skip(depth int) error {
	switch c := s.peek(); {
	case c == '"':
		_, err := s.str("a string")
		return err
	case c == '{' || c == '[':
		if depth <= 0 {
			return fail(s.pos, "nested too deep")
		}
		s.pos++
		return s.skipItems(c, depth-1)
	case c == 'n':
		return s.literal("null")
	case c == 't':
		return s.literal("true")
	case c == 'f':
		return s.literal("false")
	case c == '-' || '0' <= c && c <= '9':
		_, err := s.number()
		return err
	}
	return s.unexpected("a value")
}

// skipItems passes over the items of an object or array, and its end.
func (s *scanner) skipItems(bracket byte, depth int) error {
	closing := bracket + 2 // '{' and '}', '[' and ']' are two apart
	for first := true; ; first = false {
		if more, err := s.more(closing, first); err != nil || !more {
			return err
		}
		if bracket == '{' {
			if _, err := s.name(); err != nil {
				return err
			}
		}
		if err := s.skip(depth); err != nil {
			return err
		}
	}
}

// extent passes over a value by its brackets and quotes alone and returns it: whoever reads it checks it.
func (s *scanner) extent() []byte {
	s.peek()
	start, level := s.pos, 0
	for ; s.pos < len(s.data); s.pos++ {
		switch c := s.data[s.pos]; c {
		case '"':
			s.pos = stringEnd(s.data, s.pos)
		case '{', '[':
			level++
			continue
		case '}', ']':
			level--
		case ',', ':', ' ', '\n', '\r', '\t':
			if level > 0 {
				continue
			}
			return s.data[start:s.pos]
		default:
			// A number or a word; it ends where anything else starts.
			if s.pos+1 < len(s.data) && isWordByte(s.data[s.pos+1]) {
				continue
			}
		}
		if level < 0 {
			break // a bracket of what surrounds the value
		}
		if level == 0 {
			s.pos++
			break
		}
	}
	s.pos = min(s.pos, len(s.data))
	return s.data[start:s.pos]
}

// stringEnd returns the position of the quote that ends the string at pos, or the input's end.
func stringEnd(data []byte, pos int) int {
	for pos++; pos < len(data) && data[pos] != '"'; pos++ {
		if data[pos] == '\\' {
			pos++
		}
	}
	return pos
}

// plainASCII returns how many bytes b starts with that stand for themselves inside of a string
// and need no check: ASCII from space on, but neither quote nor backslash.
func plainASCII(b []byte) int {
	const (
		ones  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	i := 0
	for ; i+8 <= len(b); i += 8 {
		// Eight bytes at once: a byte's high bit gets set where it is special. A borrow may set it
		// wrongly too, but only above one that is special, and the lowest counts.
		w := binary.LittleEndian.Uint64(b[i:])
		quote, backslash := w^('"'*ones), w^('\\'*ones)
		special := (w | (w - ' '*ones) | (quote - ones) | (backslash - ones)) & highs
		if special != 0 {
			return i + bits.TrailingZeros64(special)/8
		}
	}
	for ; i < len(b); i++ {
		if c := b[i]; c < ' ' || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			break
		}
	}
	return i
}
