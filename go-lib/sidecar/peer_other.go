//go:build !linux

// Systems on which the peer's user isn't looked up: there the folder's permissions and the token decide.

package sidecar

import "net"

func peerUser(*net.UnixConn) (uid int, known bool) { return 0, false }
