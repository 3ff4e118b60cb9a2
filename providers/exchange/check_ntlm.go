package exchange

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/ews"
	"fairlead/providers/exchange/ntlm"
	"fairlead/providers/exchange/wire"
)

// ntlmCheck signs in by NTLM, in depth, once Basic was accepted: what fails then
// is not the password. It tries first without a tie to the certificate, as
// many programs do, and with one after that has worked, so that one failed
// sign-in is spent at most. The connector uses Basic, so that nothing that NTLM
// alone meets is more than a warning.
var ntlmCheck = check.Check[*test]{
	ID: "ntlm", Title: "NTLM sign-in", Needs: []string{"sign-in"},
	Causes: []*check.Cause[*test]{
		ntlmChangesServer, extendedProtection, tlsBridged, ntlmTurnedAway, certificateChanged, furtherConnectionFails,
	},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		switch {
		case !offers(s.offered, "NTLM"):
			return check.Finding{}, check.Skipped("the server does not offer NTLM")
		case frontEndChangesOnConnection.When(s, nil):
			return check.Finding{}, check.Skipped("skipped: one connection reaches several servers, so that it cannot work")
		case s.inside.refused:
			return check.Finding{}, errRefusedBefore
		}
		found := check.Finding{Summary: "accepted, with and without a channel binding"}
		for _, bound := range []bool{false, true} {
			line, err := s.prove(ctx, bound)
			found.Evidence = strings.TrimPrefix(found.Evidence+"\n"+line, "\n")
			if err != nil {
				return check.Finding{Evidence: found.Evidence}, err
			}
			if s.ntlm != ntlmAccepted {
				found.Summary = "not accepted"
				break
			}
		}
		return found, nil
	},
}

// ntlmResult is how signing in by NTLM ends.
type ntlmResult int

const (
	ntlmNotAsked  ntlmResult = iota
	ntlmAccepted             // EWS answered
	ntlmUnbound              // refused without a channel binding
	ntlmBound                // accepted without one, and refused with one
	ntlmSpread               // another server answered the proof than gave the challenge
	ntlmElsewhere            // what answered was not EWS, or the connection was cut
)

// prove signs in by NTLM over a connection of its own, and notes how that ends. It
// returns a line of evidence, without what went over the wire: a proof can be
// tried against guessed passwords.
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
	by := serverName(challenge.Server)
	evidence = fmt.Sprintf("%s: challenge by %s, then ", way, by)
	if err != nil {
		s.ntlm, s.inside.refused = ntlmElsewhere, true
		return evidence + err.Error(), nil
	}
	then := frontEnd(answer)
	evidence += fmt.Sprintf("%d by %s", answer.Status, then)
	s.ntlm = ntlmOf(answer, refusal)
	s.inside.refused = s.ntlm != ntlmAccepted
	switch {
	case s.ntlm == ntlmElsewhere:
		evidence += "\n" + s.evidence(answer)
	case s.ntlm == refusal && by != "" && then != "" && !strings.EqualFold(by, then):
		s.ntlm = ntlmSpread
	}
	return evidence, nil
}

// ntlmOf is what an answer to a proof means.
func ntlmOf(answer *wire.Answer, refusal ntlmResult) ntlmResult {
	if answer.Status == http.StatusUnauthorized {
		return refusal
	}
	if _, err := ews.Read(answer.Body); err != nil {
		return ntlmElsewhere
	}
	return ntlmAccepted
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
		shell(`Get-WebServicesVirtualDirectory | Format-Table Server,ExtendedProtectionTokenChecking`,
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

var ntlmTurnedAway = &cause{
	Code: "ntlm-turned-away", Title: "A sign-in by NTLM does not reach EWS", Verdict: warns,
	When: ended(ntlmElsewhere),
	Likely: []string{
		"a gateway or a web application firewall in front of Exchange lets Basic through and not NTLM",
		"it lets only so many sign-ins through, or the server that answered before is down now",
	},
	Remedy: "The connector signs in with Basic, which worked just before. Programs that use NTLM are concerned: the evidence shows " +
		"what they get instead of an answer of EWS. Where they come through {{.Host}}, let NTLM through there.",
	Look: lookHTTPLog + " If the call is not there, it never reached Exchange.",
}
