package wizard

import (
	"context"
	"time"

	"fairlead/wizard/page"
)

func (n *NewConnector) namePage() page.Page {
	return page.Page{
		ID:    "name",
		Step:  "Name",
		Title: "What is the connector called?",
		Why:   "The name and the description are all that can be changed later.",
		Fields: func(a *page.Answers) []page.Field {
			return []page.Field{
				{
					Key: KeyName, Kind: page.Text, Label: "Name",
					Suggest:  func(a *page.Answers) string { return n.outcome(a).Suggested },
					Validate: n.nameIsFree,
				},
				{
					Key: KeyDescription, Kind: page.Text, Label: "Description", Aside: "optional",
					Hint: "For colleagues: who looks after it, and why it is there.", Optional: true,
				},
			}
		},
	}
}

// nameIsFree asks the registry. When it cannot answer in time the name is let
// through here: registering asks again.
func (n *NewConnector) nameIsFree(name string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return n.Keeper.CheckName(ctx, name)
}
