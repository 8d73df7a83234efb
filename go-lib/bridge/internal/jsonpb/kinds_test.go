// A message type with every kind of field, and random messages of any type.

package jsonpb

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/fieldmaskpb"
	"google.golang.org/protobuf/types/known/structpb"
	"google.golang.org/protobuf/types/known/timestamppb"

	optionsv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/options/v1"
	technologyv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/technology/v1"
	_ "google.golang.org/protobuf/types/known/emptypb"
	_ "google.golang.org/protobuf/types/known/wrapperspb"
)

// kinds is the descriptor of test.Kinds: each kind of field as a plain, optional and repeated one,
// in a oneof and as the value of a map; maps with keys of each kind; and attachments.
var kinds = makeKinds()

func makeKinds() protoreflect.MessageDescriptor {
	message := &descriptorpb.DescriptorProto{
		Name:      proto.String("Kinds"),
		OneofDecl: []*descriptorpb.OneofDescriptorProto{{Name: proto.String("choice")}},
	}
	file := &descriptorpb.FileDescriptorProto{
		Name:    proto.String("test/kinds.proto"),
		Package: proto.String("test"),
		Syntax:  proto.String("proto3"),
		Dependency: []string{
			"google/protobuf/any.proto", "google/protobuf/timestamp.proto", "google/protobuf/duration.proto",
			"google/protobuf/field_mask.proto", "google/protobuf/struct.proto", "google/protobuf/wrappers.proto",
			"google/protobuf/empty.proto", "tombolo/options/v1/options.proto",
		},
		EnumType: []*descriptorpb.EnumDescriptorProto{{
			Name:    proto.String("Color"),
			Options: &descriptorpb.EnumOptions{AllowAlias: proto.Bool(true)},
			Value: []*descriptorpb.EnumValueDescriptorProto{
				{Name: proto.String("COLOR_UNSPECIFIED"), Number: proto.Int32(0)},
				{Name: proto.String("COLOR_RED"), Number: proto.Int32(1)},
				{Name: proto.String("COLOR_CRIMSON"), Number: proto.Int32(1)},
				{Name: proto.String("COLOR_NEGATIVE"), Number: proto.Int32(-7)},
			},
		}},
		MessageType: []*descriptorpb.DescriptorProto{message},
	}
	field := func(name, kind string) *descriptorpb.FieldDescriptorProto {
		f := &descriptorpb.FieldDescriptorProto{
			Name:   proto.String(name),
			Number: proto.Int32(int32(len(message.Field) + 1)),
			Label:  descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(),
		}
		switch {
		case strings.HasSuffix(kind, ".Color"), strings.HasSuffix(kind, ".NullValue"):
			f.Type, f.TypeName = descriptorpb.FieldDescriptorProto_TYPE_ENUM.Enum(), proto.String(kind)
		case strings.HasPrefix(kind, "."):
			f.Type, f.TypeName = descriptorpb.FieldDescriptorProto_TYPE_MESSAGE.Enum(), proto.String(kind)
		default:
			number := descriptorpb.FieldDescriptorProto_Type_value["TYPE_"+strings.ToUpper(kind)]
			f.Type = descriptorpb.FieldDescriptorProto_Type(number).Enum()
		}
		return f
	}
	add := func(f *descriptorpb.FieldDescriptorProto) { message.Field = append(message.Field, f) }
	repeated := func(f *descriptorpb.FieldDescriptorProto) *descriptorpb.FieldDescriptorProto {
		f.Label = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
		return f
	}
	addMap := func(name, keyKind, valueKind string) {
		key, value := field("key", keyKind), field("value", valueKind)
		key.Number, value.Number = proto.Int32(1), proto.Int32(2)
		entry := ""
		for part := range strings.SplitSeq(name, "_") {
			entry += strings.ToUpper(part[:1]) + part[1:]
		}
		message.NestedType = append(message.NestedType, &descriptorpb.DescriptorProto{
			Name:    proto.String(entry + "Entry"),
			Options: &descriptorpb.MessageOptions{MapEntry: proto.Bool(true)},
			Field:   []*descriptorpb.FieldDescriptorProto{key, value},
		})
		add(repeated(field(name, ".test.Kinds."+entry+"Entry")))
	}
	scalars := []string{
		"double", "float", "int64", "uint64", "int32", "fixed64", "fixed32", "bool", "string",
		"bytes", "uint32", "sfixed32", "sfixed64", "sint32", "sint64",
	}
	types := append(scalars, ".test.Color", ".test.Kinds", ".google.protobuf.Any", ".google.protobuf.Timestamp",
		".google.protobuf.Duration", ".google.protobuf.FieldMask", ".google.protobuf.Struct", ".google.protobuf.Value",
		".google.protobuf.ListValue", ".google.protobuf.NullValue", ".google.protobuf.Empty",
		".google.protobuf.BoolValue", ".google.protobuf.Int32Value", ".google.protobuf.Int64Value",
		".google.protobuf.UInt32Value", ".google.protobuf.UInt64Value", ".google.protobuf.FloatValue",
		".google.protobuf.DoubleValue", ".google.protobuf.StringValue", ".google.protobuf.BytesValue")
	var optionals []*descriptorpb.FieldDescriptorProto
	for _, kind := range types {
		word := lastWord(kind)
		add(field("one_"+word, kind))
		add(repeated(field("many_"+word, kind)))
		addMap("map_"+word, "string", kind)
		if !strings.HasPrefix(kind, ".") || strings.HasSuffix(kind, ".Color") {
			optional := field("maybe_"+word, kind)
			optional.Proto3Optional = proto.Bool(true)
			add(optional)
			optionals = append(optionals, optional)
		}
	}
	for _, kind := range types {
		choice := field("choice_"+lastWord(kind), kind)
		choice.OneofIndex = proto.Int32(0)
		add(choice)
	}
	for _, kind := range scalars {
		if kind != "double" && kind != "float" && kind != "bytes" && kind != "string" {
			addMap("key_"+kind, kind, "string")
		}
	}
	named := field("named", "string")
	named.JsonName = proto.String("an \"odd\" näme")
	add(named)
	for _, attached := range []*descriptorpb.FieldDescriptorProto{
		field("attached", "bytes"), repeated(field("attached_many", "bytes")),
	} {
		attached.Number = proto.Int32(int32(len(message.Field) + 1))
		attached.Options = &descriptorpb.FieldOptions{}
		proto.SetExtension(attached.Options, optionsv1.E_Attachment, true)
		add(attached)
	}
	// The compiler declares the oneofs of optional fields after all others.
	for _, optional := range optionals {
		optional.OneofIndex = proto.Int32(int32(len(message.OneofDecl)))
		message.OneofDecl = append(message.OneofDecl,
			&descriptorpb.OneofDescriptorProto{Name: proto.String("_" + optional.GetName())})
	}
	descriptor, err := protodesc.NewFile(file, protoregistry.GlobalFiles)
	if err != nil {
		panic(err)
	}
	return descriptor.Messages().Get(0)
}

// lastWord gives the last part of a type's name in lower case.
func lastWord(name string) string {
	return strings.ToLower(name[strings.LastIndex(name, ".")+1:])
}

// newKinds returns an empty test.Kinds.
func newKinds() proto.Message { return dynamicpb.NewMessage(kinds) }

// random fills messages of any type with what JSON can say.
type random struct{ *rand.Rand }

func newRandom(seed uint64) random { return random{rand.New(rand.NewPCG(seed, 1))} }

// fill sets about one of sparse fields of m, and fewer the deeper it gets.
func (r random) fill(m protoreflect.Message, sparse int) {
	if r.fillWellKnown(m) {
		return
	}
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		if r.IntN(sparse) != 0 {
			continue
		}
		field := fields.Get(i)
		switch {
		case field.IsList():
			for range r.IntN(4) {
				m.Mutable(field).List().Append(r.value(field, m.Mutable(field).List().NewElement, sparse))
			}
		case field.IsMap():
			entries := m.Mutable(field).Map()
			for range r.IntN(4) {
				key := r.value(field.MapKey(), nil, sparse).MapKey()
				entries.Set(key, r.value(field.MapValue(), entries.NewValue, sparse))
			}
		default:
			m.Set(field, r.value(field, func() protoreflect.Value { return m.NewField(field) }, sparse))
		}
	}
}

func (r random) value(
	field protoreflect.FieldDescriptor, newMessage func() protoreflect.Value, sparse int,
) protoreflect.Value {
	switch field.Kind() {
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(r.IntN(2) == 0)
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		return protoreflect.ValueOfInt32(int32(r.number()))
	case protoreflect.Int64Kind, protoreflect.Sint64Kind, protoreflect.Sfixed64Kind:
		return protoreflect.ValueOfInt64(int64(r.number()))
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		return protoreflect.ValueOfUint32(uint32(r.number()))
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		return protoreflect.ValueOfUint64(r.number())
	case protoreflect.FloatKind:
		return protoreflect.ValueOfFloat32(float32(r.float()))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(r.float())
	case protoreflect.StringKind:
		return protoreflect.ValueOfString(r.text())
	case protoreflect.BytesKind:
		return protoreflect.ValueOfBytes([]byte(r.text()))
	case protoreflect.EnumKind:
		if field.Enum().FullName() == "google.protobuf.NullValue" {
			return protoreflect.ValueOfEnum(0)
		}
		return protoreflect.ValueOfEnum(protoreflect.EnumNumber(r.IntN(4) - 1))
	default:
		value := newMessage()
		r.fill(value.Message(), sparse*4)
		return value
	}
}

// number gives integers of all magnitudes, with the extremes of all sizes.
func (r random) number() uint64 {
	extremes := []uint64{0, 1, math.MaxInt32, 1 << 31, math.MaxUint32, math.MaxInt64, 1 << 63, math.MaxUint64}
	if r.IntN(3) == 0 {
		return extremes[r.IntN(len(extremes))]
	}
	return r.Uint64() >> r.IntN(64)
}

func (r random) float() float64 {
	special := []float64{
		0, math.Copysign(0, -1), 1, -1.5, 1e21, 1e-7, math.MaxFloat64, math.SmallestNonzeroFloat64,
		math.MaxFloat32, math.NaN(), math.Inf(1), math.Inf(-1),
	}
	if r.IntN(3) > 0 {
		return special[r.IntN(len(special))]
	}
	return math.Float64frombits(r.Uint64())
}

// text gives strings with all that needs an escape, and letters of all lengths in UTF-8.
func (r random) text() string {
	letters := []rune("abcdefgh ,:{}[]\"\\/\b\f\n\r\t\x00\x1f\x7fäß€\u2028\ufffd\uffff😀")
	var b strings.Builder
	for range r.IntN(30) {
		b.WriteRune(letters[r.IntN(len(letters))])
	}
	return b.String()
}

// fillWellKnown fills a well-known type that doesn't allow every combination of fields.
func (r random) fillWellKnown(m protoreflect.Message) bool {
	var value proto.Message
	switch m.Descriptor().FullName() {
	case "google.protobuf.Timestamp":
		value = &timestamppb.Timestamp{Seconds: r.Int64N(253402300800), Nanos: r.Int32N(1000) * 1000}
	case "google.protobuf.Duration":
		value = &durationpb.Duration{Seconds: -r.Int64N(315576000000), Nanos: -r.Int32N(1_000_000_000)}
	case "google.protobuf.FieldMask":
		value = &fieldmaskpb.FieldMask{Paths: []string{"one_int32", "one_kinds.named"}}
	case "google.protobuf.Struct":
		value = r.jsonObject(3)
	case "google.protobuf.ListValue":
		value = &structpb.ListValue{Values: []*structpb.Value{r.jsonValue(2), r.jsonValue(2)}}
	case "google.protobuf.Value":
		value = r.jsonValue(3)
	case "google.protobuf.Any":
		contents := []proto.Message{
			&technologyv1.Category{Id: 7, Name: r.text()}, durationpb.New(1500), r.jsonValue(1),
		}
		any, err := anypb.New(contents[r.IntN(len(contents))])
		if err != nil {
			panic(err)
		}
		value = any
	default:
		return false
	}
	content, err := proto.Marshal(value)
	if err == nil {
		err = proto.Unmarshal(content, m.Interface())
	}
	if err != nil {
		panic(err)
	}
	return true
}

func (r random) jsonObject(depth int) *structpb.Struct {
	object := &structpb.Struct{Fields: map[string]*structpb.Value{}}
	for i := range r.IntN(3) {
		object.Fields[fmt.Sprint(i, r.text())] = r.jsonValue(depth - 1)
	}
	return object
}

func (r random) jsonValue(depth int) *structpb.Value {
	switch n := r.IntN(6); {
	case n == 0:
		return structpb.NewNullValue()
	case n == 1:
		return structpb.NewBoolValue(r.IntN(2) == 0)
	case n == 2:
		return structpb.NewNumberValue(float64(r.IntN(1000)) / 8)
	case n == 3 && depth > 0:
		return structpb.NewStructValue(r.jsonObject(depth))
	case n == 4 && depth > 0:
		return structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{r.jsonValue(depth - 1)}})
	}
	return structpb.NewStringValue(r.text())
}
