// Package exchange connects an on-premises Exchange organisation over Exchange
// Web Services (EWS): it finds the server by Autodiscover, tests a connection
// to it, and says what is wrong and what to type.
//
// The test is a list of checks, each declared in a file check_*.go, with the
// causes that explain it in files causes_*.go by area. What it learns on the
// way stands in its state, see [test].
//
// A test costs four round trips on a TLS 1.3 connection: TCP, TLS, one call
// without a sign-in, one call with it. The last one opens the inbox of the
// mailbox to check in its owner's name, so that it proves the sign-in and the
// right to impersonate at once. The password goes out on that one connection,
// after its certificate was judged, and at most one failed sign-in is spent.
//
// In depth, the test asks more, over more connections: see [providers.TestOptions].
package exchange

import (
	"net/url"
	"slices"
	"time"

	"fairlead/check"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/secret"
)

// Target is what a connection test connects to, and as whom.
type Target struct {
	URL      *url.URL      // as [ParseURL] returns it, confirmed by the administrator
	SignIn   string        // DOMAIN\user or a user principal name
	Password secret.Secret // sent to URL's host alone
	Mailbox  string        // primary address of a mailbox to open; empty leaves that out
	Mode     Mode          // what a certificate must be like
	Options  providers.TestOptions
}

// Mode is the security mode of a connection: what its certificate must be like.
type Mode string

// The security modes.
const (
	// Strict asks for a certificate of a public authority with all between, with
	// the server's name in it, and within its time.
	Strict Mode = "strict"
	// Relaxed takes a certificate that is self-signed or whose authority is not
	// known too. Everything else is as in Strict.
	Relaxed Mode = "relaxed"
)

// ParseMode reads a security mode. An empty one is Strict.
func ParseMode(text string) (Mode, error) {
	switch Mode(text) {
	case "", Strict:
		return Strict, nil
	case Relaxed:
		return Relaxed, nil
	}
	return "", problem("this is not a security mode", "", "type strict or relaxed")
}

// How long to wait. The whole bounds the rest, with room for an application
// pool of Exchange that has to start first, which takes its time.
const (
	waitWhole  = 90 * time.Second
	waitName   = 10 * time.Second
	waitPort   = 5 * time.Second // room for the first two repetitions of TCP
	waitTLS    = 10 * time.Second
	waitAnswer = 30 * time.Second
)

// Test is the connection test for a target.
func Test(n *network.Network, t Target) *check.Suite {
	t.Options.FetchIssuers = t.Options.FetchIssuers || t.Options.Deep
	s := &test{net: n, target: t, redact: redactor(t.SignIn, t.Password)}
	return check.NewSuite(s, checks(t), check.Options[*test]{
		Deadline: waitWhole,
		Redact:   func(text string) string { return providers.Printable(s.redact(text)) },
		Facts:    (*test).facts,
		Deep:     t.Options.Deep,
		Close:    (*test).close,
	})
}

// checks are the questions in the order in which they are shown.
func checks(t Target) []check.Check[*test] {
	// NTLM comes last: it may fail where Basic does not.
	inside := inTurn(impersonationCheck, ownMailboxCheck, passwordCheck, ntlmCheck)
	all := slices.Concat([]check.Check[*test]{nameCheck, portCheck, tlsCheck}, certificateChecks(t.Mode), []check.Check[*test]{
		addressesCheck, endpointCheck, basicCheck, accountCheck, signInCheck, versionCheck, inside[0], balancerCheck, clockCheck,
	})
	if t.Options.Deep {
		all = append(append(all, oldTLSCheck), inside[1:]...)
	}
	return all
}
