// Package smtp looks at a mail server from outside: whether it is there, greets,
// turns to TLS with a certificate that is in order, and refuses to pass on mail
// for others. It never sends a mail: no DATA is ever said.
package smtp

import (
	"time"

	"fairlead/check"
	"fairlead/domain/certificate"
	"fairlead/network"
	"fairlead/providers"
)

// Target is a mail server to look at.
type Target struct {
	Host string
	Port uint16           // 0 means 25
	Mode certificate.Mode // empty means [certificate.Noted], as mail between servers is
	// TLS says that a server without TLS fails, as where a connector insists on it.
	TLS bool
	// Relay asks whether the server passes on mail for others. That makes sense for
	// a server of the customer's own.
	Relay bool
}

// How long to wait.
const (
	waitWhole  = 2 * time.Minute
	waitAnswer = 30 * time.Second // some greet late, to be rid of spam
)

// maxAnswers bounds what is read from a server, in bytes.
const maxAnswers = 256 << 10

// Test is the test of a mail server.
func Test(n *network.Network, t Target) *check.Suite {
	if t.Port == 0 {
		t.Port = 25
	}
	if t.Mode == "" {
		t.Mode = certificate.Noted
	}
	return check.NewSuite(&test{net: n, target: t}, checks(t), check.Options[*test]{
		Deadline: waitWhole, Redact: providers.Printable, Close: (*test).close,
		Facts: func(s *test) map[string]string {
			if s.greeting == "" {
				return nil
			}
			return map[string]string{"greeting": s.greeting}
		},
	})
}

func checks(t Target) []check.Check[*test] {
	all := []check.Check[*test]{portCheck, greetingCheck, tlsCheck(t), certificateCheck(t.Mode)}
	if t.Relay {
		all = append(all, relayCheck)
	}
	return all
}
