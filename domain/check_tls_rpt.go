package domain

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/dns"
)

// TLSReports is the record that says who gets reports on TLS (RFC 8460, section
// 3).
type TLSReports struct {
	To       []string
	Problems []string
}

// ParseTLSReports reads it.
func ParseTLSReports(text string) TLSReports {
	tags, problems := parseTags(text)
	r := TLSReports{Problems: problems}
	if version, _ := value(tags, "v"); version != "TLSRPTv1" || tags[0].name != "v" {
		r.Problems = append(r.Problems, "it does not begin with `v=TLSRPTv1;`")
	}
	to, found := value(tags, "rua")
	if !found || to == "" {
		r.Problems = append(r.Problems, "the address is missing: there is no `rua`")
		return r
	}
	for part := range strings.SplitSeq(to, ",") {
		r.To = append(r.To, strings.TrimSpace(part))
	}
	return r
}

// wrong are the addresses to which nothing can be sent.
func (r TLSReports) wrong() (addresses []string) {
	for _, to := range r.To {
		if strings.HasPrefix(strings.ToLower(to), "https://") || parseAddresses(to)[0].mailbox != "" {
			continue
		}
		addresses = append(addresses, to)
	}
	return addresses
}

// tlsRPT is who gets reports on TLS.
type tlsRPT struct {
	count  int
	record TLSReports
	sts    bool // MTA-STS is used
}

var tlsRPTCheck = check.Check[*test]{
	ID: CheckTLSRPT, Title: "Reports on TLS",
	Causes: []*cause{tlsRPTTwo, tlsRPTSyntax, tlsRPTAddress, tlsRPTMissing, tlsRPTLookupFailed},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		used := make(chan bool, 1)
		go func() {
			sts, _ := s.dns.Lookup(ctx, "_mta-sts."+s.domain, dns.TXT) // its own check says what is wrong with it
			used <- len(sts.Records) > 0
		}()
		answer, err := s.dns.Lookup(ctx, "_smtp._tls."+s.domain, dns.TXT)
		s.tlsRPT.sts = <-used
		if err != nil {
			return check.Finding{}, err
		}
		records := slices.DeleteFunc(answer.Texts(), func(text string) bool { return !strings.HasPrefix(text, "v=TLSRPTv1") })
		s.tlsRPT.count = len(records)
		if len(records) == 0 && !s.tlsRPT.sts {
			return check.Finding{}, check.Skipped("not used; it is optional")
		}
		if len(records) == 1 {
			s.tlsRPT.record = ParseTLSReports(records[0])
		}
		return check.Finding{Summary: fmt.Sprintf("to %s", list(s.tlsRPT.record.To)), Evidence: strings.Join(records, "\n")}, nil
	},
}

func (s *test) proposeTLSReports() Record {
	return newRecord(s.domain, "_smtp._tls."+s.domain, "TXT", "v=TLSRPTv1; rua=mailto:tls-reports@"+s.domain)
}

// ProposedTLSReports is the record as it should be, to copy.
func (s *test) ProposedTLSReports() string { return s.proposeTLSReports().Line() }

// TLSProblems are what is wrong with the record.
func (s *test) TLSProblems() []string { return s.tlsRPT.record.Problems }

// TLSWrong are the addresses to which nothing can be sent.
func (s *test) TLSWrong() string { return list(s.tlsRPT.record.wrong()) }

const proposeTLS = "\n\nProposed:\n\n```text\n{{.ProposedTLSReports}}\n```"

var tlsRPTTwo = &cause{
	Code: "tls-rpt-two-records", Title: "There are several records for reports on TLS", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && s.tlsRPT.count > 1 },
	Likely: []string{"a second address was added as a second record"},
	Remedy: "Senders then send to nobody (RFC 8460, section 3). Write both addresses into one record, with a comma between them." + proposeTLS,
}

var tlsRPTSyntax = &cause{
	Code: "tls-rpt-syntax", Title: "The record for reports on TLS breaks the rules", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && len(s.tlsRPT.record.Problems) > 0 },
	Likely: []string{"it was not copied whole"},
	Remedy: "Nobody gets reports:\n{{range .TLSProblems}}\n- {{.}}{{end}}" + proposeTLS,
}

var tlsRPTAddress = &cause{
	Code: "tls-rpt-address", Title: "An address for reports on TLS is none: {{.TLSWrong}}", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && len(s.tlsRPT.record.wrong()) > 0 },
	Likely: []string{"`mailto:` or `https:` is missing before it"},
	Remedy: "No report comes there." + proposeTLS,
}

var tlsRPTMissing = &cause{
	Code: "tls-rpt-missing", Title: "Nobody hears when MTA-STS keeps mail back", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.tlsRPT.count == 0 && s.tlsRPT.sts },
	Likely: []string{"the record was forgotten when MTA-STS was set up"},
	Remedy: "Senders report every day which connections failed, if they are told where." + proposeTLS,
}

var tlsRPTLookupFailed = lookupFailed("tls-rpt-lookup-failed", "record for reports on TLS")
