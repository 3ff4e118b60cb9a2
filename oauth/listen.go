package oauth

import (
	"context"
	"net"
	"strconv"
)

// listenFunc opens a listener; tests put failing ones in its place.
type listenFunc func(ctx context.Context, network, address string) (net.Listener, error)

// portTries is how many ports are tried for one that is free in both families.
const portTries = 10

// listenLoopback opens one port, chosen by the system: a fixed one may be in
// use, and Windows reserves whole ranges for Hyper-V. For "localhost" the same
// port is opened on ::1, because a browser may go there first; were another
// program's listener there, the answer would reach that program.
func listenLoopback(ctx context.Context, localhost bool, listen listenFunc) (listeners []net.Listener, port int, err error) {
	both := localhost && hasIPv6(ctx, listen)
	for range portTries {
		var v4, v6 net.Listener
		if v4, err = listen(ctx, "tcp4", "127.0.0.1:0"); err != nil {
			break
		}
		port = v4.Addr().(*net.TCPAddr).Port
		if !both {
			return []net.Listener{v4}, port, nil
		}
		if v6, err = listen(ctx, "tcp6", net.JoinHostPort("::1", strconv.Itoa(port))); err == nil {
			return []net.Listener{v4, v6}, port, nil
		}
		_ = v4.Close()
	}
	return nil, 0, failWith(NoPort, "no port could be opened on this computer for the browser to come back to", err)
}

// hasIPv6 reports whether this computer has ::1 at all. Many have it off.
func hasIPv6(ctx context.Context, listen listenFunc) bool {
	l, err := listen(ctx, "tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}
