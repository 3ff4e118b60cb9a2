package google

import (
	"crypto/tls"
	"errors"
	"net"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/oauth"
	"fairlead/providers"
)

// cause is one thing that can be wrong with a connector to Google Workspace.
type cause = check.Cause[*test]

// said says that a cause applies to a refusal with a code, and with some words in
// its text, in small letters.
func said(code, words string) func(*test, error) bool {
	return func(_ *test, err error) bool {
		r, ok := errors.AsType[*refusal](err)
		return ok && r.is(code, words)
	}
}

// either says that a cause applies where one of several conditions does.
func either(conditions ...func(*test, error) bool) func(*test, error) bool {
	return func(s *test, err error) bool {
		return slices.ContainsFunc(conditions, func(when func(*test, error) bool) bool { return when(s, err) })
	}
}

// forbidden reports whether an API refused because of who asked, or because it
// is switched off.
func forbidden(err error) bool {
	r, ok := errors.AsType[*refusal](err)
	return ok && r.status == 403
}

// networkCauses explain why a host does not answer.
var networkCauses = []*cause{nameUnknown, tlsUntrusted, proxyPage, unreachable}

// hosts are those to let this computer reach, ready to be copied.
const hosts = "\n\n```\n" + tokenHost + "\n" + gmailHost + "\n" + directoryHost + "\n```"

var nameUnknown = &cause{
	Code: "google-name-unknown", Title: "Google's name is not found in the DNS", Verdict: check.Fail,
	When: func(_ *test, err error) bool { _, ok := errors.AsType[*net.DNSError](err); return ok },
	Likely: []string{
		"this computer is not connected, or has no DNS server that knows the internet",
		"it reaches the internet by a proxy only",
	},
	Remedy: "Let this computer look up and reach these hosts on port 443:" + hosts,
}

var tlsUntrusted = &cause{
	Code: "google-certificate-untrusted", Title: "Google's certificate is not trusted", Verdict: check.Fail,
	When: func(_ *test, err error) bool {
		_, ok := errors.AsType[*tls.CertificateVerificationError](err)
		return ok
	},
	Likely: []string{"a device that inspects TLS stands in between, and this computer does not trust its authority", "this computer's clock is far off"},
	Remedy: "Take these hosts out of TLS inspection, or let this computer trust the authority of the device:" + hosts,
}

var proxyPage = &cause{
	Code: "google-proxy-page", Title: "Something else answers in Google's place", Verdict: check.Fail,
	When: func(_ *test, err error) bool {
		return oauth.KindOf(err) == oauth.BadReply || errors.Is(err, errBadReply)
	},
	Likely: []string{"a proxy or a sign-in page of the network answers", "Google has a disturbance"},
	Remedy: "Open https://oauth2.googleapis.com in a browser on this computer. If a page of your network shows, sign in there or ask for a way past it. " +
		"Otherwise look at https://www.google.com/appsstatus and try again.",
}

var unreachable = &cause{
	Code: "google-unreachable", Title: "Google does not answer", Verdict: check.Fail,
	When: func(s *test, err error) bool {
		_, refused := errors.AsType[*refusal](err)
		return !refused && check.Otherwise(nameUnknown, tlsUntrusted, proxyPage, keyBroken, customerDiffers, controlFailed)(s, err)
	},
	Likely: []string{"a firewall does not let this computer out", "it reaches the internet by a proxy only"},
	Remedy: "Let this computer reach these hosts on port 443:" + hosts,
}

const setClock = "Set the clock. On Windows:\n\n```powershell\nw32tm /resync\n```\n\nOn macOS:\n\n```\nsudo sntp -sS time.apple.com\n```\n\n" +
	"On Linux:\n\n```\nsudo timedatectl set-ntp true\n```"

var clockSkew = &cause{
	Code: "google-clock-skew", Title: "This computer's clock is wrong", Verdict: check.Fail,
	When:   either(check.Met[*test](errSkew), said("invalid_grant", "short-lived token")),
	Likely: []string{"{{.Skew}}", "the time zone is wrong"},
	Remedy: "Google takes statements only that were signed within the last minutes. " + setClock,
}

var clockOff = &cause{
	Code: "google-clock-off", Title: "This computer's clock is a little off", Verdict: check.Warn,
	When:   func(s *test, err error) bool { return err == nil && s.skew.Abs() > tellSkew },
	Likely: []string{"{{.Skew}}"},
	Remedy: "The test goes on. " + setClock,
}

var keyBroken = &cause{
	Code: "google-key-broken", Title: "The private key is missing or damaged", Verdict: check.Fail,
	When:   check.Met[*test](errNoKey),
	Likely: []string{"the item in the keyring was changed by another program", "the key was kept in memory only, and the program was started anew"},
	Remedy: "Make the connector anew with the service account's key file.",
}

var notVerified = &cause{
	Code: "google-not-verified", Title: "Recorded, not verified", Verdict: check.Warn,
	When:   func(*test, error) bool { return true },
	Likely: []string{"the client belongs to the service, which keeps its key: only the service can ask Google for a token"},
	Remedy: "See on the page for delegation that client `{{.Client}}` stands there with these scopes, to the letter:\n\n" +
		"```\n{{.Scopes}}\n```\n\n[{{.Page}}]({{.Page}})\n\nThen look in the service's own console whether it is connected.",
}

// Client, Scopes, Page and Link are for the texts.
func (s *test) Client() string { return s.target.Client }

// Scopes are those of the target, as the page for delegation takes them.
func (s *test) Scopes() string { return strings.Join(s.target.Scopes, ",") }

// Page is the page for delegation.
func (s *test) Page() string { return s.target.outside(delegationPage) }

// Link is that page, with the form filled in.
func (s *test) Link() string {
	return s.target.outside(delegationLink(s.target.Client, s.target.Scopes))
}

// Account is the service account's address.
func (s *test) Account() string { return s.target.Account }

// Project is its project in Google Cloud.
func (s *test) Project() string { return s.target.Project }

// Address is that of the person to act for.
func (s *test) Address() string { return s.target.Address }

// Customer is the id that was typed.
func (s *test) Customer() string { return s.target.Customer }

// Mailbox is the address that Gmail named.
func (s *test) Mailbox() string { return s.profile.Address }

// oneLine makes foreign text fit for one line that is not long.
func oneLine(text string) string { return providers.OneLine(text, 200) }
