package certificate

import (
	"fmt"

	"fairlead/check"
	"fairlead/providers/exchange/chain"
)

// Mode says what a certificate must be like.
type Mode string

// The modes.
const (
	// Strict asks for a public authority, the right name, and a time that is on.
	Strict Mode = "strict"
	// Relaxed takes one that nobody or only the company vouches for. Everything else
	// is as in Strict.
	Relaxed Mode = "relaxed"
	// Noted takes every certificate, as mail servers do that encrypt where they can,
	// and says what is wrong with it.
	Noted Mode = "noted"
)

// ParseMode reads strict or relaxed; an empty text is strict.
func ParseMode(text string) (Mode, error) {
	switch Mode(text) {
	case "", Strict:
		return Strict, nil
	case Relaxed:
		return Relaxed, nil
	}
	return "", fmt.Errorf("%q is not a security mode; type strict or relaxed", text)
}

// flaw is one thing that may be wrong with a certificate.
type flaw struct {
	code, title string
	trust       bool // about who vouches for it
	mild        bool // only ever warns
	is          func(j *chain.Judgement) bool
	likely      []string
	do          string
}

func flaws() []flaw {
	trust := func(kind chain.Trust) func(*chain.Judgement) bool {
		return func(j *chain.Judgement) bool { return j.Trust == kind && j.Inspector == "" }
	}
	return []flaw{
		{
			code: "certificate-expired", title: "The certificate has expired",
			is:     func(j *chain.Judgement) bool { return j.Expired != nil },
			likely: []string{"it ended on {{.CertificateEnds}}", "it was renewed, but the server still uses the old one", "the clock of this computer is wrong"},
		},
		{
			code: "certificate-not-yet-valid", title: "The certificate is not valid yet",
			is:     func(j *chain.Judgement) bool { return j.NotYetValid != nil },
			likely: []string{"the clock of this computer is behind", "it was made with a later start on purpose"},
			do:     "Look at the clock of this computer first. If it is right, wait for the certificate's first day, or use another one. ",
		},
		{
			code: "certificate-name-mismatch", title: "The certificate is for other names than {{.CertificateHost}}",
			is: func(j *chain.Judgement) bool { return !j.NameMatches },
			likely: []string{
				"the server is named in another way than in its certificate, which is for {{.CertificateNames}}",
				"the name leads to another server than it should",
			},
			do: "Either use a name that the certificate has, provided that it leads to this server, or use a certificate that has {{.CertificateHost}} among its alternative names. ",
		},
		{
			code: "certificate-wrong-usage", title: "The certificate is not made for servers",
			is:     func(j *chain.Judgement) bool { return j.WrongUsage },
			likely: []string{"it was made from the wrong template of the company's authority"},
			do:     "Its extended key usage must have “Server Authentication”. ",
		},
		{
			code: "certificate-weak", title: "The certificate's key or signature is too weak",
			is:     func(j *chain.Judgement) bool { return j.WeakKey != nil || j.WeakSignature != nil },
			likely: []string{"it is an old one: RSA of less than 2048 bits, or a signature over SHA-1"},
			do:     "Make a new key, not only a new certificate. ",
		},
		{
			code: "tls-inspected", title: "Something on the way opens the connection",
			is:     func(j *chain.Judgement) bool { return j.Inspector != "" },
			likely: []string{"a security product shows a certificate of its own: “{{.CertificateIssuer}}”"},
			do:     "Except {{.CertificateHost}} from the inspection, or test from a computer that is not behind it. ",
		},
		{
			code: "certificate-self-signed", title: "The certificate vouches for itself", trust: true,
			is:     trust(chain.SelfSigned),
			likely: []string{"the server made it when it was installed"},
		},
		{
			code: "certificate-chain-incomplete", title: "A certificate between the server's and the authority's is missing", trust: true,
			is:     trust(chain.Incomplete),
			likely: []string{"the server was given its own certificate alone"},
			do:     "Install the intermediate certificates that came with it. ",
		},
		{
			code: "certificate-private-ca", title: "The certificate is from an authority that only your company trusts", trust: true,
			is:     trust(chain.Private),
			likely: []string{"it was issued by the company's own authority: “{{.CertificateIssuer}}”"},
			do:     "This computer trusts it. The services, outside the company, do not. ",
		},
		{
			code: "certificate-untrusted", title: "The certificate is from an authority that is not known", trust: true,
			is:     trust(chain.Unknown),
			likely: []string{"it was issued by a company's own authority: “{{.CertificateIssuer}}”", "the server leaves out a certificate between"},
		},
		{
			code: "certificate-expires-soon", title: "The certificate ends soon", mild: true,
			is:     func(j *chain.Judgement) bool { return j.Expired == nil && j.Left >= 0 && j.Left < soon },
			likely: []string{"it was not renewed yet", "it was renewed, but the server still uses the old one"},
			do:     "It ends on {{.CertificateEnds}}. ",
		},
	}
}

// Causes are what may be wrong with the certificate of a server, in a mode. The
// remedy says how to give the server another certificate.
func Causes[S Shown](mode Mode, remedy string) []*check.Cause[S] {
	var all []*check.Cause[S]
	for _, f := range flaws() {
		c := &check.Cause[S]{
			Code: f.code, Title: f.title, Verdict: check.Fail, Likely: f.likely, Remedy: f.do + remedy,
			When: func(s S, _ error) bool {
				j := s.Certificate().judged
				return j != nil && f.is(j)
			},
		}
		if f.mild || mode == Noted || mode == Relaxed && f.trust {
			c.Verdict = check.Warn
		}
		if c.Verdict == check.Warn && f.trust && mode == Relaxed {
			c.Title += ", which Relaxed accepts"
		}
		all = append(all, c)
	}
	return all
}
