// Package google connects a Google Workspace customer by domain-wide delegation:
// a client, known by its number, may act for the people of the customer's domain
// within the scopes that a super administrator has authorised.
//
// There are two ways. With the service's own client nothing can be proved from
// here, and the page says so. With a service account of the customer's own, the
// test asks Google's token service for a token per scope, so that a missing one
// is named, and then the mailbox and the customer for what they are.
//
// Hosts are part of this package and never come from a key file. Calls are
// written by hand over golang.org/x/oauth2: three of them do not need Google's
// generated clients, which would make the program three times as big. Assertions
// alone are signed by go-jose, with the time of the network at hand: the jwt
// package of golang.org/x/oauth2 takes the computer's own clock and leaves the
// codes of a refusal empty.
//
// Source of formats and errors: Google, "Using OAuth 2.0 for Server to Server
// Applications"; Gmail API, users.getProfile; Directory API, customers.get.
package google

import (
	"time"

	"fairlead/check"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/secret"
)

// Target is what a connection test looks at.
type Target struct {
	Customer string   // the customer id, such as C01234567
	Address  string   // of somebody in the customer's domain, to act for
	Client   string   // the numeric id of the client that is authorised
	Scopes   []string // that the client needs
	// Account, KeyID, Project and Key are of the customer's own service account.
	// They are empty where the service's own client is used.
	Account, KeyID, Project string
	Key                     secret.Secret // as [Key.Secret] makes it
	// Outside is where the browser finds an address; nil means just there.
	Outside func(string) string
}

// Own reports whether the client is that of the customer's own service account.
func (t Target) Own() bool { return t.Account != "" }

// How long to wait.
const (
	waitWhole = 90 * time.Second
	// lifetime is how long an assertion is good. Google takes up to an hour; it is
	// used at once.
	lifetime = 30 * time.Minute
	// headStart is how long ago an assertion says that it was made, so that a
	// clock that is a little ahead does no harm.
	headStart = 30 * time.Second
)

// test is the state of one test. Each check fills in its part.
type test struct {
	caller
	target Target

	skew     time.Duration // by how much this computer's clock is ahead of Google's
	key      *Key
	grants   []grant // one for each scope
	profile  profile
	customer customer
	declined error // why the directory told nothing, where that is no failure
}

// Test is the connection test for a target.
func Test(n *network.Network, t Target) *check.Suite {
	return newTest(n, t).suite()
}

func newTest(n *network.Network, t Target) *test {
	return &test{caller: newCaller(n), target: t, grants: make([]grant, len(t.Scopes))}
}

func (s *test) suite() *check.Suite {
	checks := []check.Check[*test]{recordedCheck}
	if s.target.Own() {
		checks = ownChecks(s.target)
	}
	return check.NewSuite(s, checks, check.Options[*test]{Deadline: waitWhole, Redact: providers.Printable, Facts: (*test).facts})
}

// ownChecks are the questions about a service account of the customer's own, in
// the order in which they are shown.
func ownChecks(t Target) []check.Check[*test] {
	checks := []check.Check[*test]{reachCheck, clockCheck, keyCheck, delegationCheck}
	for i := range t.Scopes {
		checks = append(checks, scopeCheck(t, i))
	}
	return append(checks, mailboxCheck(t), customerCheck(t), controlCheck)
}

func (s *test) facts() map[string]string {
	facts := map[string]string{"platform": "Google Workspace"}
	if s.customer.Domain != "" {
		facts["domain"] = oneLine(s.customer.Domain)
	}
	return facts
}
