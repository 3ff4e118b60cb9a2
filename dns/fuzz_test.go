package dns

import (
	"testing"

	"github.com/miekg/dns"
)

// FuzzRead: whatever a server sends, it is an answer or an error.
func FuzzRead(f *testing.F) {
	for _, zone := range []string{
		"a.example. 300 IN TXT \"v=spf1 \\\"\\195\\164\" \"b\"", "a.example. 300 IN CNAME a.example.", "a.example. 300 IN MX 10 b.example.",
		"a.example. 300 IN SOA a. b. 1 2 3 4 5",
	} {
		m := new(dns.Msg)
		m.SetQuestion("a.example.", dns.TypeTXT)
		rr, err := dns.NewRR(zone)
		if err != nil {
			f.Fatal(err)
		}
		m.Answer, m.Ns = []dns.RR{rr}, []dns.RR{rr}
		wire, err := m.Pack()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(wire, uint16(dns.TypeTXT))
	}
	f.Fuzz(func(t *testing.T, wire []byte, kind uint16) {
		m := new(dns.Msg)
		if m.Unpack(wire) != nil {
			return
		}
		a, err := read(Server{}, "a.example", Type(kind), m)
		if err == nil && (len(a.Chain) > mostAliases || len(a.Records) > mostRecords || a.TTL < 0) {
			t.Fatalf("%+v", a)
		}
		_ = note(m)
	})
}

func FuzzUnescape(f *testing.F) {
	f.Add(`a\"b\\c\195\164`)
	f.Add(`\`)
	f.Fuzz(func(t *testing.T, text string) {
		if len(unescape(text)) > len(text) {
			t.Fatal("it grew")
		}
	})
}
