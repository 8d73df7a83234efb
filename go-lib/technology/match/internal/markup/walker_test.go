// This file compares the walker with x/net/html's Tokenizer, used as
// wappalyzergo uses it.

package markup

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// byTokenizer lists what the tokenizer finds, as wappalyzergo asks for it. It
// reads the scripts and metas of the lower-cased page and the titles of the
// page as it is.
func byTokenizer(page []byte) (found []string, title string) {
	z := html.NewTokenizer(bytes.NewReader(bytes.ToLower(page)))
	for tt := z.Next(); tt != html.ErrorToken; tt = z.Next() {
		if tt != html.StartTagToken && tt != html.SelfClosingTagToken {
			continue
		}
		token := z.Token()
		attr := map[string]string{}
		for _, a := range token.Attr {
			attr[a.Key] = a.Val
		}
		switch {
		case token.Data == "script" && tt == html.StartTagToken && len(token.Attr) > 0:
			found = append(found, fmt.Sprintf("script %q", attr["src"]))
		case token.Data == "meta" && len(token.Attr) > 1:
			found = append(found, fmt.Sprintf("meta %q %q", attr["name"], attr["content"]))
		}
	}
	z = html.NewTokenizer(bytes.NewReader(page))
	for tt := z.Next(); tt != html.ErrorToken; tt = z.Next() {
		if tt == html.StartTagToken && z.Token().Data == "title" && z.Next() == html.TextToken {
			title = string([]rune(z.Token().Data))
		}
	}
	return found, title
}

// byWalker lists the same.
func byWalker(page []byte) (found []string, title string) {
	value := func(s Span) string {
		raw := page[s.Start:s.End]
		if Plain(raw) {
			return string(bytes.ToLower(raw))
		}
		return string(AppendValue(nil, raw))
	}
	var w Walker
	w.Reset(page, func() bool { return false })
	for {
		switch w.Next() {
		case End:
			return found, title
		case Script:
			found = append(found, fmt.Sprintf("script %q", value(w.First)))
		case Meta:
			found = append(found, fmt.Sprintf("meta %q %q", value(w.First), value(w.Second)))
		case Title:
			title = TitleText(page[w.First.Start:w.First.End])
		}
	}
}

func compare(t testing.TB, page []byte) {
	t.Helper()
	if bytes.Contains(page, []byte("\u212a")) || bytes.Contains(page, []byte("İ")) {
		return // lower-casing makes these ASCII; the walker is given such pages lower-cased
	}
	found, title := byWalker(page)
	wantFound, wantTitle := byTokenizer(page)
	if fmt.Sprint(found) != fmt.Sprint(wantFound) || title != wantTitle {
		t.Fatalf("page %q\ngot  %v, title %q\nwant %v, title %q", page, found, title, wantFound, wantTitle)
	}
}

// soup is what random pages are made of.
var soup = []string{
	"<", ">", "/", "=", "'", "\"", " ", "\n", "\r", "\r\n", "\f", "\t", "\x00", "-", "--", "!", "?", "&", ";", "a", "x", "é", "É", "\xff", "</", "/>", "=/", "=/>", " / ",
	"<script", "<SCRIPT", "<script src=a", "<script src=\"b&amp;C\">", "<script async>", "<script/>", "<script x=/>", "<script src=/a/ src=/>", "</script", "</script>", "</SCRIPT >", "</scr",
	"<!--", "-->", "--!>", "--!", "<!-->", "<!--->", "<!doctype html>", "<!", "<![CDATA[", "]]>", "<?php ", "</>", "</ a>",
	"<meta ", "<meta name=generator content=Foo>", "<meta name='a' content=\"b\"/>", "<meta name=a name=a>", "<meta name=a NAME=b content>", "<meta É=1 é=2>", "<meta a=/ a=/>", " name=", " content=", " src=", " Src = ",
	"<title", "<title>", "<title>A &amp; b</title>", "</title>", "<title/>", "<title a=/>", "<title>&ampx &notit; \x00\r\n", "<style>", "</style>", "<textarea>", "</textarea>", "<noscript>", "</noscript>", "<iframe>", "</iframe>", "<xmp>", "</xmp>", "<plaintext>", "<noembed>", "</noembed>", "<noframes>", "</noframes>",
	"&amp;", "&amp", "&AMP;", "&Auml;", "&auml", "&#65;", "&#x41", "&#X41;", "&#0;", "&#128;", "&#xd800;", "&#99999999999;", "&#", "&#x", "&notin;", "&notinx", "&ltx;", "&semi;", "&nges;", "&ng", "&lt=", "&lt;=", "&counterclockwisecontourintegral;",
}

func randomPage(random *rand.Rand) []byte {
	var page strings.Builder
	for range random.IntN(14) + 1 {
		page.WriteString(soup[random.IntN(len(soup))])
	}
	return []byte(page.String())
}

func TestSameAsTokenizer(t *testing.T) {
	for i := range soup {
		for j := range soup {
			compare(t, []byte(soup[i]+soup[j]))
			compare(t, []byte("<script "+soup[i]+soup[j]+">"))
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 400_000 {
		compare(t, randomPage(random))
	}
}

// FuzzSameAsTokenizer looks for pages that the walker reads differently.
func FuzzSameAsTokenizer(f *testing.F) {
	for _, s := range soup {
		f.Add([]byte("<script>" + s))
	}
	f.Fuzz(func(t *testing.T, page []byte) { compare(t, page) })
}

func TestStop(t *testing.T) {
	for name, page := range map[string]string{
		"text": "a", "tags": "<b>", "name": "<" + strings.Repeat("a", 1000), "comment": "<!--" + strings.Repeat("- ", 1000), "script": "<script><!--" + strings.Repeat("x-", 1000),
		"key": "<a " + strings.Repeat("k", 1<<20), "quoted": "<a b='" + strings.Repeat("v", 1<<20), "bare": "<a b=" + strings.Repeat("v", 1<<20), "space": "<a " + strings.Repeat(" ", 1<<20), "meta": "<meta a b>",
	} {
		text := []byte(strings.Repeat(page, 4<<20/len(page)))
		polls := 0
		var w Walker
		w.Reset(text, func() bool { polls++; return polls == 3 })
		for w.Next() != End {
		}
		if !w.Stopped() || polls != 3 {
			t.Errorf("%s: stopped %v after %d polls", name, w.Stopped(), polls)
		}
	}
}
