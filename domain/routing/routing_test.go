package routing

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/dns"
)

func catalogue(t testing.TB) assets.Regions {
	t.Helper()
	c, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c.Regions
}

func region(t testing.TB, id string) assets.Region {
	t.Helper()
	r, ok := catalogue(t).Find(id)
	if !ok {
		t.Fatal(id)
	}
	return r
}

// zone are the texts at some names. All others cannot be looked up.
type zone map[string][]string

func (z zone) Lookup(_ context.Context, name string, t dns.Type) (dns.Answer, error) {
	texts, ok := z[name]
	if !ok || t != dns.TXT {
		return dns.Answer{}, &dns.Error{Name: name, Type: t, Kind: dns.ErrUnreachable}
	}
	a := dns.Answer{Name: name, Type: t, Exists: true}
	for _, text := range texts {
		a.Records = append(a.Records, dns.Record{Name: name, Type: t, Text: text})
	}
	return a, nil
}

// TestLookup reads the networks live, and falls back on the table.
func TestLookup(t *testing.T) {
	regions, de, now := catalogue(t), region(t, "de"), time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name string
		zone map[string][]string
		live bool
		want string
	}{
		{"live", map[string][]string{de.Record: {"other", "v=spf1 ip4:192.0.2.0/25 ip4:198.51.100.7 ip6:2001:db8::/32 ~all"}}, true, "192.0.2.0/25 198.51.100.7/32 2001:db8::/32"},
		{"further on", map[string][]string{de.Record: {"v=spf1 include:a.example redirect=b.example"}, "a.example": {"V=SPF1 +ip4:192.0.2.0/24"}, "b.example": {"v=spf1 ip4:192.0.2.0/24 -all"}}, true, "192.0.2.0/24"},
		{"in a circle", map[string][]string{de.Record: {"v=spf1 ip4:192.0.2.1 include:" + de.Record}}, true, "192.0.2.1/32"},
		{"not there", nil, false, ""},
		{"no SPF", map[string][]string{de.Record: {"v=spf10 ip4:192.0.2.1"}}, false, ""},
		{"nothing in it", map[string][]string{de.Record: {"v=spf1 -all"}}, false, ""},
		{"everybody", map[string][]string{de.Record: {"v=spf1 ip4:0.0.0.0/0 ip6:192.0.2.1 ip4:x"}}, false, ""},
		{"half of it", map[string][]string{de.Record: {"v=spf1 ip4:192.0.2.1 include:gone.example"}}, false, ""},
	} {
		got := Lookup(t.Context(), zone(test.zone), regions, de, now)
		if test.want == "" {
			if got.Live || !slices.Equal(got.Networks, de.Ranges) || got.Why == nil || !strings.Contains(got.Note(), "2025") {
				t.Errorf("%s: %+v, %s", test.name, got, got.Note())
			}
			continue
		}
		var texts []string
		for _, n := range got.Networks {
			texts = append(texts, n.String())
		}
		if !got.Live || strings.Join(texts, " ") != test.want || !strings.Contains(got.Note(), "2026-11-24") {
			t.Errorf("%s: %v, %s", test.name, texts, got.Note())
		}
	}
	if r := Lookup(t.Context(), zone(nil), regions, region(t, "je"), now); !strings.HasPrefix(r.Note(), "Not known") {
		t.Errorf("a gap is not said: %s", r.Note())
	}
}

func TestNarrow(t *testing.T) {
	for text, want := range map[string]string{
		"192.0.2.0/24": "192.0.2.0/24", "192.0.2.8/29": "192.0.2.8/29", "41.74.192.0/22": "41.74.192.0/24 41.74.193.0/24 41.74.194.0/24 41.74.195.0/24",
		"2001:db8::/32": "", "10.0.0.0/8": "", "255.255.254.0/23": "255.255.254.0/24 255.255.255.0/24",
	} {
		var got []string
		for _, n := range narrow([]netip.Prefix{netip.MustParsePrefix(text)}) {
			got = append(got, n.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// TestCommands fills in the values of every region for every infrastructure, or
// says what is missing.
func TestCommands(t *testing.T) {
	for _, r := range catalogue(t).List {
		for _, i := range Infrastructures() {
			p := Plan{Domain: "contoso.example", Infrastructure: i, Region: r, Ranges: r.Ranges}
			all := append(append(p.Outbound(), p.LockDown()...), p.Inbound())
			for _, c := range all {
				if (c.Text == "") == (c.Gap == "") || c.Where == "" || c.Title == "" || strings.Contains(c.Text, "<nil>") || strings.Contains(c.Text, "%!") {
					t.Errorf("%s, %s: %+v", r.ID, i, c)
				}
			}
			if want := 2*len(i.Platforms()) + 1; len(all) != want {
				t.Errorf("%s, %s: %d commands", r.ID, i, len(all))
			}
		}
	}
	p := Plan{Domain: "contoso.example", Infrastructure: HybridMicrosoft, Region: region(t, "za"), Ranges: region(t, "za").Ranges}
	out, down := p.Outbound(), p.LockDown()
	for text, want := range map[string]string{
		out[0].Text:      "New-OutboundConnector -Name 'Fairlead outbound' -ConnectorType Partner -RecipientDomains * -SmartHosts 'za-smtp-o365-outbound-1.mimecast.co.za','za-smtp-o365-outbound-2.mimecast.co.za' -TlsSettings CertificateValidation -UseMXRecord $false -Enabled $true",
		down[0].Text:     "'41.74.193.0/24'",
		down[1].Text:     "'41.74.192.0/22'",
		p.Inbound().Text: "contoso.example. 300 IN MX 10 za-smtp-inbound-1.mimecast.co.za.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %s", text, want)
		}
	}
	if got := Quote("O'Neil’s\n$x"); got != "'O''Neil’’s$x'" {
		t.Errorf("quoted: %s", got)
	}
}

// TestTheOrder walks through the order, and finds every gate shut before its time.
func TestTheOrder(t *testing.T) {
	start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	day := 24 * time.Hour
	f := Unknown(start)
	f.Ticked = map[string]time.Time{}
	barred := func(id, want string) {
		t.Helper()
		for _, s := range Order() {
			if s.ID != id {
				continue
			}
			if got := s.Barred(f); (want == "") != (got == "") || !strings.Contains(got, want) {
				t.Errorf("%s: barred by %q, want %q", id, got, want)
			}
		}
	}
	barred(StepValidate, NotLooked)
	f.Validated = ""
	barred(StepValidate, "")
	barred(StepOutbound, "comes first")
	f.Ticked[StepValidate] = start
	barred(StepOutbound, "outgoing mail")
	f.Outbound = ""
	barred(StepOutbound, "SPF")
	f.SPF = ""
	barred(StepOutbound, "")
	barred(StepInbound, "comes first")
	f.Ticked[StepOutbound] = start
	f.Deliver, f.MX = "", ""
	barred(StepInbound, "for 3 days, until 27 November")
	f.Now = start.Add(3 * day)
	barred(StepInbound, "")
	f.MX = "mx_missing"
	barred(StepInbound, "mx_missing")
	f.MX, f.Deliver = "", "nothing listens"
	barred(StepInbound, "nothing listens")
	f.Deliver = ""
	barred(StepLockDown, "comes first")
	f.Ticked[StepInbound] = f.Now
	barred(StepLockDown, "for 3 days")
	f.Now = start.Add(6 * day)
	barred(StepLockDown, "since when")
	f.MXSince = start.Add(5 * day)
	barred(StepLockDown, "Leave them until 2 December")
	f.MXSince = start.Add(2 * day)
	barred(StepLockDown, "")
	f.MX = "mx_foreign"
	barred(StepLockDown, "mx_foreign")

	if next, done := Progress(f.Ticked); done || next.ID != StepLockDown {
		t.Errorf("next is %s, %v", next.ID, done)
	}
	f.Ticked[StepLockDown] = f.Now
	if _, done := Progress(f.Ticked); !done {
		t.Error("not done")
	}
}

func FuzzNetworksOf(f *testing.F) {
	f.Add("v=spf1 ip4:192.0.2.0/24 include:a.example ~all")
	f.Add("v=spf1 redirect=b.example ip6:::/0 ip4:1.2.3.4/33")
	f.Fuzz(func(t *testing.T, record string) {
		if !isSPF(record) {
			return
		}
		networks, more := networksOf(record)
		for _, n := range append(networks, narrow(networks)...) {
			if !n.IsValid() || n.Bits() == 0 || n != n.Masked() {
				t.Errorf("a network: %v", n)
			}
		}
		if slices.Contains(more, "") {
			t.Error("an empty name")
		}
	})
}
