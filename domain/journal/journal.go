// Package journal brings a copy of every mail to the services' archive: the
// address and the sub-domain that the copies go to, the commands that make rule
// and connector, and a test of what can be looked at from outside.
package journal

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/dns"
	"fairlead/domain/certificate"
	"fairlead/domain/routing"
	"fairlead/domain/smtp"
	"fairlead/network"
)

// Stream is one stream of journal reports: from one platform to one address.
// Hybrids have two, because copies from both on one address cannot be told apart.
type Stream struct {
	Platform  routing.Infrastructure
	SubDomain string // internal to the services, such as "journal.contoso.com"
	Address   string // in it
}

// local is the part of a journal address before the @, as the services make it.
const local = "journaling"

// Streams are those of an organisation's domain.
func Streams(domain string, i routing.Infrastructure) (list []Stream) {
	names := []string{"journal", "journal2"}
	for n, platform := range i.Platforms() {
		sub := names[n] + "." + domain
		list = append(list, Stream{Platform: platform, SubDomain: sub, Address: local + "@" + sub})
	}
	return list
}

// name of the connector, the contact and the rule that the commands make.
const name = "Fairlead journaling"

// Commands make rule and connector for a stream. Reports that cannot be delivered
// go to undelivered, whose own mail is then not journaled.
func (s Stream) Commands(r assets.Region, undelivered string) []routing.Command {
	hosts := r.Journal
	gap := ""
	if !hosts.Known() {
		gap = "The region's hosts for journal reports: " + hosts.Note()
	}
	quote := routing.Quote
	c := routing.Command{Title: "Journal from " + s.Platform.Name(), Gap: gap}
	rule := []string{
		"Set-TransportConfig -JournalingReportNdrTo " + quote(undelivered),
		fmt.Sprintf("New-JournalRule -Name %s -JournalEmailAddress %s -Scope Global -Enabled $true", quote(name), quote(s.Address)),
	}
	var lines []string
	switch s.Platform {
	case routing.Microsoft365:
		c.Where = "Exchange Online PowerShell"
		lines = append([]string{fmt.Sprintf("New-OutboundConnector -Name %s -ConnectorType Partner -RecipientDomains %s -SmartHosts %s "+
			"-TlsSettings CertificateValidation -UseMXRecord $false -Enabled $true", quote(name), quote(s.SubDomain), routing.List(hosts.Names))}, rule...)
	case routing.OnPremises:
		c.Where = "Exchange Management Shell"
		lines = append([]string{
			fmt.Sprintf("New-MailContact -Name %s -ExternalEmailAddress %s", quote(name), quote("SMTP:"+s.Address)),
			fmt.Sprintf("Set-MailContact -Identity %s -HiddenFromAddressListsEnabled $true", quote(name)),
			fmt.Sprintf("New-SendConnector -Name %s -AddressSpaces %s -SmartHosts %s -DNSRoutingEnabled $false -SmartHostAuthMechanism None "+
				"-RequireTLS $true", quote(name), quote("SMTP:"+s.SubDomain+";1"), routing.List(hosts.Names)),
		}, rule...)
	case routing.Google:
		c.Where = "Google Admin console"
		lines = []string{
			"Apps > Google Workspace > Gmail > Hosts > Add route: " + strings.Join(hosts.Names, ", ") + ", port 25, require TLS",
			"Apps > Google Workspace > Gmail > Routing > Third-party email archiving: " + s.Address,
		}
	default:
		c.Where = "the mail system's own administration"
		lines = []string{
			"Journal address: " + s.Address,
			"Route for " + s.SubDomain + ": " + strings.Join(hosts.Names, ", ") + ", port 25, with TLS",
		}
	}
	if gap == "" {
		c.Text = strings.Join(lines, "\n")
	}
	return []routing.Command{c}
}

// Test looks at what can be seen from outside: where mail for the sub-domains is
// led by the DNS, and whether the region's hosts for journal reports answer and
// speak TLS. Whether a report arrives, only the services' console can say.
func Test(n *network.Network, resolver dns.Resolver, streams []Stream, r assets.Region) *check.Suite {
	var parts []check.Part
	for _, s := range streams {
		name, _, _ := strings.Cut(s.SubDomain, ".")
		t := &test{dns: resolver, stream: s, hosts: r.Journal.Names}
		parts = append(parts, check.Part{ID: s.SubDomain, Title: name, Suite: check.NewSuite(t, []check.Check[*test]{subDomainCheck}, check.Options[*test]{})})
	}
	for i, host := range r.Journal.Names { // by number: a row has no room for their names
		target := smtp.Target{Host: host, Mode: certificate.Strict, TLS: true, Elsewhere: true}
		parts = append(parts, check.Part{ID: host, Title: fmt.Sprintf("Journal %d", i+1), Suite: smtp.Test(n, target)})
	}
	return check.Join(parts...)
}

// test is the state of the look at one sub-domain.
type test struct {
	dns    dns.Resolver
	stream Stream
	hosts  []string
	found  []string
}

// Found are the hosts to which the DNS leads, SubDomain is what was looked up, and
// Wanted the hosts of the region, for the texts of causes.
func (t *test) Found() string { return strings.Join(t.found, ", ") }

// SubDomain is the name that was looked up.
func (t *test) SubDomain() string { return t.stream.SubDomain }

// Wanted are the region's hosts.
func (t *test) Wanted() string { return strings.Join(t.hosts, ", ") }

var errElsewhere = errors.New("its MX records lead elsewhere")

var subDomainCheck = check.Check[*test]{
	ID: "mx", Title: "Way of journal reports",
	Causes: []*check.Cause[*test]{elsewhere, noAnswer},
	Ask: func(ctx context.Context, t *test) (check.Finding, error) {
		answer, err := t.dns.Lookup(ctx, t.stream.SubDomain, dns.MX)
		if err != nil {
			return check.Finding{}, err
		}
		found := answer.Texts()
		t.found = found
		switch {
		case len(found) == 0:
			return check.Finding{Summary: "no MX record: the connector's hosts are used"}, nil
		case len(t.hosts) > 0 && slices.ContainsFunc(found, func(host string) bool { return !slices.Contains(t.hosts, host) }):
			return check.Finding{Evidence: t.Found()}, errElsewhere
		}
		return check.Finding{Summary: t.Found()}, nil
	},
}

var elsewhere = &check.Cause[*test]{
	Code: "journal-mx-foreign", Title: "Mail for {{.SubDomain}} is led elsewhere", Verdict: check.Fail,
	When:   check.Met[*test](errElsewhere),
	Likely: []string{"the sub-domain has the MX records of the whole domain, by a wildcard: {{.Found}}", "the records are of another region"},
	Remedy: "Journal reports may carry everything that is written: they must not go anywhere else. Take the MX records of {{.SubDomain}} away, or make them {{.Wanted}}.",
}

var noAnswer = &check.Cause[*test]{
	Code: "journal-dns-silent", Title: "The DNS does not answer for {{.SubDomain}}", Verdict: check.Fail,
	When:   check.Otherwise(elsewhere),
	Likely: []string{"this computer has no working DNS server", "the DNS servers of the domain do not answer"},
	Remedy: "Look it up by hand:\n\n```powershell\nResolve-DnsName {{.SubDomain}} -Type MX -Server 1.1.1.1\n```",
}
