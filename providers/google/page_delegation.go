package google

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fairlead/wizard/page"
)

func (e environment) delegationPage() page.Page {
	return page.Page{
		ID:    "google.delegation",
		Step:  "Delegation",
		Title: "Authorise the client in the Admin console",
		Why:   "Compare what stands there with what stands here, then press Authorize.",
		Next:  "I have authorised it",
		Fields: func(a *page.Answers) []page.Field {
			client, list := settings(a)[settingClient], scopes(a)
			fields := []page.Field{
				{Key: "google.copy-client", Kind: page.Note, Label: "Client ID", Copy: client},
				{Key: "google.copy-scopes", Kind: page.Note, Label: "OAuth scopes (comma-delimited)", Copy: strings.Join(list, ",")},
				{
					Key: "google.prefilled", Kind: page.Note, Tone: page.Heed, Label: "With the form filled in",
					Hint: "“Overwrite existing client ID” is ticked there: the scopes above replace all that this client had. " +
						"If it has others that are still needed, add them on the page before.",
					Link: e.Outside(delegationLink(client, list)), LinkLabel: "Open Domain-wide delegation, filled in",
				},
				{
					Key: "google.plain", Kind: page.Note, Label: "Or by hand, with Add new",
					Link: e.Outside(delegationPage), LinkLabel: "Open Domain-wide delegation",
				},
			}
			if a.Text(keySince) != "" { // the wait has begun
				fields = slices.Insert(fields, 0, page.Field{
					Key: keyApproval, Kind: page.Checkbox, Label: "The page says that another administrator has to approve it",
				})
			}
			return fields
		},
		Action: &page.Action{
			Busy: "Asking Google whether it knows the delegation", Run: e.wait,
			Inputs: []string{keyWay, keyClient, keyPrivate, keyAddress, keyScopes, keyProve},
		},
	}
}

const (
	// lookEvery is how often the window looks again by itself.
	lookEvery = 5 * time.Minute
	// longest is how long Google may need, by its own word.
	longest = 24 * time.Hour
)

// wait goes on once the token service knows the delegation, or says something
// that no waiting mends: the test then explains it. Without a key of one's own
// there is nothing to ask.
func (e environment) wait(ctx context.Context, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
	over := page.Changes{keySince: ""}
	if !own(a) {
		return over, nil
	}
	t, err := target(e.Env, settings(a), a.Secret(keyPrivate))
	if err != nil {
		return nil, err
	}
	s := newTest(e.Network, t)
	if s.key, err = t.restore(); err != nil {
		return nil, errors.New("the key was not kept in the draft; go back to Client and give it again")
	}
	say(page.Progress{Text: fmt.Sprintf("Asking for %d scopes", len(t.Scopes))})
	s.ask(ctx)
	var missing []string
	for _, g := range s.grants {
		if waits(g.err) {
			missing = append(missing, g.scope)
		}
	}
	if len(missing) == 0 || ctx.Err() != nil {
		return over, ctx.Err()
	}
	now := e.Network.Now()
	since := a.Since(keySince, now)
	return page.Changes{keySince: since.Format(time.RFC3339)}, &page.Waiting{
		Since: since, Every: lookEvery, Why: waitedFor(missing, a.On(keyApproval), now.Sub(since)),
	}
}

// waitedFor says what is waited for: another administrator, or time.
func waitedFor(missing []string, approval bool, waited time.Duration) error {
	text := "Google does not know the delegation yet. It usually takes minutes, at times up to 24 hours."
	switch {
	case approval:
		text = "Another super administrator has to approve the delegation in the Admin console, under Security, Multi-party approval. " +
			"After that Google may need some more minutes."
	case waited > longest:
		text = "Google still does not know the delegation, after more than 24 hours. Compare the client ID and every scope with the page, " +
			"to the letter, and authorise it anew."
	}
	return errors.New(text + " Not authorised: " + strings.Join(missing, ", ") + ".")
}
