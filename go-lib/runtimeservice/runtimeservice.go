// Package runtimeservice is the service that describes and configures the library of this process.
package runtimeservice

import (
	"context"
	"math"
	"runtime"
	"runtime/debug"
	"sync"

	"google.golang.org/protobuf/proto"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	runtimev1 "github.com/tombolo-dev/tombolo/go-lib/gen/tombolo/runtime/v1"
	"github.com/tombolo-dev/tombolo/go-lib/version"
)

// MinMemoryLimit is the least that the memory limit can be set to: below it Go would do little but collect garbage.
const MinMemoryLimit = 16 << 20

// Service implements tombolo.runtime.v1.RuntimeService. It's safe for concurrent use.
type Service struct {
	registry    *bridge.Registry
	configuring sync.Mutex
}

// Register adds the service to the registry that it describes.
func Register(registry *bridge.Registry) error {
	descriptor := runtimev1.File_tombolo_runtime_v1_runtime_proto.Services().ByName("RuntimeService")
	return registry.Register(descriptor, &Service{registry: registry})
}

// Describe tells versions, services and limits.
func (s *Service) Describe(context.Context, *runtimev1.DescribeRequest) (*runtimev1.DescribeResponse, error) {
	response := &runtimev1.DescribeResponse{
		LibraryVersion:  version.Library,
		GoVersion:       runtime.Version(),
		AbiVersion:      version.ABI,
		ProtocolVersion: version.Protocol,
		Limits:          s.limits(),
	}
	for _, service := range s.registry.Services() {
		description := &runtimev1.ServiceDescription{
			Name:     string(service.Descriptor.FullName()),
			Versions: service.Versions(),
		}
		for i := range service.Descriptor.Methods().Len() {
			description.Methods = append(description.Methods, string(service.Descriptor.Methods().Get(i).Name()))
		}
		response.Services = append(response.Services, description)
	}
	return response, nil
}

// Configure changes the limits that the request has, all or none of them.
func (s *Service) Configure(_ context.Context, request *runtimev1.ConfigureRequest) (*runtimev1.ConfigureResponse, error) {
	if err := s.registry.CheckUnsealed(); err != nil {
		return nil, err
	}
	s.configuring.Lock()
	defer s.configuring.Unlock()
	limits := request.GetLimits()
	memory := limits.GetMemoryLimitBytes()
	if memory > math.MaxInt64 || limits != nil && limits.MemoryLimitBytes != nil && memory < MinMemoryLimit {
		return nil, bridge.Errorf(bridge.InvalidArgument, "memory_limit_bytes is %d; it must be at least %d and at most %d",
			memory, MinMemoryLimit, math.MaxInt64)
	}
	if limits != nil && limits.MaxRequestBytes != nil {
		if err := s.registry.SetMaxRequestBytes(*limits.MaxRequestBytes); err != nil {
			return nil, err
		}
	}
	if limits != nil && limits.MemoryLimitBytes != nil {
		debug.SetMemoryLimit(int64(memory))
	}
	return &runtimev1.ConfigureResponse{Limits: s.limits()}, nil
}

func (s *Service) limits() *runtimev1.Limits {
	limits := &runtimev1.Limits{MaxRequestBytes: proto.Uint64(s.registry.MaxRequestBytes())}
	// Go stands for "no limit" with the largest number.
	if memory := debug.SetMemoryLimit(-1); memory != math.MaxInt64 {
		limits.MemoryLimitBytes = proto.Uint64(uint64(memory))
	}
	return limits
}
