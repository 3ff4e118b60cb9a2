package plan

import (
	"cmp"
	"slices"

	"fairlead/wizard/page"
)

// The keys of the wizard's answers that the plan knows. The wizard and the
// providers own them; a test holds the two to each other.
const (
	answerServices    = "services"
	answerProvider    = "provider"
	answerTenant      = "microsoft365.tenant"
	answerTenantID    = "microsoft365.found.tenant"
	answerVerifier    = "microsoft365.verifier"
	answerApplication = "microsoft365.application"
	answerGranted     = "microsoft365.granted"
	answerAsked       = "microsoft365.found.since"
	answerCustomer    = "google.customer"
	answerPerson      = "google.address"
	answerDelegation  = "google.since"
	answerAddress     = "exchange.address"
	answerSignIn      = "exchange.sign-in"
	answerURL         = "exchange.url"
	answerSecurity    = "exchange.security"
	answerMailbox     = "exchange.mailbox"
)

// Answers are what the wizard is prefilled with to make a connector of the plan.
// Hand them to [page.Journey.Follow]. None of them is a secret.
func (n *Need) Answers() page.Changes {
	t := n.Tenant
	a := page.Changes{answerServices: n.Services, answerProvider: t.Provider}
	switch t.Provider {
	case microsoft365:
		add(a, answerTenant, t.Tenant, answerVerifier, cmp.Or(t.Verifier, n.Verifier), answerApplication, t.Application)
		if n.granted() {
			a[answerGranted] = true
		}
	case google:
		add(a, answerCustomer, t.Tenant, answerPerson, t.Address)
	case exchange:
		add(a, answerAddress, t.Address, answerSignIn, t.SignIn, answerURL, t.URL, answerSecurity, t.Security, answerMailbox, t.Mailbox)
	}
	return a
}

// granted reports whether the environment says that the permissions were granted.
func (n *Need) granted() bool {
	return slices.ContainsFunc(n.Services, func(service string) bool { return slices.Contains(n.Tenant.Granted, service) })
}

// answered are those answers as the providers read them.
func (n *Need) answered() *page.Answers {
	a := page.NewAnswers()
	for key, value := range n.Answers() {
		a.Set(key, value)
	}
	return a
}

// add adds the answers that are given.
func add(a page.Changes, pairs ...string) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			a[pairs[i]] = pairs[i+1]
		}
	}
}
