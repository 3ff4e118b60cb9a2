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
		versions := []uint16{tls.VersionTLS10, tls.VersionTLS11}
		taken, lines := make([]bool, len(versions)), make([]string, len(versions))
		var wait sync.WaitGroup
		for i, version := range versions {
			wait.Go(func() { taken[i], lines[i] = s.speaks(ctx, version) })
		}
		wait.Wait()
		found := check.Finding{Summary: "TLS 1.0 and 1.1 are refused", Evidence: strings.Join(lines, "\n")}
		for i, version := range versions {
			if taken[i] {
				s.oldTLS = append(s.oldTLS, tls.VersionName(version))
			}
		}
		if len(s.oldTLS) > 0 {
			found.Summary = s.OldTLS() + " still on"
		}
		return found, nil
	},
}

// speaks reports whether the server takes one version of TLS, and a line of
// evidence.
func (s *test) speaks(ctx context.Context, version uint16) (taken bool, line string) {
	ctx, cancel := context.WithTimeout(ctx, waitTLS)
	defer cancel()
	line = tls.VersionName(version) + ": "
	conn, err := s.net.Dial(ctx, s.address)
	if err != nil {
		return false, line + err.Error()
	}
	state, err := wire.Only(version).Try(ctx, conn, s.Host())
	if err != nil {
		return false, line + err.Error()
	}
	return true, line + "taken, with " + tls.CipherSuiteName(state.CipherSuite)
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
