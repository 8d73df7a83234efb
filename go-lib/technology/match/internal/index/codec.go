// This file writes an index into bytes and reads it back, without parsing:
// numbers have a fixed width, strings stay where they are.

package index

import (
	"encoding/binary"
	"errors"
	"strings"
	"unsafe"

	"github.com/tombolo-dev/tombolo/go-lib/technology/match/internal/scan"
)

// magic begins an encoded index and changes with the format.
const magic = "tombolo technology index 1\n"

// ErrFormat is returned for bytes that are no index of this version.
var ErrFormat = errors.New("index: not a technology index of this version")

// Encode writes the index.
func (x *Index) Encode() []byte {
	w := &writer{out: []byte(magic)}
	w.number(uint64(x.Count))
	x.visit(w)
	return w.out
}

// Decode reads what Encode wrote. The index keeps referring to the data.
func Decode(data string) (*Index, error) {
	body, ok := strings.CutPrefix(data, magic)
	if !ok {
		return nil, ErrFormat
	}
	r := &reader{in: body}
	x := &Index{HTMLSet: &scan.Set{}, ShortHTMLSet: &scan.Set{}, ScriptSet: &scan.Set{}, KeyedSet: &scan.Set{}}
	x.Count = int(r.number())
	x.visit(r)
	if r.failed || r.in != "" {
		return nil, ErrFormat
	}
	return x, nil
}

// codec is a direction: values are written from, or read into, what is
// pointed to.
type codec interface {
	strings(*Strings)
	words(*[]uint64)
	uints(*[]uint32)
	bytes(*[]uint8)
	entries(*[]scan.Entry)
	integer(*int)
	flag(*bool)
}

// visit passes over all fields in the order of the format.
func (x *Index) visit(c codec) {
	for _, s := range []*Strings{&x.Names, &x.Descriptions, &x.Websites, &x.Icons, &x.CPEs, &x.PatternSources, &x.Keys[0], &x.Keys[1], &x.Keys[2], &x.CategoryNames} {
		c.strings(s)
	}
	for _, u := range []*[]uint32{
		&x.Categories, &x.CategoryStarts, &x.Implied, &x.ImpliedStarts, &x.PatternTechnology, &x.PatternKey, &x.PatternMin, &x.PatternMax,
		&x.AlwaysByKey, &x.AlwaysByKeyStarts, &x.AlwaysHTML, &x.AlwaysScript, &x.CategoryIDs, &x.CategoryPriorities,
	} {
		c.uints(u)
	}
	for _, b := range []*[]uint8{&x.ImpliedConfidence, &x.PatternSource, &x.PatternFlags, &x.PatternConfidence, &x.KeyHasLiterals} {
		c.bytes(b)
	}
	for i := range x.KeyBase {
		base := int(x.KeyBase[i])
		c.integer(&base)
		x.KeyBase[i] = uint32(base)
	}
	c.words(&x.PatternBytes)
	c.flag(&x.LowerFirst)
	c.integer(&x.LongestCookie)
	for _, s := range []*scan.Set{x.HTMLSet, x.ShortHTMLSet, x.ScriptSet, x.KeyedSet} {
		c.integer(&s.Stride)
		c.integer(&s.Longest)
		c.words(&s.Bitmap)
		c.uints(&s.Buckets)
		c.entries(&s.Entries)
		c.bytes(&s.Texts)
		c.uints(&s.TextStarts)
		c.uints(&s.Patterns)
		c.uints(&s.PatternStarts)
	}
}

type writer struct{ out []byte }

func (w *writer) number(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

func (w *writer) strings(s *Strings) {
	w.uints(&s.starts)
	w.number(uint64(len(s.text)))
	w.out = append(w.out, s.text...)
}

func (w *writer) words(v *[]uint64) {
	w.number(uint64(len(*v)))
	for _, n := range *v {
		w.out = binary.LittleEndian.AppendUint64(w.out, n)
	}
}

func (w *writer) uints(v *[]uint32) {
	w.number(uint64(len(*v)))
	for _, n := range *v {
		w.out = binary.LittleEndian.AppendUint32(w.out, n)
	}
}

func (w *writer) bytes(v *[]uint8) {
	w.number(uint64(len(*v)))
	w.out = append(w.out, *v...)
}

// entryLen is the length of an encoded entry.
const entryLen = 8 + 8 + 4 + 1 + 1

func (w *writer) entries(v *[]scan.Entry) {
	w.number(uint64(len(*v)))
	for _, e := range *v {
		w.out = binary.LittleEndian.AppendUint64(w.out, e.Value)
		w.out = binary.LittleEndian.AppendUint64(w.out, e.Mask)
		w.out = binary.LittleEndian.AppendUint32(w.out, e.Needle)
		w.out = append(w.out, byte(e.Back), byte(e.Offset))
	}
}

func (w *writer) integer(n *int) { w.number(uint64(*n)) }

func (w *writer) flag(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	w.integer(&n)
}

// reader takes values from the front of in. After a failure it reads nothing.
type reader struct {
	in     string
	failed bool
}

func (r *reader) number() uint64 {
	n, width := binary.Uvarint(view(r.in[:min(len(r.in), binary.MaxVarintLen64)]))
	if width <= 0 {
		r.failed, r.in = true, ""
		return 0
	}
	r.in = r.in[width:]
	return n
}

// take cuts off a list of n elements of the given width.
func (r *reader) take(width int) (list string, n int) {
	length := r.number()
	if length > uint64(len(r.in)/width) {
		r.failed, r.in = true, ""
		return "", 0
	}
	n = int(length)
	list, r.in = r.in[:n*width], r.in[n*width:]
	return list, n
}

// view is the bytes of a string, which nobody may change.
func view(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func (r *reader) strings(s *Strings) {
	r.uints(&s.starts)
	s.text, _ = r.take(1)
}

func (r *reader) words(v *[]uint64) {
	list, n := r.take(8)
	in := view(list)
	*v = make([]uint64, n)
	for i := range *v {
		(*v)[i] = binary.LittleEndian.Uint64(in[8*i:])
	}
}

func (r *reader) uints(v *[]uint32) {
	list, n := r.take(4)
	in := view(list)
	*v = make([]uint32, n)
	for i := range *v {
		(*v)[i] = binary.LittleEndian.Uint32(in[4*i:])
	}
}

// bytes refers to the data, in memory that may be read-only.
func (r *reader) bytes(v *[]uint8) {
	list, _ := r.take(1)
	*v = view(list)
}

func (r *reader) entries(v *[]scan.Entry) {
	list, n := r.take(entryLen)
	*v = make([]scan.Entry, n)
	for i := range *v {
		in := view(list[i*entryLen : (i+1)*entryLen])
		(*v)[i] = scan.Entry{
			Value: binary.LittleEndian.Uint64(in), Mask: binary.LittleEndian.Uint64(in[8:]),
			Needle: binary.LittleEndian.Uint32(in[16:]), Back: int8(in[20]), Offset: int8(in[21]),
		}
	}
}

func (r *reader) integer(n *int) { *n = int(r.number()) }

func (r *reader) flag(b *bool) { *b = r.number() != 0 }
