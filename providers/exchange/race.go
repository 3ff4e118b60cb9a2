package exchange

import (
	"context"
	"net"
	"net/netip"

	"fairlead/network"
)

// maxAddresses bounds the addresses of a name that are looked at.
const maxAddresses = 16

// How many more connections are made to the address that the test goes on with,
// to see whether each leads to the same server, and how many calls each carries.
const (
	repeats     = 2
	deepRepeats = 19
	deepCalls   = 3
)

// race connects to every address of a host at once.
type race struct {
	net     *network.Network
	repeats int
	results chan dialed
	left    int // results that have not been taken
}

// dialed is how connecting to one address went.
type dialed struct {
	address netip.AddrPort
	again   bool     // it is one more connection to the address that came first
	conn    net.Conn // nil after an error
	err     error
}

// dialAll starts a race. ctx ends those that are still under way.
func dialAll(ctx context.Context, n *network.Network, addresses []netip.Addr, port uint16, repeats int) *race {
	r := &race{net: n, repeats: repeats, results: make(chan dialed, len(addresses)+repeats)}
	for _, address := range addresses {
		r.dial(ctx, netip.AddrPortFrom(address, port), false)
	}
	return r
}

// again makes more connections to an address.
func (r *race) again(ctx context.Context, to netip.AddrPort) {
	for range r.repeats {
		r.dial(ctx, to, true)
	}
}

func (r *race) dial(ctx context.Context, to netip.AddrPort, again bool) {
	r.left++
	go func() {
		ctx, cancel := context.WithTimeout(ctx, waitPort)
		defer cancel()
		conn, err := r.net.Dial(ctx, to)
		r.results <- dialed{to, again, conn, err}
	}()
}

// next waits for the next result; ok is false when there is none.
func (r *race) next() (d dialed, ok bool) {
	if r.left == 0 {
		return dialed{}, false
	}
	r.left--
	return <-r.results, true
}

// close ends connections that nobody took. The context of the race has ended.
func (r *race) close() {
	for d, ok := r.next(); ok; d, ok = r.next() {
		if d.conn != nil {
			_ = d.conn.Close()
		}
	}
}
