// Tests of registration: what doesn't fit is refused, with everything that is wrong.

package bridge

import (
	"context"
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"

	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
)

type lacking struct{}

type mistyped struct{}

// Do takes a message of another kind.
func (mistyped) Do(context.Context, *runtimev1.Limits) (*response, error) { return nil, nil }

// Other lacks its error.
func (mistyped) Other(context.Context, *request) *response { return nil }

type noContext struct{}

// Do has a text in place of its context.
func (noContext) Do(string, *request) (*response, error) { return nil, nil }

type byValue struct{}

// Do takes its request by value.
func (byValue) Do(context.Context, request) (*response, error) { return nil, nil }

type returning struct{}

// Do returns its request.
func (returning) Do(_ context.Context, r *request) (*request, error) { return r, nil }

type half struct{ doing }

func TestServicesThatDoNotFitAreRefused(t *testing.T) {
	const wanted = "instead of a func(context.Context, *Request) (*Response, error)"
	for name, test := range map[string]struct {
		service        protoreflect.Name
		implementation any
		want           string
	}{
		"a method is missing": {
			"TestService",
			lacking{},
			"service tombolo.test.v1.TestService: bridge.lacking lacks the method " +
				"Do(context.Context, *Request) (*Response, error)",
		},
		"one of two methods is missing": {
			"PairService",
			half{},
			"service tombolo.test.v1.PairService: bridge.half lacks the method " +
				"Other(context.Context, *Request) (*Response, error)",
		},
		"all problems are named": {
			"PairService",
			mistyped{},
			"service tombolo.test.v1.PairService: method Do of bridge.mistyped is a " +
				"func(context.Context, *runtimev1.Limits) (*bridge.response, error) " + wanted + "\n" +
				"service tombolo.test.v1.PairService: method Other of bridge.mistyped is a " +
				"func(context.Context, *bridge.request) *bridge.response " + wanted,
		},
		"the first parameter is no context": {
			"TestService",
			noContext{},
			"service tombolo.test.v1.TestService: method Do of bridge.noContext is a " +
				"func(string, *bridge.request) (*bridge.response, error) " + wanted,
		},
		"the request is no pointer": {
			"TestService",
			byValue{},
			"service tombolo.test.v1.TestService: method Do of bridge.byValue is a " +
				"func(context.Context, bridge.request) (*bridge.response, error) " + wanted,
		},
		"the method streams": {
			"StreamingService", doing(nil),
			"service tombolo.test.v1.StreamingService: method Do streams, which isn't supported",
		},
		"the response has an attachment": {
			"ReturningService",
			returning{},
			"service tombolo.test.v1.ReturningService: method Do: its response tombolo.test.v1.Request " +
				"has an attachment field, which only requests may have",
		},
	} {
		t.Run(name, func(t *testing.T) {
			registry := NewRegistry()
			err := registry.Register(testService(test.service), test.implementation)
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			if len(registry.Services()) != 0 || len(registry.methods) != 0 {
				t.Error("the refused service left something behind")
			}
		})
	}
}

func TestAServiceIsRegisteredOnce(t *testing.T) {
	registry := registryOf(t, func(context.Context, *request) (*response, error) { return responseOf("first"), nil })
	err := registry.Register(testService("TestService"), doing(nil))
	if want := "service tombolo.test.v1.TestService is registered already"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	texts, err := do(t, registry, Binary, nil)
	if err != nil {
		t.Fatal(err)
	}
	equalTexts(t, texts, "first")
}

type versioned struct{ doing }

// Versions implements Versioned.
func (versioned) Versions() map[string]string { return map[string]string{"part": "v1"} }

type pair struct{ doing }

// Other does what Do does.
func (p pair) Other(ctx context.Context, r *request) (*response, error) { return p.doing(ctx, r) }

func TestServicesAreSortedAndTellTheirVersions(t *testing.T) {
	registry := NewRegistry()
	if err := registry.Register(testService("TestService"), versioned{}); err != nil {
		t.Fatal(err)
	}
	if err := registry.Register(testService("PairService"), pair{}); err != nil {
		t.Fatal(err)
	}
	services := registry.Services()
	if len(services) != 2 || services[0].Descriptor.Name() != "PairService" || services[1].Descriptor.Name() != "TestService" {
		t.Fatalf("the services are %v", services)
	}
	if versions := services[0].Versions(); len(versions) != 0 {
		t.Errorf("a service that isn't Versioned has the versions %v", versions)
	}
	if versions := services[1].Versions(); versions["part"] != "v1" {
		t.Errorf("the versions are %v", versions)
	}
}
