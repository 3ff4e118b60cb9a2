package routing

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"syscall"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/dns"
	"fairlead/network"
)

// addresses is a DNS in which some hosts have an address.
type addresses map[string]string

func (z addresses) Lookup(_ context.Context, name string, t dns.Type) (dns.Answer, error) {
	a := dns.Answer{Name: name, Type: t}
	if text := z[name]; text == "silent" {
		return a, &dns.Error{Name: name, Type: t, Kind: dns.ErrUnreachable}
	} else if text != "" && t == dns.A {
		a.Records = []dns.Record{{Name: name, Type: t, Text: text}}
	}
	return a, nil
}

func TestTheWayOfTheMail(t *testing.T) {
	n := &network.Network{
		Lookup: func(context.Context, string) ([]netip.Addr, error) {
			return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil
		},
		Dial: func(context.Context, netip.AddrPort) (net.Conn, error) {
			return nil, os.NewSyscallError("connect", syscall.ECONNREFUSED)
		},
		Now: time.Now,
	}
	good := Target{Domain: "contoso.example", MX: []string{"in.example"}, Outbound: []string{"out1.example", "out2.example"}, Deliver: "mail.contoso.example"}
	zone := addresses{"out1.example": "192.0.2.1", "out2.example": "192.0.2.2", "mail.contoso.example": "192.0.2.3", "silent.example": "silent"}
	for _, test := range []struct {
		name   string
		change func(*Target)
		status string
		err    error
		id     string
		want   string // the code of that check
		worst  check.Verdict
	}{
		{"in order", func(*Target) {}, MXOK, nil, CheckMX, "", check.Warn},
		{"not yet", func(*Target) {}, "mx_foreign", nil, CheckMX, "mx-not-yet", check.Warn},
		{"due", func(t *Target) { t.Due = true }, "mx_foreign", nil, CheckMX, "mx-not-the-regions", check.Fail},
		{"no answer", func(*Target) {}, "", errors.New("timeout"), CheckMX, "mx-dns-silent", check.Fail},
		{"a gap", func(t *Target) { t.MX, t.Outbound = nil, nil }, "", nil, CheckMX, "", check.Warn},
		{"a host that is gone", func(t *Target) { t.Outbound[1] = "gone.example" }, MXOK, nil, CheckOutbound, "host-unknown", check.Fail},
		{"a server that is gone", func(t *Target) { t.Deliver = "gone.example" }, MXOK, nil, CheckDeliver, "host-unknown", check.Fail},
		{"a silent DNS", func(t *Target) { t.Deliver = "silent.example" }, MXOK, nil, CheckDeliver, "host-dns-silent", check.Fail},
	} {
		to := good
		to.Outbound = append([]string{}, good.Outbound...)
		test.change(&to)
		mx := func(context.Context, string, string, []string) (string, string, error) {
			return test.status, "words", test.err
		}
		r := Test(n, zone, mx, to).Run(t.Context(), nil)
		got := "no such check"
		for _, c := range r.Checks {
			if c.ID == test.id {
				got = c.Cause()
			}
		}
		if got != test.want || r.Verdict() != test.worst {
			t.Errorf("%s: %q and %s, want %q and %s", test.name, got, r.Verdict(), test.want, test.worst)
		}
	}
	for _, due := range []bool{false, true} {
		if err := check.Validate([]check.Check[*way]{mxCheck(due), namesCheck("x", "x", nil)}, &way{}); err != nil {
			t.Error(err)
		}
	}
}
