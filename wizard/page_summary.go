package wizard

import (
	"fmt"
	"strings"

	"fairlead/check"
	"fairlead/providers"
	"fairlead/wizard/page"
)

func (n *NewConnector) summaryPage(before []page.Page) page.Page {
	return page.Page{
		ID:    "summary",
		Step:  "Summary",
		Title: "Create this connector?",
		Why:   "Nothing has been written yet. After this, only the name and the description can be changed.",
		Next:  "Create connector",
		Fields: func(a *page.Answers) []page.Field {
			notes := page.Summary(before, a)
			return append(notes, page.Field{
				Key: "summary.written", Kind: page.Note, Label: "What will be written", Hint: n.written(a),
			})
		},
		Action: &page.Action{Busy: "Creating the connector", Run: n.create, Commit: true},
	}
}

// written says where record and secret go.
func (n *NewConnector) written(a *page.Answers) string {
	o, secret := n.outcome(a), "password"
	if keyed, ok := n.provider(a).(providers.Keyed); ok && keyed.KeyOf(o.Settings) != "" {
		secret = "key"
	}
	where := "this computer's registry"
	if n.Team {
		where = "the team's registry"
	}
	switch {
	case o.Secret.IsEmpty():
		return "The record, to " + where + ". There is no password, and no sign-in is kept."
	case o.Session:
		return fmt.Sprintf("The record, without the %s, to %s. The %[1]s stays in memory until Fairlead closes.", secret, where)
	}
	return fmt.Sprintf("The record, without the %s, to %s. The %[1]s to %[3]s.", secret, where, n.Env.Keyring.Name())
}

// proved says what is known of the new connector.
func (n *NewConnector) proved(a *page.Answers) string {
	if report := n.outcome(a).Report; report == nil || report.Worst() != nil && report.Count(check.Pass) == 0 {
		return "It was recorded, not verified. Test it as soon as that can be done."
	}
	return "It was tested before it was registered. Test it again whenever something changes."
}

func (n *NewConnector) createdPage(a *page.Answers) page.Page {
	return page.Page{
		ID:    "created",
		Step:  "Create",
		Title: "The connector is registered",
		Why:   n.proved(a),
		Next:  "Done",
		Final: true,
		Fields: func(a *page.Answers) []page.Field {
			services := strings.Join(n.Catalogue.Names(a.List(KeyServices)), ", ")
			fields := []page.Field{
				{
					Key: "created.name", Kind: page.Note, Tone: page.Good, Label: a.Text(KeyName),
					Hint: "Serves " + services + ".",
				},
				{
					Key: "created.next", Kind: page.Note, Label: "What to do now",
					Hint: n.outcome(a).Next,
				},
			}
			if n.Replaces != nil {
				fields = append(fields, page.Field{
					Key: "created.old", Kind: page.Note, Tone: page.Heed, Label: n.Replaces.Name + " is still there",
					Hint: "It goes on working. First move the tasks that use it to the new connector, then delete it: its details offer both.",
				})
			}
			return fields
		},
	}
}
