package exchange

import (
	"context"
	"errors"
	"strings"
	"time"

	"fairlead/keyring"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// requirement is one prerequisite of the guide, and the check that verifies it.
type requirement struct{ what, check string }

// verified are the prerequisites that the test looks at itself.
var verified = []requirement{
	{"Exchange 2013 or later", "Server version"},
	{"A certificate from a public authority, with the server's name in it", "Certificate"},
	{"EWS answers on port 443, without a sign-in page in front of it", "Port, EWS"},
	{"Basic authentication is on for EWS, on every Exchange server", "Basic sign-in"},
	{"The account has the ApplicationImpersonation role", "Mailbox check"},
}

// unverified are those that no test on this computer can see.
var unverified = []string{
	"The services reach EWS from their own network, past any proxy",
	"A load balancer sends all of a service's connections to one server",
	"The password does not age, or somebody is reminded to change it here",
}

func preparePage(env providers.Env) page.Page {
	return page.Page{
		ID:    "exchange.prepare",
		Step:  "Before you start",
		Title: "What Exchange needs to have in place",
		Why:   "There is nothing to tick off: the test looks for itself, and says what to type where something is missing.",
		Fields: func(*page.Answers) []page.Field {
			var lines []string
			for _, r := range verified {
				lines = append(lines, "- "+r.what+" — *"+r.check+"*")
			}
			return []page.Field{
				{
					Key: "exchange.verified", Kind: page.Note, Tone: page.Good, Label: "The test will verify",
					Hint: strings.Join(lines, "\n"),
				},
				{
					Key: "exchange.unverified", Kind: page.Note, Tone: page.Heed, Label: "Cannot be seen from this computer",
					Hint: "- " + strings.Join(unverified, "\n- "),
				},
			}
		},
		Action: &page.Action{
			Busy: "Looking at the keyring", Local: true,
			Run: func(ctx context.Context, _ *page.Answers, _ func(page.Progress)) (page.Changes, error) {
				return page.Changes{keyKeyring: probe(ctx, env.Keyring)}, ctx.Err()
			},
		},
	}
}

// probeTime is how long the keyring may take to say whether it can be used.
const probeTime = 3 * time.Second

// probe returns why the keyring cannot be used, or nothing.
func probe(ctx context.Context, k keyring.Keyring) string {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	err := k.Probe(ctx)
	switch {
	case err == nil:
		return ""
	case errors.Is(err, keyring.ErrLocked):
		return k.Name() + " is locked. Unlock it, then choose to look again."
	case errors.Is(err, keyring.ErrTimeout):
		return k.Name() + " does not answer. It may be waiting for a password in another window."
	case errors.Is(err, keyring.ErrDenied):
		return k.Name() + " refuses this program."
	}
	why := err.Error()
	if failed, ok := errors.AsType[*keyring.Error](err); ok && failed.Cause != nil {
		why = failed.Cause.Error() // the kind is said already
	}
	return k.Name() + " cannot be reached from here: " + why
}
