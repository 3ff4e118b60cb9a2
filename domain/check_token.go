package domain

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/agnivade/levenshtein"

	"fairlead/check"
	"fairlead/dns"
)

// token is what the DNS has of the code that proves the ownership.
type token struct {
	tenantMail bool
	views      [2]dns.Views // TXT at the domain, CNAME at the code
	misplaced  string       // the name at which it was found instead
	near       string       // what stands there in place of it
	found      bool         // somebody has it
	as         string       // TXT or CNAME
	missing    []string     // servers that do not have it, where others do
	aliasTo    string       // where an alias of its name leads, if elsewhere
	again      time.Time
}

// tenantMailSuffix is how names end that Microsoft keeps for mail between an
// on-premises Exchange and its tenant.
const tenantMailSuffix = ".mail.onmicrosoft.com"

// IsTenantDomain reports whether a domain is the one that Microsoft gives a
// tenant. Its DNS is in the Microsoft 365 admin centre.
func IsTenantDomain(name string) bool { return strings.HasSuffix(name, ".onmicrosoft.com") }

// TokenRecords are the two ways to publish a token, of which one is enough: a TXT
// record at the domain, or an alias whose name is the token.
func TokenRecords(domain, token, validationHost string) (txt, alias Record) {
	return newRecord(domain, domain, "TXT", token), newRecord(domain, strings.ToLower(token)+"."+domain, "CNAME", validationHost)
}

// tokenCheck looks for the token everywhere at once.
var tokenCheck = check.Check[*test]{
	ID: CheckToken, Title: "Ownership is proved",
	Causes: []*cause{tenantMail, tokenExpired, tokenMisplaced, tokenQuoted, tokenDiffers, tokenAliasWrong, tokenMissing, tokenLookupFailed, tokenNotEverywhere, tokenExpiresSoon},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		s.token.tenantMail = strings.HasSuffix(s.domain, tenantMailSuffix)
		if s.options.Token == "" && !s.token.tenantMail {
			return check.Finding{}, check.Skipped("no token was given")
		}
		if s.options.Token == "" || s.token.tenantMail {
			return check.Finding{}, nil
		}
		var all sync.WaitGroup
		var doubled dns.Answer
		all.Go(func() { s.token.views[0] = s.dns.Views(ctx, s.domain, dns.TXT) })
		all.Go(func() { s.token.views[1] = s.dns.Views(ctx, s.tokenAlias(), dns.CNAME) })
		all.Go(func() { doubled, _ = s.dns.Lookup(ctx, s.domain+"."+s.domain, dns.TXT) }) // a hint alone
		all.Wait()
		err := s.token.judge(s, doubled)
		return check.Finding{Summary: s.token.words(s), Evidence: s.token.evidence()}, err
	},
}

func (s *test) tokenAlias() string { return strings.ToLower(s.options.Token) + "." + s.domain }

// judge finds out who has the token.
func (t *token) judge(s *test, doubled dns.Answer) error {
	var failed error
	for i, has := range []func(dns.Answer) bool{
		func(a dns.Answer) bool { return contains(a.Texts(), s.options.Token) },
		func(a dns.Answer) bool { return contains(a.Texts(), s.options.Regions.Validation.Host) },
	} {
		v := t.views[i]
		servers := append(append([]dns.Said{}, v.Authoritative...), v.Public...)
		var missing []string
		var errs []error
		found := false
		for _, said := range servers {
			switch {
			case said.Err != nil:
				errs = append(errs, said.Err)
			case has(said.Answer):
				found = true
			default:
				missing = append(missing, said.Server.String())
			}
		}
		if found {
			t.found, t.as, t.missing, t.again = true, []string{"TXT", "CNAME"}[i], missing, v.TryAgain()
			return nil
		}
		// One server that fails is the affair of the check of name servers. A token
		// may be too long for a name: then there is no alias.
		if len(missing) == 0 && len(errs) > 0 && failed == nil && !errors.Is(errs[0], dns.ErrName) {
			failed = worst(errs)
		}
		if i == 1 {
			for _, said := range servers {
				if said.Err == nil && len(said.Records) > 0 {
					t.aliasTo = said.Records[0].Text
				}
			}
		}
	}
	t.again = t.views[0].TryAgain()
	for _, said := range t.views[0].Public {
		for _, text := range said.Texts() {
			if similar(text, s.options.Token) {
				t.near = text
			}
		}
	}
	if contains(doubled.Texts(), s.options.Token) {
		t.misplaced = doubled.Name
	}
	if t.near == "" && t.misplaced == "" && t.aliasTo == "" {
		return failed
	}
	return nil
}

// worst prefers an error that says more than that nobody answered.
func worst(errs []error) error {
	for _, err := range errs {
		if !errors.Is(err, dns.ErrUnreachable) {
			return err
		}
	}
	return errs[0]
}

func contains(texts []string, wanted string) bool {
	for _, text := range texts {
		if text == wanted {
			return true
		}
	}
	return false
}

// similar reports whether a text is the token with a slip in it.
func similar(text, token string) bool {
	bare := strings.ToLower(strings.Trim(strings.TrimSpace(text), `"'`))
	return levenshtein.ComputeDistance(bare, strings.ToLower(token)) <= len(token)/6
}

func (t *token) words(s *test) string {
	if !t.found {
		return ""
	}
	words := fmt.Sprintf("as %s, seen by every server", t.as)
	if t.as == "CNAME" {
		words = fmt.Sprintf("as an alias to %s, seen by every server", s.options.Regions.Validation.Host)
	}
	if left := s.TokenDaysLeft(); left >= 0 {
		words += fmt.Sprintf("; the token may be used for %s more", plural(left, "day"))
	}
	return words
}

func (t *token) evidence() string {
	var answers []dns.Answer
	for _, v := range t.views {
		for _, said := range append(append([]dns.Said{}, v.Authoritative...), v.Public...) {
			if said.Err == nil {
				answers = append(answers, said.Answer)
			}
		}
	}
	return evidence(answers...)
}

// TokenDaysLeft is for how many days the token may still be used; negative if it
// is not known when it was given out. A token that has run out has zero.
func (s *test) TokenDaysLeft() int {
	if s.options.Issued.IsZero() {
		return -1
	}
	left := s.options.Issued.AddDate(0, 0, s.options.Regions.Validation.Days).Sub(s.net.Now())
	return max(int(math.Ceil(left.Hours()/24)), 0)
}
