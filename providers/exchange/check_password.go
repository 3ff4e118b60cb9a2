package exchange

import (
	"context"
	"fmt"
	"time"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
)

// passwordSoon is when the end of a password is near: time to plan the change.
const passwordSoon = 14 * day

// passwordCheck asks in depth when the password ends.
var passwordCheck = check.Check[*test]{
	ID: "password", Title: "Password stays valid", Needs: []string{"sign-in"},
	Causes: append([]*check.Cause[*test]{passwordOver, passwordExpiresSoon}, insideCauses...),
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		reply, err := s.askInside(ctx, ews.PasswordExpires(ews.Exchange2013))
		switch {
		case err != nil:
			return check.Finding{}, err
		case !reply.OK() || reply.Expires.IsZero():
			found := check.Finding{}
			if err := reply.Err(); err != nil {
				found.Evidence = err.Error()
			}
			return found, check.Skipped("the server does not say when it ends")
		}
		s.expires = reply.Expires
		if ews.NeverExpires(s.expires) {
			return check.Finding{Summary: "it does not expire"}, nil
		}
		left := max(0, s.passwordLeft())
		return check.Finding{Summary: fmt.Sprintf("until %s, %d days left", s.PasswordExpires(), left/day)}, nil
	},
}

// PasswordExpires is the day on which the password ends, or "never", or empty
// while that is not known.
func (s *test) PasswordExpires() string {
	switch {
	case s.expires.IsZero():
		return ""
	case ews.NeverExpires(s.expires):
		return "never"
	}
	return s.expires.UTC().Format(time.DateOnly)
}

func (s *test) passwordLeft() time.Duration { return s.expires.Sub(s.net.Now()) }

var passwordOver = &cause{
	Code: "password-expired", Title: "The password's time is over", Verdict: warns,
	When: func(s *test, _ error) bool { return !s.expires.IsZero() && s.passwordLeft() <= 0 },
	Likely: []string{
		"it ended on {{.PasswordExpires}}, and this server still takes it",
		"the clock of this computer is wrong: see the check of the clock",
	},
	Remedy: passwordExpired.Remedy,
}

var passwordExpiresSoon = &cause{
	Code: "password-expires-soon", Title: "The password ends soon", Verdict: warns,
	When: func(s *test, _ error) bool {
		return !s.expires.IsZero() && s.passwordLeft() > 0 && s.passwordLeft() < passwordSoon
	},
	Likely: []string{"the account follows the password policy of the domain"},
	Remedy: "It ends on {{.PasswordExpires}}. From then on the connector stops working. Set a new one before, and change it in " +
		"Fairlead and in the services, or keep the password of this account from expiring, if your rules allow it:\n\n" +
		shell(`Set-ADUser {{.Quote .User}} -PasswordNeverExpires $true`),
}
