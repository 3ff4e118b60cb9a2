package google

import "fairlead/wizard/page"

// prerequisite is one line of the guide, with the page where it is seen to.
type prerequisite struct{ id, what, link, label string }

var prerequisites = []prerequisite{
	{"admin", "You are a super administrator: nobody else can authorise a client", adminPage, "Open Google's page on administrator roles"},
	{"customer", "You know your customer ID, from Account settings", accountPage, "Open the profile in the Admin console"},
	{"scope", "You agree to what the service may do: for mail, full access to every mailbox", scopesPage, "Open Google's list of scopes"},
	{"approval", "Where multi-party approval is on, a second administrator is at hand", approvalPage, "Open Google's page on approval"},
	{"delegation", "You can open the page for delegation; later it comes with its form filled in", delegationPage, "Open Domain-wide delegation"},
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
					Key: "google.guide." + p.id, Kind: page.Note, Label: p.what, Link: e.Outside(p.link), LinkLabel: p.label,
				})
			}
			return notes
		},
	}
}
