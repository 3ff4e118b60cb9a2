package exchange

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/providers/exchange/chain"
)

const day = 24 * time.Hour

// certificateChecks judge the server's certificate, each flaw for itself. The
// mode decides whether one of trust stops the test.
func certificateChecks(mode Mode) []check.Check[*test] {
	return []check.Check[*test]{certificateDates, certificateName, certificateKey, certificateTrust(mode)}
}

// certificateTrust asks who vouches for the certificate.
func certificateTrust(mode Mode) check.Check[*test] {
	return check.Check[*test]{
		ID: "certificate", Title: "Certificate trusted", Needs: []string{"tls"},
		Causes: trustCauses(mode),
		Ask: func(ctx context.Context, s *test) (check.Finding, error) {
			s.trust = s.cert
			var fetched string
			if !s.cert.Sure && s.target.Options.FetchIssuers {
				fetched = s.fetchIssuers(ctx)
			}
			return check.Finding{Summary: trusted(s.trust), Evidence: describe(s.trust) + fetched}, nil
		},
	}
}

// fetchIssuers judges again with what the server left out, as far as it can be
// fetched. It returns evidence.
func (s *test) fetchIssuers(ctx context.Context) (lines string) {
	ctx, cancel := context.WithTimeout(ctx, waitIssuers)
	defer cancel()
	found, err := chain.Issuers(ctx, s.sent, s.fetchIssuer)
	s.fetched, s.trust = found, s.judgeWith(s.sent, found)
	for _, cert := range found {
		lines += "\n" + plain(fmt.Sprintf("fetched: %s", cert.Subject))
	}
	if err != nil {
		lines += "\n" + plain(fmt.Sprintf("fetched no further: %v", err))
	}
	return lines
}

// trusted names who vouches for the certificate.
func trusted(j *chain.Judgement) string {
	return map[chain.Trust]string{
		chain.Public: "public authority", chain.Incomplete: "incomplete chain", chain.Private: "company authority",
		chain.SelfSigned: "self-signed", chain.Unknown: "unknown authority",
	}[j.Trust]
}

// judged puts a whole judgement into one line.
func judged(j *chain.Judgement) string {
	name := "name matches"
	if !j.NameMatches {
		name = "name does not match"
	}
	return trusted(j) + ", " + name + ", " + timeLeft(j)
}

// describe writes down the certificates as the server sent them.
func describe(j *chain.Judgement) string {
	var lines []string
	for i, cert := range j.Chain {
		lines = append(lines, fmt.Sprintf("%d: %s", i, cert.Subject),
			fmt.Sprintf("   issued by %s", cert.Issuer),
			fmt.Sprintf("   %s, %s, valid %s to %s, serial %x", chain.Key(cert), cert.SignatureAlgorithm,
				cert.NotBefore.Format(time.DateOnly), cert.NotAfter.Format(time.DateOnly), cert.SerialNumber))
		if i == 0 {
			lines = append(lines, "   names: "+strings.Join(certNames(j), ", "))
		}
	}
	if j.Root != nil {
		lines = append(lines, fmt.Sprintf("trusted through %s", j.Root.Subject))
	}
	for i, line := range lines {
		lines[i] = "   "[:len(line)-len(strings.TrimLeft(line, " "))] + plain(line)
	}
	return strings.Join(lines, "\n")
}
