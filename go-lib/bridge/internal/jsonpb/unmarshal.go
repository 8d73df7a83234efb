// Reading: from JSON into a message.

package jsonpb

import (
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Unmarshal resets m and fills it from one JSON value, which must be all of data.
//
// Where a field with the option tombolo.options.v1.attachment holds "@N", the field is set to
// attachments[N] itself: m then shares that memory, and is valid only as long as it is. All else
// is copied out of data. After an error, m holds a part of the input.
//
// Errors name the byte and the field, and never repeat more than a few characters of the input.
func Unmarshal(data []byte, m proto.Message, attachments [][]byte) error {
	proto.Reset(m)
	d := decoder{scanner: scanner{data: data}, attachments: attachments}
	message := m.ProtoReflect()
	if err := d.message(message, planOf(message.Descriptor()), maxDepth); err != nil {
		return err
	}
	if d.peek(); d.pos < len(data) {
		return d.unexpected("the end")
	}
	return nil
}

// decoder reads one input. In its methods, depth is how many levels of messages may still open.
type decoder struct {
	scanner
	attachments [][]byte
}

// message reads an object, or the special form of a well-known type, into m.
func (d *decoder) message(m protoreflect.Message, plan *messagePlan, depth int) error {
	if depth <= 0 {
		return fail(d.pos, "nested too deep")
	}
	if plan.wellKnown {
		return d.wellKnown(m, plan, depth)
	}
	depth--
	if err := d.open('{', "'{'"); err != nil {
		return err
	}
	var seen seenSet
	// Members mostly come in the order of the fields, so the next field is tried before looking it up.
	next := 0
	for first := true; ; first = false {
		if more, err := d.more('}', first); err != nil || !more {
			return err
		}
		start := d.pos
		name, err := d.name()
		if err != nil {
			return err
		}
		var field *fieldPlan
		if next < len(plan.fields) && plan.fields[next].jsonName == string(name) {
			field = plan.fields[next]
		} else {
			field = plan.byName[string(name)]
		}
		if field == nil {
			if err := d.skip(depth); err != nil {
				return err
			}
			continue
		}
		next = field.slot + 1
		if !seen.add(field.slot) {
			return within(string(field.desc.Name()), fail(start, "is given twice"))
		}
		if err := d.field(m, field, &seen, depth); err != nil {
			return within(string(field.desc.Name()), err)
		}
	}
}

// field reads the value of a field into m.
func (d *decoder) field(m protoreflect.Message, field *fieldPlan, seen *seenSet, depth int) error {
	if d.peek() == 'n' && !field.nullIsValue {
		return d.literal("null")
	}
	switch {
	case field.isList:
		return d.list(m.Mutable(field.desc).List(), field, depth)
	case field.isMap:
		return d.mapping(m.Mutable(field.desc).Map(), field, depth)
	}
	if field.oneofSlot >= 0 && !seen.add(field.oneofSlot) {
		return fail(d.pos, "belongs to a oneof that is already set")
	}
	if field.message != nil {
		value := m.NewField(field.desc)
		if err := d.message(value.Message(), field.message, depth); err != nil {
			return err
		}
		m.Set(field.desc, value)
		return nil
	}
	value, err := d.scalar(field)
	if err == nil && value.IsValid() {
		m.Set(field.desc, value)
	}
	return err
}

// list reads an array.
func (d *decoder) list(list protoreflect.List, field *fieldPlan, depth int) error {
	if err := d.open('[', "'['"); err != nil {
		return err
	}
	for index := 0; ; index++ {
		if more, err := d.more(']', index == 0); err != nil || !more {
			return err
		}
		if field.message != nil {
			if err := d.message(list.AppendMutable().Message(), field.message, depth); err != nil {
				return withinItem(index, err)
			}
			continue
		}
		value, err := d.scalar(field)
		if err != nil {
			return withinItem(index, err)
		}
		if value.IsValid() {
			list.Append(value)
		}
	}
}

// mapping reads an object into a map.
func (d *decoder) mapping(entries protoreflect.Map, field *fieldPlan, depth int) error {
	if err := d.open('{', "'{'"); err != nil {
		return err
	}
	for first := true; ; first = false {
		if more, err := d.more('}', first); err != nil || !more {
			return err
		}
		start := d.pos
		name, err := d.name()
		if err != nil {
			return err
		}
		key, ok := mapKey(name, field.mapKey.kind)
		if !ok {
			return fail(start, "invalid "+field.mapKey.kind.String()+" key")
		}
		if entries.Has(key) {
			return withinEntry(key.String(), fail(start, "is given twice"))
		}
		value, err := d.mapValue(entries, field.mapValue, depth)
		if err != nil {
			return withinEntry(key.String(), err)
		}
		if value.IsValid() {
			entries.Set(key, value)
		}
	}
}

// mapValue reads the value of one entry. An invalid value without an error means to leave the entry out.
func (d *decoder) mapValue(entries protoreflect.Map, field *fieldPlan, depth int) (protoreflect.Value, error) {
	if field.message == nil {
		return d.scalar(field)
	}
	value := entries.NewValue()
	return value, d.message(value.Message(), field.message, depth)
}
