// This file compiles patterns when they are first needed.

package match

import (
	"bytes"
	"regexp"
	"sync"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/fingerprint"
	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/regex"
)

// maxCompiled bounds the memory of an index's compiled patterns, in bytes. The
// built-in patterns stay below it together.
const maxCompiled = 16 << 20

// otherSize is what an expression that package regexp runs counts for, in
// bytes; it doesn't tell.
const otherSize = 1 << 20

// program is a compiled pattern.
type program struct {
	regex *regex.Program
	// other is used instead for the few expressions that regex refuses; none
	// of the built-in ones is.
	other   *otherRegexp
	version string
	groups  int
}

// otherRegexp is an expression that package regexp runs. It is compiled when it
// first runs.
type otherRegexp struct {
	expr string
	once sync.Once
	re   *regexp.Regexp
}

func (o *otherRegexp) find(text []byte) []int {
	o.once.Do(func() { o.re = regexp.MustCompile(o.expr) })
	return o.re.FindSubmatchIndex(text)
}

// program returns a pattern's program, compiling it if need be. Two goroutines
// may both compile it; either result will do.
func (x *Index) program(id uint32) *program {
	if p := x.programs[id].Load(); p != nil {
		return p
	}
	pattern, err := fingerprint.ParsePattern(x.data.PatternSources.At(int(id)))
	if err != nil {
		panic(err) // only patterns that compile are in an index
	}
	tree, err := pattern.Syntax()
	if err != nil {
		panic(err)
	}
	p := &program{version: pattern.Version, groups: tree.MaxCap()}
	size := int64(len(pattern.Expr))
	compiled, err := regex.Compile(tree, pattern.Version != "", &x.classes)
	if err != nil {
		p.other = &otherRegexp{expr: pattern.Expr}
		size += otherSize
	} else {
		p.regex = compiled
		size += int64(compiled.Size())
	}
	if x.compiled.Add(size) > maxCompiled {
		x.forget()
		x.compiled.Store(size)
	}
	x.programs[id].Store(p)
	return p
}

// forget drops all programs; those in use live until they aren't.
func (x *Index) forget() {
	for i := range x.programs {
		x.programs[i].Store(nil)
	}
}

// expand makes the version that a match gives; slots are the places of the
// groups in the text.
func (p *program) expand(t *text, slots []int) string {
	if p.version == "" {
		return ""
	}
	groups := make([]string, p.groups)
	for i := range groups {
		if lo, hi := slots[2*i+2], slots[2*i+3]; lo >= 0 {
			groups[i] = t.lowered(lo, hi)
		}
	}
	return fingerprint.ExpandVersion(p.version, groups)
}

// lowered returns part of a text as upstream sees it.
func (t *text) lowered(lo, hi int) string {
	if t.asIs {
		return string(t.bytes[lo:hi])
	}
	return string(bytes.ToLower(t.bytes[lo:hi]))
}
