// Package version holds the versions that the two sides of the boundary compare.
package version

const (
	// Library is the version of tombolo; the same as the Maven project's.
	Library = "0.1.0"
	// ABI is the version of the C ABI; the same as TOMBOLO_ABI_VERSION in tombolo.h.
	ABI = 1
	// Protocol is the version of the sidecar's protocol.
	Protocol = 1
)
