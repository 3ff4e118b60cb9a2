// Package network is the one door to the outside world. Everything that looks
// up a name, opens a connection, judges a certificate or reads the clock does
// it through a [Network], so that the lab can stand in for the world and so
// that nothing is asked behind the administrator's back.
package network

import (
	"context"
	"crypto/x509"
	"net"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"
)

// Network is a world to connect to. All fields but Proxy are set; use [System] for the
// real one.
type Network struct {
	// Lookup returns every address of a host, IPv4 and IPv6. Its errors are
	// those of net.Resolver.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// LookupSRV returns the hosts that serve a domain, as its SRV records name
	// them (RFC 2782), such as "autodiscover", "tcp", "contoso.com" for
	// _autodiscover._tcp.contoso.com. Its errors are those of net.Resolver.
	LookupSRV func(ctx context.Context, service, proto, domain string) ([]*net.SRV, error)
	// Dial opens a TCP connection to one address.
	Dial func(ctx context.Context, addr netip.AddrPort) (net.Conn, error)
	// DialUDP opens a socket that exchanges datagrams with one address. It is for
	// the DNS alone.
	DialUDP func(ctx context.Context, addr netip.AddrPort) (net.Conn, error)
	// NameServers are those that this computer asks, the first one first.
	NameServers func() ([]netip.AddrPort, error)
	// PublicRoots are the authorities that everyone trusts, as opposed to those
	// that this computer alone trusts.
	PublicRoots *x509.CertPool
	// SystemRoots are those that this computer trusts; nil asks the operating
	// system.
	SystemRoots *x509.CertPool
	// Proxy leads to the web services of the cloud, and to nothing else.
	Proxy Proxy
	// Now is the clock.
	Now func() time.Time
	// Lab is true when this is the simulated world.
	Lab bool
}

// System is the real network, with the public roots that Mozilla's programme
// lists, as shipped by golang.org/x/crypto/x509roots.
func System() *Network {
	resolver := &net.Resolver{}
	dialer := &net.Dialer{}
	return &Network{
		Lookup: func(ctx context.Context, host string) ([]netip.Addr, error) {
			return resolver.LookupNetIP(ctx, "ip", host)
		},
		LookupSRV: func(ctx context.Context, service, proto, domain string) ([]*net.SRV, error) {
			_, records, err := resolver.LookupSRV(ctx, service, proto, domain)
			return records, err
		},
		Dial: func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
			return dialer.DialContext(ctx, "tcp", addr.String())
		},
		DialUDP: func(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
			return dialer.DialContext(ctx, "udp", addr.String())
		},
		NameServers: nameServers,
		PublicRoots: publicRoots().Clone(),
		Now:         time.Now,
	}
}

// Trust adds an authority that counts as public, such as a private service's
// or the lab's.
func (n *Network) Trust(authority *x509.Certificate) { n.PublicRoots.AddCert(authority) }

var publicRoots = sync.OnceValue(func() *x509.CertPool {
	pool := x509.NewCertPool()
	for root := range bundle.Roots() {
		cert, err := x509.ParseCertificate(root.Certificate)
		if err != nil {
			continue // a root that this version of Go cannot read cannot be chained to
		}
		if root.Constraint == nil {
			pool.AddCert(cert)
		} else {
			pool.AddCertWithConstraint(cert, root.Constraint)
		}
	}
	return pool
})
