package plan

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fairlead/assets"
	"fairlead/dns"
	"fairlead/network"
	"fairlead/providers"
	exchangeprovider "fairlead/providers/exchange"
	microsoftprovider "fairlead/providers/microsoft365"
)

// Lookups ask the outside world about a domain, without any sign-in. Each may be
// nil, and is then not asked.
type Lookups struct {
	// Tenant finds an Entra tenant and the id of its cloud by openid-configuration.
	Tenant func(ctx context.Context, domain string) (id, cloud string, err error)
	// Mail returns the hosts that a domain's MX records name, the best first.
	Mail func(ctx context.Context, domain string) ([]string, error)
	// Exchange finds the address of EWS by Autodiscover, who named it, and whether
	// it is a guess.
	Exchange func(ctx context.Context, domain string) (url, source string, guess bool, err error)
}

// NewLookups are those of a network.
func NewLookups(n *network.Network, clouds assets.Clouds) Lookups {
	names := dns.New(n)
	return Lookups{
		Mail: func(ctx context.Context, domain string) ([]string, error) {
			answer, err := names.Lookup(ctx, domain, dns.MX)
			slices.SortStableFunc(answer.Records, func(a, b dns.Record) int { return cmp.Compare(a.Preference, b.Preference) })
			return answer.Texts(), err
		},
		Tenant: func(ctx context.Context, domain string) (string, string, error) {
			id, cloud, err := microsoftprovider.FindTenant(ctx, n, clouds, domain)
			return id, cloud.ID, err
		},
		Exchange: func(ctx context.Context, domain string) (string, string, bool, error) {
			found, err := exchangeprovider.Find(ctx, n, "autodiscover@"+domain)
			if err != nil {
				return "", "", false, err
			}
			return found.URL.String(), found.Source, found.Guess, nil
		},
	}
}

// Facts are what was found out about a domain. Each is an offer, and none decides
// anything.
type Facts struct {
	Domain   string
	TenantID string   // of the Entra tenant; empty where there is none
	Cloud    string   // its id
	Mail     []string // the hosts of its MX records
	EWS      string   // the address of Exchange Web Services
	EWSGuess bool     // nobody named that address
	Source   string   // who named it
	Notes    []string // what was not found, and why, a sentence each
}

// Discover finds out what can be found about a domain, all at once. It fails only
// on what is no domain, and when ctx ends.
func Discover(ctx context.Context, l Lookups, domain string) (Facts, error) {
	domain = strings.ToLower(strings.TrimSpace(domain))
	if err := providers.CheckAddress("mailbox@" + domain); err != nil {
		return Facts{}, err
	}
	f := Facts{Domain: domain}
	var asked sync.WaitGroup
	var tenantErr, mailErr, exchangeErr error
	if l.Tenant != nil {
		asked.Go(func() { f.TenantID, f.Cloud, tenantErr = l.Tenant(ctx, domain) })
	}
	if l.Mail != nil {
		asked.Go(func() { f.Mail, mailErr = l.Mail(ctx, domain) })
	}
	if l.Exchange != nil {
		asked.Go(func() { f.EWS, f.Source, f.EWSGuess, exchangeErr = l.Exchange(ctx, domain) })
	}
	asked.Wait()
	for _, note := range []struct {
		what string
		err  error
	}{{"No Microsoft 365 tenant was found", tenantErr}, {"Where mail goes was not found", mailErr}, {"No Exchange was found", exchangeErr}} {
		if note.err != nil {
			f.Notes = append(f.Notes, fmt.Sprintf("%s: %s.", note.what, gist(note.err)))
		}
	}
	if l.Mail != nil && mailErr == nil && len(f.Mail) == 0 {
		f.Notes = append(f.Notes, "Where mail goes was not found: the domain has no MX record.")
	}
	return f, ctx.Err()
}

// gist is what an error says first. What comes after is evidence, or what to do
// where it would be an error that there is none.
func gist(err error) string {
	text := err.Error()
	for _, end := range []string{" (", "; ", ". "} {
		text, _, _ = strings.Cut(text, end)
	}
	return text
}

// MailAt says whose the hosts are that take the domain's mail: "microsoft365",
// "google", or nothing where it is neither, such as a filter in front.
func (f Facts) MailAt() string {
	for _, host := range f.Mail {
		host = "." + strings.ToLower(strings.TrimSuffix(host, "."))
		for suffix, provider := range mailHosts {
			if strings.HasSuffix(host, suffix) {
				return provider
			}
		}
	}
	return ""
}

// mailHosts are what the mail hosts of the clouds end in. Sources: Microsoft,
// "External Domain Name System records for Microsoft 365"; Google Workspace Admin
// Help 174125.
var mailHosts = map[string]string{
	".mail.protection.outlook.com": microsoft365, ".mx.microsoft": microsoft365, ".mail.protection.office365.us": microsoft365,
	".mail.protection.partner.outlook.cn": microsoft365,
	".aspmx.l.google.com":                 google, ".googlemail.com": google, ".smtp.google.com": google,
}

// Organisation is what the facts suggest, to be looked over and completed.
func (f Facts) Organisation() Organisation {
	o := Organisation{Name: f.Domain}
	if f.TenantID != "" {
		o.Tenants = append(o.Tenants, Tenant{Provider: microsoft365, Tenant: f.Domain, ID: f.TenantID, Cloud: f.Cloud})
	}
	if f.EWS != "" {
		t := Tenant{Provider: exchange, Tenant: f.Domain}
		if !f.EWSGuess { // a password will be sent there
			t.URL = f.EWS
		}
		o.Tenants = append(o.Tenants, t)
	}
	o.Mailboxes = o.LikelyMailboxes()
	return o
}
