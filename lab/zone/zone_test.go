package zone

import (
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/miekg/dns"

	"fairlead/assets"
)

func newZone(t *testing.T) *Zone {
	t.Helper()
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	z, err := New(catalogue.Regions)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// TestDomains: names are used once, and broken ones say how.
func TestDomains(t *testing.T) {
	z, seen := newZone(t), map[string]bool{}
	for _, d := range z.Domains {
		if seen[d.Name] || d.Name != strings.ToLower(d.Name) {
			t.Errorf("%s stands there twice, or in capitals", d.Name)
		}
		seen[d.Name] = true
	}
	broken := Broken()
	if len(broken) < 60 {
		t.Errorf("%d domains are broken; 60 were promised", len(broken))
	}
	for _, d := range broken {
		if d.Code == "" || d.Title == "" || !strings.HasSuffix(d.Name, ".example") {
			t.Errorf("%+v", d)
		}
	}
	if !slices.ContainsFunc(Good(), func(d Domain) bool { return d.Name == Contoso && d.Code == "" }) {
		t.Error("the lab's own domain is not in order")
	}
}

// TestServers asks the servers over loopback, by datagram and over TCP.
func TestServers(t *testing.T) {
	s, err := Start(newZone(t), 0, func(l net.Listener) net.Listener { return l })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ask := func(at, network, name string, kind uint16) *dns.Msg {
		t.Helper()
		door := Outside[0]
		switch at {
		case "inside":
			door = Inside
		case "late":
			door = Outside[2]
		case "first":
			door = first
		case "lame":
			door = Lame
		}
		address, known := s.Door(door, network)
		if !known {
			t.Fatalf("nothing listens at %s", door)
		}
		m := new(dns.Msg)
		m.SetQuestion(dns.Fqdn(name), kind)
		m.SetEdns0(1232, true)
		reply, _, err := (&dns.Client{Net: network}).ExchangeContext(t.Context(), m, address)
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	for _, test := range []struct {
		at, network, name string
		kind              uint16
		rcode, answers    int
		authoritative     bool
		truncated, signed bool
	}{
		{"public", "udp", Contoso, dns.TypeMX, dns.RcodeSuccess, 2, false, false, false},
		{"public", "tcp", Contoso, dns.TypeMX, dns.RcodeSuccess, 2, false, false, false},
		{"first", "udp", Contoso, dns.TypeMX, dns.RcodeSuccess, 2, true, false, false},
		{"lame", "udp", Contoso, dns.TypeMX, dns.RcodeRefused, 0, false, false, false},
		{"public", "udp", "none." + Contoso, dns.TypeA, dns.RcodeNameError, 0, false, false, false},
		{"public", "udp", "_domainkey." + Contoso, dns.TypeTXT, dns.RcodeSuccess, 0, false, false, false},
		{"public", "udp", "nowhere.example", dns.TypeA, dns.RcodeNameError, 0, false, false, false},
		{"first", "udp", "nowhere.example", dns.TypeA, dns.RcodeRefused, 0, false, false, false},
		{"public", "udp", Selector + "._domainkey." + Hosted, dns.TypeTXT, dns.RcodeSuccess, 2, false, false, false},
		{"public", "udp", Signed, dns.TypeMX, dns.RcodeSuccess, 3, false, false, true},
		{"public", "tcp", Large, dns.TypeTXT, dns.RcodeSuccess, 14, false, false, false},
		{"inside", "udp", NameOf("split-horizon"), dns.TypeMX, dns.RcodeSuccess, 1, false, false, false},
		{"late", "udp", NameOf("token-not-everywhere"), dns.TypeTXT, dns.RcodeSuccess, 1, false, false, false},
		{"public", "udp", NameOf("mx_error"), dns.TypeMX, dns.RcodeServerFailure, 0, false, false, false},
		{"public", "udp", NameOf("dnssec-bogus"), dns.TypeSOA, dns.RcodeServerFailure, 0, false, false, false},
		{"first", "udp", NameOf("dnssec-bogus"), dns.TypeSOA, dns.RcodeSuccess, 2, true, false, false},
	} {
		r := ask(test.at, test.network, test.name, test.kind)
		if r.Rcode != test.rcode || len(r.Answer) != test.answers || r.Authoritative != test.authoritative || r.AuthenticatedData != test.signed {
			t.Errorf("%s, %s %s: %s", test.at, test.name, dns.TypeToString[test.kind], r)
		}
	}
	if r := ask("public", "udp", Large, dns.TypeTXT); !r.Truncated {
		t.Error("a large answer went into a datagram")
	}
	if got := s.Lookup("mail." + Contoso); len(got) != 2 {
		t.Errorf("the resolver inside knows %s for the mail host", got)
	}
}

// TestText: the file that another server reads begins with the SOA record.
func TestText(t *testing.T) {
	text := newZone(t).Text(Contoso)
	if !strings.Contains(strings.SplitN(text, "\n", 2)[0], "SOA") || !strings.Contains(text, "v=DMARC1") {
		t.Error(text)
	}
}
