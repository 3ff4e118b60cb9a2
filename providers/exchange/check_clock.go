package exchange

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"fairlead/check"
)

// maxSkew is how far clocks may be apart before signing in by Kerberos fails,
// in Active Directory as it comes.
const maxSkew = 5 * time.Minute

// clockCheck compares the server's clock with this computer's.
var clockCheck = check.Check[*test]{
	ID: "clock", Title: "Clock", Needs: []string{"endpoint"},
	Causes: []*check.Cause[*test]{clockSkew},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		there, err := http.ParseTime(s.open.Header.Get("Date"))
		if err != nil {
			return check.Finding{}, check.Skipped("the server does not tell the time")
		}
		return check.Finding{
			Summary:  apart(s.skew()),
			Evidence: "server " + there.UTC().Format(time.RFC3339) + "\nhere   " + s.arrival.UTC().Format(time.RFC3339),
		}, nil
	},
}

// skew is how far the server's clock is ahead. The header counts seconds, and
// is written some time before it arrives: within that, the clocks agree.
func (s *test) skew() time.Duration {
	there, err := http.ParseTime(s.open.Header.Get("Date"))
	if err != nil {
		return 0
	}
	skew, allowed := there.Sub(s.arrival), s.open.Took+time.Second
	if skew.Abs() <= allowed {
		return 0
	}
	return skew
}

// apart says how far the clocks are apart, in a unit that fits.
func apart(skew time.Duration) string {
	size, unit, name := skew.Abs(), time.Second, "seconds"
	switch {
	case size == 0:
		return "the clocks agree"
	case size >= 2*day:
		unit, name = day, "days"
	case size >= 2*time.Hour:
		unit, name = time.Hour, "hours"
	case size >= 2*time.Minute:
		unit, name = time.Minute, "minutes"
	}
	way := "ahead"
	if skew < 0 {
		way = "behind"
	}
	return fmt.Sprintf("the server is %d %s %s", size.Round(unit)/unit, name, way)
}
