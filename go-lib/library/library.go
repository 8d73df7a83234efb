// Package library puts together the services that a stock tombolo library holds.
package library

import (
	"fmt"

	"github.com/tombolo-dev/tombolo/go-lib/bridge"
	"github.com/tombolo-dev/tombolo/go-lib/runtimeservice"
	"github.com/tombolo-dev/tombolo/go-lib/technology"
)

// New returns a registry with all services of tombolo.
func New() (*bridge.Registry, error) {
	registry := bridge.NewRegistry()
	for _, register := range []func(*bridge.Registry) error{runtimeservice.Register, technology.Register} {
		if err := register(registry); err != nil {
			return nil, fmt.Errorf("tombolo can't start: %w", err)
		}
	}
	return registry, nil
}
