package domain

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/dns"
)

// mtaSTS is what senders are told about TLS to the domain's hosts.
type mtaSTS struct {
	count     int // records
	record    STSRecord
	text      string
	policy    STSPolicy
	hasPolicy bool
	hasHost   bool // without a record
	uncovered []string
	mx        []string
}

// mtaSTSCheck fetches the policy and holds the MX hosts against it. The host of
// the policy is looked up while the record is, so that a fetch waits for neither
// longer than it must.
var mtaSTSCheck = check.Check[*test]{
	ID: CheckMTASTS, Title: "MTA-STS policy",
	Causes: []*cause{
		stsTwo, stsSyntax, stsHost, stsCertificate, stsRedirect, stsMissing, stsType, stsPolicySyntax, stsUncovered, stsUnreachable, stsLookupFailed,
		stsNoRecord, stsShort, stsNone,
	},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		var all sync.WaitGroup
		all.Go(func() { s.mtaSTS.hasHost = len(s.dns.Addresses(ctx, "mta-sts."+s.domain)) > 0 })
		all.Go(func() {
			answer, _ := s.dns.Lookup(ctx, s.domain, dns.MX) // its own check says what is wrong with it
			s.mtaSTS.mx = answer.Texts()
		})
		answer, err := s.dns.Lookup(ctx, "_mta-sts."+s.domain, dns.TXT)
		all.Wait()
		if err != nil {
			return check.Finding{}, err
		}
		records := slices.DeleteFunc(answer.Texts(), func(text string) bool { return !strings.HasPrefix(text, "v=STSv1") })
		s.mtaSTS.count = len(records)
		found := check.Finding{Evidence: strings.Join(records, "\n")}
		switch {
		case len(records) == 0 && s.mtaSTS.hasHost:
			return found, nil
		case len(records) == 0:
			return found, check.Skipped("not used; it is optional")
		case len(records) > 1:
			return found, nil
		}
		if s.mtaSTS.record = ParseSTSRecord(records[0]); len(s.mtaSTS.record.Problems) > 0 {
			return found, nil
		}
		if s.mtaSTS.text, err = fetchPolicy(ctx, s.net, s.dns, s.domain); err != nil {
			return found, err
		}
		s.mtaSTS.judge()
		found.Summary = fmt.Sprintf("%s, for %s", s.mtaSTS.policy.Mode, plural(int(s.mtaSTS.policy.MaxAge.Hours()/24), "day"))
		found.Evidence += "\n" + s.mtaSTS.text
		return found, nil
	},
}

func (v *mtaSTS) judge() {
	v.policy, v.hasPolicy = ParseSTSPolicy(v.text), true
	for _, host := range v.mx {
		if host != "" && v.policy.Mode != "none" && len(v.policy.MX) > 0 && !v.policy.Covers(host) {
			v.uncovered = append(v.uncovered, host)
		}
	}
}

// isCertificate reports whether TLS failed for the certificate's sake.
func isCertificate(err error) bool {
	_, ok := errors.AsType[*tls.CertificateVerificationError](err)
	return ok
}

// isTransport reports whether the web server could not be talked to.
func isTransport(err error) bool {
	_, ok := errors.AsType[*url.Error](err)
	return ok
}
