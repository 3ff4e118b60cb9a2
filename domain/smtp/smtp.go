// Package smtp looks at a mail server from outside: whether it is there, greets,
// turns to TLS with a certificate that is in order, and refuses to pass on mail
// for others. It never sends a mail: no DATA is ever said.
package smtp

import (
	"context"
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
	// Elsewhere says that not this computer but others have to reach the server. What
	// goes wrong from here then only warns: many networks let no mail out, and many
	// servers let no desktop in.
	Elsewhere bool
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
	if t.Elsewhere {
		for i := range all {
			all[i] = mild(all[i])
		}
	}
	return all
}

// mild is a check that never fails, but warns. What needs it is skipped then.
func mild(c check.Check[*test]) check.Check[*test] {
	var failed error // written and read by the goroutine that asks
	ask, causes := c.Ask, c.Causes
	c.Ask = func(ctx context.Context, s *test) (check.Finding, error) {
		if s.away.Load() {
			return check.Finding{}, check.Skipped("could not be looked at from here")
		}
		found, err := ask(ctx, s)
		if err == nil || check.IsSkipped(err) {
			return found, err
		}
		failed = err
		if c.ID != relayCheck.ID { // which nothing needs, and others run beside it
			s.away.Store(true)
		}
		return found, nil
	}
	c.Causes = nil
	for _, cause := range causes {
		warns := *cause
		warns.Verdict = check.Warn
		warns.When = func(s *test, _ error) bool { return cause.When(s, failed) }
		c.Causes = append(c.Causes, &warns)
	}
	return c
}
