package domain

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"

	signed "github.com/emersion/go-msgauth/dkim"

	"fairlead/check"
	"fairlead/dns"
	"fairlead/lab"
	"fairlead/lab/zone"
)

// TestTokenDates: a token may be used for 30 days.
func TestTokenDates(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	for days, want := range map[int]string{0: "", 24: "", 26: "token-expires-soon", 29: "token-expires-soon", 30: "token-expired", 400: "token-expired"} {
		o := o
		o.Issued = n.Now().AddDate(0, 0, -days)
		if got := strings.Join(codes(diagnose(t, n, zone.Contoso, o)), " "); got != want {
			t.Errorf("after %d days it says %q", days, got)
		}
	}
}

// TestTokenBesideOtherTrouble: that one name server is silent, or that a token is
// too long for a name, does not hide that the token is missing.
func TestTokenBesideOtherTrouble(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	o.Token = "another-" + strings.Repeat("x", 80)
	for name, want := range map[string]string{
		zone.NameOf("name-server-silent"): "name-server-silent token-missing", zone.NameOf("name-server-lame"): "name-server-lame token-missing",
		zone.Contoso: "token-missing",
	} {
		if got := strings.Join(codes(diagnose(t, n, name, o)), " "); got != want {
			t.Errorf("%s says %q", name, got)
		}
	}
}

// TestTenant: a tenant's domain is one to validate, its routing domain is not.
func TestTenant(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	for _, name := range []string{"contoso.onmicrosoft.com", "contoso.mail.onmicrosoft.com"} {
		s := &test{net: n, domain: name, options: o, dns: dns.New(n)}
		_, err := tokenCheck.Ask(t.Context(), s)
		if got := tenantMail.When(s, err); got != strings.Contains(name, ".mail.") || s.TenantDomain() != "contoso.onmicrosoft.com" && got {
			t.Errorf("%s: %t, %s", name, got, s.TenantDomain())
		}
		if !IsTenantDomain(name) {
			t.Errorf("%s is no tenant's", name)
		}
	}
}

// TestResult: what is learnt beside the verdicts.
func TestResult(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	for _, test := range []struct {
		name      string
		goes      Destination
		mx        MXStatus
		proposals string // the names of the records
	}{
		{zone.Contoso, Service, MXOK, ""},
		{zone.ExchangeOnline, ExchangeOnline, MXForeign, "TXT exchange-online.example TXT _mta-sts.exchange-online.example TXT _smtp._tls.exchange-online.example MX exchange-online.example MX exchange-online.example"},
		{zone.Workspace, GoogleMail, MXForeign, "TXT google-workspace.example TXT _mta-sts.google-workspace.example TXT _smtp._tls.google-workspace.example MX google-workspace.example MX google-workspace.example"},
		{zone.OnPremises, OnPremises, MXForeign, "TXT on-premises.example TXT _mta-sts.on-premises.example TXT _smtp._tls.on-premises.example MX on-premises.example MX on-premises.example"},
		{zone.NameOf("mx_missing"), Nowhere, MXMissing, "MX mx-missing.example MX mx-missing.example"},
		{zone.NameOf("dmarc-missing"), Service, MXOK, "TXT _dmarc.dmarc-missing.example"},
		{zone.NameOf("token-missing"), Service, MXOK, "TXT token-missing.example"},
		{zone.NameOf("domain-not-found"), Nowhere, "", ""},
		{zone.NameOf("mx_error"), Unknown, MXError, ""},
	} {
		d := New(n, test.name, o)
		if _, done := d.Result(); done {
			t.Error("there is a result before anything was asked")
		}
		d.Suite().Run(t.Context(), nil)
		r, done := d.Result()
		var names []string
		for _, p := range r.Proposals {
			names = append(names, p.Record.Type+" "+p.Record.Name)
			if p.Why == "" || len(p.Changes) == 0 || p.Record.TTL <= 0 {
				t.Errorf("%s: %+v", test.name, p)
			}
		}
		if !done || r.Goes != test.goes || r.MX != test.mx || strings.Join(names, " ") != test.proposals {
			t.Errorf("%s: %s, %s, %q", test.name, r.Goes, r.MX, names)
		}
	}
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	d := New(n, zone.Contoso, o)
	if r := d.Suite().Run(stopped, nil); r.Complete() {
		t.Error("a check that was stopped is complete")
	}
	if _, done := d.Result(); done {
		t.Error("a check that was stopped has a result")
	}
}

// TestSome: some checks alone propose nothing for the others.
func TestSome(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	d := New(n, zone.NameOf("token-missing"), o)
	suite := d.Suite(CheckToken, CheckRouting)
	if len(suite.Rows) != 2 {
		t.Errorf("asks %+v", suite.Rows)
	}
	report := suite.Run(t.Context(), nil)
	r, done := d.Result()
	if report.Facts["mail-goes-to"] == "" || report.Facts["dnssec"] != "" || report.Facts["spf"] != "" {
		t.Errorf("facts of what was not asked: %q", report.Facts)
	}
	if !done || strings.Join(codes(report), " ") != "token-missing" || len(r.Proposals) != 1 || r.Proposals[0].Record.Value != zone.Token || r.TryAgain.IsZero() {
		t.Errorf("%q, %+v", codes(report), r)
	}
}

// TestProposals: what is proposed is in order itself, keeps who was named, and
// goes one step at a time.
func TestProposals(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	o.Senders = []Sender{{Text: "news", Include: "_spf.sender.example"}, {Text: "scanner", Network: netip.MustParsePrefix("192.0.2.200/32")}}
	for name, want := range map[string]string{
		zone.Contoso:                            "v=spf1 include:{spf} include:_spf.sender.example ip4:192.0.2.200 -all",
		zone.NameOf("spf-missing"):              "v=spf1 include:{spf} include:_spf.sender.example ip4:192.0.2.200 ~all",
		zone.NameOf("spf-two-records"):          "v=spf1 include:{spf} include:spf.protection.outlook.com include:_spf.sender.example ip4:192.0.2.200 ~all",
		zone.NameOf("spf-include-other-region"): "v=spf1 include:{spf} include:_spf.sender.example ip4:192.0.2.200 -all",
		zone.NameOf("spf-plus-all"):             "v=spf1 include:{spf} include:_spf.sender.example ip4:192.0.2.200 ~all",
		zone.NameOf("spf-ptr"):                  "v=spf1 include:{spf} include:_spf.sender.example ip4:192.0.2.200 -all",
		zone.NameOf("spf-include-broken"):       "v=spf1 include:{spf} include:_spf.sender.example ip4:192.0.2.200 -all",
		zone.NameOf("spf-loop"):                 "v=spf1 include:{spf} include:_spf.sender.example ip4:192.0.2.200 -all",
		zone.ExchangeOnline:                     "v=spf1 include:{spf} include:spf.protection.outlook.com include:_spf.sender.example ip4:192.0.2.200 -all",
	} {
		want = strings.Replace(want, "{spf}", "eu"+strings.TrimPrefix(o.Regions.List[0].Record, "eu"), 1)
		d := New(n, name, o)
		d.Suite().Run(t.Context(), nil)
		r, _ := d.Result()
		i := slices.IndexFunc(r.Proposals, func(p Proposal) bool { return IsSPF(p.Record.Value) })
		if i < 0 || r.Proposals[i].Record.Value != want {
			t.Errorf("%s: proposed %+v, want %s", name, r.Proposals, want)
			continue
		}
		if p := ParseSPF(r.Proposals[i].Record.Value); len(p.Problems) > 0 {
			t.Errorf("%s: what is proposed is not in order: %q", name, p.Problems)
		}
	}
	for today, want := range map[string]string{
		"":                 "p=none; rua=mailto:dmarc@a.example",
		"v=DMARC1; p=none": "p=none; rua=mailto:dmarc@a.example",
		"v=DMARC1; p=none; rua=mailto:x@a.example":           "p=quarantine; rua=mailto:x@a.example",
		"v=DMARC1; p=quarantine; rua=mailto:x@a.example":     "p=reject; rua=mailto:x@a.example",
		"v=DMARC1; p=reject; t=y; rua=mailto:x@a.example!5m": "p=reject; rua=mailto:x@a.example",
		"v=DMARC1; p=reject; pct=20":                         "p=reject; rua=mailto:dmarc@a.example",
	} {
		s := &test{domain: "a.example"}
		if today != "" {
			s.dmarc.from, s.dmarc.record = "a.example", ParseDMARC(today)
		}
		if got := s.proposeDMARC().Value; got != "v=DMARC1; "+want || len(ParseDMARC(got).Problems) > 0 {
			t.Errorf("%q: proposed %q", today, got)
		}
	}
}

// TestSenders: addresses are judged as a receiver judges them.
func TestSenders(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	region, _ := o.Regions.Find(zone.Region)
	inside, outside := region.Ranges[0].Addr().Next(), netip.MustParseAddr("192.0.2.200")
	o.Senders = []Sender{
		{Text: "service", Network: netip.PrefixFrom(inside, 32)},
		{Text: "stranger", Network: netip.PrefixFrom(outside, 32)},
		{Text: "included", Include: region.Record},
		{Text: "not included", Include: "_spf.sender.example"},
	}
	s := &test{net: n, domain: zone.Contoso, options: o, dns: dns.New(n)}
	if _, err := sendersCheck.Ask(t.Context(), s); err != nil || !slices.Equal(s.MissingSenders(), []string{"stranger", "not included"}) {
		t.Errorf("missing are %q, %v", s.MissingSenders(), err)
	}
	if got := s.SenderTerms(); got != "ip4:192.0.2.200 include:_spf.sender.example" {
		t.Errorf("add %s", got)
	}
}

// TestCheckMX gives the statuses that the services' console has.
func TestCheckMX(t *testing.T) {
	n := startLab(t, lab.Options{})
	region, _ := regions(t).Find(zone.Region)
	for name, want := range map[string]MXStatus{
		zone.Contoso: MXOK, zone.NameOf("mx_missing"): MXMissing, zone.NameOf("mx_single_host"): MXSingleHost,
		zone.NameOf("mx_priority_mismatch"): MXPriorityDiffers, zone.NameOf("mx_invalid_priority"): MXInvalidPriority,
		zone.NameOf("mx_foreign"): MXForeign, zone.NameOf("mx_error"): MXError, zone.NameOf("mx-other-region"): MXForeign,
	} {
		got, words, err := CheckMX(t.Context(), dns.New(n), name, region.MX.Names)
		if got != want || words == "" || (err != nil) != (want == MXError) {
			t.Errorf("%s is %s (%s), %v", name, got, words, err)
		}
	}
	if got := statusOf([]dns.Record{{Text: "a", Preference: 0}, {Text: "b", Preference: 0}}, nil); got != MXInvalidPriority {
		t.Errorf("a priority of 0 is %s", got)
	}
}

// TestBlocked: where nobody answers, that is said once and nothing else.
func TestBlocked(t *testing.T) {
	n, o := startLab(t, lab.Options{}), usual(t)
	refused := &net.OpError{Op: "dial", Net: "udp", Err: errors.New("refused")}
	all := n.DialUDP
	n.DialUDP = func(context.Context, netip.AddrPort) (net.Conn, error) { return nil, refused }
	r := diagnose(t, n, zone.Contoso, o)
	if got := strings.Join(codes(r), " "); got != "dns-unreachable" || r.Count(check.Skip) != len(r.Checks)-1 {
		t.Errorf("says %s: %s", got, r.Headline())
	}
	n.DialUDP = func(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
		if slices.Contains(zone.Outside, to) {
			return nil, refused
		}
		return all(ctx, to)
	}
	if got := strings.Join(codes(diagnose(t, n, zone.Contoso, o)), " "); got != "public-resolvers-blocked" {
		t.Errorf("says %s where public resolvers are blocked", got)
	}
}

// TestMessage verifies signatures of mails that were made here.
func TestMessage(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	const text = "From: anna@contoso.example\r\nTo: bob@fabrikam.example\r\nSubject: hello\r\n\r\nHello\r\n"
	sign := func(domain string, key crypto.Signer) []byte {
		var b bytes.Buffer
		if err := signed.Sign(&b, strings.NewReader(text), &signed.SignOptions{Domain: domain, Selector: "s", Signer: key}); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	good := sign(zone.Contoso, private)
	for name, mail := range map[string]struct {
		message []byte
		want    *cause
	}{
		"signed":             {good, nil},
		"with line feeds":    {bytes.ReplaceAll(good, []byte("\r\n"), []byte("\n")), nil},
		"signed for below":   {sign("mail.contoso.example", private), nil},
		"changed on its way": {bytes.ReplaceAll(good, []byte("Hello"), []byte("Hullo")), messageBroken},
		"not signed":         {[]byte(text), messageUnsigned},
		"signed by others":   {sign("sender.example", private), messageForeign},
		"no mail":            {[]byte("hello"), messageUnreadable},
	} {
		s := &test{domain: zone.Contoso, options: Options{Message: mail.message}}
		_, err := verify(t.Context(), s, only("v=DKIM1; k=ed25519; p="+base64.StdEncoding.EncodeToString(public)))
		var got []string
		for _, c := range messageCheck.Causes {
			if c.When(s, err) {
				got = append(got, c.Code)
			}
		}
		want := []string(nil)
		if mail.want != nil {
			want = []string{mail.want.Code}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: says %q, want %q, %v", name, got, want, err)
		}
	}
}

// TestDraw: the tree shows what every word costs.
func TestDraw(t *testing.T) {
	n := startLab(t, lab.Options{})
	g := &grower{dns: dns.New(n)}
	tree := g.grow(t.Context(), "a.example", ParseSPF("v=spf1 include:s10.chain.example mx:contoso.example exists:%{i}.a.example a:gone.sender.example -all"), nil)
	want := `a.example: 6 of 10 look-ups, 1 of 2 that find nothing
├─ include:s10.chain.example  3
│  └─ include:s11.chain.example  2
│     └─ include:s12.chain.example  1
├─ mx:contoso.example  1
├─ exists:%{i}.a.example  1  (depends on the sender)
└─ a:gone.sender.example  1  (finds nothing)`
	if got := tree.Draw(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
