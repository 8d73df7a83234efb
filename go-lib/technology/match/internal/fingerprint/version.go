// This file makes and compares versions, by wappalyzergo's rules.

package fingerprint

import (
	"strconv"
	"strings"
)

// ExpandVersion puts the captured groups into a version expression: \1 stands
// for groups[0], and so on; "a?b:c" is upstream's ternary, which asks whether
// the pattern has groups and not whether they took part. The answer is empty
// where upstream finds the expression malformed.
func ExpandVersion(expr string, groups []string) string {
	for i, group := range groups {
		expr = strings.ReplaceAll(expr, `\`+strconv.Itoa(i+1), group)
	}
	return strings.TrimSpace(chooseVersion(expr, len(groups) > 0))
}

// chooseVersion evaluates the ternary, if there is one.
func chooseVersion(expr string, hasGroups bool) string {
	if !strings.Contains(expr, "?") {
		return expr
	}
	parts := strings.Split(expr, "?")
	if len(parts) != 2 {
		return ""
	}
	choices := strings.Split(parts[1], ":")
	if len(choices) != 2 {
		return ""
	}
	yes, no := choices[0], choices[1]
	switch {
	case yes == "" && no == "":
		return ""
	case yes == "":
		return no
	case hasGroups:
		return yes
	default:
		return no
	}
}

// MoreSpecific reports whether version a is to replace version b: it has more
// segments, or as many and is numerically higher. Segments that are no number
// count as zero.
func MoreSpecific(a, b string) bool {
	if n, m := segments(a), segments(b); n != m {
		return n > m
	}
	for a != "" && b != "" {
		var x, y int
		x, a = nextSegment(a)
		y, b = nextSegment(b)
		if x != y {
			return x > y
		}
	}
	return false
}

// segments counts the non-empty pieces between dots.
func segments(v string) int {
	n := 0
	for v = strings.TrimLeft(v, "."); v != ""; n++ {
		_, v = nextSegment(v)
		v = strings.TrimLeft(v, ".")
	}
	return n
}

// nextSegment cuts the first non-empty piece off v; it is 0 for no number.
func nextSegment(v string) (number int, rest string) {
	v = strings.TrimLeft(v, ".")
	piece, rest, _ := strings.Cut(v, ".")
	n, err := strconv.Atoi(piece)
	if err != nil {
		n = 0
	}
	return n, rest
}
