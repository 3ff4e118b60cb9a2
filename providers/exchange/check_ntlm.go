package exchange

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/ntlm"
)

// ntlmCheck signs in by NTLM, in depth, once Basic was accepted: what fails then
// is not the password. It tries first without a tie to the certificate, as
// many programs do, and with one after that has worked, so that one failed
// sign-in is spent at most.
var ntlmCheck = check.Check[*test]{
	ID: "ntlm", Title: "NTLM sign-in", Needs: []string{"sign-in"},
	Causes: append([]*check.Cause[*test]{ntlmChangesServer, extendedProtection, tlsBridged}, insideCauses...),
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		switch {
		case !offers(s.offered, "NTLM"):
			return check.Finding{}, check.Skipped("the server does not offer NTLM")
		case frontEndChangesOnConnection.When(s, nil):
			return check.Finding{}, check.Skipped("skipped: one connection reaches several servers, so that it cannot work")
		}
		s.inside.mutex.Lock()
		defer s.inside.mutex.Unlock()
		if s.inside.refused {
			return check.Finding{}, errRefusedBefore
		}
		var lines []string
		for _, bound := range []bool{false, true} {
			line, err := s.prove(ctx, bound)
			lines = append(lines, line)
			if err != nil || s.ntlm != ntlmAccepted {
				return check.Finding{Summary: "refused", Evidence: strings.Join(lines, "\n")}, err
			}
		}
		return check.Finding{
			Summary: "accepted, with and without a channel binding", Evidence: strings.Join(lines, "\n"),
		}, nil
	},
}

// ntlmResult is how signing in by NTLM ends.
type ntlmResult int

const (
	ntlmAccepted ntlmResult = iota
	ntlmUnbound             // refused without a channel binding
	ntlmBound               // accepted without one, and refused with one
	ntlmSpread              // another server answered the proof than gave the challenge
)

// prove signs in by NTLM over a connection of its own. It returns a line of
// evidence, without what went over the wire: a proof can be tried against
// guessed passwords.
func (s *test) prove(ctx context.Context, bound bool) (evidence string, err error) {
	line, err := s.another(ctx)
	if err != nil {
		return "", err
	}
	defer line.Close()
	challenge := s.challenge(ctx, line)
	if challenge == nil || !line.Usable() {
		return "", check.Skipped("the server gives no challenge, or not over a connection that stays")
	}
	way, refusal, binding := "without a channel binding", ntlmUnbound, []byte(nil)
	if bound {
		way, refusal = "with a channel binding", ntlmBound
		binding = ntlm.Binding(line.State().PeerCertificates[0])
	}
	answer, err := s.send(ctx, line, call{
		body: ews.ConvertID(ews.Exchange2013), proof: challenge.Prove(s.target.SignIn, s.target.Password, binding),
	})
	if err != nil {
		return way + ": " + err.Error(), err
	}
	by, then := serverName(challenge.Server), frontEnd(answer)
	if answer.Status == http.StatusUnauthorized {
		s.inside.refused = true
		if s.ntlm = refusal; by != "" && then != "" && !strings.EqualFold(by, then) {
			s.ntlm = ntlmSpread
		}
	}
	return fmt.Sprintf("%s: challenge by %s, then %d by %s", way, by, answer.Status, then), nil
}

// ended says that a cause applies when NTLM ended like this.
func ended(how ntlmResult) func(*test, error) bool {
	return func(s *test, _ error) bool { return s.ntlm == how }
}

var ntlmChangesServer = &cause{
	Code: frontEndChangesOnConnection.Code, Title: frontEndChangesOnConnection.Title, Verdict: warns,
	When:   ended(ntlmSpread),
	Likely: []string{"the load balancer spreads the calls of one connection over the servers (multiplexing)"},
	Remedy: frontEndChangesOnConnection.Remedy,
}

var extendedProtection = &cause{
	Code: "extended-protection", Title: "NTLM is refused, though the password is right", Verdict: warns,
	When: ended(ntlmUnbound),
	Likely: []string{
		"Extended Protection is set to Require on the EWS virtual directory, where Microsoft's own script sets Allow",
		"the account may not use NTLM: it is in Protected Users, or a policy restricts NTLM",
		"what stands in front spreads the calls of one connection over several connections to Exchange, " +
			"which NTLM does not survive: nginx does so, and load balancers that multiplex",
	},
	Remedy: "The connector signs in with Basic, which this does not concern. Programs that use NTLM are concerned. " +
		"See what is set; for EWS on the front end it should be Allow:\n\n" +
		shell(`Get-WebServicesVirtualDirectory -ADPropertiesOnly | Format-Table Server,ExtendedProtectionTokenChecking`,
			`Get-WebServicesVirtualDirectory -Server $env:COMPUTERNAME |`,
			`  Set-WebServicesVirtualDirectory -ExtendedProtectionTokenChecking Allow`,
			`Get-ADUser {{.Quote .User}} -Properties MemberOf | Select-Object -ExpandProperty MemberOf`),
	Look: "On a domain controller or {{.Server}}, event 4625 in the Security log: status 0xC000035B means the channel binding. " + lookHTTPLog,
}

var tlsBridged = &cause{
	Code: "tls-bridged", Title: "TLS ends before Exchange, with another certificate", Verdict: warns,
	When: ended(ntlmBound),
	Likely: []string{
		"a load balancer or reverse proxy opens TLS and encrypts again towards Exchange, and the two show different certificates",
		"this computer is behind a product that inspects TLS",
	},
	Remedy: "The connector signs in with Basic, which this does not concern. Outlook and other programs that tie NTLM to the " +
		"certificate are concerned. Give the load balancer the same certificate as Exchange, or let it pass TLS through. " +
		"This shows the one that Exchange uses:\n\n" +
		shell(`Get-ExchangeCertificate | Where-Object Services -match IIS | Format-Table Thumbprint,Subject,NotAfter`),
}
