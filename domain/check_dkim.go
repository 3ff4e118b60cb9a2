package domain

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/dns"
)

// UsualSelectors are the names of keys that are tried where none are given: those
// of Microsoft 365, Google Workspace, and what many others use.
func UsualSelectors() []string {
	return []string{"selector1", "selector2", "google", "default", "dkim", "mail", "s1", "s2", "k1", "k2"}
}

// dkim is what is known of the domain's keys.
type dkim struct {
	keys   []dkimKey
	wanted bool // selectors were given
}

// dkimKey is what stands under one selector.
type dkimKey struct {
	selector string
	answer   dns.Answer
	err      error
	key      DKIMKey
}

func (k dkimKey) found() bool { return k.err == nil && len(k.answer.Records) > 0 }

// alias reports whether the selector is an alias that leads nowhere.
func (k dkimKey) dangling() bool {
	return errors.Is(k.err, dns.ErrLoop) || k.err == nil && len(k.answer.Records) == 0 && len(k.answer.Chain) > 0
}

// dkimCheck looks up the key of every selector at once.
var dkimCheck = check.Check[*test]{
	ID: CheckDKIM, Title: "DKIM keys",
	Causes: []*cause{
		dkimAliasBroken, dkimLookupFailed, dkimMissing, dkimTwo, dkimSyntax, dkimKeyType, dkimUnreadable, dkimRevoked, dkimShort,
		dkimSHA1, dkimNotForMail, dkimNotUsual, dkimWeak, dkimTesting,
	},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		selectors := s.options.Selectors
		if s.dkim.wanted = len(selectors) > 0; !s.dkim.wanted {
			selectors = UsualSelectors()
		}
		keys := make([]dkimKey, len(selectors))
		var all sync.WaitGroup
		for i, selector := range selectors {
			all.Go(func() {
				k := dkimKey{selector: selector}
				if k.answer, k.err = s.dns.Lookup(ctx, selector+"._domainkey."+s.domain, dns.TXT); k.found() {
					k.key = ParseDKIM(k.answer.Records[0].Text)
				}
				keys[i] = k
			})
		}
		all.Wait()
		var failed error
		for _, k := range keys {
			if s.dkim.wanted || k.found() || k.err != nil || k.dangling() {
				s.dkim.keys = append(s.dkim.keys, k)
			}
			if k.err != nil && !k.dangling() {
				failed = k.err
			}
		}
		return check.Finding{Summary: s.dkim.words(), Evidence: s.dkim.evidence()}, failed
	},
}

func (v *dkim) words() string {
	var words []string
	for _, k := range v.keys {
		if k.found() && k.key.Bits > 0 {
			kind := strings.ToUpper(k.key.Type)
			words = append(words, fmt.Sprintf("%s: %s, %d bits", k.selector, kind, k.key.Bits))
		}
	}
	return strings.Join(words, "; ")
}

func (v *dkim) evidence() string {
	var lines []string
	for _, k := range v.keys {
		if len(k.answer.Chain) > 0 {
			lines = append(lines, k.answer.Name+" → "+strings.Join(k.answer.Chain, " → "))
		}
		if k.err == nil {
			lines = append(lines, evidence(k.answer))
		}
	}
	return strings.Join(lines, "\n")
}

// which are the selectors whose key is of a kind.
func (s *test) which(of func(k dkimKey) bool) (selectors []string) {
	for _, k := range s.dkim.keys {
		if of(k) {
			selectors = append(selectors, k.selector)
		}
	}
	return selectors
}

// dkimWhen is a condition on one of the keys that were found.
func dkimWhen(of func(k DKIMKey) bool) func(*test, error) bool {
	return func(s *test, _ error) bool {
		return slices.ContainsFunc(s.dkim.keys, func(k dkimKey) bool { return k.found() && len(k.answer.Records) == 1 && of(k.key) })
	}
}
