package google

import "fairlead/wizard/page"

// prerequisite is one line of the guide, with the page where it is seen to.
type prerequisite struct{ id, what, how, link, label string }

var prerequisites = []prerequisite{
	{
		"admin", "You are a super administrator", "Only a super administrator can authorise a client for the whole domain.",
		adminPage, "Open Google's page on administrator roles",
	},
	{
		"customer", "You know your customer ID", "The Admin console shows it under Account, Account settings, Profile.",
		accountPage, "Open the profile in the Admin console",
	},
	{
		"scope", "You agree to the scopes", "For mail it is `" + MailScope + "`: full access to every mailbox of the domain.",
		scopesPage, "Open Google's list of scopes",
	},
	{
		"approval", "A second administrator may have to agree", "Where multi-party approval is on, another super administrator approves what you authorise.",
		approvalPage, "Open Google's page on approval",
	},
	{
		"delegation", "You can open the page for delegation", DelegationPath + ". The wizard leads there with the form filled in.",
		delegationPage, "Open Domain-wide delegation",
	},
}

func (e environment) guidePage() page.Page {
	return page.Page{
		ID:    "google.guide",
		Step:  "Before you start",
		Title: "What Google Workspace needs to have in place",
		Why:   "Five things, each with the page where you see to it. Nothing is changed yet.",
		Fields: func(*page.Answers) []page.Field {
			var notes []page.Field
			for _, p := range prerequisites {
				notes = append(notes, page.Field{
					Key: "google.guide." + p.id, Kind: page.Note, Label: p.what, Hint: p.how, Link: e.outside(p.link), LinkLabel: p.label,
				})
			}
			return notes
		},
	}
}
