package smtp

import (
	"errors"
	"net"
	"syscall"

	"fairlead/check"
	"fairlead/domain/certificate"
)

type cause = check.Cause[*test]

const fails = check.Fail

const newCertificate = "Give the mail server a certificate of a public authority that has its name. On Exchange:\n\n" +
	"```powershell\nGet-ExchangeCertificate | Format-Table Thumbprint,Subject,NotAfter,Services\n" +
	"Enable-ExchangeCertificate -Thumbprint <thumbprint> -Services SMTP\n```"

var nameUnknown = &cause{
	Code: "name-not-found", Title: "The name {{.Host}} does not exist", Verdict: fails,
	When: func(_ *test, err error) bool {
		_, ok := errors.AsType[*net.DNSError](err)
		return ok
	},
	Likely: []string{"the name is mistyped", "the record was taken away, or is not there yet"},
	Remedy: "Check the name:\n\n```powershell\nResolve-DnsName {{.Host}} -Server 1.1.1.1\n```",
}

var portRefused = &cause{
	Code: "smtp-refused", Title: "Nothing listens on port {{.Port}} of {{.Host}}", Verdict: fails,
	When: func(_ *test, err error) bool {
		return errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.Errno(10061)) // WSAECONNREFUSED
	},
	Likely: []string{"the mail server is stopped", "the name leads to another server"},
	Remedy: "Look whether the mail server runs, and whether the name leads to it.",
}

var portUnreachable = &cause{
	Code: "smtp-unreachable", Title: "{{.Host}} cannot be reached on port {{.Port}}", Verdict: fails,
	When: check.Otherwise(nameUnknown, portRefused),
	Likely: []string{
		"the network of this computer lets no mail out: many providers and companies close port 25",
		"the server's firewall lets in the services' addresses alone, as it should after the lock-down",
		"the server is switched off",
	},
	Remedy: "Try it from a server that may send mail. If that reaches it, this computer's network is in the way and nothing is wrong.",
}

var noAnswer = &cause{
	Code: "smtp-no-answer", Title: "{{.Host}} takes the connection and does not answer", Verdict: fails,
	When:   check.Met[*test](certificate.ErrNoAnswer),
	Likely: []string{"a firewall holds the connection open with nothing behind it", "the server makes strangers wait for long"},
	Remedy: "Try again, then look at what stands in front of the server.",
}

var notSMTP = &cause{
	Code: "smtp-not-smtp", Title: "What answers on {{.Host}} is no mail server", Verdict: fails,
	When: func(s *test, err error) bool {
		return errors.Is(err, errNotSMTP) && !errors.Is(err, certificate.ErrNoAnswer)
	},
	Likely: []string{"the port or the name is another one", "the connection was ended: something on the way inspects mail", "the server speaks TLS from the start"},
	Remedy: "Use port 25, where mail servers talk to each other.",
}

var busy = &cause{
	Code: "smtp-busy", Title: "{{.Host}} takes no mail now", Verdict: check.Fail,
	When:   refused(4),
	Likely: []string{"it is overloaded or just starting", "it puts off those whom it does not know"},
	Remedy: "It said: {{.Said}}. Try again in some minutes.",
}

var ehloRefused = &cause{
	Code: "smtp-ehlo-refused", Title: "{{.Host}} does not like how this computer greets it", Verdict: fails,
	When:   func(s *test, err error) bool { return s.greeting != "" && refused(5)(s, err) },
	Likely: []string{"the name of this computer is not known in the public DNS"},
	Remedy: "It said: {{.Said}}. Try from a mail server that has a public name.",
}

var rejected = &cause{
	Code: "smtp-rejected", Title: "{{.Host}} takes no mail from this computer", Verdict: fails,
	When:   func(s *test, err error) bool { return s.greeting == "" && refused(5)(s, err) },
	Likely: []string{"the address of this computer is on a block list, as home and office addresses are", "the server lets in the services' addresses alone"},
	Remedy: "It said: {{.Said}}. Other mail servers may well be let in: try from one of them.",
}

var startTLSMissing = &cause{
	Code: "smtp-starttls-missing", Title: "{{.Host}} does not offer TLS", Verdict: fails,
	When: func(s *test, err error) bool {
		return errors.Is(err, errNoTLS) || err == nil && !s.Seen.Judged()
	},
	Likely: []string{"the server has no certificate", "a firewall that inspects mail takes STARTTLS out of what the server says"},
	Remedy: newCertificate + "\n\nOn a Cisco firewall, look for `inspect esmtp`.",
}

var startTLSRefused = &cause{
	Code: "smtp-starttls-refused", Title: "{{.Host}} offers TLS and does not do it", Verdict: fails,
	When:   func(_ *test, err error) bool { _, ok := errors.AsType[*refusal](err); return ok },
	Likely: []string{"its certificate or key cannot be read"},
	Remedy: "It said: {{.Said}}. " + newCertificate,
}

var injected = &cause{
	Code: "smtp-starttls-injected", Title: "Somebody speaks before TLS begins", Verdict: fails,
	When:   check.Met[*test](errInjected),
	Likely: []string{"a device on the way adds answers of its own", "the server's software is old and has the fault CVE-2011-0411"},
	Remedy: "Find out what stands between, and bring the server up to date. The test went no further.",
}

var tlsTooOld = &cause{
	Code: "smtp-tls-too-old", Title: "{{.Host}} offers only old TLS", Verdict: fails,
	When:   check.Met[*test](certificate.ErrOldTLS),
	Likely: []string{"TLS 1.2 is switched off on the server"},
	Remedy: "The services speak TLS 1.2 and 1.3. Switch TLS 1.2 on, on the server and on what stands in front.",
}

var tlsFailed = &cause{
	Code: "smtp-tls-failed", Title: "No TLS connection to {{.Host}} comes about", Verdict: fails,
	When:   check.Otherwise(startTLSMissing, startTLSRefused, injected, tlsTooOld, noAnswer),
	Likely: []string{"something on the way ends the connection"},
	Remedy: newCertificate,
}

var openRelay = &cause{
	Code: "smtp-open-relay", Title: "{{.Host}} takes mail for anybody", Verdict: fails,
	When: check.Met[*test](errRelay),
	Likely: []string{
		"a receive connector lets anonymous senders relay",
		"the address of this computer is among those that may relay",
		"the server takes everything first and refuses later",
	},
	Remedy: "Nothing was sent. If this computer is no mail server of yours, spammers can use the server. On Exchange:\n\n" +
		"```powershell\nGet-ReceiveConnector | Get-ADPermission -User 'NT AUTHORITY\\ANONYMOUS LOGON' | Where-Object { $_.ExtendedRights -like '*accept-any-recipient*' }\n```",
}
