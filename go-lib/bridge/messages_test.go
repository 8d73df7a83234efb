// The messages and the service of this package's tests, built in code since they exist for nothing else.

package bridge

import (
	"context"
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"

	optionsv1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/options/v1"
)

const doMethod = "tombolo.test.v1.TestService/Do"

// testFile is
//
//	message Content  { string name = 1; bytes content = 2 [attachment]; }
//	message Request  { string text = 1; bytes plain = 2; bytes direct = 3 [attachment];
//	                   repeated bytes contents = 4 [attachment]; Content one = 5; repeated Content many = 6;
//	                   map<string, Content> by_name = 7; map<string, string> labels = 8; }
//	message Response { repeated string texts = 1; }
//	service TestService      { rpc Do(Request) returns (Response); }
//	service PairService      { rpc Do(Request) returns (Response); rpc Other(Request) returns (Response); }
//	service StreamingService { rpc Do(Request) returns (stream Response); }
//	service ReturningService { rpc Do(Request) returns (Request); }
var testFile = func() protoreflect.FileDescriptor {
	method := func(name, output string, streaming bool) *descriptorpb.MethodDescriptorProto {
		return &descriptorpb.MethodDescriptorProto{
			Name: &name, InputType: proto.String(".tombolo.test.v1.Request"), OutputType: &output, ServerStreaming: &streaming,
		}
	}
	service := func(name string, methods ...*descriptorpb.MethodDescriptorProto) *descriptorpb.ServiceDescriptorProto {
		return &descriptorpb.ServiceDescriptorProto{Name: &name, Method: methods}
	}
	const response, content = ".tombolo.test.v1.Response", ".tombolo.test.v1.Content"
	file, err := protodesc.NewFile(&descriptorpb.FileDescriptorProto{
		Name:       proto.String("tombolo/test/v1/test.proto"),
		Package:    proto.String("tombolo.test.v1"),
		Syntax:     proto.String("proto3"),
		Dependency: []string{"tombolo/options/v1/options.proto"},
		MessageType: []*descriptorpb.DescriptorProto{
			{Name: proto.String("Content"), Field: []*descriptorpb.FieldDescriptorProto{
				field("name", 1, descriptorpb.FieldDescriptorProto_TYPE_STRING),
				attachment(field("content", 2, descriptorpb.FieldDescriptorProto_TYPE_BYTES)),
			}},
			{
				Name: proto.String("Request"),
				Field: []*descriptorpb.FieldDescriptorProto{
					field("text", 1, descriptorpb.FieldDescriptorProto_TYPE_STRING),
					field("plain", 2, descriptorpb.FieldDescriptorProto_TYPE_BYTES),
					attachment(field("direct", 3, descriptorpb.FieldDescriptorProto_TYPE_BYTES)),
					attachment(repeated(field("contents", 4, descriptorpb.FieldDescriptorProto_TYPE_BYTES))),
					message("one", 5, content),
					repeated(message("many", 6, content)),
					repeated(message("by_name", 7, ".tombolo.test.v1.Request.ByNameEntry")),
					repeated(message("labels", 8, ".tombolo.test.v1.Request.LabelsEntry")),
				},
				NestedType: []*descriptorpb.DescriptorProto{
					entry("ByNameEntry", message("value", 2, content)),
					entry("LabelsEntry", field("value", 2, descriptorpb.FieldDescriptorProto_TYPE_STRING)),
				},
			},
			{Name: proto.String("Response"), Field: []*descriptorpb.FieldDescriptorProto{
				repeated(field("texts", 1, descriptorpb.FieldDescriptorProto_TYPE_STRING)),
			}},
		},
		Service: []*descriptorpb.ServiceDescriptorProto{
			service("TestService", method("Do", response, false)),
			service("PairService", method("Do", response, false), method("Other", response, false)),
			service("StreamingService", method("Do", response, true)),
			service("ReturningService", method("Do", ".tombolo.test.v1.Request", false)),
		},
	}, protoregistry.GlobalFiles)
	if err != nil {
		panic(err)
	}
	return file
}()

func field(name string, number int32, kind descriptorpb.FieldDescriptorProto_Type) *descriptorpb.FieldDescriptorProto {
	return &descriptorpb.FieldDescriptorProto{
		Name: &name, Number: &number, Type: &kind, Label: descriptorpb.FieldDescriptorProto_LABEL_OPTIONAL.Enum(),
	}
}

func message(name string, number int32, of string) *descriptorpb.FieldDescriptorProto {
	made := field(name, number, descriptorpb.FieldDescriptorProto_TYPE_MESSAGE)
	made.TypeName = &of
	return made
}

func repeated(field *descriptorpb.FieldDescriptorProto) *descriptorpb.FieldDescriptorProto {
	field.Label = descriptorpb.FieldDescriptorProto_LABEL_REPEATED.Enum()
	return field
}

func attachment(field *descriptorpb.FieldDescriptorProto) *descriptorpb.FieldDescriptorProto {
	field.Options = &descriptorpb.FieldOptions{}
	proto.SetExtension(field.Options, optionsv1.E_Attachment, true)
	return field
}

func entry(name string, value *descriptorpb.FieldDescriptorProto) *descriptorpb.DescriptorProto {
	return &descriptorpb.DescriptorProto{
		Name:    &name,
		Field:   []*descriptorpb.FieldDescriptorProto{field("key", 1, descriptorpb.FieldDescriptorProto_TYPE_STRING), value},
		Options: &descriptorpb.MessageOptions{MapEntry: proto.Bool(true)},
	}
}

func testService(name protoreflect.Name) protoreflect.ServiceDescriptor {
	return testFile.Services().ByName(name)
}

// request and response stand for generated types: their zero values are ready to use.
type (
	request  struct{ inner *dynamicpb.Message }
	response struct{ inner *dynamicpb.Message }
)

// ProtoReflect implements proto.Message.
func (m *request) ProtoReflect() protoreflect.Message { return reflected(&m.inner, "Request") }

// ProtoReflect implements proto.Message.
func (m *response) ProtoReflect() protoreflect.Message { return reflected(&m.inner, "Response") }

func reflected(inner **dynamicpb.Message, name protoreflect.Name) protoreflect.Message {
	if *inner == nil {
		*inner = dynamicpb.NewMessage(testFile.Messages().ByName(name))
	}
	return (*inner).ProtoReflect()
}

func (m *request) get(name protoreflect.Name) protoreflect.Value {
	return m.ProtoReflect().Get(m.ProtoReflect().Descriptor().Fields().ByName(name))
}

func (m *request) text() string { return m.get("text").String() }

func (m *request) direct() []byte { return m.get("direct").Bytes() }

func responseOf(texts ...string) *response {
	r := &response{}
	field := r.ProtoReflect().Descriptor().Fields().ByName("texts")
	for _, text := range texts {
		r.ProtoReflect().Mutable(field).List().Append(protoreflect.ValueOfString(text))
	}
	return r
}

// textsOf decodes a response.
func textsOf(t *testing.T, encoding Encoding, encoded []byte) []string {
	t.Helper()
	r := &response{}
	decode(t, encoding, encoded, r)
	list := r.ProtoReflect().Get(r.ProtoReflect().Descriptor().Fields().ByName("texts")).List()
	texts := make([]string, list.Len())
	for i := range texts {
		texts[i] = list.Get(i).String()
	}
	return texts
}

// doing is a service whose one method is a function of the test.
type doing func(ctx context.Context, r *request) (*response, error)

// Do calls the function.
func (d doing) Do(ctx context.Context, r *request) (*response, error) { return d(ctx, r) }

// registryOf returns a registry with a TestService that does what the function does.
func registryOf(t *testing.T, do doing) *Registry {
	t.Helper()
	registry := NewRegistry()
	if err := registry.Register(testService("TestService"), do); err != nil {
		t.Fatal(err)
	}
	return registry
}

// equalTexts fails the test unless the texts are those.
func equalTexts(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
