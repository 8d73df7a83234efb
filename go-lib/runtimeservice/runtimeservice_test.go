// Tests of the service that describes and configures the library.

package runtimeservice

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

// newService returns a service with a registry of its own, and gives the process its memory limit back at the end.
func newService(t *testing.T) *Service {
	t.Helper()
	before := debug.SetMemoryLimit(math.MaxInt64)
	t.Cleanup(func() { debug.SetMemoryLimit(before) })
	service := &Service{registry: bridge.NewRegistry()}
	if err := service.registry.Register(
		runtimev1.File_tombolo_runtime_v1_runtime_proto.Services().ByName("RuntimeService"), service); err != nil {
		t.Fatal(err)
	}
	return service
}

func limitsOf(t *testing.T, service *Service) *runtimev1.Limits {
	t.Helper()
	description, err := service.Describe(context.Background(), &runtimev1.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	return description.GetLimits()
}

func TestDescribeTellsVersionsServicesAndLimits(t *testing.T) {
	description, err := newService(t).Describe(context.Background(), &runtimev1.DescribeRequest{})
	if err != nil {
		t.Fatal(err)
	}
	want := &runtimev1.DescribeResponse{
		LibraryVersion:  version.Library,
		GoVersion:       runtime.Version(),
		AbiVersion:      version.ABI,
		ProtocolVersion: version.Protocol,
		Services: []*runtimev1.ServiceDescription{{
			Name: "tombolo.runtime.v1.RuntimeService", Methods: []string{"Describe", "Configure"},
		}},
		Limits: &runtimev1.Limits{MaxRequestBytes: proto.Uint64(bridge.DefaultMaxRequestBytes)},
	}
	if !proto.Equal(description, want) {
		t.Errorf("got  %v\nwant %v", description, want)
	}
}

func TestConfigureSetsWhatIsPresent(t *testing.T) {
	for name, test := range map[string]struct{ set, want *runtimev1.Limits }{
		"no limits":   {nil, &runtimev1.Limits{MaxRequestBytes: proto.Uint64(bridge.DefaultMaxRequestBytes)}},
		"none of two": {&runtimev1.Limits{}, &runtimev1.Limits{MaxRequestBytes: proto.Uint64(bridge.DefaultMaxRequestBytes)}},
		"requests":    {&runtimev1.Limits{MaxRequestBytes: proto.Uint64(1024)}, &runtimev1.Limits{MaxRequestBytes: proto.Uint64(1024)}},
		"memory": {
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(1 << 40)},
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(1 << 40), MaxRequestBytes: proto.Uint64(bridge.DefaultMaxRequestBytes)},
		},
		"both": {
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(MinMemoryLimit), MaxRequestBytes: proto.Uint64(4096)},
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(MinMemoryLimit), MaxRequestBytes: proto.Uint64(4096)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			service := newService(t)
			response, err := service.Configure(context.Background(), &runtimev1.ConfigureRequest{Limits: test.set})
			if err != nil {
				t.Fatal(err)
			}
			if !proto.Equal(response.GetLimits(), test.want) || !proto.Equal(limitsOf(t, service), test.want) {
				t.Errorf("got %v, then %v; want %v", response.GetLimits(), limitsOf(t, service), test.want)
			}
		})
	}
}

func TestABadLimitChangesNothing(t *testing.T) {
	const memory = "it must be at least 16777216 and at most 9223372036854775807"
	for name, test := range map[string]struct {
		limits *runtimev1.Limits
		want   string
	}{
		"memory that is too little": {
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(MinMemoryLimit - 1), MaxRequestBytes: proto.Uint64(4096)},
			"memory_limit_bytes is 16777215; " + memory,
		},
		"no memory": {
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(0)},
			"memory_limit_bytes is 0; " + memory,
		},
		"memory beyond all bounds": {
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(math.MaxUint64), MaxRequestBytes: proto.Uint64(4096)},
			"memory_limit_bytes is 18446744073709551615; " + memory,
		},
		"requests that are too small": {
			&runtimev1.Limits{MemoryLimitBytes: proto.Uint64(1 << 40), MaxRequestBytes: proto.Uint64(1023)},
			"max_request_bytes is 1023; it must be at least 1024",
		},
	} {
		t.Run(name, func(t *testing.T) {
			service := newService(t)
			before := limitsOf(t, service)
			_, err := service.Configure(context.Background(), &runtimev1.ConfigureRequest{Limits: test.limits})
			status := bridge.StatusOf(err)
			if bridge.Code(status.GetCode()) != bridge.InvalidArgument || status.GetMessage() != test.want {
				t.Errorf("got  %v\nwant %s", status, test.want)
			}
			if after := limitsOf(t, service); !proto.Equal(after, before) {
				t.Errorf("the limits are %v, and were %v", after, before)
			}
		})
	}
}

func TestASealedRegistryIsNotConfigured(t *testing.T) {
	service := newService(t)
	service.registry.Seal("not yours")
	_, err := service.Configure(context.Background(), &runtimev1.ConfigureRequest{
		Limits: &runtimev1.Limits{MaxRequestBytes: proto.Uint64(4096)},
	})
	if status := bridge.StatusOf(err); bridge.Code(status.GetCode()) != bridge.FailedPrecondition || status.GetMessage() != "not yours" {
		t.Errorf("got %v", status)
	}
	if got := limitsOf(t, service).GetMaxRequestBytes(); got != bridge.DefaultMaxRequestBytes {
		t.Errorf("the limit is %d", got)
	}
}
