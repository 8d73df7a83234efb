// This file splits a pattern into its regular expression and its tags, by
// wappalyzergo's rules.

package fingerprint

import (
	"fmt"
	"regexp/syntax"
	"strconv"
	"strings"
)

// Pattern is one pattern of a fingerprint, read.
type Pattern struct {
	// Source is the pattern as the data has it, with its tags.
	Source string
	// Expr is the regular expression to compile, with upstream's limits on
	// repeats and its case folding flag. It is empty for a pattern without
	// an expression, which matches whatever it is given.
	Expr string
	// Confidence is what a match is worth, 100 unless the pattern says
	// otherwise. It may be any int, also below 0 or above 100.
	Confidence int
	// Version is the expression that makes the version, empty for none.
	Version string
}

// ParsePattern reads a pattern. Its rules are those of wappalyzergo's
// ParsePattern; the error is for an expression that doesn't compile (upstream
// drops such patterns silently).
func ParsePattern(source string) (Pattern, error) {
	parts := strings.Split(source, `\;`)
	p := Pattern{Source: source, Confidence: 100}
	if parts[0] != "" {
		p.Expr = "(?i)" + limitRepeats(parts[0])
		if _, err := p.Syntax(); err != nil {
			return Pattern{}, fmt.Errorf("pattern %q: %w", source, err)
		}
	}
	for _, tag := range parts[1:] {
		key, value, ok := strings.Cut(tag, ":")
		if !ok {
			continue
		}
		switch key {
		case "confidence":
			n, err := strconv.Atoi(value)
			if err != nil {
				n = 100
			}
			p.Confidence = n
		case "version":
			p.Version = value
		}
	}
	return p, nil
}

// Syntax parses the pattern's expression with the flags that regexp.Compile
// uses. The tree is not simplified: its repeats still count.
func (p Pattern) Syntax() (*syntax.Regexp, error) {
	return syntax.Parse(p.Expr, syntax.Perl)
}

// The two ways in which patterns capture a version have tighter limits than
// other repeats.
const (
	versionTail        = `(\d+(?:\.\d+)+)`
	versionTailLimited = `(\d{1,20}(?:\.\d{1,20}){1,20})`
	versionTailHolder  = "__verCap1__"

	versionHead        = `((?:\d+\.)+\d+)`
	versionHeadLimited = `((?:\d{1,20}\.){1,20}\d{1,20})`
	versionHeadHolder  = "__verCap2__"

	escapedPlusHolder = "__escapedPlus__"
)

// limitRepeats bounds + and * as upstream does: textually, so also inside
// character classes.
func limitRepeats(expr string) string {
	expr = strings.ReplaceAll(expr, versionTail, versionTailHolder)
	expr = strings.ReplaceAll(expr, versionHead, versionHeadHolder)
	expr = strings.ReplaceAll(expr, `\+`, escapedPlusHolder)
	expr = strings.ReplaceAll(expr, "+", "{1,250}")
	expr = strings.ReplaceAll(expr, "*", "{0,250}")
	expr = strings.ReplaceAll(expr, escapedPlusHolder, `\+`)
	expr = strings.ReplaceAll(expr, versionTailHolder, versionTailLimited)
	return strings.ReplaceAll(expr, versionHeadHolder, versionHeadLimited)
}
