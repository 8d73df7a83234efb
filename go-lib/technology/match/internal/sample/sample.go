// Package sample makes texts that patterns match, and texts that they just
// don't, from the patterns' syntax trees.
package sample

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Maker makes texts; equal seeds make equal texts.
type Maker struct {
	random *rand.Rand
}

// New returns a maker.
func New(seed uint64) *Maker {
	return &Maker{rand.New(rand.NewPCG(seed, 0))}
}

// Intn returns a number below n.
func (m *Maker) Intn(n int) int { return m.random.IntN(n) }

// Match makes a text that the expression matches, but for its assertions: what
// they demand is left to luck.
func (m *Maker) Match(re *syntax.Regexp) string {
	var out strings.Builder
	m.write(&out, re)
	return out.String()
}

func (m *Maker) write(out *strings.Builder, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		for _, r := range re.Rune {
			if re.Flags&syntax.FoldCase != 0 {
				r = m.fold(r)
			}
			out.WriteRune(r)
		}
	case syntax.OpCharClass:
		out.WriteRune(m.pick(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		out.WriteRune(m.pick([]rune{' ', '~', 'a', 'z', 'a', 'z', 'à', 'ÿ', '一', '丁'}))
	case syntax.OpCapture:
		m.write(out, re.Sub[0])
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			m.write(out, sub)
		}
	case syntax.OpAlternate:
		m.write(out, re.Sub[m.Intn(len(re.Sub))])
	case syntax.OpQuest:
		m.repeat(out, re.Sub[0], 0, 1)
	case syntax.OpStar:
		m.repeat(out, re.Sub[0], 0, -1)
	case syntax.OpPlus:
		m.repeat(out, re.Sub[0], 1, -1)
	case syntax.OpRepeat:
		m.repeat(out, re.Sub[0], re.Min, re.Max)
	}
}

// repeat writes few copies as a rule, and sometimes as many as can be, or one
// more.
func (m *Maker) repeat(out *strings.Builder, sub *syntax.Regexp, least, most int) {
	if most < 0 {
		most = least + 5
	}
	n := least
	switch m.Intn(24) {
	case 0:
		n = most
	case 1:
		n = most + 1
	default:
		n += m.Intn(min(most-least, 4) + 1)
	}
	for range n {
		m.write(out, sub)
	}
}

// fold picks one of the characters that fold to the same; those outside ASCII
// seldom.
func (m *Maker) fold(r rune) rune {
	for range m.Intn(4) {
		f := unicode.SimpleFold(r)
		if f < utf8.RuneSelf || m.Intn(40) == 0 {
			r = f
		}
	}
	return r
}

// pick takes a character of a class, if possible a printable one of ASCII.
func (m *Maker) pick(ranges []rune) rune {
	var r rune
	for range 12 {
		i := 2 * m.Intn(len(ranges)/2)
		r = ranges[i]
		if width := ranges[i+1] - ranges[i]; width > 0 {
			r += m.random.Int32N(min(width, 300) + 1)
		}
		if ' ' <= r && r <= '~' && (r != '<' && r != '"' || m.Intn(4) == 0) {
			return r
		}
	}
	if !utf8.ValidRune(r) {
		return utf8.RuneError
	}
	return r
}

// NearMiss changes a text in one place: a byte less, another one, a doubled
// one, or a long run of one.
func (m *Maker) NearMiss(text string) string {
	if text == "" {
		return "x"
	}
	at := m.Intn(len(text))
	switch m.Intn(5) {
	case 0:
		return text[:at] + text[at+1:]
	case 1:
		return text[:at] + string(rune(' '+m.Intn('~'-' '))) + text[at+1:]
	case 2:
		return text[:at] + text[at:at+1] + text[at:]
	case 3:
		return text[:at] + strings.Repeat(text[at:at+1], 249+m.Intn(4)) + text[at+1:]
	default:
		return text[:at]
	}
}

// Junk makes text that means little.
func (m *Maker) Junk() string {
	var out strings.Builder
	for range m.Intn(6) {
		out.WriteString(junk[m.Intn(len(junk))])
	}
	return out.String()
}

var junk = []string{"", " ", "\n", "x", "1.2.3", "<p>", "</p>", "<!-- -->", "é", "\xff", "ſ", "&amp;", "\"", ">", "<", "0", "_", "<div class=\"a\">", "lorem ipsum "}

// Attribute writes a value so that it stands in quotes, with entities for what
// can't, and for some of what can.
func (m *Maker) Attribute(value string) string {
	var out strings.Builder
	quote := `"`
	if m.Intn(2) == 0 {
		quote = `'`
	}
	often := m.Intn(3) == 0
	out.WriteString(quote)
	for i, r := range value {
		switch {
		case r == utf8.RuneError:
			out.WriteByte(value[i])
		case r == '"' || r == '\'' || often && r < utf8.RuneSelf && m.Intn(12) == 0:
			out.WriteString(entity(r, m.Intn(3)))
		case r == '&' && m.Intn(2) == 0:
			out.WriteString("&amp;")
		default:
			out.WriteRune(r)
		}
	}
	out.WriteString(quote)
	return out.String()
}

// entity writes a character as one of its references.
func entity(r rune, form int) string {
	const digits = "0123456789abcdef"
	if form == 0 && r < 256 {
		return "&#x" + string(digits[r>>4&15]) + string(digits[r&15]) + ";"
	}
	var decimal []byte
	for n := r; n > 0 || len(decimal) == 0; n /= 10 {
		decimal = append([]byte{byte('0' + n%10)}, decimal...)
	}
	return "&#" + string(decimal) + ";"
}
