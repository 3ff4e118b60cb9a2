package rotate

import (
	"context"
	"fmt"

	"fairlead/check"
	"fairlead/secret"
	"fairlead/wizard/page"
)

func (r *Rotate) secretPage() page.Page {
	p := page.Page{
		ID: "rotate.secret", Step: "New password", Title: "What is the new password?",
		Why: "It is tested first. The old one stays in use until the new one works.",
		Fields: func(*page.Answers) []page.Field {
			fields := []page.Field{{
				Key: KeySecret, Kind: page.Secret, Label: "New password",
				Hint: fmt.Sprintf("Change it at the account first. Kept in %s, never written to a file.", r.place()),
			}}
			return append(r.holder(), fields...)
		},
		Action: &page.Action{Busy: "Reading it", Inputs: []string{KeySecret}, Memory: true, Run: r.read},
	}
	if r.Key != "" {
		p.Step, p.Title = "New key", "Which is the new key?"
		p.Fields = func(*page.Answers) []page.Field {
			return append(r.holder(), page.Field{
				Key: KeySecret, Kind: page.Secret, Long: true, Label: "New key", Aside: "the whole JSON, or the name of its file",
				Hint: fmt.Sprintf("In place of the %s. The private key alone is kept, in %s.", r.Key, r.place()),
			})
		}
	}
	return p
}

// holder says who has the secret that there is, where that is somebody else.
func (r *Rotate) holder() []page.Field {
	if !r.elsewhere() {
		return nil
	}
	who := r.Connector.Credential.Holder
	if who == "" {
		who = "nobody"
	}
	return []page.Field{{
		Key: "rotate.holder", Kind: page.Note, Tone: page.Heed, Label: "You take the connector over",
		Hint: fmt.Sprintf("Its %s is held by %s. From now on it is in your keyring.", r.what(), who),
	}}
}

func (r *Rotate) read(_ context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
	read, err := r.Read(a.Secret(KeySecret))
	if err != nil {
		return nil, err
	}
	return page.Changes{keyRead: read}, nil
}

func (r *Rotate) testPage() page.Page {
	return page.Page{
		ID: pageTest, Step: "Test", Title: "Does the connection work with it?",
		Why: "The usual test, with the new " + r.what() + ". A wrong one costs one failed sign-in.",
		Action: &page.Action{
			Busy: "Testing the connection", Verb: "Test connection", Inputs: []string{KeySecret, keyRead},
			Test: func(a *page.Answers) *check.Suite { return r.suite(a.Secret(keyRead)) },
		},
	}
}

// suite is the test, or nil while there is no secret to test.
func (r *Rotate) suite(s secret.Secret) *check.Suite {
	if s.IsEmpty() {
		return nil
	}
	suite, err := r.Test(s)
	if err != nil {
		return nil // a record that does not fit: the page says that it does not go together
	}
	return suite
}

func (r *Rotate) commitPage() page.Page {
	return page.Page{
		ID: "rotate.commit", Step: "Put into use", Title: "Put the new " + r.what() + " into use?",
		Why: "It works. The old one is deleted from the keyring once the new one is in its place.", Next: "Put into use",
		Fields: func(*page.Answers) []page.Field {
			return []page.Field{{
				Key: "rotate.written", Kind: page.Note, Label: "What will be written",
				Hint: fmt.Sprintf("The new %s, to %s. The record of %s names it from then on.", r.what(), r.place(), r.Connector.Name),
			}}
		},
		Action: &page.Action{Busy: "Putting it into use", Run: r.commit, Commit: true},
	}
}

func (r *Rotate) donePage() page.Page {
	return page.Page{
		ID: "rotate.done", Step: "Done", Title: "The new " + r.what() + " is in use", Final: true, Next: "Done",
		Fields: func(a *page.Answers) []page.Field {
			fields := []page.Field{
				{
					Key: "rotate.name", Kind: page.Note, Tone: page.Good, Label: r.Connector.Name,
					Hint: "Its record and the keyring agree. The test that proved it is kept as the last report.",
				},
				{
					Key: "rotate.next", Kind: page.Note, Label: "What to do now",
					Hint: "Enter the new " + r.what() + " in the services' own console too.",
				},
			}
			if why := a.Text(keyLeft); why != "" {
				fields = append(fields, page.Field{Key: "rotate.old", Kind: page.Note, Tone: page.Heed, Label: "The old one is still in the keyring", Hint: why})
			}
			return fields
		},
	}
}
