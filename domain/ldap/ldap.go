// Package ldap tests the connection to a directory over LDAP: that the server is
// there, speaks TLS with a certificate that is in order, takes the account's
// password, and lets it read below a base. It changes nothing.
//
// The password goes out on one connection, after its certificate was judged, and
// at most one failed sign-in is spent. Without TLS it does not go out at all.
//
// What the server says is judged by causes: data in causes_*.go, and for the
// numbers with which Active Directory refuses a sign-in in subcodes.tsv.
package ldap

import (
	"strings"
	"time"

	"fairlead/check"
	"fairlead/domain/certificate"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/secret"
)

// Security says how the connection is kept from others.
type Security string

// The kinds of security.
const (
	LDAPS    Security = "ldaps"    // TLS from the start, usually on port 636
	StartTLS Security = "starttls" // TLS on request, usually on port 389
	None     Security = "none"     // none: the test looks at the server and sends no password
)

// Port is the usual port.
func (s Security) Port() uint16 {
	if s == LDAPS {
		return 636
	}
	return 389
}

// Target is what a test connects to, and as whom.
type Target struct {
	Host     string
	Port     uint16 // 0 means the usual one
	Security Security
	Mode     certificate.Mode // what the certificate must be like
	Account  string           // a distinguished name, or a user principal name
	Password secret.Secret
	Base     string // below which the entries are, such as "DC=contoso,DC=com"
}

// How long to wait.
const (
	waitWhole  = time.Minute
	waitAnswer = 15 * time.Second
)

// maxAnswers bounds what is read from a server, in bytes.
const maxAnswers = 4 << 20

// Test is the connection test for a target.
func Test(n *network.Network, t Target) *check.Suite {
	if t.Port == 0 {
		t.Port = t.Security.Port()
	}
	if t.Mode == "" {
		t.Mode = certificate.Strict
	}
	s := &test{net: n, target: t}
	return check.NewSuite(s, checks(t.Mode), check.Options[*test]{
		Deadline: waitWhole, Redact: redactor(t.Password), Facts: (*test).facts, Close: (*test).close,
	})
}

// checks are the questions in the order in which they are shown.
func checks(mode certificate.Mode) []check.Check[*test] {
	return []check.Check[*test]{
		portCheck, tlsCheck, certificateCheck(mode), serverCheck, signInCheck, baseCheck, peopleCheck,
	}
}

// leastSecret is the length from which on a password is taken out of texts. A
// shorter one stands in every other word.
const leastSecret = 4

// redactor takes the password out of what a server said: it may echo it.
func redactor(password secret.Secret) func(string) string {
	if word := strings.TrimSpace(password.Reveal()); len(word) >= leastSecret {
		return func(text string) string {
			return providers.Printable(strings.ReplaceAll(text, word, secret.Redacted))
		}
	}
	return providers.Printable
}
