package google

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
)

// mailboxCheck reads the profile of the mailbox, with a scope that allows it.
func mailboxCheck(t Target) check.Check[*test] {
	i := slices.IndexFunc(t.Scopes, func(s string) bool { return slices.Contains(mailScopes, s) })
	c := check.Check[*test]{ID: "mailbox", Title: "Mailbox", Needs: []string{"delegation"}, Causes: mailboxCauses}
	if i < 0 {
		c.Ask = func(context.Context, *test) (check.Finding, error) {
			return check.Finding{}, check.Skipped("none of the scopes shows a mailbox")
		}
		return c
	}
	c.Needs = append(c.Needs, scopeID(t.Scopes[i]))
	c.Ask = func(ctx context.Context, s *test) (check.Finding, error) {
		if err := s.read(ctx, profileAddress, s.grants[i].token, &s.profile); err != nil {
			return check.Finding{}, err
		}
		if CheckAddress(s.profile.Address) != nil {
			return check.Finding{}, errBadReply
		}
		return check.Finding{
			Summary: fmt.Sprintf("%s, %d messages", s.profile.Address, s.profile.Messages), Evidence: "GET " + profileAddress + ": HTTP 200",
		}, nil
	}
	return c
}

// customerCheck compares the customer id, where the scope for it was asked for.
func customerCheck(t Target) check.Check[*test] {
	i := slices.Index(t.Scopes, customerScope)
	c := check.Check[*test]{ID: "customer", Title: "Customer ID", Needs: []string{"delegation"}, Causes: customerCauses}
	if i < 0 {
		c.Ask = func(context.Context, *test) (check.Finding, error) {
			return check.Finding{}, check.Skipped("recorded, not verified: a mail scope does not show it")
		}
		return c
	}
	c.Needs = append(c.Needs, scopeID(customerScope))
	c.Ask = func(ctx context.Context, s *test) (check.Finding, error) {
		err := s.read(ctx, customerAddress, s.grants[i].token, &s.customer)
		if forbidden(err) {
			s.declined = err
			return check.Finding{Summary: "recorded, not verified", Evidence: err.Error()}, nil
		}
		if err == nil && s.customer.ID != s.target.Customer {
			err = errOther
		}
		return check.Finding{Summary: s.Found() + ", " + oneLine(s.customer.Domain)}, err
	}
	return c
}

// errOther says that the directory names another customer.
var errOther = errors.New("the directory names another customer")

// Found is the customer id that the directory named, if it is one.
func (s *test) Found() string {
	if !customerForm().MatchString(s.customer.ID) {
		return "an id of another form"
	}
	return s.customer.ID
}

// controlCheck asks for a token for somebody who does not exist, which Google has
// to refuse: else its yes to the others means nothing.
var controlCheck = check.Check[*test]{
	ID: "control", Title: "Control", Needs: []string{"delegation"}, Causes: controlCauses,
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		i := slices.IndexFunc(s.grants, func(g grant) bool { return g.err == nil })
		if i < 0 {
			return check.Finding{}, check.Skipped("no scope was authorised")
		}
		nobody := "fairlead-" + strings.ToLower(rand.Text()[:10]) + "@" + domainOf(s.target.Address)
		_, err := s.token(ctx, s.key, nobody, s.grants[i].scope)
		if r, ok := errors.AsType[*refusal](err); ok && r.status < 500 {
			return check.Finding{Summary: "a person who does not exist is refused", Evidence: nobody + ": " + r.Error()}, nil
		}
		if err == nil {
			err = errControl
		}
		return check.Finding{Evidence: nobody}, err
	},
}

// errControl says that a token was given for somebody who does not exist.
var errControl = errors.New("a token was given for an address that was just made up")
