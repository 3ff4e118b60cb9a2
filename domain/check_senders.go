package domain

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	eval "blitiri.com.ar/go/spf"

	"fairlead/check"
	"fairlead/dns"
)

// senders is whether those who were named may send.
type senders struct {
	missing []string // who may not, as named
	lines   []string
}

// sendersCheck asks for every sender that was named whether receivers accept mail
// from there.
var sendersCheck = check.Check[*test]{
	ID: CheckSenders, Title: "Other senders are covered",
	Causes: []*cause{senderMissing},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		if len(s.options.Senders) == 0 {
			return check.Finding{}, check.Skipped("no other senders were named")
		}
		answer, err := s.dns.Lookup(ctx, s.domain, dns.TXT)
		if err != nil {
			return check.Finding{}, check.Skipped("needs SPF record")
		}
		var includes []string
		if records := spfRecords(answer); len(records) == 1 {
			g := &grower{dns: s.dns}
			includes = g.grow(ctx, s.domain, ParseSPF(records[0].Text), nil).Includes()
		}
		for _, sender := range s.options.Senders {
			covered, why := slices.Contains(includes, sender.Include), "not included"
			if covered {
				why = "included"
			} else if sender.Include == "" {
				var result eval.Result
				result, why = evaluate(ctx, s.dns, sender.Network.Addr(), s.domain)
				covered = result == eval.Pass
			}
			if !covered {
				s.senders.missing = append(s.senders.missing, sender.Text)
			}
			s.senders.lines = append(s.senders.lines, fmt.Sprintf("%s: %s", sender.Text, why))
		}
		return check.Finding{Summary: plural(len(s.options.Senders), "sender") + " may send", Evidence: strings.Join(s.senders.lines, "\n")}, nil
	},
}

// evaluate says what a receiver makes of mail from an address.
func evaluate(ctx context.Context, r dns.Resolver, from netip.Addr, domain string) (eval.Result, string) {
	result, err := eval.CheckHostWithSender(net.IP(from.AsSlice()), domain, "postmaster@"+domain,
		eval.WithContext(ctx), eval.WithResolver(forSPF{r}))
	words := string(result)
	if err != nil {
		words += ", " + err.Error()
	}
	return result, words
}

// forSPF is a resolver as the evaluation of SPF wants it.
type forSPF struct{ dns.Resolver }

func (f forSPF) ask(ctx context.Context, name string, t dns.Type) ([]dns.Record, error) {
	answer, err := f.Lookup(ctx, name, t)
	switch {
	case err != nil:
		return nil, &net.DNSError{Err: err.Error(), Name: name, IsTemporary: true}
	case len(answer.Records) == 0:
		return nil, &net.DNSError{Err: "no such record", Name: name, IsNotFound: true}
	}
	return answer.Records, nil
}

func (f forSPF) texts(ctx context.Context, name string, t dns.Type) (all []string, err error) {
	records, err := f.ask(ctx, name, t)
	for _, r := range records {
		all = append(all, r.Text)
	}
	return all, err
}

func (f forSPF) LookupTXT(ctx context.Context, name string) ([]string, error) {
	return f.texts(ctx, name, dns.TXT)
}

func (f forSPF) LookupMX(ctx context.Context, name string) (all []*net.MX, err error) {
	records, err := f.ask(ctx, name, dns.MX)
	for _, r := range records {
		all = append(all, &net.MX{Host: r.Text, Pref: r.Preference})
	}
	return all, err
}

func (f forSPF) LookupIPAddr(ctx context.Context, host string) (all []net.IPAddr, err error) {
	four, err := f.texts(ctx, host, dns.A)
	six, failed := f.texts(ctx, host, dns.AAAA)
	for _, text := range append(four, six...) {
		if ip := net.ParseIP(text); ip != nil {
			all = append(all, net.IPAddr{IP: ip})
		}
	}
	if len(all) > 0 || err == nil {
		return all, nil
	}
	if failed != nil {
		err = failed
	}
	return nil, err
}

func (f forSPF) LookupAddr(ctx context.Context, address string) ([]string, error) {
	reverse, err := dns.Reverse(address)
	if err != nil {
		return nil, &net.DNSError{Err: err.Error(), Name: address}
	}
	return f.texts(ctx, reverse, dns.PTR)
}

// MissingSenders are those who may not send.
func (s *test) MissingSenders() []string { return s.senders.missing }

// SenderTerms are the words that the SPF record needs for them.
func (s *test) SenderTerms() string {
	var terms []string
	for _, sender := range s.options.Senders {
		if slices.Contains(s.senders.missing, sender.Text) {
			terms = append(terms, sender.terms()...)
		}
	}
	return strings.Join(terms, " ")
}

var senderMissing = &cause{
	Code: "spf-sender-missing", Title: "A sender may not send for {{.Domain}}", Verdict: warns,
	When:   func(s *test, _ error) bool { return len(s.senders.missing) > 0 },
	Likely: []string{"the sender was never added to the SPF record", "its address has changed"},
	Remedy: "Its mail fails SPF, and the services' own protection against spoofing stops it inside too:{{range .MissingSenders}} `{{.}}`{{end}}. " +
		"Add this before `all`, or have it sign with a DKIM key of {{.Domain}}:\n\n```text\n{{.SenderTerms}}\n```",
}
