package exchange

import (
	"context"
	"fmt"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/chain"
)

// certificateKey asks whether keys and signatures prove anything, and whether
// the certificate is made for servers.
var certificateKey = check.Check[*test]{
	ID: "certificate-key", Title: "Certificate key", Needs: []string{"tls"},
	Causes: []*cause{certificateWrongUsage, certificateWeakKey, certificateWeakSignature},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		var lines []string
		for _, cert := range s.sent {
			lines = append(lines, plain(fmt.Sprintf("%s, %s: %s", chain.Key(cert), cert.SignatureAlgorithm, cert.Subject)))
		}
		leaf := s.cert.Leaf()
		return check.Finding{
			Summary:  chain.Key(leaf) + ", " + leaf.SignatureAlgorithm.String(),
			Evidence: strings.Join(lines, "\n"),
		}, nil
	},
}
