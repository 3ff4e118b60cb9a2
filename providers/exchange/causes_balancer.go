package exchange

import (
	"slices"
	"strings"

	"fairlead/providers/exchange/wire"
)

var someConnectionsFail = &cause{
	Code: "some-connections-fail", Title: "Some connections to {{.Host}} fail", Verdict: warns,
	When: func(s *test, _ error) bool { return len(s.failing()) > 0 },
	Likely: []string{
		"{{with .FlawedCertificates}}a server behind {{$.Host}} shows a certificate that is not in order: {{.}}{{else}}" +
			"a server behind the load balancer is down, or its application pool is{{end}}",
		"a firewall takes only so many connections from one computer at a time",
	},
	Remedy: "The services connect to the same address and would meet it: some of their calls will fail, and a test that comes to the " +
		"right server passes. The evidence shows each connection that failed. Look at every server behind the address, " +
		"and at its state in the load balancer, which should ask each for `/EWS/healthcheck.htm`:\n\n" +
		shell(`Get-ExchangeServer | ForEach-Object { Get-ServerComponentState $_.Name -Component EwsProxy }`,
			`Get-ExchangeServer | ForEach-Object { Get-ExchangeCertificate -Server $_.Name } |`,
			`  Where-Object Services -match IIS | Format-Table Identity,Thumbprint,NotAfter`),
	Look: "On the servers that take no calls, the System event log, source WAS. In the load balancer, the health of its members.",
}

// FlawedCertificates says what the certificates are like for which connections
// to the same address failed, or is empty.
func (s *test) FlawedCertificates() string {
	var all []string
	for _, g := range s.failing() {
		if g.flawed != "" && !slices.Contains(all, g.flawed) {
			all = append(all, g.flawed)
		}
	}
	return strings.Join(all, "; ")
}

var frontEndChanges = &cause{
	Code: "front-end-changes", Title: "Each connection may reach another server", Verdict: warns,
	When: func(s *test, _ error) bool { return len(s.frontEnds()) > 1 && s.changing() == nil },
	Likely: []string{
		"the load balancer spreads connections over the servers whoever makes them: {{.FrontEnds}} answered at one address",
	},
	Remedy: "Exchange does not mind, but the services' maker asks for all connections from its address ranges to reach the same server. " +
		"Set the load balancer to keep connections from one source address with one server (source IP persistence), " +
		"at least for the ranges of the services' region.",
}

// FrontEnds names the servers that answered at one address.
func (s *test) FrontEnds() string { return list(s.frontEnds()) }

var frontEndHidden = &cause{
	Code: "front-end-hidden", Title: "Something hides which server answers", Verdict: warns,
	When: func(s *test, _ error) bool { return s.hidden() },
	Likely: []string{
		"a reverse proxy takes the header X-FEServer off the answers; the NTLM challenge names {{.FrontEnds}}",
	},
	Remedy: "The connector works. Keep the header while you look for faults: without it, nobody can tell which server gave an answer.",
}

var frontEndChangesOnConnection = &cause{
	Code: "front-end-changes-on-connection", Title: "One connection reaches several servers", Verdict: warns,
	When: func(s *test, _ error) bool { return s.Before() != "" && s.After() != "" && s.Before() != s.After() },
	Likely: []string{
		"the load balancer spreads the calls of one connection over the servers (multiplexing): first {{.Before}} answered, then {{.After}}",
	},
	Remedy: "Basic sign-in works that way; NTLM and Negotiate do not, since they sign in a connection. " +
		"Switch connection multiplexing off for EWS in the load balancer (F5: OneConnect), and keep each client with one server.",
}

// frontEndChangesInDepth is the same, as more calls on more connections show it.
var frontEndChangesInDepth = &cause{
	Code: frontEndChangesOnConnection.Code, Title: frontEndChangesOnConnection.Title, Verdict: warns,
	When: func(s *test, _ error) bool { return s.changing() != nil },
	Likely: []string{
		"the load balancer spreads the calls of one connection over the servers (multiplexing): {{.Changing}}",
	},
	Remedy: frontEndChangesOnConnection.Remedy,
}

// changing is a connection on which several servers answered, or nil.
func (s *test) changing() *greeting {
	i := slices.IndexFunc(s.greetings, func(g greeting) bool { return g.changed != "" })
	if i < 0 {
		return nil
	}
	return &s.greetings[i]
}

// Changing describes that connection.
func (s *test) Changing() string {
	g := s.changing()
	if g == nil {
		return ""
	}
	return "first " + g.who() + " answered, then " + g.changed
}

// Before is the server that answered the call without a sign-in.
func (s *test) Before() string { return s.FrontEnd() }

// After is the server that answered the call with it, if that came over the same
// connection; else empty.
func (s *test) After() string {
	if s.replied == nil || s.reconnected {
		return ""
	}
	return frontEnd(s.replied)
}

// frontEnd is the name of the Client Access server in an answer, or empty.
func frontEnd(a *wire.Answer) string { return serverName(a.Header.Get("X-FEServer")) }

// frontBuild is the front end's build in an answer, or empty.
func frontBuild(a *wire.Answer) string {
	build := a.Header.Get("X-OWA-Version")
	if _, ok := parseVersion(build); !ok {
		return ""
	}
	return build
}
