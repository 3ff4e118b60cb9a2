package exchange

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/providers/exchange/chain"
)

// certificateDates asks whether every certificate that was sent is within its
// time.
var certificateDates = check.Check[*test]{
	ID: "certificate-dates", Title: "Certificate dates", Needs: []string{"tls"},
	Causes: []*cause{certificateExpired, certificateNotYetValid, certificateExpiresSoon},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		var lines []string
		for _, cert := range s.sent {
			lines = append(lines, plain(fmt.Sprintf("valid %s to %s: %s",
				cert.NotBefore.Format(time.DateOnly), cert.NotAfter.Format(time.DateOnly), cert.Subject)))
		}
		return check.Finding{Summary: timeLeft(s.cert), Evidence: strings.Join(lines, "\n")}, nil
	},
}

// timeLeft says how long the server's own certificate is still valid.
func timeLeft(j *chain.Judgement) string {
	switch {
	case j.NotYetValid == j.Leaf():
		return "not valid yet"
	case j.Left < 0:
		return "expired"
	case j.Left < 2*day:
		return "hours left"
	}
	return fmt.Sprintf("%d days left", j.Left/day)
}
