// Who the peer of a connection is, as Linux tells it.

package sidecar

import (
	"net"

	"golang.org/x/sys/unix"
)

// peerUser returns the user id of the peer's process at the time it connected.
func peerUser(socket *net.UnixConn) (uid int, known bool) {
	raw, err := socket.SyscallConn()
	if err != nil {
		return 0, false
	}
	var credentials *unix.Ucred
	if controlErr := raw.Control(func(descriptor uintptr) {
		credentials, err = unix.GetsockoptUcred(int(descriptor), unix.SOL_SOCKET, unix.SO_PEERCRED)
	}); controlErr != nil || err != nil {
		return 0, false
	}
	return int(credentials.Uid), true
}
