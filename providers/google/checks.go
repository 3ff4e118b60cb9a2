package google

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"fairlead/check"
	"fairlead/secret"
)

// grant is what the token service said to one scope.
type grant struct {
	scope string
	token secret.Secret
	err   error
}

// recordedCheck stands for all others where the service's own client is used.
var recordedCheck = check.Check[*test]{
	ID: "delegation", Title: "Delegation",
	Ask: func(context.Context, *test) (check.Finding, error) {
		return check.Finding{Summary: "recorded, not verified"}, nil
	},
	Causes: []*cause{notVerified},
}

// reachCheck asks the token service for nothing.
var reachCheck = check.Check[*test]{
	ID: "reach", Title: "Google's token service", Causes: networkCauses,
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		r, err := s.hello(ctx)
		if err != nil {
			return check.Finding{}, err
		}
		s.skew = r.skew
		return check.Finding{Summary: tokenHost + " answers", Evidence: fmt.Sprintf("POST %s: HTTP %d", tokenAddress, r.status)}, nil
	},
}

// How far the clock may be off: more than the first is told, more than the
// second makes every assertion useless.
const (
	tellSkew = time.Minute
	maxSkew  = 5 * time.Minute
)

// errSkew says that the clock is too far off.
var errSkew = errors.New("the clocks differ too much")

// clockCheck compares this computer's clock with Google's.
var clockCheck = check.Check[*test]{
	ID: "clock", Title: "Clock", Needs: []string{"reach"}, Causes: []*cause{clockSkew, clockOff},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		found := check.Finding{Summary: s.Skew()}
		if s.skew.Abs() > maxSkew {
			return found, errSkew
		}
		return found, nil
	},
}

// Skew says how the clocks differ, in words.
func (s *test) Skew() string {
	way := "ahead of"
	if s.skew < 0 {
		way = "behind"
	}
	size := s.skew.Abs().Round(time.Second)
	if size < 2*time.Second {
		return "this computer's clock agrees with Google's"
	}
	return fmt.Sprintf("this computer's clock is %s %s Google's", size, way)
}

// keyCheck puts the private key together with what the record says of it.
var keyCheck = check.Check[*test]{
	ID: "key", Title: "Key", Causes: []*cause{keyBroken},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		key, err := s.target.restore()
		if err != nil {
			return check.Finding{}, err
		}
		s.key = key
		return check.Finding{Summary: fmt.Sprintf("RSA, %d bits, of %s", key.private.N.BitLen(), key.Account)}, nil
	},
}

// delegationCheck asks for a token for each scope alone. It fails where all
// were refused alike; else the scopes' own checks tell.
var delegationCheck = check.Check[*test]{
	ID: "delegation", Title: "Delegation", Needs: []string{"reach", "clock", "key"}, Causes: tokenCauses,
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		s.ask(ctx)
		var granted int
		alike := true
		for _, g := range s.grants {
			if g.err == nil {
				granted++
			} else if s.grants[0].err == nil || g.err.Error() != s.grants[0].err.Error() {
				alike = false
			}
		}
		found := check.Finding{Summary: fmt.Sprintf("%d of %d scopes", granted, len(s.grants))}
		if granted == 0 && alike {
			return found, s.grants[0].err
		}
		return found, nil
	},
}

// ask asks for the tokens of all scopes at once.
func (s *test) ask(ctx context.Context) {
	var asking sync.WaitGroup
	for i, scope := range s.target.Scopes {
		asking.Go(func() {
			token, err := s.token(ctx, s.key, s.target.Address, scope)
			s.grants[i] = grant{scope, token, err}
		})
	}
	asking.Wait()
}

// scopeID is the id of a scope's check.
func scopeID(scope string) string { return "scope-" + shortScope(scope) }

// shortScope is a scope without what nearly all begin with.
func shortScope(scope string) string {
	return strings.Trim(strings.TrimPrefix(strings.TrimPrefix(scope, auth), "https://"), "/")
}

// scopeCheck says whether one scope was authorised.
func scopeCheck(t Target, i int) check.Check[*test] {
	return check.Check[*test]{
		ID: scopeID(t.Scopes[i]), Title: "Scope " + shortScope(t.Scopes[i]), Needs: []string{"delegation"}, Causes: tokenCauses,
		Ask: func(_ context.Context, s *test) (check.Finding, error) {
			return check.Finding{Summary: t.Scopes[i]}, s.grants[i].err
		},
	}
}
