package domain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	signed "github.com/emersion/go-msgauth/dkim"

	"fairlead/check"
	"fairlead/dns"
)

// MaxMessage is the largest mail that is read, in bytes.
const MaxMessage = 32 << 20

// message is what the signatures of a mail are worth.
type message struct {
	signatures []*signed.Verification
	aligned    bool // one that holds is the domain's own
}

// mostSignatures bounds how many signatures of a mail are verified.
const mostSignatures = 10

// messageCheck verifies the DKIM signatures of a mail from the domain.
var messageCheck = check.Check[*test]{
	ID: CheckMessage, Title: "The mail's signature holds",
	Causes: []*cause{messageUnsigned, messageBroken, messageForeign, messageUnreadable},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		if len(s.options.Message) == 0 {
			return check.Finding{}, check.Skipped("no mail was given")
		}
		return verify(ctx, s, s.dns)
	},
}

// verify looks at every signature, with the keys that a resolver has.
func verify(ctx context.Context, s *test, r dns.Resolver) (check.Finding, error) {
	signatures, err := signed.VerifyWithOptions(bytes.NewReader(normalEnds(s.options.Message)), &signed.VerifyOptions{
		LookupTXT:        func(name string) ([]string, error) { return forSPF{r}.texts(ctx, name, dns.TXT) },
		MaxVerifications: mostSignatures,
	})
	if errors.Is(err, signed.ErrTooManySignatures) {
		err = nil
	}
	s.message.signatures = signatures
	var lines []string
	for _, v := range signatures {
		outcome := "holds"
		if v.Err != nil {
			outcome = v.Err.Error()
		} else if aligned(v.Domain, s.domain) {
			s.message.aligned = true
		}
		lines = append(lines, fmt.Sprintf("%s: %s", v.Domain, outcome))
	}
	return check.Finding{Summary: "signed for " + s.domain, Evidence: strings.Join(lines, "\n")}, err
}

// normalEnds gives lines the ends that they have on the wire: saved mails often
// have those of the system.
func normalEnds(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\n"), []byte("\r\n"))
}

// aligned reports whether a signature's domain counts as the domain's own for
// DMARC in its relaxed form: one is the other, or below it.
func aligned(signer, domain string) bool {
	signer, domain = dns.Normal(signer), dns.Normal(domain)
	return signer == domain || strings.HasSuffix(domain, "."+signer) && strings.Contains(signer, ".") || strings.HasSuffix(signer, "."+domain)
}

// Signers are the domains that the mail is signed for.
func (s *test) Signers() string {
	var domains []string
	for _, v := range s.message.signatures {
		if !slices.Contains(domains, v.Domain) {
			domains = append(domains, v.Domain)
		}
	}
	return list(domains)
}

var messageUnsigned = &cause{
	Code: "message-unsigned", Title: "The mail is not signed", Verdict: fails,
	When: func(s *test, err error) bool {
		return err == nil && len(s.options.Message) > 0 && len(s.message.signatures) == 0
	},
	Likely: []string{"signing is not switched on", "this is the mail as it was sent, not as it arrived: servers on its way sign it"},
	Remedy: "Save a mail as it arrived at a mailbox elsewhere, with its whole header. If it is not signed there, switch signing on where mail leaves the organisation.",
}

var messageBroken = &cause{
	Code: "message-signature-broken", Title: "No signature of the mail holds", Verdict: fails,
	When: func(s *test, err error) bool {
		return err == nil && len(s.message.signatures) > 0 && !slices.ContainsFunc(s.message.signatures, func(v *signed.Verification) bool { return v.Err == nil })
	},
	Likely: []string{
		"the mail was changed after it was signed: a disclaimer, a rewritten link, a banner. Sign after the last of those",
		"the mail was changed when it was saved here: save its source, not a copy from the screen",
		"the key in the DNS is not the one that signs",
	},
	Remedy: "The evidence says for each signature why it does not hold. Sign where mail leaves the organisation, behind everything that changes it.",
}

var messageForeign = &cause{
	Code: "message-signed-by-others", Title: "The mail is signed, but not for {{.Domain}}", Verdict: warns,
	When: func(s *test, err error) bool {
		return err == nil && !s.message.aligned && slices.ContainsFunc(s.message.signatures, func(v *signed.Verification) bool { return v.Err == nil })
	},
	Likely: []string{"whoever sends signs with a domain of his own until a key of {{.Domain}} is set up"},
	Remedy: "It is signed for {{.Signers}}. That does not count for DMARC: set up a DKIM key of {{.Domain}} with that sender.",
}

var messageUnreadable = &cause{
	Code: "message-unreadable", Title: "The mail cannot be read", Verdict: fails,
	When:   func(_ *test, err error) bool { return err != nil },
	Likely: []string{"the file is no mail: it should begin with header lines such as Received:"},
	Remedy: "Save the source of a mail as it arrived: in Outlook on the web “Save as”, in Gmail “Download message”.",
}
