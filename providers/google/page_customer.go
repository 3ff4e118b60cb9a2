package google

import (
	"context"

	"fairlead/wizard/page"
)

func (e environment) customerPage() page.Page {
	return page.Page{
		ID:    "google.customer",
		Step:  "Organisation",
		Title: "Which organisation is it?",
		Why:   "The services tell organisations apart by the customer ID, and try the connection with the mailbox of one person.",
		Fields: func(*page.Answers) []page.Field {
			return []page.Field{
				{
					Key: keyCustomer, Kind: page.Text, Label: "Customer ID", Placeholder: e.sample(keyCustomer, "C01234567"),
					Validate: CheckCustomer, Advise: adviseCustomer,
					Hint: "Admin console, Account, Account settings, Profile. Neither the domain nor a number.",
				},
				{
					Key: keyAddress, Kind: page.Address, Label: "Mail address", Aside: "of somebody with a mailbox in your domain",
					Placeholder: e.sample(keyAddress, "anna@example.com"), Validate: CheckAddress,
					Hint: "The person's primary address. A group or an alias will not do.",
				},
				{
					Key: "google.customer-page", Kind: page.Note, Label: "Where the customer ID stands",
					Link: e.Outside(accountPage), LinkLabel: "Open the profile in the Admin console",
				},
			}
		},
		Action: &page.Action{
			Busy: "Looking for a connector to this customer", Inputs: []string{keyServices, keyCustomer},
			Run: func(ctx context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
				if e.Registered == nil {
					return nil, nil
				}
				return nil, e.Registered(ctx, ID, a.Text(keyCustomer), a.List(keyServices)...)
			},
		},
	}
}

// sample is an answer that works in the lab, or an example.
func (e environment) sample(key, example string) string {
	if value := e.Sample[key]; value != "" {
		return value
	}
	return example
}
