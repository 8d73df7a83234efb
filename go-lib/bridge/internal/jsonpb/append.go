// Writing: from a message to JSON.

package jsonpb

import (
	"cmp"
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Append appends the JSON of m to b and returns the extended slice, as append does. Fields are in the order
// of their declaration, map entries in that of their keys. It fails on what JSON can't say: a string that isn't
// UTF-8, or a well-known type out of its range; the error names the field. b's own bytes are kept in any case.
func Append(b []byte, m proto.Message) ([]byte, error) {
	message := m.ProtoReflect()
	return appendMessage(b, message, planOf(message.Descriptor()))
}

func appendMessage(b []byte, m protoreflect.Message, plan *messagePlan) ([]byte, error) {
	if plan.wellKnown {
		return appendWellKnown(b, m, plan)
	}
	b = append(b, '{')
	start := len(b)
	for _, field := range plan.fields {
		if !m.Has(field.desc) {
			continue
		}
		if len(b) > start {
			b = append(b, ',')
		}
		b = append(b, field.key...)
		var err error
		value := m.Get(field.desc)
		switch {
		case field.isList:
			b, err = appendList(b, value.List(), field)
		case field.isMap:
			b, err = appendMap(b, value.Map(), field)
		default:
			b, err = appendValue(b, value, field)
		}
		if err != nil {
			return b, within(string(field.desc.Name()), err)
		}
	}
	return append(b, '}'), nil
}

func appendList(b []byte, list protoreflect.List, field *fieldPlan) ([]byte, error) {
	b = append(b, '[')
	for i := range list.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		var err error
		if b, err = appendValue(b, list.Get(i), field); err != nil {
			return b, withinItem(i, err)
		}
	}
	return append(b, ']'), nil
}

// mapEntry is one entry of a map that is being sorted.
type mapEntry struct {
	key   protoreflect.MapKey
	value protoreflect.Value
}

func appendMap(b []byte, entries protoreflect.Map, field *fieldPlan) ([]byte, error) {
	sorted := make([]mapEntry, 0, entries.Len())
	entries.Range(func(key protoreflect.MapKey, value protoreflect.Value) bool {
		sorted = append(sorted, mapEntry{key, value})
		return true
	})
	slices.SortFunc(sorted, keyOrder(field.mapKey.kind))
	b = append(b, '{')
	for i, entry := range sorted {
		if i > 0 {
			b = append(b, ',')
		}
		key := entry.key.String()
		var err error
		if b, err = appendString(b, key); err != nil {
			return b, err
		}
		b = append(b, ':')
		if b, err = appendValue(b, entry.value, field.mapValue); err != nil {
			return b, withinEntry(key, err)
		}
	}
	return append(b, '}'), nil
}

// keyOrder compares entries by keys of one kind: false before true, numbers by value, strings by their bytes.
func keyOrder(kind protoreflect.Kind) func(a, b mapEntry) int {
	switch kind {
	case protoreflect.StringKind:
		return func(a, b mapEntry) int { return cmp.Compare(a.key.String(), b.key.String()) }
	case protoreflect.BoolKind:
		return func(a, _ mapEntry) int {
			if a.key.Bool() {
				return 1
			}
			return -1
		}
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind, protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return func(a, b mapEntry) int { return cmp.Compare(a.key.Uint(), b.key.Uint()) }
	}
	return func(a, b mapEntry) int { return cmp.Compare(a.key.Int(), b.key.Int()) }
}
