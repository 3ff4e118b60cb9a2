package domain

import (
	"context"
	"errors"

	"fairlead/check"
	"fairlead/dns"
)

// dnssec is whether the domain is signed.
type dnssec struct{ answer dns.Answer }

// dnssecCheck asks whether the domain is signed, and whether a resolver that
// verifies signatures accepts them.
var dnssecCheck = check.Check[*test]{
	ID: CheckDNSSEC, Title: "DNSSEC",
	Causes: []*cause{dnssecBogus, dnssecLookupFailed},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		answer, err := s.dns.Lookup(ctx, s.domain, dns.SOA)
		s.dnssec.answer = answer
		return check.Finding{Summary: s.dnssec.words()}, err
	},
}

func (d dnssec) words() string {
	switch {
	case d.answer.Validated:
		return "signed, and verified by " + d.answer.Server.String()
	case d.answer.Signed:
		return "signed; " + d.answer.Server.String() + " does not verify signatures"
	}
	return "not signed; that is usual"
}

var dnssecBogus = &cause{
	Code: "dnssec-bogus", Title: "The signatures of {{.Domain}} are wrong", Verdict: fails,
	When: func(_ *test, err error) bool { return errors.Is(err, dns.ErrBogus) },
	Likely: []string{
		"the signatures have run out, because nobody renewed them",
		"the zone was moved to another provider, and the registrar still has the key of the old one (DS record)",
	},
	Remedy: "For everybody whose resolver verifies signatures, the domain does not exist: no mail comes or is accepted. " +
		"At the registrar, replace the DS record by that of the provider that signs the zone now, or take it away until all is settled:" + resolve("{{.Domain}}", "DS"),
}

var dnssecLookupFailed = lookupFailed("dnssec-lookup-failed", "zone", dnssecBogus)
