package exchange

import (
	"context"
	"net"
	"net/netip"
	"time"

	"fairlead/network"
)

// maxAddresses bounds the addresses of a name that are looked at.
const maxAddresses = 16

// race connects to every address of a host at once.
type race struct {
	results chan dialed
	left    int // results that have not been taken
}

// dialed is how connecting to one address went.
type dialed struct {
	address netip.AddrPort
	conn    net.Conn // nil after an error
	err     error
	took    time.Duration
}

// dialAll starts a race. ctx ends those that are still under way.
func dialAll(ctx context.Context, n *network.Network, addresses []netip.Addr, port uint16) *race {
	r := &race{results: make(chan dialed, len(addresses)), left: len(addresses)}
	for _, address := range addresses {
		go func() {
			ctx, cancel := context.WithTimeout(ctx, waitPort)
			defer cancel()
			start := time.Now()
			to := netip.AddrPortFrom(address, port)
			conn, err := n.Dial(ctx, to)
			r.results <- dialed{to, conn, err, time.Since(start)}
		}()
	}
	return r
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
