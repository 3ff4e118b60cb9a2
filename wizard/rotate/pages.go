package rotate

import (
	"context"
	"fmt"
	"strings"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/secret"
	"fairlead/wizard/page"
)

func (r *Rotate) secretPage() page.Page {
	question := "What is the "
	if r.Key != "" {
		question = "Which is the "
	}
	return page.Page{
		ID: "rotate.secret", Step: capital(r.wanted()), Title: question + r.wanted() + "?", Why: r.why(),
		Fields: func(*page.Answers) []page.Field { return append(r.before(), r.field()) },
		Action: &page.Action{Busy: "Reading it", Inputs: []string{KeySecret}, Memory: true, Run: r.read},
	}
}

func (r *Rotate) why() string {
	if r.Missing {
		return "It is tested first, and kept only if it works. Nothing else of the connector changes."
	}
	return "It is tested first. The old one stays in use until the new one works."
}

func (r *Rotate) field() page.Field {
	f := page.Field{Key: KeySecret, Kind: page.Secret, Label: capital(r.wanted())}
	if r.Key != "" {
		f.Long, f.Aside = true, "the whole JSON, or the name of its file"
	}
	switch kept := fmt.Sprintf("Kept in %s, never written to a file.", r.place()); {
	case r.Key != "" && r.Missing:
		f.Hint = fmt.Sprintf("The %s. The private key alone is kept, in %s.", r.Key, r.place())
	case r.Key != "":
		f.Hint = fmt.Sprintf("In place of the %s. The private key alone is kept, in %s.", r.Key, r.place())
	case r.Missing:
		f.Hint = kept
	default:
		f.Hint = "Change it at the account first. " + kept
	}
	return f
}

// before is said before the secret is asked for: where it goes, which a file or
// somebody else may have decided, and who has the one that there is, where that is
// somebody else.
func (r *Rotate) before() (notes []page.Field) {
	held := "is"
	if r.Missing {
		held = "was"
		notes = append(notes, page.Field{
			Key: "rotate.settings", Kind: page.Note, Label: "Look where the " + r.what() + " goes", Hint: r.settings(),
		})
	}
	switch who := r.Connector.Credential.Holder; who {
	case r.Keeper.Holder:
	case "", connectors.UnknownHolder:
		notes = append(notes, page.Field{
			Key: "rotate.holder", Kind: page.Note, Tone: page.Heed, Label: "You take the connector over",
			Hint: fmt.Sprintf("It is not known who held its %s. From now on it is in your keyring.", r.what()),
		})
	default:
		notes = append(notes, page.Field{
			Key: "rotate.holder", Kind: page.Note, Tone: page.Heed, Label: "You take the connector over",
			Hint: fmt.Sprintf("Its %s %s held by %s. From now on it is in your keyring.", r.what(), held, who),
		})
	}
	return notes
}

// settings are a list of what the record says. Marks in it are shown, and do nothing.
func (r *Rotate) settings() string {
	var lines []string
	plain := strings.NewReplacer("`", "'", "*", "∗", "](", "] (")
	for _, d := range r.Settings {
		if d.Value != "" {
			lines = append(lines, "- "+d.Label+": "+plain.Replace(d.Value))
		}
	}
	return strings.Join(lines, "\n")
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
	if r.Missing {
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
			if !r.Missing {
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
