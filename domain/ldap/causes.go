package ldap

import (
	"errors"
	"net"
	"syscall"

	"github.com/go-ldap/ldap/v3"

	"fairlead/check"
	"fairlead/domain/certificate"
)

type cause = check.Cause[*test]

const (
	fails = check.Fail
	warns = check.Warn
)

// shell is a command to copy.
func shell(command string) string { return "\n\n```powershell\n" + command + "\n```" }

// newCertificate is how a domain controller gets another certificate.
const newCertificate = "A domain controller uses the certificate in its personal store (or in that of the NTDS service) that has " +
	"“Server Authentication” and its own full name. Put one of a public authority there for the services to trust; it is taken up at once.\n\n" +
	"```powershell\nGet-ChildItem Cert:\\LocalMachine\\My | Format-Table Thumbprint,Subject,NotAfter,EnhancedKeyUsageList\n```"

// answered says that a cause applies to one of these result codes.
func answered(codes ...uint16) func(*test, error) bool {
	return func(_ *test, err error) bool { return ldap.IsErrorAnyOf(err, codes...) }
}

var nameUnknown = &cause{
	Code: "name-not-found", Title: "The name {{.Host}} does not exist", Verdict: fails,
	When: func(_ *test, err error) bool {
		_, ok := errors.AsType[*net.DNSError](err)
		return ok
	},
	Likely: []string{"the name is mistyped", "the name exists inside the company network only, and this computer is outside it"},
	Remedy: "Check the name. The services connect from outside, so it needs a record in the public DNS:" + shell(`Resolve-DnsName {{.Host}} -Server 1.1.1.1`),
}

var portRefused = &cause{
	Code: "ldap-refused", Title: "Nothing listens on port {{.Port}} of {{.Host}}", Verdict: fails,
	When: func(_ *test, err error) bool {
		return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.Errno(10061)) // WSAECONNREFUSED
	},
	Likely: []string{
		"the port is another one: 636 for LDAPS, 389 for LDAP with StartTLS, 3269 for LDAPS to a global catalogue",
		"the server is no domain controller, or its service is stopped",
	},
	Remedy: "Look what listens on the server:" + shell(`Get-NetTCPConnection -State Listen -LocalPort 389,636,3268,3269`),
}

var portUnreachable = &cause{
	Code: "ldap-unreachable", Title: "{{.Host}} cannot be reached on port {{.Port}}", Verdict: fails,
	When:   check.Otherwise(nameUnknown, portRefused),
	Likely: []string{"a firewall drops the connection", "the server is switched off", "this computer has no way into its network"},
	Remedy: "Try it from another computer beside the server. The services come from outside: their addresses must be let in on this port.",
}

var plainRefused = &cause{
	Code: "ldap-plain-refused", Title: "No password is sent without TLS", Verdict: fails,
	When:   check.Met[*test](errPlain),
	Likely: []string{"“No encryption” was chosen: everybody on the way could read the account's password"},
	Remedy: "Choose LDAPS, or LDAP with StartTLS. Where the server has no certificate yet: " + newCertificate,
}

var startTLSMissing = &cause{
	Code: "ldap-starttls-missing", Title: "{{.Host}} does not turn to TLS on request", Verdict: fails,
	When: func(_ *test, err error) bool {
		failed, ok := errors.AsType[*ldap.Error](err)
		return ok && failed.ResultCode < ldap.ErrorNetwork
	},
	Likely: []string{
		"the server has no certificate that it could use",
		"StartTLS is switched off; the server said: {{.Said}}",
	},
	Remedy: "Choose LDAPS if the server has it, else give it a certificate. " + newCertificate,
}

var notTLS = &cause{
	Code: "ldap-not-tls", Title: "Port {{.Port}} of {{.Host}} does not speak TLS", Verdict: fails,
	When: func(s *test, err error) bool {
		return err != nil && s.plain || errors.Is(err, certificate.ErrNotTLS) || errors.Is(err, errNoLDAP)
	},
	Likely: []string{"it is the port of LDAP without TLS, usually 389", "another program listens there"},
	Remedy: "Use the port of LDAPS, usually 636, or choose LDAP with StartTLS for port 389.",
}

var tlsTooOld = &cause{
	Code: "ldap-tls-too-old", Title: "{{.Host}} offers only old TLS", Verdict: fails,
	When:   check.Met[*test](certificate.ErrOldTLS),
	Likely: []string{"TLS 1.2 is switched off on the server, or it is older than Windows Server 2012"},
	Remedy: "The services ask for TLS 1.2 or later. Switch it on and start the server anew:" +
		shell(`$k = 'HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Server'
New-Item $k -Force; New-ItemProperty $k -Name Enabled -Value 1 -Force; New-ItemProperty $k -Name DisabledByDefault -Value 0 -Force`),
}

var noAnswer = &cause{
	Code: "ldap-no-answer", Title: "{{.Host}} takes the connection and does not answer", Verdict: fails,
	When:   check.Met[*test](certificate.ErrNoAnswer),
	Likely: []string{"a firewall or a load balancer holds the connection open with nothing behind it", "the server is overloaded"},
	Remedy: "Look at what stands between this computer and the server, and at the server's load.",
}

var tlsFailed = &cause{
	Code: "ldap-tls-failed", Title: "No TLS connection to {{.Host}} comes about", Verdict: fails,
	When:   check.Otherwise(plainRefused, startTLSMissing, notTLS, tlsTooOld, noAnswer),
	Likely: []string{"a domain controller without a usable certificate listens on 636 and ends every connection", "something on the way ends the connection"},
	Remedy: newCertificate,
}
