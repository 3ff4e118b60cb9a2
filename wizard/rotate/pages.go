package rotate

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"fairlead/check"
	"fairlead/secret"
	"fairlead/wizard/page"
)

func (r *Rotate) secretPage() page.Page {
	field := page.Field{
		Key: KeySecret, Kind: page.Secret, Label: capital(r.wanted()),
		Hint: fmt.Sprintf("Kept in %s, never written to a file.", r.place()),
	}
	p := page.Page{
		ID: "rotate.secret", Step: capital(r.wanted()), Title: "What is the " + r.wanted() + "?",
		Why: "It is tested first. The old one stays in use until the new one works.",
		Fields: func(*page.Answers) []page.Field {
			return append(r.before(), field)
		},
		Action: &page.Action{Busy: "Reading it", Inputs: []string{KeySecret}, Memory: true, Run: r.read},
	}
	if r.missing() {
		p.Why = "It is tested first, and kept only if it works. Nothing else of the connector changes."
	}
	switch {
	case r.Key != "":
		p.Title = "Which is the " + r.wanted() + "?"
		field.Long, field.Aside = true, "the whole JSON, or the name of its file"
		which := "In place of the %s."
		if r.missing() {
			which = "The %s."
		}
		field.Hint = fmt.Sprintf(which+" The private key alone is kept, in %s.", r.Key, r.place())
	case !r.missing():
		field.Hint = "Change it at the account first. " + field.Hint
	}
	return p
}

// before is said before the secret is asked for: who has the one that there is,
// where that is somebody else; and where one goes that a file has led here.
func (r *Rotate) before() (notes []page.Field) {
	held := "is"
	if r.missing() {
		held = "was"
		notes = append(notes, page.Field{
			Key: "rotate.settings", Kind: page.Note, Label: "What the file says of it: look where the " + r.what() + " goes",
			Hint: "- " + strings.Join(r.Settings, "\n- "),
		})
	}
	if who := cmp.Or(r.Connector.Credential.Holder, "nobody"); who != r.Keeper.Holder {
		notes = append(notes, page.Field{
			Key: "rotate.holder", Kind: page.Note, Tone: page.Heed, Label: "You take the connector over",
			Hint: fmt.Sprintf("Its %s %s held by %s. From now on it is in your keyring.", r.what(), held, who),
		})
	}
	return notes
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
		Why: "The usual test, with the " + r.wanted() + ". A wrong one costs one failed sign-in.",
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
	why := "It works. The old one is deleted from the keyring once the new one is in its place."
	if r.missing() {
		why = "It works."
	}
	return page.Page{
		ID: "rotate.commit", Step: "Put into use", Title: "Put the " + r.wanted() + " into use?",
		Why: why, Next: "Put into use",
		Fields: func(*page.Answers) []page.Field {
			return []page.Field{{
				Key: "rotate.written", Kind: page.Note, Label: "What will be written",
				Hint: fmt.Sprintf("The %s, to %s. The record of %s names it from then on.", r.wanted(), r.place(), r.Connector.Name),
			}}
		},
		Action: &page.Action{Busy: "Putting it into use", Run: r.commit, Commit: true},
	}
}

func (r *Rotate) donePage() page.Page {
	return page.Page{
		ID: "rotate.done", Step: "Done", Title: "The " + r.wanted() + " is in use", Final: true, Next: "Done",
		Fields: func(a *page.Answers) []page.Field {
			fields := []page.Field{
				{
					Key: "rotate.name", Kind: page.Note, Tone: page.Good, Label: r.Connector.Name,
					Hint: "Its record and the keyring agree. The test that proved it is kept as the last report.",
				},
			}
			if !r.missing() {
				fields = append(fields, page.Field{
					Key: "rotate.next", Kind: page.Note, Label: "What to do now",
					Hint: "Enter the new " + r.what() + " in the services' own console too.",
				})
			}
			if why := a.Text(keyLeft); why != "" {
				fields = append(fields, page.Field{Key: "rotate.old", Kind: page.Note, Tone: page.Heed, Label: "The old one is still in the keyring", Hint: why})
			}
			return fields
		},
	}
}
