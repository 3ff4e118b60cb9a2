package exchange

import (
	"context"
	"strings"

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
				return page.Changes{keyKeyring: providers.ProbeKeyring(ctx, env.Keyring)}, ctx.Err()
			},
		},
	}
}
