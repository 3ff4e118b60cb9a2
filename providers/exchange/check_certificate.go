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

// certificateCheck judges the server's certificate. The mode decides which
// flaws stop the test.
func certificateCheck(mode Mode) check.Check[*test] {
	return check.Check[*test]{
		ID: "certificate", Title: "Certificate", Needs: []string{"tls"},
		Causes: certificateCauses(mode),
		Ask: func(ctx context.Context, s *test) (check.Finding, error) {
			s.cert = s.judge(s.sent)
			var fetched string
			if !s.cert.Sure && s.target.Options.FetchIssuers {
				fetched = s.fetchIssuers(ctx)
			}
			return check.Finding{Summary: judged(s.cert), Evidence: describe(s.cert) + fetched}, nil
		},
	}
}

// fetchIssuers judges again with what the server left out, as far as it can be
// fetched. It returns evidence.
func (s *test) fetchIssuers(ctx context.Context) (lines string) {
	ctx, cancel := context.WithTimeout(ctx, waitIssuers)
	defer cancel()
	found, err := chain.Issuers(ctx, s.sent, s.fetchIssuer)
	s.fetched, s.cert = found, s.judgeWith(s.sent, found)
	for _, cert := range found {
		lines += "\n" + plain(fmt.Sprintf("fetched: %s", cert.Subject))
	}
	if err != nil {
		lines += "\n" + plain(fmt.Sprintf("fetched no further: %v", err))
	}
	return lines
}

// judged puts a judgement into one line.
func judged(j *chain.Judgement) string {
	trust := map[chain.Trust]string{
		chain.Public: "public authority", chain.Incomplete: "incomplete chain", chain.Private: "company authority",
		chain.SelfSigned: "self-signed", chain.Unknown: "unknown authority",
	}[j.Trust]
	name := "name matches"
	if !j.NameMatches {
		name = "name does not match"
	}
	left := fmt.Sprintf("%d days left", j.Left/day)
	switch {
	case j.NotYetValid == j.Leaf():
		left = "not valid yet"
	case j.Left < 0:
		left = "expired"
	case j.Left < 2*day:
		left = "hours left"
	}
	return trust + ", " + name + ", " + left
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

// certNames lists all names that the server's certificate is for.
func certNames(j *chain.Judgement) []string {
	names := append([]string{}, j.Leaf().DNSNames...)
	for _, ip := range j.Leaf().IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		return []string{"none"}
	}
	return names
}
