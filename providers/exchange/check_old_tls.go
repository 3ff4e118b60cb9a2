package exchange

import (
	"context"
	"crypto/tls"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/providers/exchange/wire"
)

// oldTLSCheck looks in depth whether the server still takes versions of TLS that
// nobody should speak any more (RFC 8996).
var oldTLSCheck = check.Check[*test]{
	ID: "old-tls", Title: "Old TLS is off", Needs: []string{"tls"},
	Causes: []*check.Cause[*test]{oldTLSOn},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		var answers [2]oldTLSAnswer
		var wait sync.WaitGroup
		for i, version := range []uint16{tls.VersionTLS10, tls.VersionTLS11} {
			wait.Go(func() { answers[i] = s.speaks(ctx, version) })
		}
		wait.Wait()
		var lines, refused []string
		for _, a := range answers {
			lines = append(lines, a.version+": "+a.evidence)
			switch {
			case a.taken:
				s.oldTLS = append(s.oldTLS, a.version)
			case a.refused:
				refused = append(refused, a.version)
			}
		}
		found := check.Finding{Evidence: strings.Join(lines, "\n")}
		switch {
		case len(s.oldTLS) > 0:
			found.Summary = s.OldTLS() + " still on"
		case len(refused) == len(answers):
			found.Summary = "TLS 1.0 and 1.1 are refused"
		case len(refused) > 0:
			found.Summary = refused[0] + " is refused, the other one could not be asked for"
		default:
			return found, check.Skipped("could not be asked")
		}
		return found, nil
	},
}

// oldTLSAnswer is what a server answered to one old version of TLS. Where it is
// neither taken nor refused, nothing was learnt.
type oldTLSAnswer struct {
	version        string
	taken, refused bool
	evidence       string
}

// speaks asks whether the server takes one version of TLS.
func (s *test) speaks(ctx context.Context, version uint16) oldTLSAnswer {
	ctx, cancel := context.WithTimeout(ctx, waitTLS)
	defer cancel()
	a := oldTLSAnswer{version: tls.VersionName(version)}
	conn, err := s.net.Dial(ctx, s.address)
	if err != nil {
		a.evidence = err.Error()
		return a
	}
	state, err := wire.Only(version).Try(ctx, conn, s.Host())
	if err != nil {
		a.refused, a.evidence = !isTimeout(err), err.Error() // by an alert, or by an end of the connection
		return a
	}
	a.taken, a.evidence = true, "taken, with "+tls.CipherSuiteName(state.CipherSuite)
	return a
}

var oldTLSOn = &cause{
	Code: "old-tls-on", Title: "{{.Host}} still takes {{.OldTLS}}", Verdict: warns,
	When: func(s *test, _ error) bool { return len(s.oldTLS) > 0 },
	Likely: []string{
		"old versions of TLS were never switched off, on the Exchange server or on what ends TLS in front of it",
	},
	Remedy: "The connector does not use them. Auditors ask to switch them off, since connections by them can be broken. " +
		"Where Exchange ends TLS, on every server, and then restart it:\n\n" +
		shell(
			`'TLS 1.0','TLS 1.1' | ForEach-Object {`,
			`  $k = "HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\$_\Server"`,
			`  New-Item $k -Force | Out-Null`,
			`  Set-ItemProperty $k -Name Enabled -Value 0 -Type DWord`,
			`  Set-ItemProperty $k -Name DisabledByDefault -Value 1 -Type DWord`,
			`}`),
	Look: "On the Exchange server, the System event log, source Schannel, shows who still asks for them.",
}

// OldTLS names the old versions that the server takes.
func (s *test) OldTLS() string { return list(s.oldTLS) }
