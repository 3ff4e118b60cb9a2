package microsoft365

import (
	"fmt"
	"strings"

	"fairlead/assets"
	"fairlead/wizard/page"
)

func (e environment) permissionsPage() page.Page {
	return page.Page{
		ID:    "microsoft365.permissions",
		Step:  "Permissions",
		Title: "What the service asks for, and why",
		Why:   "Microsoft's consent page shows the same, in its own words. Compare the two before you accept.",
		Fields: func(a *page.Answers) []page.Field {
			t := e.provider.target(a)
			usage, _ := t.Service.Usage(ID)
			var notes []page.Field
			for i, p := range usage.In(t.Cloud.ID) {
				notes = append(notes, page.Field{
					Key: fmt.Sprintf("microsoft365.permission-%d", i+1), Kind: page.Note, Label: p.Grant.Display,
					Hint: fmt.Sprintf("%s\n\n`%s`, %s. %s", p.Reason, p.Name, e.ofWhat(p), mayGrant(p)),
				})
			}
			notes = append(notes, page.Field{
				Key: "microsoft365.known", Kind: page.Note, Tone: toneOf(usage.Known), Label: "How much of this is known", Hint: howKnown[usage.Known],
			}, page.Field{
				Key: "microsoft365.officer", Kind: page.Note, Label: "For the security officer",
				Hint: "The same as a text, to send before anything is granted.", Copy: e.officerText(t, usage),
			})
			if usage.EWS == assets.Needed {
				note := e.ewsNote(usage)
				note.Hint += " " + ewsAdvice
				note.Copy = ewsCommands(e.knownApplication(a))
				notes = append(notes, note)
			}
			return notes
		},
	}
}

// howKnown says how much of the list of permissions is known.
var howKnown = map[assets.Knowledge]string{
	assets.Everything: "These are all permissions that the service asks for.",
	assets.Something:  "The vendor publishes part of the list only. The consent page may show more: ask the service's support why before you accept.",
	assets.Nothing:    "Which permissions the service asks for was not found. Read the consent page with care: what it shows is what will be granted.",
}

func toneOf(k assets.Knowledge) page.Tone {
	if k == assets.Everything {
		return page.Good
	}
	return page.Heed
}

func (e environment) ofWhat(p assets.Permission) string {
	r, _ := e.provider.Catalogue.Resource(p.Resource) // the catalogue was checked when it was read
	if p.Kind == assets.Delegated {
		return "delegated permission of " + r.Name + ": for who signs in"
	}
	return "application permission of " + r.Name + ": without anybody signed in, for the whole tenant"
}

// mayGrant says who may grant a permission for the organisation. Source:
// Microsoft, "Grant tenant-wide admin consent to an application".
func mayGrant(p assets.Permission) string {
	if p.Kind == assets.ForApplication && p.Resource == "graph" {
		return "Privileged Role Administrators and Global Administrators may grant it."
	}
	return "Cloud Application Administrators and Application Administrators may grant it too."
}

// officerText is what is asked for as plain text, for somebody who decides.
func (e environment) officerText(t Target, usage assets.Usage) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Permissions for %s in the Microsoft 365 tenant %s (%s)\n", t.Service.Name, t.Domain, t.Tenant)
	app := usage.Application(t.Cloud.ID)
	fmt.Fprintf(&b, "Cloud: %s\nApplication: %s, id %s\nPublisher: %s\n\n", t.Cloud.Name, app.Name, app.ID, orUnknown(usage.Publisher))
	for _, p := range usage.In(t.Cloud.ID) {
		fmt.Fprintf(&b, "- %s (%s)\n  %s\n  Why: %s\n  Id %s. %s\n", p.Name, e.ofWhat(p), p.Grant.Display, p.Reason, p.Grant.ID, mayGrant(p))
	}
	fmt.Fprintf(&b, "\n%s\n", howKnown[usage.Known])
	switch usage.EWS {
	case assets.Needed:
		fmt.Fprintf(&b, "The service uses Exchange Web Services. %s\n", ewsNews(e.Network.Now()))
	case assets.NeedUnknown:
		b.WriteString("Whether the service uses Exchange Web Services is not known.\n")
	}
	return b.String()
}
