package ldap

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"fairlead/domain/certificate"
	lab "fairlead/lab/ldap"
	"fairlead/network"
	"fairlead/providers/exchange/chain/chaintest"
	"fairlead/secret"
)

// world is a directory with a network that leads to it alone.
type world struct {
	*lab.Server
	net *network.Network
}

func newWorld(t testing.TB) *world {
	t.Helper()
	now := time.Now()
	public, stranger := chaintest.NewAuthority(t, "Public", nil, now), chaintest.NewAuthority(t, "Stranger", nil, now)
	server, err := lab.Start(lab.Options{Certificate: func(fault string) (tls.Certificate, error) {
		mine := func(c *x509.Certificate) { c.DNSNames = []string{lab.Host} }
		switch fault {
		case "":
			return public.Issue(t, now, mine), nil
		case "ldap-certificate-expired":
			return public.Issue(t, now, mine, func(c *x509.Certificate) { c.NotAfter = now.Add(-time.Hour) }), nil
		case "ldap-certificate-name-mismatch":
			return public.Issue(t, now), nil
		case "ldap-certificate-untrusted":
			return chaintest.NewAuthority(t, "Between", stranger, now).Issue(t, now, mine), nil
		case "ldap-certificate-self-signed":
			return (*chaintest.Authority)(nil).Issue(t, now, mine), nil
		}
		return tls.Certificate{}, fmt.Errorf("no certificate for %s", fault)
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return &world{server, &network.Network{
		Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
			if host != lab.Host {
				return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
			}
			return []netip.Addr{netip.MustParseAddr("203.0.113.20")}, nil
		},
		Dial: func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
			ports := map[uint16]string{389: server.Addr(), 636: server.AddrTLS()}
			if len(server.Active()) > 0 && server.Active()[0] == "ldap-refused" || ports[to.Port()] == "" {
				return nil, os.NewSyscallError("connect", syscall.ECONNREFUSED)
			}
			return (&net.Dialer{}).DialContext(ctx, "tcp", ports[to.Port()])
		},
		PublicRoots: chaintest.Pool(public), SystemRoots: chaintest.Pool(public), Now: time.Now,
	}}
}

// target is the healthy one.
func target() Target {
	return Target{
		Host: lab.Host, Security: LDAPS, Mode: certificate.Strict, Account: lab.Name, Password: secret.New(lab.Password), Base: lab.Base,
	}
}
