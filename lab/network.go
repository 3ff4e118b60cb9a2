package lab

import (
	"context"
	"crypto/x509"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"

	"fairlead/lab/ldap"
	"fairlead/network"
)

// Network is the lab's world as a network to connect to. It knows the lab's
// names and addresses alone: any other name does not exist, and any other
// address refuses, so that nothing reaches the real world by mistake. Faults
// that are switched later show in a network that was taken earlier.
func (l *Lab) Network() *network.Network {
	public, system := x509.NewCertPool(), x509.NewCertPool()
	public.AddCert(l.authorities.root.cert)
	for _, a := range []*authority{l.authorities.root, l.authorities.company, l.authorities.inspection} {
		system.AddCert(a.cert)
	}
	return &network.Network{
		Lookup: l.lookup, LookupSRV: l.lookupSRV, Dial: l.dial, DialUDP: l.dialUDP, NameServers: nameServers,
		PublicRoots: public, SystemRoots: system, Now: l.now, Lab: true,
	}
}

// lookup answers at once: what a name costs depends on the resolver nearby, not
// on the way to the server.
func (l *Lab) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if err := ctx.Err(); err != nil {
		return nil, &net.DNSError{Err: err.Error(), Name: host, IsTimeout: true}
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, c := range l.clouds {
		if address, known := c.names[host]; known {
			return []netip.Addr{address}, nil
		}
	}
	if host == ldap.Host {
		return []netip.Addr{directoryAddress}, nil
	}
	addresses := l.world.Load().zone[host]
	if len(addresses) == 0 && host != mailHost && host != discoverHost { // which faults take away
		addresses = l.names.Lookup(host)
	}
	if len(addresses) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return slices.Clone(addresses), nil
}

// dial connects to a site. It takes one round trip, as TCP does; see [lagging]
// for why that trip is not counted twice.
func (l *Lab) dial(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	fail := func(err error) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: net.TCPAddrFromAddrPort(to), Err: err}
	}
	start := time.Now()
	site, known := l.world.Load().sites[to.Addr().Unmap()]
	if known && site.silent {
		select {
		case <-ctx.Done():
			return fail(ctx.Err())
		case <-l.closed:
			return fail(net.ErrClosed)
		}
	}
	var conn net.Conn
	err := error(os.NewSyscallError("connect", syscall.ECONNREFUSED))
	var door net.Listener
	if cloud := l.cloudAt(to.Addr()); known {
		door = l.doors[site.door]
	} else if cloud != nil {
		door = cloud.door
	}
	if to.Port() == 443 && door != nil {
		conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", door.Addr().String())
	}
	if to == netip.AddrPortFrom(pkiAddress, 80) || known && to.Port() == 80 {
		conn, err = (&net.Dialer{}).DialContext(ctx, "tcp", l.issuers.Addr().String())
	}
	if answered, known, failed := l.names.Dial(ctx, "tcp", to); known {
		conn, err = answered, failed
	}
	if answered, known, failed := l.dialMail(ctx, to); known {
		conn, err = answered, failed
	}
	if waited := pause(ctx, l.delay-time.Since(start)); waited != nil {
		if conn != nil {
			_ = conn.Close()
		}
		return fail(waited)
	}
	if err != nil {
		return fail(err)
	}
	return &distant{conn, net.TCPAddrFromAddrPort(to)}, nil
}

// distant is a connection that seems to lead to an address of the lab.
type distant struct {
	net.Conn
	remote net.Addr
}

func (d *distant) RemoteAddr() net.Addr { return d.remote }
