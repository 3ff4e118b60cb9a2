package exchange

import (
	"crypto/tls"
	"errors"
	"io"
	"strings"

	"fairlead/check"
	"fairlead/providers/exchange/wire"
)

// heard is what a server said instead of TLS, or empty.
func heard(err error) string {
	if other, ok := errors.AsType[*wire.NotTLSError](err); ok {
		return other.Heard
	}
	return ""
}

var proxyAnswers = &cause{
	Code: "proxy-in-the-way", Title: "A proxy answers instead of the server", Verdict: fails,
	When: func(_ *test, err error) bool {
		status, _, _ := strings.Cut(heard(err), "\n")
		_, status, _ = strings.Cut(status, " ")
		return strings.HasPrefix(status, "407") || strings.HasPrefix(status, "511") ||
			strings.Contains(strings.ToLower(heard(err)), "\nproxy-authenticate:")
	},
	Likely: proxyInTheWay.Likely,
	Remedy: proxyInTheWay.Remedy,
}

var plainHTTP = &cause{
	Code: "plain-http", Title: "Port {{.Port}} of {{.Host}} speaks HTTP without TLS", Verdict: fails,
	When: func(s *test, err error) bool {
		return strings.HasPrefix(heard(err), "HTTP/") && !proxyAnswers.When(s, err)
	},
	Likely: []string{
		"the port is the one for http (usually 80), not the one for https (usually 443)",
		"the load balancer ends TLS elsewhere and passes this port on as it is",
	},
	Remedy: "Use the port for https, usually 443: `https://{{.Host}}/EWS/Exchange.asmx`. " +
		"On the server, this shows the bindings of the web site:\n\n" +
		shell(`Get-WebBinding -Name "Default Web Site" | Format-Table protocol,bindingInformation`),
}

var tlsTooOld = &cause{
	Code: "tls-too-old", Title: "{{.Host}} offers only old TLS", Verdict: fails,
	When: func(s *test, err error) bool {
		return err != nil && (s.probes.old != nil && s.probes.old.Version < tls.VersionTLS12 ||
			strings.Contains(err.Error(), "protocol version not supported") ||
			strings.Contains(err.Error(), "unsupported protocol version"))
	},
	Likely: []string{
		"TLS 1.2 is switched off in the registry of the Exchange server, or was never switched on (Windows Server 2012)",
		"a load balancer or reverse proxy in front of Exchange is set to old versions",
	},
	Remedy: "The services ask for TLS 1.2 or later. Switch it on, on every Exchange server and on what stands in front:\n\n" +
		shell(
			`$k = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2'`,
			`'Server','Client' | ForEach-Object {`,
			`  New-Item "$k\$_" -Force | Out-Null`,
			`  Set-ItemProperty "$k\$_" -Name Enabled -Value 1 -Type DWord`,
			`  Set-ItemProperty "$k\$_" -Name DisabledByDefault -Value 0 -Type DWord`,
			`}`,
			`'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319','HKLM:\SOFTWARE\Wow6432Node\Microsoft\.NETFramework\v4.0.30319' |`,
			`  ForEach-Object { Set-ItemProperty $_ -Name SchUseStrongCrypto -Value 1 -Type DWord }`) +
		"\n\nThen restart the server. The ciphers must include one with ECDHE: see `Get-TlsCipherSuite`.",
	Look: "On the Exchange server, the System event log, source Schannel.",
}

var clientCertificateRequired = &cause{
	Code: "client-certificate-required", Title: "The server demands a client certificate", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		return errors.Is(err, wire.ErrWantsCertificate) ||
			ok && u.Status == 403 && s.line != nil && (s.line.AskedForCertificate() || u.says("client certificate")) ||
			ok && u.Status == 400 && u.says("no required SSL certificate was sent") // nginx
	},
	Likely: []string{
		"the EWS virtual directory is set to require client certificates",
		"a reverse proxy in front of Exchange asks for them",
	},
	Remedy: "The services sign in with a password and have no client certificate. In IIS Manager: the server, Sites, " +
		"Default Web Site, EWS, SSL Settings, Client certificates: Ignore. Or:\n\n" +
		shell(`Set-WebConfigurationProperty -PSPath 'MACHINE/WEBROOT/APPHOST' -Location 'Default Web Site/EWS' `+
			`-Filter 'system.webServer/security/access' -Name sslFlags -Value 'Ssl,Ssl128'`) +
		"\n\nWhere a reverse proxy asks for it, exempt /EWS/ there.",
	Look: lookHTTPLog + " Substatus 7 means that a client certificate was missing.",
}

var largeHelloDropped = &cause{
	Code: "connection-reset", Title: "Something on the way drops the start of TLS", Verdict: fails,
	When: func(s *test, err error) bool { return err != nil && s.probes.small != nil && s.probes.old == nil },
	Likely: []string{
		"a firewall or intrusion prevention system does not understand a TLS hello that spans two packets, " +
			"as it does since clients know keys that withstand quantum computers",
	},
	Remedy: "A handshake with a smaller hello works, so the server is well. Update the firewall or load balancer in front " +
		"of {{.Host}}; their makers call the matter ML-KEM, X25519MLKEM768 or large ClientHello.",
}

var connectionReset = &cause{
	Code: "connection-reset", Title: "The connection was cut", Verdict: fails,
	When: func(s *test, err error) bool {
		return err != nil && !largeHelloDropped.When(s, err) && !clientCertificateRequired.When(s, err) &&
			(isErrno(err, resetErrnos) || errors.Is(err, io.EOF) || errors.Is(err, wire.ErrClosed) || errors.Is(err, wire.ErrCut))
	},
	Likely: []string{
		"a firewall, an intrusion prevention system or a filter by country ends the connection",
		"the load balancer has no healthy server behind it",
		"IIS has no certificate bound to this port",
	},
	Remedy: "Look into the logs of the firewall and of the load balancer for this computer's address. On the Exchange server, " +
		"see whether the port has a certificate:\n\n" + shell(`netsh http show sslcert`),
	Look: "On the Exchange server, the System event log, sources Schannel and HttpEvent.",
}

var noAnswer = &cause{
	Code: "no-answer", Title: "The server takes the connection and does not answer", Verdict: fails,
	When: func(_ *test, err error) bool { return errors.Is(err, wire.ErrNoAnswer) },
	Likely: []string{
		"the server is overloaded, or the application pool is starting",
		"a firewall lets the connection in and drops what follows",
	},
	Remedy: "Run the test again in a minute. If it stays so, look at the load of {{.Host}} and at the firewall. " +
		"Starting the application pool anew often helps:\n\n" + shell(`Restart-WebAppPool MSExchangeServicesAppPool`),
	Look: lookHTTPLog,
}

var tlsHandshakeFailed = &cause{
	Code: "tls-handshake-failed", Title: "TLS with {{.Host}} does not come about", Verdict: fails,
	When: check.Otherwise(proxyAnswers, plainHTTP, tlsTooOld, clientCertificateRequired, largeHelloDropped, connectionReset, noAnswer),
	Likely: []string{
		"{{with .OldCipher}}the server takes ciphers that are no longer safe, and no others: {{.}}{{else}}" +
			"the server and this program share no cipher{{end}}",
		"the server has no certificate that fits the name, or its key is missing",
		"the port belongs to another service than https",
	},
	Remedy: "Check the port in the address. On the Exchange server, see which certificate IIS uses and whether it has its key:\n\n" +
		shell(`Get-ExchangeCertificate | Where-Object Services -match IIS | Format-List Subject,HasPrivateKey,NotAfter,Thumbprint`,
			`Get-TlsCipherSuite | Format-Table Name`),
	Look: "On the Exchange server, the System event log, source Schannel.",
}

// OldCipher is the unsafe cipher on which the server agreed when every cipher
// was allowed, or empty.
func (s *test) OldCipher() string {
	if s.probes.old == nil {
		return ""
	}
	return tls.CipherSuiteName(s.probes.old.CipherSuite)
}
