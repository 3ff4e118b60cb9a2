package routing

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fairlead/check"
	"fairlead/dns"
	"fairlead/domain/certificate"
	"fairlead/domain/smtp"
	"fairlead/network"
)

// MXOK is the status of MX records that are as the services want them.
const MXOK = "mx_ok"

// MX says how the MX records of a domain stand to the hosts of a region (by id) that
// they should be:
// a status as the services have it, such as "mx_ok" or "mx_foreign", and a
// sentence about it.
type MX func(ctx context.Context, domain, region string, hosts []string) (status, words string, err error)

// Target is what a test of the mail's way looks at.
type Target struct {
	Domain   string
	Region   string   // its id
	MX       []string // the region's hosts for incoming mail; none where they are not known
	Outbound []string // its hosts for outgoing mail
	Deliver  string   // the host to which the services deliver, or empty
	Due      bool     // the MX records should be the region's by now
}

// The ids of the checks that the gates of the order ask about.
const (
	CheckMX       = "way/mx"
	CheckOutbound = "way/outbound"
	CheckDeliver  = "way/deliver"
)

// Test looks at the way of a domain's mail: its MX records, whether the names of
// the hosts exist, and how the hosts answer this computer. What this computer
// cannot reach only warns: others have to reach it.
func Test(n *network.Network, r dns.Resolver, mx MX, t Target) *check.Suite {
	s := &way{dns: r, mx: mx, target: t}
	checks := []check.Check[*way]{mxCheck(t.Due), namesCheck("outbound", "Hosts for outgoing mail", t.Outbound), namesCheck("deliver", "Name of your server", deliver(t))}
	parts := []check.Part{{ID: "way", Suite: check.NewSuite(s, checks, check.Options[*way]{})}}
	for i, host := range t.Outbound { // by number: the names differ at their ends, which a row has no room for
		parts = append(parts, check.Part{ID: host, Title: fmt.Sprintf("Outgoing %d", i+1), Suite: smtp.Test(n, smtp.Target{
			Host: host, Mode: certificate.Strict, TLS: true, Elsewhere: true,
		})})
	}
	if t.Deliver != "" {
		parts = append(parts, check.Part{ID: t.Deliver, Title: "Your server", Suite: smtp.Test(n, smtp.Target{
			Host: t.Deliver, Relay: true, Elsewhere: true,
		})})
	}
	return check.Join(parts...)
}

func deliver(t Target) []string {
	if t.Deliver == "" {
		return nil
	}
	return []string{t.Deliver}
}

// way is the state of a test.
type way struct {
	dns    dns.Resolver
	mx     MX
	target Target

	status, words string // mx
}

// Domain, Status, Words and Wanted are for the texts of causes.
func (w *way) Domain() string { return w.target.Domain }

// Status is how the MX records stand.
func (w *way) Status() string { return w.status }

// Words is a sentence about that.
func (w *way) Words() string { return w.words }

// Wanted are the hosts that the MX records should be.
func (w *way) Wanted() string { return strings.Join(w.target.MX, ", ") }

var errMX = errors.New("the MX records are not the region's")

// mxCheck holds the MX records against the region's hosts. Until it is their turn
// they may be others.
func mxCheck(due bool) check.Check[*way] {
	wrong := *mxWrong
	if !due {
		wrong = *mxNotYet
	}
	return check.Check[*way]{
		ID: "mx", Title: "MX records", Causes: []*check.Cause[*way]{&wrong, mxSilent},
		Ask: func(ctx context.Context, w *way) (check.Finding, error) {
			if len(w.target.MX) == 0 {
				return check.Finding{}, check.Skipped("the region's hosts are not known: type them as the console lists them")
			}
			var err error
			if w.status, w.words, err = w.mx(ctx, w.target.Domain, w.target.Region, w.target.MX); err != nil {
				return check.Finding{}, err
			}
			if w.status != MXOK && due {
				err = errMX
			}
			return check.Finding{Summary: w.words, Evidence: w.status}, err
		},
	}
}

var mxWrong = &check.Cause[*way]{
	Code: "mx-not-the-regions", Title: "Mail for {{.Domain}} does not go to the services", Verdict: check.Fail,
	When:   check.Met[*way](errMX),
	Likely: []string{"{{.Words}} ({{.Status}})", "the records were changed, and old ones are still kept"},
	Remedy: "The MX records should be {{.Wanted}}, with the same preference. No other host may stand among them: mail that goes there passes the services by.",
}

var mxNotYet = &check.Cause[*way]{
	Code: "mx-not-yet", Title: "Mail for {{.Domain}} still goes the old way", Verdict: check.Warn,
	When:   func(w *way, err error) bool { return err == nil && w.status != "" && w.status != MXOK },
	Likely: []string{"{{.Words}} ({{.Status}})"},
	Remedy: "That is as it should be until outgoing mail has gone through the services for some days. Then make the MX records {{.Wanted}}.",
}

var mxSilent = &check.Cause[*way]{
	Code: "mx-dns-silent", Title: "The DNS does not answer for {{.Domain}}", Verdict: check.Fail,
	When:   check.Otherwise(mxWrong),
	Likely: []string{"this computer has no working DNS server", "the DNS servers of the domain do not answer"},
	Remedy: "Look it up by hand:\n\n```powershell\nResolve-DnsName {{.Domain}} -Type MX -Server 1.1.1.1\n```",
}

var errNoAddress = errors.New("has no address in the DNS")

// namesCheck asks whether hosts exist.
func namesCheck(id, title string, hosts []string) check.Check[*way] {
	return check.Check[*way]{
		ID: id, Title: title, Causes: []*check.Cause[*way]{noAddress, hostsSilent},
		Ask: func(ctx context.Context, w *way) (check.Finding, error) {
			if len(hosts) == 0 {
				return check.Finding{}, check.Skipped("not named yet")
			}
			for _, host := range hosts {
				var found []string
				for _, t := range []dns.Type{dns.A, dns.AAAA} {
					answer, err := w.dns.Lookup(ctx, host, t)
					if err != nil {
						return check.Finding{}, err
					}
					found = append(found, answer.Texts()...)
				}
				if len(found) == 0 {
					return check.Finding{Evidence: host}, fmt.Errorf("%s %w", host, errNoAddress)
				}
			}
			return check.Finding{Summary: strings.Join(hosts, ", ")}, nil
		},
	}
}

var noAddress = &check.Cause[*way]{
	Code: "host-unknown", Title: "A host does not exist", Verdict: check.Fail,
	When:   check.Met[*way](errNoAddress),
	Likely: []string{"it is mistyped", "the catalogue's name is out of date"},
	Remedy: "Compare the names with those that the services' console lists, and correct them on the page before.",
}

var hostsSilent = &check.Cause[*way]{
	Code: "host-dns-silent", Title: "The DNS does not answer", Verdict: check.Fail,
	When:   check.Otherwise(noAddress),
	Likely: []string{"this computer has no working DNS server"},
	Remedy: "Look whether this computer resolves other names, then test again.",
}
