package domain

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/dns"
	"fairlead/lab/zone"
	"fairlead/network"
)

var update = flag.Bool("update", false, "write docs/domains.md anew")

const domainsPage = "../docs/domains.md"

const domainsHead = `<!-- Made by "make docs" from what the program itself says. Changes go into domain/causes_*.go and lab/zone/broken_*.go. -->

# What the diagnosis of a domain says, and what to do

The diagnosis asks the DNS about a mail domain. Each answer that is not in order has a code, and the code has a remedy. On screen,
the names of your domain and records are filled in; here the domain is contoso.com, and “…” stands for what only the DNS can tell.

` + "```\nfairleadctl domain check contoso.com --region eu --proposals\n```" + `

The statuses of MX records, such as ` + "`mx_ok`" + `, have the names that the services use. They say no more than the names: the
reading is Fairlead's.

## Every broken domain of the lab, and what the diagnosis says of it

` + "```\nfairleadctl domain check spf-two-records.example --lab --region eu\n```" + `

| domain | what is wrong | what the diagnosis says |
|---|---|---|
`

// TestDomainsPage: the page says what the program says.
func TestDomainsPage(t *testing.T) {
	var b strings.Builder
	b.WriteString(domainsHead)
	var codes []string
	for _, c := range checks() {
		for _, cause := range c.Causes {
			codes = append(codes, cause.Code)
		}
	}
	for _, d := range zone.Broken() {
		if !slices.Contains(codes, d.Code) {
			t.Errorf("%s is to show %s, which no check says", d.Name, d.Code)
		}
		fmt.Fprintf(&b, "| `%s` | %s | [%s](#%s) |\n", d.Name, d.Title, d.Code, d.Code)
	}
	for _, c := range checks() {
		fmt.Fprintf(&b, "\n## %s\n", c.Title)
		for _, d := range everything(t, c) {
			verdict := map[check.Verdict]string{check.Fail: "The check fails.", check.Warn: "The check warns."}[d.Verdict]
			fmt.Fprintf(&b, "\n### %s\n\n**%s.** %s\n\nLikely, because\n\n", d.Code, d.Title, verdict)
			for _, why := range d.Likely {
				fmt.Fprintf(&b, "- %s\n", why)
			}
			fmt.Fprintf(&b, "\nWhat to do: %s\n", d.Remedy)
		}
	}
	want := b.String()
	if *update {
		if err := os.WriteFile(domainsPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(domainsPage)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Error("docs/domains.md is not what the program says any more; write it anew: make docs")
	}
}

// everything is all that a check may say, in the order of its causes.
func everything(t *testing.T, c check.Check[*test]) (all []check.Diagnosis) {
	n := network.System()
	n.Now = func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
	s := &test{net: n, dns: dns.New(n), domain: "contoso.com", options: Options{Regions: regions(t), Region: zone.Region, Token: "…"}}
	s.spf.tree = &SPFNode{Domain: "contoso.com"}
	s.dmarc.from, s.dmarc.org = s.domain, s.domain
	s.dmarc.unwilling = []string{"reports.example"}
	other := []string{"mx.contoso.com"}
	s.mx.status = MXForeign
	s.mx.records = []dns.Record{{Type: dns.MX, Preference: 10, Text: other[0]}}
	s.mx.foreign, s.mx.others, s.mx.aliases, s.mx.unknown, s.mx.private, s.mx.numbers = other, other, other, other, other, []string{"203.0.113.50"}
	s.mx.goes, s.mtaSTS.mx, s.mtaSTS.uncovered = OnPremises, other, other
	s.split.differ, s.split.blocked = []string{"MX"}, []string{"1.1.1.1"}
	s.servers.unknown = []string{"ns2.contoso.com"}
	s.servers.said = []dns.Said{
		{Answer: dns.Answer{Server: dns.Server{Name: "ns1.contoso.com", Address: netip.MustParseAddrPort("203.0.113.53:53")}}},
		{Answer: dns.Answer{Server: dns.Server{Name: "ns2.contoso.com", Address: netip.MustParseAddrPort("203.0.113.54:53")}}, Err: dns.ErrUnreachable},
	}
	s.token.missing, s.token.misplaced = []string{"9.9.9.9"}, "contoso.com.contoso.com"
	s.options.Senders = []Sender{{Text: "_spf.sender.example", Include: "_spf.sender.example"}}
	s.senders.missing = []string{"_spf.sender.example"}
	for _, cause := range c.Causes {
		applies := *cause
		applies.When = func(*test, error) bool { return true }
		one := check.Check[*test]{
			ID: c.ID, Title: c.Title, Causes: []*check.Cause[*test]{&applies},
			Ask: func(context.Context, *test) (check.Finding, error) { return check.Finding{}, nil },
		}
		report := check.NewSuite(s, []check.Check[*test]{one}, check.Options[*test]{
			Redact: func(value string) string { return cmp.Or(value, "…") },
		}).Run(t.Context(), nil)
		all = append(all, report.Checks[0].Diagnoses...)
	}
	return all
}
