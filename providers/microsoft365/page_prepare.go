package microsoft365

import (
	"strings"

	"fairlead/assets"
	"fairlead/wizard/page"
)

func (e environment) preparePage() page.Page {
	return page.Page{
		ID:    "microsoft365.prepare",
		Step:  "Before you start",
		Title: "What Microsoft 365 needs to have in place",
		Why:   "It takes about five minutes. Nothing is changed in the tenant before an administrator accepts it on Microsoft's own page.",
		Fields: func(a *page.Answers) []page.Field {
			usage, _ := e.provider.service(a).Usage(ID)
			notes := []page.Field{
				{Key: "microsoft365.you-need", Kind: page.Note, Label: "You need", Hint: youNeed},
				{Key: "microsoft365.verified", Kind: page.Note, Tone: page.Good, Label: "Fairlead will verify", Hint: willVerify},
				{Key: "microsoft365.unverified", Kind: page.Note, Tone: page.Heed, Label: "Cannot be seen from this computer", Hint: cannotSee},
			}
			if usage.Note != "" {
				notes = append(notes, page.Field{Key: "microsoft365.note", Kind: page.Note, Label: "About this service", Hint: usage.Note})
			}
			if usage.EWS == assets.Needed || usage.EWS == assets.NeedUnknown {
				notes = append(notes, e.ewsNote(usage))
			}
			return notes
		},
	}
}

var youNeed = "- " + strings.Join([]string{
	"In the services' console: a role that opens Services | Connectors.",
	"In Entra: Privileged Role Administrator or Global Administrator. A Cloud Application or Application Administrator may grant everything " +
		"but application permissions of Microsoft Graph. If that is somebody else, you get a link to send.",
	"A browser that allows pop-ups.",
}, "\n- ")

var willVerify = "- " + strings.Join([]string{
	"The tenant exists, and in which of Microsoft's clouds.",
	"The application is in the tenant and switched on.",
	"What was granted, what is missing, and what is more than needed.",
}, "\n- ")

var cannotSee = "- " + strings.Join([]string{
	"Whether the service itself has taken up the consent: its console says so.",
	"Rights that were given by RBAC for Applications in Exchange Online.",
}, "\n- ")

// ewsNote says how EWS in Exchange Online stands.
func (e environment) ewsNote(usage assets.Usage) page.Field {
	note := page.Field{
		Key: "microsoft365.ews", Kind: page.Note, Tone: page.Heed, Label: "This service uses Exchange Web Services",
		Hint: ewsNews(e.Network.Now()),
	}
	if usage.EWS == assets.NeedUnknown {
		note.Label = "Whether this service uses Exchange Web Services is not known"
		note.Hint += " Ask its support."
	}
	return note
}
