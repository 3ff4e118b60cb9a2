package exchange

import (
	"context"
	"fmt"
	"strings"

	"fairlead/providers"
	"fairlead/wizard/page"
)

func accountPage(env providers.Env) page.Page {
	return page.Page{
		ID:    "exchange.account",
		Step:  "Account",
		Title: "Which account may read the mailboxes?",
		Why: "The master mailbox: the account that the services use to reach other mailboxes. " +
			"It needs the ApplicationImpersonation role; the test checks that.",
		Next: "Find the server",
		Fields: func(a *page.Answers) []page.Field {
			return []page.Field{
				{
					Key: keyAddress, Kind: page.Address, Label: "Mail address",
					Placeholder: env.Sample[keyAddress], Validate: providers.CheckAddress,
				},
				{
					Key: keySignIn, Kind: page.Text, Label: "Sign-in name", Aside: "if it differs from the address",
					Placeholder: `DOMAIN\user or user@domain`, Optional: true, Validate: CheckSignIn, Advise: adviseSignIn,
				},
				{
					Key: keyPassword, Kind: page.Secret, Label: "Password", Placeholder: env.Sample[keyPassword],
					Hint: whereKept(env, a),
				},
			}
		},
		Action: &page.Action{
			Busy:   "Looking for the server",
			Inputs: []string{keyAddress},
			Run: func(ctx context.Context, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
				return find(ctx, env, a, say)
			},
		},
	}
}

func whereKept(env providers.Env, a *page.Answers) string {
	if sessionOnly(a) {
		return "Kept in memory until Fairlead closes. Never written to a file."
	}
	return fmt.Sprintf("Kept in %s. Never written to a file.", env.Keyring.Name())
}

// adviseSignIn warns of a name that works here and nowhere else. The guide
// recommends not to use a local UPN.
func adviseSignIn(name string) string {
	if !LocalName(name) {
		return ""
	}
	suffix := name[strings.LastIndex(name, "."):]
	return fmt.Sprintf("This name ends in %s. Services outside your network may not be able to use it. "+
		"In Active Directory Domains and Trusts add your mail domain as a UPN suffix, "+
		"and give the account a sign-in name in it.", suffix)
}

// find asks Autodiscover for the EWS URL. Finding nothing is no error: the next
// page then asks for it.
func find(ctx context.Context, env providers.Env, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
	address := a.Text(keyAddress)
	if env.Registered != nil {
		if err := env.Registered(ctx, ID, domain(address)); err != nil {
			return nil, err
		}
	}
	say(page.Progress{Text: "Asking Autodiscover of " + domain(address)})
	found, err := Find(ctx, env.Network, address)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	old, typed := a.Text(keyFoundURL), a.Text(keyURL)
	if err != nil {
		changes := page.Changes{keyFoundURL: "", keyFoundWhere: err.Error(), keyFoundGuess: false}
		if typed == old {
			changes[keyURL] = "" // another organisation's server must not get this password
		}
		return changes, nil
	}
	changes := page.Changes{keyFoundURL: found.URL.String(), keyFoundWhere: found.Source, keyFoundGuess: found.Guess}
	if typed == "" || typed == old {
		changes[keyURL] = found.URL.String()
	}
	return changes, nil
}
