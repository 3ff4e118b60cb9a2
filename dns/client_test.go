package dns_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"fairlead/dns"
	"fairlead/lab"
	"fairlead/lab/zone"
	"fairlead/network"
)

func world(t *testing.T) *network.Network {
	t.Helper()
	l, err := lab.Start(t.Context(), lab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l.Network()
}

func TestLookup(t *testing.T) {
	n := world(t)
	for _, test := range []struct {
		name    string
		t       dns.Type
		records int
		err     error
		good    func(a dns.Answer) bool
	}{
		{zone.Contoso, dns.MX, 2, nil, func(a dns.Answer) bool { return a.Records[0].Preference == 10 && a.TTL.Seconds() == 300 && !a.Signed }},
		{"CONTOSO.example.", dns.TXT, 2, nil, nil},
		{"none." + zone.Contoso, dns.A, 0, nil, func(a dns.Answer) bool { return !a.Exists && a.TTL.Seconds() == 300 }},
		{zone.Contoso, dns.AAAA, 0, nil, func(a dns.Answer) bool { return a.Exists && a.TTL.Seconds() == 300 }},
		{zone.Large, dns.TXT, 14, nil, func(a dns.Answer) bool { return a.OverTCP }},
		{zone.Signed, dns.SOA, 1, nil, func(a dns.Answer) bool { return a.Signed && a.Validated }},
		{zone.Selector + "._domainkey." + zone.Hosted, dns.TXT, 1, nil, func(a dns.Answer) bool {
			return slices.Equal(a.Chain, []string{"key." + zone.Hosted}) && len(a.Records[0].Strings) == 2
		}},
		{zone.Selector + "._domainkey.dkim-alias-loop.example", dns.TXT, 0, dns.ErrLoop, nil},
		{zone.NameOf("mx_error"), dns.MX, 0, dns.ErrServer, nil},
		{zone.NameOf("dnssec-bogus"), dns.SOA, 0, dns.ErrBogus, nil},
		{"mx-garbled.example", dns.MX, 0, dns.ErrGarbled, nil},
		{"spf-tcp-blocked.example", dns.TXT, 0, dns.ErrTCP, nil},
		{"", dns.A, 0, dns.ErrName, nil},
		{strings.Repeat("a", 64) + ".example", dns.A, 0, dns.ErrName, nil},
	} {
		a, err := dns.New(n).Lookup(t.Context(), test.name, test.t)
		if !errors.Is(err, test.err) || len(a.Records) != test.records || test.good != nil && !test.good(a) {
			t.Errorf("%s %s: %+v, %v", test.name, test.t, a, err)
		}
	}
}

// TestResponsible tells those who are responsible, and asks them themselves.
func TestResponsible(t *testing.T) {
	c := dns.New(world(t))
	servers, err := c.Responsible(t.Context(), "a.b."+zone.Contoso)
	if err != nil || len(servers) != 2 || servers[0].Name != "ns1.dns.example" || servers[0].Source != dns.Authoritative {
		t.Fatalf("%v, %v", servers, err)
	}
	for _, said := range c.Each(t.Context(), servers, zone.Contoso, dns.MX) {
		if said.Err != nil || !said.Authoritative || len(said.Records) != 2 {
			t.Errorf("%+v", said)
		}
	}
	if _, err := c.Responsible(t.Context(), "nobody.example"); !errors.Is(err, dns.ErrNoServer) {
		t.Errorf("those responsible for nothing: %v", err)
	}
}

func TestViews(t *testing.T) {
	n := world(t)
	v := dns.New(n).Views(t.Context(), zone.NameOf("split-horizon"), dns.MX)
	if !v.Split() || v.System.Err != nil || len(v.Public) != 3 || len(v.Authoritative) != 2 || v.NoAuthority != nil {
		t.Errorf("%+v", v)
	}
	if v.System.Server.String() != "10.20.30.53" || v.Public[2].Server.String() != "9.9.9.9" {
		t.Errorf("asked %s and %s", v.System.Server, v.Public[2].Server)
	}
	v = dns.New(n).Views(t.Context(), zone.Contoso, dns.MX)
	if v.Split() || !v.TryAgain().After(n.Now()) {
		t.Errorf("%+v", v)
	}
	// A resolver that still has the old answer makes no split horizon.
	if v = dns.New(n).Views(t.Context(), zone.NameOf("token-not-everywhere"), dns.TXT); v.Split() || dns.Same(v.Public[0].Answer, v.Public[2].Answer) {
		t.Errorf("%+v", v)
	}
}

// TestOnce: a client asks a server once, however many want to know.
func TestOnce(t *testing.T) {
	n := world(t)
	var asked atomic.Int32
	dial := n.DialUDP
	n.DialUDP = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		asked.Add(1)
		return dial(ctx, to)
	}
	c := dns.New(n)
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if a, err := c.Lookup(t.Context(), zone.Contoso, dns.MX); err != nil || len(a.Records) != 2 {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

// TestBlocked: where public resolvers cannot be reached, this computer's own name
// servers answer; where nobody can, that is said.
func TestBlocked(t *testing.T) {
	n := world(t)
	dial := n.DialUDP
	refused := &net.OpError{Op: "dial", Net: "udp", Err: errors.New("refused")}
	n.DialUDP = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		if to != zone.Inside {
			return nil, refused
		}
		return dial(ctx, to)
	}
	a, err := dns.New(n).Lookup(t.Context(), zone.Contoso, dns.MX)
	if err != nil || a.Server.Source != dns.System {
		t.Errorf("%+v, %v", a, err)
	}
	n.DialUDP = func(context.Context, netip.AddrPort) (net.Conn, error) { return nil, refused }
	if _, err = dns.New(n).Lookup(t.Context(), zone.Contoso, dns.MX); !errors.Is(err, dns.ErrUnreachable) {
		t.Error(err)
	}
	n.NameServers = func() ([]netip.AddrPort, error) { return nil, nil }
	if _, err = dns.New(n).System(t.Context(), zone.Contoso, dns.MX); !errors.Is(err, dns.ErrNoServer) {
		t.Error(err)
	}
}

// TestStopped: an answer that was not waited for is asked for again.
func TestStopped(t *testing.T) {
	c := dns.New(world(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.Lookup(ctx, zone.Contoso, dns.MX); !errors.Is(err, dns.ErrUnreachable) {
		t.Error(err)
	}
	if a, err := c.Lookup(t.Context(), zone.Contoso, dns.MX); err != nil || len(a.Records) != 2 {
		t.Error(err)
	}
}

func TestAbove(t *testing.T) {
	for name, want := range map[string]string{"a.b.example.": "a.b.example b.example", "example": "example", "a.b.c.d.e.f.g.example": "a.b.c.d.e.f.g.example b.c.d.e.f.g.example"} {
		if got := strings.Join(dns.Above(name, 2), " "); got != want {
			t.Errorf("above %s are %s", name, got)
		}
	}
}
