package network

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"time"
)

const (
	// waitAddress is how long one address may take to answer: room for the first
	// two repetitions of TCP.
	waitAddress = 5 * time.Second
	// maxDials bounds the addresses of one host that are tried.
	maxDials = 16
)

// ErrNoneAllowed is the error of [Network.DialHost] for a host that has
// addresses of which none may be connected to.
var ErrNoneAllowed = errors.New("none of the host's addresses may be connected to")

// DialHost opens a TCP connection to a host: it looks the host up and tries its
// addresses one after the other until one answers, each for five seconds and no
// more than sixteen. may says which addresses may be connected to, IPv4 ones in
// their own form; nil allows all. The error is that of the lookup, or
// [ErrNoneAllowed], or that of the last address.
func (n *Network) DialHost(ctx context.Context, host string, port uint16, may func(netip.Addr) bool) (net.Conn, error) {
	addresses, err := n.Lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	if len(addresses) == 0 {
		return nil, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	var allowed []netip.AddrPort
	for _, address := range addresses {
		if address = address.Unmap(); may == nil || may(address) {
			allowed = append(allowed, netip.AddrPortFrom(address, port))
		}
	}
	err = ErrNoneAllowed
	for _, to := range allowed[:min(len(allowed), maxDials)] {
		conn, failed := n.dialFor(ctx, waitAddress, to)
		if failed == nil {
			return conn, nil
		}
		err = failed
	}
	return nil, err
}

func (n *Network) dialFor(ctx context.Context, wait time.Duration, to netip.AddrPort) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	return n.Dial(ctx, to)
}
