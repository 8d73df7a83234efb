// This file matches headers.

package match

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// matchHeaders matches all headers as one step, and then the cookies that
// Set-Cookie sets.
//
// The values of lines with the same name are joined. Of names that differ only
// in case upstream takes any one; here it is the one that comes first.
func (p *page) matchHeaders(headers []Header) {
	p.beginStep()
	cookies := -1
	for i := range headers {
		if i%1024 == 1023 && p.poll() {
			return
		}
		name := p.lowerName(headers[i].Name)
		if cookies < 0 && string(name) == "set-cookie" {
			cookies = i
		}
		key, ok := p.index.Key(index.Header, name)
		if !ok || p.keySeen[key] == p.pageEpoch {
			continue
		}
		p.keySeen[key] = p.pageEpoch
		t := p.headerText(headers[i:])
		p.matchKeyed(t, index.Header, key)
		if p.stopped {
			return
		}
	}
	p.endStep()
	if cookies >= 0 {
		t := p.headerText(headers[cookies:])
		p.matchCookies(t)
	}
}

// lowerName is a header's name as upstream sees it.
func (p *page) lowerName(name string) []byte {
	p.values = append(p.values[:0], name...)
	for i, c := range p.values {
		if c >= utf8.RuneSelf {
			p.values = append(p.values[:0], strings.ToLower(name)...)
			break
		}
		if 'A' <= c && c <= 'Z' {
			p.values[i] = c | 0x20
		}
	}
	return p.values
}

// headerText joins the values of the first header and the following ones of
// exactly its name.
func (p *page) headerText(headers []Header) text {
	value := headers[0].Value
	joined := false
	for _, h := range headers[1:] {
		if h.Name != headers[0].Name {
			continue
		}
		if !joined {
			joined = true
			p.scratch = append(slices.Grow(p.scratch[:0], joinedLen(headers)), value...)
		}
		p.scratch = append(p.scratch, ", "...)
		p.scratch = append(p.scratch, h.Value...)
	}
	if joined {
		value = p.scratch
	}
	t := text{bytes: value, offset: -1}
	if p.index.LowerFirst || !isASCII(value) {
		t.bytes = bytes.ToLower(value)
		t.asIs = true
		t.fold = scan.FoldsToASCII(t.bytes)
	}
	return t
}

// joinedLen is the length of the values of all lines with the first one's name,
// joined.
func joinedLen(headers []Header) int {
	n := 0
	for _, h := range headers {
		if h.Name == headers[0].Name {
			n += len(", ") + len(h.Value)
		}
	}
	return n
}

func isASCII(s []byte) bool {
	for len(s) >= 8 {
		if (uint64(s[0])|uint64(s[1])|uint64(s[2])|uint64(s[3])|uint64(s[4])|uint64(s[5])|uint64(s[6])|uint64(s[7]))&utf8.RuneSelf != 0 {
			return false
		}
		s = s[8:]
	}
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// matchKeyed runs the patterns of a key on a value.
func (p *page) matchKeyed(t text, s index.Source, key uint32) {
	p.beginText(t, s, key)
	p.always(index.List(p.index.AlwaysByKey, p.index.AlwaysByKeyStarts, int(key)))
	if p.index.KeyHasLiterals[key] != 0 && !p.stopped {
		p.scanner.Scan(p.index.KeyedSet, t.bytes, t.fold, p.visit)
	}
}
