package exchange

import (
	"slices"
	"strings"
	"time"

	"fairlead/providers/exchange/chain"
)

// soon is when the end of a certificate is near. Those that renew themselves
// have done so by then.
const soon = 21 * day

// trustCauses are the flaws that are about trust. Relaxed takes them, but for
// inspection on the way, and says so.
func trustCauses(mode Mode) []*cause {
	all := []*cause{tlsInspected}
	for _, trust := range []*cause{
		certificateSelfSigned, certificateChainIncomplete, certificatePrivateCA, certificateUntrusted,
	} {
		if mode == Relaxed {
			trust = relaxed(trust)
		}
		all = append(all, trust)
	}
	return all
}

// relaxed is a flaw as Relaxed sees it.
func relaxed(c *cause) *cause {
	mild := *c
	mild.Verdict = warns
	mild.Title += ", which Relaxed accepts"
	mild.Remedy = "The security mode is Relaxed, so the test goes on. **Strict would refuse this certificate.** " + c.Remedy
	return &mild
}

// shows says that a cause applies to what was sent.
func shows(is func(*chain.Judgement) bool) func(*test, error) bool {
	return func(s *test, _ error) bool { return s.cert != nil && is(s.cert) }
}

// trusts says that a cause applies to who vouches for it.
func trusts(is func(*chain.Judgement) bool) func(*test, error) bool {
	return func(s *test, _ error) bool { return s.trust != nil && is(s.trust) }
}

// newCertificate is how to get a certificate and put it to work.
var newCertificate = "Order a certificate from a public authority for {{.Host}}, or move the name to one that you have. " +
	"Then, on every Exchange server, bring it in with all that came with it and give it to IIS:\n\n" +
	shell(`Import-ExchangeCertificate -FileData ([IO.File]::ReadAllBytes('C:\certificate.pfx')) -Password (Read-Host -AsSecureString)`,
		`Get-ExchangeCertificate | Format-Table Thumbprint,Subject,NotAfter,Services`,
		`Enable-ExchangeCertificate -Thumbprint <thumbprint> -Services IIS`) +
	"\n\nWhere a load balancer or reverse proxy ends TLS, it needs the same certificate."

var certificateExpired = &cause{
	Code: "certificate-expired", Title: "The certificate has expired", Verdict: fails,
	When: shows(func(j *chain.Judgement) bool { return j.Expired != nil }),
	Likely: []string{
		"it ended on {{.Ended}}",
		"it was renewed, but IIS or the load balancer still uses the old one",
		"the clock of this computer is wrong: see the check of the clock",
	},
	Remedy: newCertificate,
}

// Ended is the day on which the certificate in question ended.
func (s *test) Ended() string {
	if s.cert == nil || s.cert.Expired == nil {
		return ""
	}
	return s.cert.Expired.NotAfter.Format(time.DateOnly)
}

var certificateNotYetValid = &cause{
	Code: "certificate-not-yet-valid", Title: "The certificate is not valid yet", Verdict: fails,
	When: shows(func(j *chain.Judgement) bool { return j.NotYetValid != nil }),
	Likely: []string{
		"the clock of this computer is behind: see the check of the clock",
		"the certificate was made with a later start on purpose, or by a computer whose clock was ahead",
	},
	Remedy: "Look at the clock first:\n\n" + shell(`w32tm /query /status`) +
		"\n\nIf it is right, wait for the certificate's first day, or use another one. " + newCertificate,
}

var certificateNameMismatch = &cause{
	Code: "certificate-name-mismatch", Title: "The certificate is for other names than {{.Host}}", Verdict: fails,
	When: shows(func(j *chain.Judgement) bool { return !j.NameMatches && !j.CommonNameOnly }),
	Likely: []string{
		"the address names the server in another way than the certificate does, which is for {{.CertificateNames}}",
		"the name leads to another web site or to another device than it should",
		"IIS uses another certificate than the one meant for it",
	},
	Remedy: "Either use a name that the certificate has ({{.CertificateNames}}), provided that it leads to this server, " +
		"or use a certificate that has {{.Host}} among its names. " + newCertificate,
}

// CertificateNames lists the names in the certificate.
func (s *test) CertificateNames() string {
	if s.cert == nil {
		return ""
	}
	return plain(list(certNames(s.cert)))
}

var certificateCommonNameOnly = &cause{
	Code: "certificate-common-name-only", Title: "The certificate names the server in the old way alone", Verdict: fails,
	When: shows(func(j *chain.Judgement) bool { return j.CommonNameOnly }),
	Likely: []string{
		"it was made by an old or internal authority that fills in the common name and no alternative name",
	},
	Remedy: "Programs have not read the common name for years. The certificate needs {{.Host}} " +
		"as a subject alternative name. " + newCertificate,
}

var certificateWrongUsage = &cause{
	Code: "certificate-wrong-usage", Title: "The certificate is not made for servers", Verdict: fails,
	When: shows(func(j *chain.Judgement) bool { return j.WrongUsage }),
	Likely: []string{
		"IIS was given a certificate that is meant for people, for code or for mail",
		"it was made from the wrong template of the company's authority",
	},
	Remedy: "Its extended key usage must have “Server Authentication”. " + newCertificate,
}

var certificateWeakKey = &cause{
	Code: "certificate-weak-key", Title: "The certificate's key is too short", Verdict: fails,
	When:   shows(func(j *chain.Judgement) bool { return j.WeakKey != nil }),
	Likely: []string{"the key is {{.WeakKey}}; public authorities need RSA 2048 or ECDSA P-256 at least"},
	Remedy: "Make a new key, not only a new certificate. " + newCertificate,
}

// WeakKey describes the key that is too short.
func (s *test) WeakKey() string {
	if s.cert == nil || s.cert.WeakKey == nil {
		return ""
	}
	return chain.Key(s.cert.WeakKey)
}

var certificateWeakSignature = &cause{
	Code: "certificate-weak-signature", Title: "The certificate is signed in a way that proves nothing", Verdict: fails,
	When:   shows(func(j *chain.Judgement) bool { return j.WeakSignature != nil }),
	Likely: []string{"it is signed with {{.WeakSignature}}, which can be forged; the company's authority may still be set to it"},
	Remedy: "Set the authority to SHA-256 and issue the certificate again, or use one of a public authority. " + newCertificate,
}

// WeakSignature names the algorithm of the signature that proves nothing.
func (s *test) WeakSignature() string {
	if s.cert == nil || s.cert.WeakSignature == nil {
		return ""
	}
	return s.cert.WeakSignature.SignatureAlgorithm.String()
}

var tlsInspected = &cause{
	Code: "tls-inspected", Title: "Something on the way opens TLS and closes it again", Verdict: fails,
	When: trusts(func(j *chain.Judgement) bool { return j.Inspector != "" }),
	Likely: []string{
		"this computer is behind a product that inspects TLS, so the certificate shown here is not the server's: " +
			"its authority is {{.Inspector}}",
	},
	Remedy: "The password would be readable on the way, and what the services see may be different. " +
		"Exempt {{.Host}} from inspection, or run this test from a network without it.",
}

// Inspector is the authority that gave the inspection away.
func (s *test) Inspector() string {
	if s.trust == nil {
		return ""
	}
	return plain(s.trust.Inspector)
}

var certificateSelfSigned = &cause{
	Code: "certificate-self-signed", Title: "The certificate is self-signed", Verdict: fails,
	When: trusts(func(j *chain.Judgement) bool { return j.Trust == chain.SelfSigned }),
	Likely: []string{
		"it is the certificate that Exchange made for itself at its installation",
		"the load balancer or a firewall shows one of its own",
	},
	Remedy: "Anybody can make such a certificate for any name. " + newCertificate,
}

var certificateChainIncomplete = &cause{
	Code: "certificate-chain-incomplete", Verdict: fails,
	Title: "{{if .ChainSure}}The server leaves out a certificate between its own and the authority's{{else}}" +
		"The server probably leaves out a certificate between its own and the authority's{{end}}",
	When: trusts(func(j *chain.Judgement) bool { return j.Trust == chain.Incomplete }),
	Likely: []string{
		"the intermediate certificate of “{{.Issuer}}” is missing on the server, or was put into the wrong store",
		"{{if .Fetched}}it could be fetched from the address in the certificate, which some programs do and the services need not{{else}}" +
			"{{if .ChainSure}}this computer knows it from elsewhere, which hides the fault in a browser{{else}}" +
			"the authority “{{.Issuer}}” may also be one that is not public: that looks the same from here{{end}}{{end}}",
	},
	Remedy: "{{if .MayFetch}}To be sure, run the test in depth (`--deep`), or with `--fetch-issuers`. {{end}}Get the intermediate certificate from your authority's web site and put it into the server's store, " +
		"on every Exchange server, or into the certificate chain of the load balancer:\n\n" +
		shell(`Import-Certificate -FilePath C:\intermediate.cer -CertStoreLocation Cert:\LocalMachine\CA`) +
		"\n\nA self-signed root in that store breaks chains too: it belongs under `Cert:\\LocalMachine\\Root`. " +
		"Then run `iisreset /noforce`.",
}

// MayFetch reports whether leave to fetch what the server left out, which was not
// given, would make it certain.
func (s *test) MayFetch() bool { return !s.ChainSure() && !s.target.Options.FetchIssuers }

// Fetched reports whether all that the server left out was fetched.
func (s *test) Fetched() bool { return s.ChainSure() && len(s.fetched) > 0 }

// ChainSure reports whether it is certain that a certificate is missing.
func (s *test) ChainSure() bool { return s.trust != nil && s.trust.Sure }

// Issuer is who signed the last certificate that the server sent.
func (s *test) Issuer() string {
	if s.trust == nil {
		return ""
	}
	last := s.trust.Chain[len(s.trust.Chain)-1]
	if name := last.Issuer.CommonName; name != "" {
		return plain(name)
	}
	return plain(strings.Join(last.Issuer.Organization, " "))
}

var certificatePrivateCA = &cause{
	Code: "certificate-private-ca", Title: "The certificate is from an authority that only your company trusts", Verdict: fails,
	When: trusts(func(j *chain.Judgement) bool { return j.Trust == chain.Private && j.Inspector == "" }),
	Likely: []string{
		"it was issued by the company's own authority (Active Directory Certificate Services), which this computer trusts " +
			"and the services do not: “{{.Issuer}}”",
	},
	Remedy: "A browser on this computer shows no fault. The services, outside the company, cannot check this certificate. " +
		newCertificate,
}

var certificateUntrusted = &cause{
	Code: "certificate-untrusted", Title: "The certificate is from an authority that is not known", Verdict: fails,
	When: trusts(func(j *chain.Judgement) bool {
		return j.Trust == chain.Unknown && j.WeakSignature == nil && j.Inspector == ""
	}),
	Likely: []string{
		"it was issued by a company's own authority: “{{.Issuer}}”",
		"something on the way shows a certificate of its own",
		"{{if .ChainSure}}the authority is one that nobody but its owner knows: its own certificate was fetched{{else}}" +
			"the server leaves out a certificate between its own and the authority's{{end}}",
	},
	Remedy: "Neither the public roots nor this computer know the authority. " + newCertificate,
}

var certificatesDiffer = &cause{
	Code: "certificates-differ", Title: "Not every server shows the same certificate", Verdict: warns,
	When: func(s *test, _ error) bool {
		return slices.ContainsFunc(s.greetings, func(g greeting) bool { return g.err == nil && g.other })
	},
	Likely: []string{
		"the certificate was renewed on some servers and not yet on the others",
		"every server behind {{.Host}} has a certificate of its own",
	},
	Remedy: "All of them are in order now, so the connector works. One that runs out unnoticed would make some connections fail, " +
		"and sign-ins that are tied to the certificate need the same on all. See what each server uses:\n\n" +
		shell(`Get-ExchangeServer | ForEach-Object { Get-ExchangeCertificate -Server $_.Name } |`,
			`  Where-Object Services -match IIS | Format-Table Identity,Thumbprint,NotAfter`),
}

var certificateExpiresSoon = &cause{
	Code: "certificate-expires-soon", Title: "The certificate ends soon", Verdict: warns,
	When:   shows(func(j *chain.Judgement) bool { return j.Expired == nil && j.Left >= 0 && j.Left < soon }),
	Likely: []string{"it was not renewed yet", "it was renewed, but IIS or the load balancer still uses the old one"},
	Remedy: "It ends on {{.Ends}}. From then on the connector stops working. " + newCertificate,
}

// Ends is the last day of the server's certificate.
func (s *test) Ends() string {
	if s.cert == nil {
		return ""
	}
	return s.cert.Leaf().NotAfter.Format(time.DateOnly)
}
