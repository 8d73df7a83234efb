// This file estimates how often a string occurs in web pages, so that the
// rarest of a pattern's literals is looked for.

package literal

import "strings"

// Model estimates frequencies. It knows what is common in any HTML, and what
// is common to many patterns; the latter comes from the patterns themselves,
// so the model is reproducible from them.
type Model struct {
	grams map[string]int
}

// Gram is the number of bytes that the scanner looks at first.
const Gram = 4

// NewModel returns a model that knows only HTML in general.
func NewModel() *Model {
	m := &Model{grams: map[string]int{}}
	for _, s := range commonHTML {
		for i := 0; i+Gram <= len(s); i++ {
			m.grams[s[i:i+Gram]] += commonWeight
		}
	}
	return m
}

// Learn counts the parts of a pattern's strings.
func (m *Model) Learn(sets []Set) {
	seen := map[string]bool{}
	for _, set := range sets {
		for _, s := range set.Strings {
			for i := 0; i+Gram <= len(s); i++ {
				if g := s[i : i+Gram]; !seen[g] {
					seen[g] = true
					m.grams[g]++
				}
			}
		}
	}
}

// commonWeight is what being common HTML counts for, in patterns.
const commonWeight = 300

// Useless is the cost of a set that the scanner can't look for, because a string
// is too short.
const Useless = 1e12

// openCost is what a string costs that is so short that some of its grams have
// a byte that can be anything.
const openCost = 1000

// Cost estimates what looking for the set costs; only the order of costs has
// a meaning. stride is the distance in bytes of the places where the scanner
// looks.
func (m *Model) Cost(set Set, stride int) float64 {
	cost := 0.0
	for _, s := range set.Strings {
		if len(s) < Gram || stride > 1 && len(s) == Gram {
			return Useless
		}
		if len(s) < Gram+stride-1 {
			cost += openCost
		}
		_, c := m.Section(s, stride)
		cost += c + wholeCost*m.occurrence(s)
	}
	return cost
}

// wholeCost is how much dearer an occurrence of a whole string is than one of
// a gram of it.
const wholeCost = 20

// occurrence estimates the frequency of the whole string by its rarest gram
// and its length.
func (m *Model) occurrence(s string) float64 {
	rarest := m.gram(s[:Gram])
	for i := 1; i+Gram <= len(s); i++ {
		rarest = min(rarest, m.gram(s[i:i+Gram]))
	}
	return rarest / float64(len(s))
}

// Section returns the cheapest place in s from which the grams at stride
// successive offsets are used, and what they cost together.
func (m *Model) Section(s string, stride int) (offset int, cost float64) {
	last := max(len(s)-Gram-stride+1, 0)
	for o := 0; o <= last; o++ {
		c := 0.0
		for k := o; k < o+stride && k+Gram <= len(s); k++ {
			c += m.gram(s[k : k+Gram])
		}
		if o == 0 || c < cost {
			offset, cost = o, c
		}
	}
	return offset, cost
}

// gram estimates the frequency of four bytes.
func (m *Model) gram(g string) float64 {
	f := float64(1 + m.grams[g])
	for i := range len(g) {
		if strings.IndexByte(frequentBytes, g[i]) >= 0 {
			f *= 1.5
		}
	}
	return f
}

// frequentBytes are those that most HTML consists of.
const frequentBytes = " etaoinsr-/\"=<>.cldp"

// commonHTML is text that any page may have any number of times.
var commonHTML = []string{
	`<!doctype html>`, `<html lang="en">`, `<head>`, `</head>`, `<body class="`, `</body>`, `</html>`, `<title>`, `</title>`,
	`<script type="text/javascript" src="https://www.`, `<script async src="//`, `</script>`, `<noscript>`, `</noscript>`,
	`<link rel="stylesheet" href="/`, `type="text/css"`, `<link href='`, ` media='all' />`, `<style>`, `</style>`,
	`<link rel="alternate" type="application/`, `rel="canonical"`, `rel="icon"`, `rel="shortcut icon"`, `rel="preconnect"`, `rel="dns-prefetch"`,
	`<meta name="`, ` content="`, `<meta property="og:`, `<meta http-equiv="`, `charset=utf-8`, `viewport`, `width=device-width`,
	`<div class="`, `<div id="`, `</div>`, `<span class="`, `</span>`, `<li class="`, `</li>`, `<ul class="`, `</ul>`, `<p>`, `</p>`,
	`<a href="https://`, `<a href="http://www.`, `</a>`, ` title="`, ` target="_blank"`, ` rel="nofollow noopener"`, ` class="`, ` id="`, ` style="`,
	`<img src="`, ` alt="`, ` width="`, ` height="`, ` srcset="`, ` loading="lazy"`, `<input type="hidden" name="`, ` value="`, `<form action="`, ` method="post"`,
	`<button type="`, `<table `, `</td>`, `<tr>`, `</tr>`, `<td>`, `<h1`, `<h2`, `<h3`, `</h3>`, `<br />`, `<option value="`, `</option>`, `<iframe src="`,
	`<svg xmlns="http://www.w3.org/2000/svg"`, `<path d="`, `<i class="`, `aria-label="`, `aria-hidden="true"`, `role="`, `data-`, `data-id="`, `data-src="`,
	`function(`, `function (`, `return `, `window.`, `document.`, `var `, `getelementbyid(`, `createelement(`, `addeventlistener(`, `undefined`, `typeof `, `prototype`,
	`"true"`, `false`, `null`, `this.`, `.length`, `.push(`, `0 0 `, `    `, `\n\n`, `----`, `====`, `0000`, `background`, `color:#`, `margin:`, `padding:`, `display:none`, `px;`, `font-`,
	`https://`, `http://`, `www.`, `.com/`, `.org/`, `.net/`, `.html"`, `.php`, `.jpg"`, `.png"`, `.svg"`, `.css"`, `.css?ver=`, `.min.css`, `.js"`, `.min.js`, `.js?ver=`,
	`/wp-content/plugins/`, `/wp-content/themes/`, `/wp-content/uploads/`, `/wp-includes/`, `/assets/`, `/static/`, `/images/`, `/image/`, `/css/`, `/js/`, `/dist/`, `/build/`, `/sites/default/files/`, `/themes/`, `/modules/`,
	`jquery`, `bootstrap`, `google`, `facebook`, `twitter`, `cdn.`, `cloudfront.net/`, `amazonaws.com/`, `googleapis.com/`, `content`, `product`, `search`, `button`, `header`, `footer`, `container`, `wrapper`, `menu-item`, `navigation`, `description`, `application`, `version`, `module`, `script`, `static`, `public`, `widget`, `plugin`, `theme`, `shop`, `store`, `site`, `page`, `post`, `image`, `video`, `media`, `upload`,
}
