package domain

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestParseName(t *testing.T) {
	for text, want := range map[string]string{
		"Contoso.COM.": "contoso.com", " mail.contoso.com ": "mail.contoso.com", "müller.example": "xn--mller-kva.example",
		"": "", "contoso": "", "anna@contoso.com": "", "https://contoso.com": "", "10.0.0.1": "", "con toso.com": "", "a..b": "",
		strings.Repeat("a", 64) + ".com": "", "::1": "",
	} {
		if got, err := ParseName(text); got != want || (err == nil) != (want != "") {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
}

func TestParseSPF(t *testing.T) {
	for _, test := range []struct {
		text     string
		problems int
		lookups  int // of its own words
	}{
		{"v=spf1 -all", 0, 0},
		{"V=SPF1 INCLUDE:a.example MX A ~ALL", 0, 3},
		{"v=spf1 a:b.example/24//64 mx/30 ip4:192.0.2.0/24 ip6:2001:db8::/32 exists:%{i}.x.example -all", 0, 3},
		{"v=spf1 redirect=_spf.a.example", 0, 1},
		{"v=spf1 redirect=a.example redirect=b.example", 1, 2},
		{"v=spf1 exp=why.a.example x-unknown=1 -all", 0, 0},
		{"v=spf1 include: a.example -all", 2, 1},
		{"v=spf1 include:a -all", 1, 1},
		{"v=spf1 ip4:2001:db8::1 -all", 1, 0},
		{"v=spf1 ip6:192.0.2.1 -all", 1, 0},
		{"v=spf1 ip4:192.0.2.0/33 -all", 1, 0},
		{"v=spf1 ip4 -all", 1, 0},
		{"v=spf1 a:/24 -all", 1, 1},
		{"v=spf1 a/024 -all", 1, 1},
		{"v=spf1 -all:x", 1, 0},
		{"v=spf1 ptr:a.example ?all", 0, 1},
		{"v=spf1 a;mx", 1, 0},
		{"v=spf1 \"a\"", 1, 0},
		{"v=spf1", 0, 0},
		{"v=spf1  ", 0, 0},
	} {
		r := ParseSPF(test.text)
		lookups := 0
		for _, term := range r.Terms {
			if term.costs() {
				lookups++
			}
		}
		if len(r.Problems) != test.problems || lookups != test.lookups {
			t.Errorf("%q: %q, %d look-ups", test.text, r.Problems, lookups)
		}
	}
	for text, want := range map[string]bool{"v=spf1": true, "v=spf1 a": true, "V=SPF1 a": true, "v=spf10 a": false, "v=spf1a": false, "spf1": false, "": false} {
		if IsSPF(text) != want {
			t.Errorf("IsSPF(%q) is %t", text, !want)
		}
	}
}

func TestParseDKIM(t *testing.T) {
	for text, want := range map[string]string{
		"p=":                           "rsa 0 revoked 0",
		"k=rsa; p=AAAA":                "rsa 0 unreadable 0",
		"v=DKIM1; k=ed25519; p=AAAA":   "ed25519 0 unreadable 0",
		"v=DKIM1; k=rsa":               "rsa 0  1",
		"k=rsa; v=DKIM1; p=":           "rsa 0 revoked 1",
		"v=DKIM1; k=rsa; k=rsa; p=":    "rsa 0 revoked 1",
		"v=DKIM1 k=rsa p=":             "rsa 0  2",
		"":                             "rsa 0  1",
		"v=DKIM1; h=SHA1 : sha256; p=": "rsa 0 revoked 0",
	} {
		k := ParseDKIM(text)
		state := ""
		if k.Revoked {
			state = "revoked"
		}
		if k.Unreadable != "" {
			state = "unreadable"
		}
		if got := fmt.Sprintf("%s %d %s %d", k.Type, k.Bits, state, len(k.Problems)); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	if k := ParseDKIM("h=SHA1 : sha256; p="); !slices.Equal(k.Hashes, []string{"sha1", "sha256"}) {
		t.Errorf("hashes %q", k.Hashes)
	}
}

func TestParseDMARC(t *testing.T) {
	for text, want := range map[string]string{
		"v=DMARC1; p=reject; sp=none; np=reject; psd=n; t=y; rua=mailto:a@b.example": "reject none reject n true 0",
		"v=DMARC1;p=QUARANTINE":                                       "quarantine    false 0",
		"v = DMARC1 ; p = none ;":                                     "none    false 0",
		"v=DMARC1; rua=mailto:a@b.example":                            "none    false 0", // RFC 9989, section 4.7
		"v=DMARC1; adkim=s":                                           "    false 1",
		"v=DMARC1; p=rejct; rua=mailto:a@b.example":                   "    false 1",
		"v=dmarc1; p=none":                                            "none    false 1",
		"p=none; v=DMARC1":                                            "none    false 1",
		"v=DMARC1; p=reject; fo=1; x=unknown; rua=mailto:a@b.example": "reject    false 0",
	} {
		r := ParseDMARC(text)
		if got := fmt.Sprintf("%s %s %s %s %t %d", r.Policy, r.Subdomains, r.Nonexistent, r.PublicSuffix, r.Testing, len(r.Problems)); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
	r := ParseDMARC("v=DMARC1; p=none; pct=50; ri=1; aspf=x; rua=mailto:a@b.example!10m, https://c.example, mailto:d")
	if len(r.Removed) != 2 || len(r.UnknownValues) != 1 || len(r.ReportsTo) != 3 || !r.ReportsTo[0].sized || r.ReportsTo[1].mailbox != "" || r.ReportsTo[2].mailbox != "" {
		t.Errorf("%+v", r)
	}
}

func TestTreeWalk(t *testing.T) {
	for domain, want := range map[string]string{
		"example.com":           "example.com com",
		"a.mail.example.com":    "a.mail.example.com mail.example.com example.com com",
		"a.b.c.d.e.f.g.h.i.j.k": "a.b.c.d.e.f.g.h.i.j.k e.f.g.h.i.j.k f.g.h.i.j.k g.h.i.j.k h.i.j.k i.j.k j.k k", // RFC 9989, section 4.10
	} {
		if got := strings.Join(treeNames(domain), " "); got != want {
			t.Errorf("the walk from %s is %s", domain, got)
		}
	}
	node := func(domain, psd string) treeNode {
		if psd == "" {
			return treeNode{domain: domain}
		}
		return treeNode{domain, &DMARCRecord{PublicSuffix: psd}}
	}
	for _, test := range []struct {
		walk []treeNode
		want string
	}{
		{[]treeNode{node("a.b.example", ""), node("b.example", ""), node("example", "")}, "a.b.example"},
		{[]treeNode{node("a.b.example", "u"), node("b.example", "u"), node("example", "")}, "b.example"},
		{[]treeNode{node("a.b.example", "n"), node("b.example", "u"), node("example", "")}, "a.b.example"},
		{[]treeNode{node("a.b.bank", ""), node("b.bank", ""), node("bank", "y")}, "b.bank"},
		{[]treeNode{node("bank", "y")}, "bank"},
	} {
		if got := organisation(test.walk); got != test.want {
			t.Errorf("the organisation of %s is %s, want %s", test.walk[0].domain, got, test.want)
		}
	}
}

func TestParseSTS(t *testing.T) {
	p := ParseSTSPolicy("version: STSv1\r\nmode: enforce\r\nmx: Mail.Contoso.com\r\nmx: *.contoso.net\r\nmax_age: 86400\r\nunknown: x\r\n")
	if len(p.Problems) != 0 || p.MaxAge.Hours() != 24 {
		t.Errorf("%+v", p)
	}
	for host, want := range map[string]bool{"mail.contoso.com": true, "a.contoso.net": true, "a.b.contoso.net": false, "contoso.net": false, "other.com": false} {
		if p.Covers(host) != want {
			t.Errorf("%s is covered: %t", host, !want)
		}
	}
	for text, problems := range map[string]int{"": 4, "version: STSv1\nmode: none\nmax_age: 0": 0, "version: STSv2\nmode: x\nmx: a\nmax_age: -1": 3, "mode enforce": 5} {
		if p := ParseSTSPolicy(text); len(p.Problems) != problems {
			t.Errorf("%q: %q", text, p.Problems)
		}
	}
	for text, good := range map[string]bool{
		"v=STSv1; id=20261124;": true, "v=STSv1;id=a": true, "v=STSv1; id=": false, "id=1; v=STSv1": false, "v=STSv1; id=a-b": false,
		"v=STSv1; id=" + strings.Repeat("1", 33): false, "": false,
	} {
		if r := ParseSTSRecord(text); (len(r.Problems) == 0) != good {
			t.Errorf("%q: %q", text, r.Problems)
		}
	}
	for text, good := range map[string]bool{
		"v=TLSRPTv1; rua=mailto:a@b.example": true, "v=TLSRPTv1;rua=https://b.example/r, mailto:a@b.example": true,
		"v=TLSRPTv1; rua=a@b.example": false, "v=TLSRPTv1": false, "rua=mailto:a@b.example": false, "": false,
	} {
		if r := ParseTLSReports(text); (len(r.Problems) == 0 && len(r.wrong()) == 0) != good {
			t.Errorf("%q: %q, %q", text, r.Problems, r.wrong())
		}
	}
}

func TestParseSender(t *testing.T) {
	for text, want := range map[string]string{
		"include:_spf.Sender.example": "include:_spf.sender.example", "sender.example.": "include:sender.example",
		"192.0.2.10": "ip4:192.0.2.10", "ip4:192.0.2.7/24": "ip4:192.0.2.0/24", "2001:db8::1": "ip6:2001:db8::1", "2001:db8::/32": "ip6:2001:db8::/32",
		"": "", "sender": "", "news@sender.example": "", "0.0.0.0/0": "", "a b.example": "",
	} {
		s, err := ParseSender(text)
		if got := strings.Join(s.terms(), " "); err == nil && got != want || err != nil && want != "" {
			t.Errorf("%q is %q, %v", text, got, err)
		}
	}
}

func TestRecordForms(t *testing.T) {
	long := newRecord("contoso.com", "k._domainkey.contoso.com", "TXT", strings.Repeat("a", 300))
	if line := long.Line(); strings.Count(line, `"`) != 4 || !strings.HasPrefix(line, "k._domainkey.contoso.com. 300 IN TXT ") {
		t.Error(line)
	}
	txt, alias := TokenRecords("contoso.com", "Abc", "validate.example")
	for _, test := range []struct {
		form       Form
		host, want string
	}{
		{txt.Forms()[0], "@", "Abc"},
		{txt.Forms()[1], "", "Abc"},
		{txt.Forms()[2], "contoso.com", "Abc"},
		{txt.Forms()[3], "contoso.com", `"Abc"`},
		{alias.Forms()[0], "abc", "validate.example"},
		{alias.Forms()[3], "abc.contoso.com", "validate.example."},
	} {
		if test.form.Host != test.host || test.form.Value != test.want {
			t.Errorf("%+v", test.form)
		}
	}
	mx := newRecord("contoso.com", "contoso.com", "MX", "10 mx.example")
	for line, want := range map[string]string{
		mx.Line():             "contoso.com. 300 IN MX 10 mx.example.",
		mx.Forms()[5].Line:    "Add-DnsServerResourceRecord -ZoneName 'contoso.com' -Name '@' -MX -MailExchange 'mx.example.' -Preference 10",
		alias.Forms()[5].Line: "Add-DnsServerResourceRecord -ZoneName 'contoso.com' -Name 'abc' -CName -HostNameAlias 'validate.example.'",
		txt.Forms()[5].Line:   "Add-DnsServerResourceRecord -ZoneName 'contoso.com' -Name '@' -Txt -DescriptiveText 'Abc'",
	} {
		if line != want {
			t.Errorf("%s, want %s", line, want)
		}
	}
}
