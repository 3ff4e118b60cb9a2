package exchange

import (
	"context"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/chain"
)

// certificateName asks whether the certificate is for the host of the URL
// (RFC 9525).
var certificateName = check.Check[*test]{
	ID: "certificate-name", Title: "Certificate name", Needs: []string{"tls"},
	Causes: []*cause{certificateNameMismatch, certificateCommonNameOnly},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		summary := "is for " + s.Host()
		if !s.cert.NameMatches {
			summary = "is not for " + s.Host()
		}
		return check.Finding{Summary: summary, Evidence: plain("names: " + strings.Join(certNames(s.cert), ", "))}, nil
	},
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
