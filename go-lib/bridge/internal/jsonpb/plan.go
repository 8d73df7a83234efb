// The plan of a message type: what reading and writing needs of its descriptor, looked up once.

package jsonpb

import (
	"sync"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/tombolo-dev/tombolo/go-lib/bridge/internal/attachref"
)

// plans holds a *messagePlan for each protoreflect.MessageDescriptor met so far.
var plans sync.Map

// messagePlan says how a message type is read and written.
type messagePlan struct {
	// wellKnown marks a type with a JSON form of its own, which protojson handles.
	wellKnown bool
	name      protoreflect.FullName
	// fields are in the order of their declaration, which is the order of output.
	fields []*fieldPlan
	// byName finds a field by its JSON name or its proto name.
	byName map[string]*fieldPlan
	// slots is how many slots a seenSet of this type has: one a field, then one a oneof.
	slots int
}

// fieldPlan says how one field is read and written, or the value of a map field.
type fieldPlan struct {
	desc protoreflect.FieldDescriptor
	kind protoreflect.Kind
	// jsonName is the name in output; key is the same with quotes and colon, ready to append.
	jsonName, key string
	isList, isMap bool
	// slot and oneofSlot are places in a seenSet; oneofSlot is -1 outside of a oneof.
	slot, oneofSlot int
	// attachment tells that strings of the form "@N" refer to attachments.
	attachment bool
	// nullIsValue tells that null is a value of the field instead of its absence.
	nullIsValue bool
	// message is the plan of the field's type where it is a message.
	message *messagePlan
	// enum is set where the field's type is an enum.
	enum *enumPlan
	// mapKey and mapValue are set for maps.
	mapKey, mapValue *fieldPlan
}

// enumPlan says how the values of an enum are read and written.
type enumPlan struct {
	// isNull marks google.protobuf.NullValue, whose only value is written as null.
	isNull bool
	// numbers finds a number by name; names finds the name with its quotes by number.
	numbers map[string]protoreflect.EnumNumber
	names   map[protoreflect.EnumNumber]string
}

// planOf returns the plan of a message type, making it at the first call.
func planOf(desc protoreflect.MessageDescriptor) *messagePlan {
	if plan, ok := plans.Load(desc); ok {
		return plan.(*messagePlan)
	}
	// The plans of one graph of types refer to each other, so all are finished before any is shared.
	made := map[protoreflect.MessageDescriptor]*messagePlan{}
	plan := makePlan(desc, made)
	for d, p := range made {
		plans.LoadOrStore(d, p)
	}
	return plan
}

func makePlan(desc protoreflect.MessageDescriptor, made map[protoreflect.MessageDescriptor]*messagePlan) *messagePlan {
	if plan, ok := made[desc]; ok {
		return plan
	}
	fields := desc.Fields()
	plan := &messagePlan{
		wellKnown: isWellKnown(desc),
		name:      desc.FullName(),
		byName:    make(map[string]*fieldPlan, 2*fields.Len()),
		slots:     fields.Len() + desc.Oneofs().Len(),
	}
	made[desc] = plan
	if plan.wellKnown {
		return plan
	}
	for i := range fields.Len() {
		field := makeField(fields.Get(i), made)
		field.slot = i
		if oneof := field.desc.ContainingOneof(); oneof != nil {
			field.oneofSlot = fields.Len() + oneof.Index()
		}
		plan.fields = append(plan.fields, field)
		plan.byName[field.jsonName] = field
	}
	// A JSON name goes before a proto name of the same spelling.
	for _, field := range plan.fields {
		if name := field.desc.TextName(); plan.byName[name] == nil {
			plan.byName[name] = field
		}
	}
	return plan
}

func makeField(desc protoreflect.FieldDescriptor, made map[protoreflect.MessageDescriptor]*messagePlan) *fieldPlan {
	field := &fieldPlan{
		desc:      desc,
		kind:      desc.Kind(),
		jsonName:  desc.JSONName(),
		isList:    desc.IsList(),
		isMap:     desc.IsMap(),
		oneofSlot: -1,
	}
	key, _ := appendString(nil, field.jsonName)
	field.key = string(append(key, ':'))
	switch {
	case field.isMap:
		field.mapKey = makeField(desc.MapKey(), made)
		field.mapValue = makeField(desc.MapValue(), made)
	case desc.Message() != nil:
		field.message = makePlan(desc.Message(), made)
		field.nullIsValue = desc.Message().FullName() == "google.protobuf.Value"
	case desc.Enum() != nil:
		field.enum = makeEnum(desc.Enum())
		field.nullIsValue = field.enum.isNull
	case field.kind == protoreflect.BytesKind:
		field.attachment = attachref.IsAttachment(desc)
	}
	return field
}

func makeEnum(desc protoreflect.EnumDescriptor) *enumPlan {
	values := desc.Values()
	plan := &enumPlan{
		isNull:  desc.FullName() == "google.protobuf.NullValue",
		numbers: make(map[string]protoreflect.EnumNumber, values.Len()),
		names:   make(map[protoreflect.EnumNumber]string, values.Len()),
	}
	for i := range values.Len() {
		name, number := string(values.Get(i).Name()), values.Get(i).Number()
		plan.numbers[name] = number
		// Of several names for a number, the first is the one to write.
		if _, ok := plan.names[number]; !ok {
			plan.names[number] = `"` + name + `"`
		}
	}
	return plan
}

// isWellKnown tells whether a type has a JSON form of its own. Empty has none: it is an object without fields.
func isWellKnown(desc protoreflect.MessageDescriptor) bool {
	switch desc.FullName() {
	case "google.protobuf.Any",
		"google.protobuf.Timestamp",
		"google.protobuf.Duration",
		"google.protobuf.FieldMask",
		"google.protobuf.Struct",
		"google.protobuf.Value",
		"google.protobuf.ListValue",
		"google.protobuf.BoolValue",
		"google.protobuf.Int32Value",
		"google.protobuf.Int64Value",
		"google.protobuf.UInt32Value",
		"google.protobuf.UInt64Value",
		"google.protobuf.FloatValue",
		"google.protobuf.DoubleValue",
		"google.protobuf.StringValue",
		"google.protobuf.BytesValue":
		return true
	}
	return false
}
