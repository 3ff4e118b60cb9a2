package exchange

import (
	"context"
	"errors"

	"fairlead/providers"
	"fairlead/wizard/page"
)

// What may be done where no keyring can be used.
const (
	goOnSession = "session"
	lookAgain   = "again"
)

// sessionOnly reports whether the password is to be kept in memory only.
func sessionOnly(a *page.Answers) bool {
	return a.Text(keyKeyring) != "" && a.Text(keyGoOn) == goOnSession
}

// keyringPage is needed only where there is no keyring: the administrator is
// told before a password is asked for, and nothing falls back silently.
func keyringPage(env providers.Env) page.Page {
	return page.Page{
		ID:    "exchange.keyring",
		Step:  "Keyring",
		Title: "The password cannot be kept in a keyring",
		Why:   "Fairlead keeps passwords in the system's keyring, and never in a file.",
		NotNeeded: func(a *page.Answers) string {
			if a.Text(keyKeyring) == "" {
				return "the keyring can be used"
			}
			return ""
		},
		Fields: func(a *page.Answers) []page.Field {
			return []page.Field{
				{Key: "exchange.keyring-note", Kind: page.Note, Tone: page.Heed, Label: "What is wrong", Hint: a.Text(keyKeyring)},
				{
					Key: keyGoOn, Kind: page.Choice, Label: "How to go on",
					Options: []page.Option{
						{
							Value: goOnSession, Label: "Keep the password until Fairlead closes",
							Note: "The connector is registered. Each later test asks for the password.",
						},
						{Value: lookAgain, Label: "Look for the keyring again", Note: "After it was started or unlocked."},
					},
				},
			}
		},
		Action: &page.Action{
			Busy:   "Looking at the keyring",
			Inputs: []string{keyGoOn, keyKeyring},
			Run: func(ctx context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
				if a.Text(keyGoOn) == goOnSession {
					return nil, nil
				}
				if why := providers.ProbeKeyring(ctx, env.Keyring); why != "" {
					return nil, errors.New(why)
				}
				return page.Changes{keyKeyring: ""}, nil
			},
		},
	}
}
