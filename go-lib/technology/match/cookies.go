// This file matches cookies.

package match

import (
	"bytes"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/index"
)

// cookie is a cookie that has patterns.
type cookie struct {
	key   uint32
	value []byte
}

// matchCookies matches the cookies of the joined Set-Cookie headers as one
// step. The pieces are upstream's: the text is cut at spaces, and each piece
// at commas if it has any, or else at semicolons; so attributes such as Path
// are cookies too. The last value of a name counts.
func (p *page) matchCookies(t text) {
	count := 0
	for rest := t.bytes; len(rest) > 0; {
		piece := rest
		if i := bytes.IndexByte(rest, ' '); i >= 0 {
			piece, rest = rest[:i], rest[i+1:]
		} else {
			rest = nil
		}
		separator := byte(';')
		if bytes.IndexByte(piece, ',') >= 0 {
			separator = ','
		}
		for len(piece) > 0 {
			part := piece
			if i := bytes.IndexByte(piece, separator); i >= 0 {
				part, piece = piece[:i], piece[i+1:]
			} else {
				piece = nil
			}
			p.setCookie(part)
			if count++; count%1024 == 0 && p.poll() {
				return
			}
		}
		if count++; count%1024 == 0 && p.poll() {
			return
		}
	}
	p.beginStep()
	for _, c := range p.cookies {
		p.matchKeyed(text{bytes: c.value, asIs: t.asIs, fold: t.fold, offset: -1}, index.Cookie, c.key)
		if p.stopped {
			return
		}
	}
	p.endStep()
}

// setCookie notes a cookie if there are patterns for it.
func (p *page) setCookie(part []byte) {
	name, value, ok := bytes.Cut(part, []byte{'='})
	if !ok || len(name) > p.index.LongestCookie {
		return
	}
	p.values = append(p.values[:0], name...)
	for i, c := range p.values {
		if 'A' <= c && c <= 'Z' {
			p.values[i] = c | 0x20
		}
	}
	key, ok := p.index.Key(index.Cookie, p.values)
	if !ok {
		return
	}
	if s := &p.cookieOf[key]; s.epoch == p.pageEpoch {
		p.cookies[s.at].value = value
	} else {
		*s = slot{p.pageEpoch, uint32(len(p.cookies))}
		p.cookies = append(p.cookies, cookie{key, value})
	}
}
