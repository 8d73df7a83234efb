// The registry of services, which checks each one when it joins.

package bridge

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// Registry holds the services of a library. Services are registered while the process
// starts; from then on it is safe for concurrent use.
type Registry struct {
	services map[protoreflect.FullName]Service
	methods  map[string]*method
	limits   limits
}

// Service is a registered service.
type Service struct {
	// Descriptor is the service as its .proto file declares it.
	Descriptor protoreflect.ServiceDescriptor
	// Versions tells what it is made of, such as "wappalyzergo" → "v0.2.93".
	Versions func() map[string]string
}

// Versioned is implemented by services that tell the versions of what they are made of.
type Versioned interface {
	// Versions returns names and versions.
	Versions() map[string]string
}

// method is one callable method, with all that reflection found out about it.
type method struct {
	name        string // "package.Service/Method"
	call        reflect.Value
	requestType reflect.Type // the struct behind the request pointer
	attachments bool         // whether the request can refer to attachments
}

// NewRegistry returns a registry without services and with default limits.
func NewRegistry() *Registry {
	r := &Registry{services: map[protoreflect.FullName]Service{}, methods: map[string]*method{}}
	r.limits.maxRequestBytes.Store(DefaultMaxRequestBytes)
	return r
}

// Register adds a service. The implementation must have, for each method of the descriptor,
// a method of that name and of type func(context.Context, *Request) (*Response, error).
// The error names everything that is wrong.
func (r *Registry) Register(descriptor protoreflect.ServiceDescriptor, implementation any) error {
	name := descriptor.FullName()
	if _, taken := r.services[name]; taken {
		return fmt.Errorf("service %s is registered already", name)
	}
	var problems []error
	methods := make([]*method, 0, descriptor.Methods().Len())
	for i := range descriptor.Methods().Len() {
		m, err := bind(descriptor.Methods().Get(i), implementation)
		if err != nil {
			problems = append(problems, fmt.Errorf("service %s: %w", name, err))
			continue
		}
		methods = append(methods, m)
	}
	if len(problems) > 0 {
		return errors.Join(problems...)
	}
	service := Service{Descriptor: descriptor, Versions: func() map[string]string { return nil }}
	if v, ok := implementation.(Versioned); ok {
		service.Versions = v.Versions
	}
	r.services[name] = service
	for _, m := range methods {
		r.methods[m.name] = m
	}
	return nil
}

// Services returns the registered services, sorted by name.
func (r *Registry) Services() []Service {
	services := make([]Service, 0, len(r.services))
	for _, name := range slices.Sorted(maps.Keys(r.services)) {
		services = append(services, r.services[name])
	}
	return services
}

var (
	contextType = reflect.TypeFor[context.Context]()
	errorType   = reflect.TypeFor[error]()
	messageType = reflect.TypeFor[proto.Message]()
)

func bind(descriptor protoreflect.MethodDescriptor, implementation any) (*method, error) {
	if descriptor.IsStreamingClient() || descriptor.IsStreamingServer() {
		return nil, fmt.Errorf("method %s streams, which isn't supported", descriptor.Name())
	}
	call := reflect.ValueOf(implementation).MethodByName(string(descriptor.Name()))
	if !call.IsValid() {
		return nil, fmt.Errorf("%T lacks the method %s(context.Context, *%s) (*%s, error)",
			implementation, descriptor.Name(), descriptor.Input().Name(), descriptor.Output().Name())
	}
	t := call.Type()
	if t.NumIn() != 2 || t.NumOut() != 2 || t.In(0) != contextType || t.Out(1) != errorType ||
		!carries(t.In(1), descriptor.Input()) || !carries(t.Out(0), descriptor.Output()) {
		return nil, fmt.Errorf("method %s of %T is a %s instead of a func(context.Context, *%s) (*%s, error)",
			descriptor.Name(), implementation, t, descriptor.Input().Name(), descriptor.Output().Name())
	}
	if hasAttachments(descriptor.Output()) {
		return nil, fmt.Errorf("method %s: its response %s has an attachment field, which only requests may have",
			descriptor.Name(), descriptor.Output().FullName())
	}
	return &method{
		name:        string(descriptor.Parent().FullName()) + "/" + string(descriptor.Name()),
		call:        call,
		requestType: t.In(1).Elem(),
		attachments: hasAttachments(descriptor.Input()),
	}, nil
}

// carries reports whether the Go type is the generated type of the message.
func carries(t reflect.Type, message protoreflect.MessageDescriptor) bool {
	if t.Kind() != reflect.Pointer || !t.Implements(messageType) {
		return false
	}
	generated := reflect.New(t.Elem()).Interface().(proto.Message)
	return generated.ProtoReflect().Descriptor().FullName() == message.FullName()
}
