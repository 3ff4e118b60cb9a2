package microsoft365

import (
	"strings"

	"fairlead/wizard/page"
)

const pageAuthorize = "microsoft365.authorize"

// authorizeInputs are the answers that a grant and a sign-in depend on.
var authorizeInputs = []string{keyServices, keyTenant, keyTenantID, keyCloud, keyWay, keyApplication, keyOwn, keyVerifier, keyElsewhere}

func (e environment) authorizePage() page.Page {
	return page.Page{
		ID:    pageAuthorize,
		Step:  "Authorize",
		Title: "Who grants the permissions, and how?",
		Why:   "They are granted on Microsoft's own page. Fairlead never sees a password there, and believes nothing that the page sends back.",
		Fields: func(a *page.Answers) []page.Field {
			fields := []page.Field{{
				Key: keyWay, Kind: page.Choice, Label: "The way that applies", Options: e.ways(),
				Suggest: func(*page.Answers) string { return e.usualWay() },
			}}
			return append(fields, e.wayFields(a)...)
		},
		Action: &page.Action{
			Busy: "Authorizing", Verb: "Authorize", Inputs: authorizeInputs, Memory: true, Run: e.authorize,
		},
	}
}

func (e environment) usualWay() string {
	if noBrowser(e.Browser) != "" {
		return wayElsewhere
	}
	return wayService
}

// ways are the four ways, each with an honest word on when it applies.
func (e environment) ways() []page.Option {
	none := noBrowser(e.Browser)
	return []page.Option{
		{
			Value: wayService, Label: "The service's own application",
			Note: "The usual one. Its consent page cannot lead back here: you say when it is done.", Barred: none,
		},
		{
			Value: wayOwn, Label: "An application of your own",
			Note: "Only if you registered one with http://localhost and the service is set to use it.", Barred: none,
		},
		{
			Value: waySomebody, Label: "Somebody else must grant",
			Note: "You get a link and a text to send. This draft waits, for days if need be.",
		},
		{
			Value: wayElsewhere, Label: "No browser here",
			Note: "Over SSH, in WSL, on a server: copy the link, and paste the final address back.",
		},
	}
}

// wayFields are the fields of the chosen way. Before one is chosen they are
// those of the usual one, so that what is known is filled in with it.
func (e environment) wayFields(a *page.Answers) []page.Field {
	if a.Text(keyWay) == wayOwn {
		return []page.Field{
			{
				Key: keyOwn, Kind: page.Text, Label: "Application (client) id", Aside: "of your own application",
				Placeholder: e.Sample[keyOwn], Validate: checkApplication,
				Hint: "The browser opens twice: to prove who you are, and for the consent page.",
			},
		}
	}
	t := e.provider.target(a)
	fields := []page.Field{
		{
			Key: keyApplication, Kind: page.Text, Label: "Application (client) id", Aside: "of the service's application, if you know it",
			Placeholder: e.Sample[keyApplication], Optional: true, Validate: checkApplication,
			Suggest: func(a *page.Answers) string { return e.knownApplication(a) },
			Hint:    "Without it the consent page cannot be opened from here, and nothing can be verified.",
		},
		e.linkNote(a, t),
		{
			Key: keyGranted, Kind: page.Checkbox, Label: "The permissions were granted",
		},
		{
			Key: keyVerifier, Kind: page.Text, Label: "Application to verify with", Aside: "leave it empty to record without verifying",
			Placeholder: e.Sample[keyVerifier], Optional: true, Validate: checkApplication,
			Hint: "The client id of any public client that your organisation trusts. An administrator signs in through it, to read what was granted.",
		},
	}
	if t.Verifier == "" {
		fields = append(fields, e.registerNote(t))
	}
	if a.Text(keyWay) == wayElsewhere {
		fields = append(fields, elsewhereField())
	}
	return fields
}

// How to sign in where no browser is here.
const (
	byPaste = "paste"
	byCode  = "code"
)

func elsewhereField() page.Field {
	return page.Field{
		Key: keyElsewhere, Kind: page.Choice, Label: "How to sign in", Optional: true, Suggest: func(*page.Answers) string { return byPaste },
		Options: []page.Option{
			{Value: byPaste, Label: "Copy a link, paste the final address", Note: "In a browser on any computer. Its last page cannot be shown there: its address is what counts."},
			{Value: byCode, Label: "Type a code on another device", Note: "The last resort: many organisations block it, and it grants no application permissions."},
		},
	}
}

// knownApplication is the id of the service's application, or nothing.
func (e environment) knownApplication(a *page.Answers) string {
	usage, _ := e.provider.service(a).Usage(ID)
	return knownID(usage.Application(a.Text(keyCloud)))
}

// linkNote leads to where the permissions are granted.
func (e environment) linkNote(a *page.Answers, t Target) page.Field {
	note := page.Field{Key: "microsoft365.link", Kind: page.Note, Label: "Where it is granted"}
	link, label := e.grantPage(t)
	switch {
	case a.Text(keyWay) == waySomebody:
		note.Label, note.Hint = "Text to send", "To a Privileged Role Administrator or Global Administrator of the tenant. The link works on any computer."
		note.Copy = e.requestText(t)
	case t.Application == "":
		note.Hint = "In the services' own console, which opens Microsoft's consent page. Come back when it says that the connector is authorized."
		note.Link, note.LinkLabel = link, label
	default:
		note.Hint = "Sign in there as an administrator, compare the permissions, press Accept. The page that comes after is the service's: come back here then."
		note.Link, note.LinkLabel = link, label
	}
	return note
}

// grantPage is the address where the permissions are granted: the consent page,
// or the services' console where the application is not known.
func (e environment) grantPage(t Target) (link, label string) {
	if t.Application != "" && t.Tenant != "" {
		return e.Outside(serviceConsent(t.Cloud, t.Tenant, t.Application)), "Open the consent page"
	}
	usage, _ := t.Service.Usage(ID)
	if len(usage.Links) == 0 {
		return "", ""
	}
	return usage.Links[0].URL, usage.Links[0].Title
}

// requestText is what to send to somebody who may grant.
func (e environment) requestText(t Target) string {
	usage, _ := t.Service.Usage(ID)
	link, _ := e.grantPage(t)
	lines := []string{
		"Please grant the permissions of " + t.Service.Name + " in our Microsoft 365 tenant " + t.Domain + ".", "",
		"1. Open " + link,
		"2. Sign in as Privileged Role Administrator or Global Administrator of " + t.Domain + ".",
		"3. Compare what the page asks for with the list below, and press Accept.",
		"4. Tell me when it is done.", "",
		strings.TrimSpace(e.officerText(t, usage)),
	}
	return strings.Join(lines, "\n")
}

// registerNote says in four lines how to register an application to verify
// with.
func (e environment) registerNote(t Target) page.Field {
	graph, _ := e.provider.Catalogue.Resource("graph") // the catalogue has it
	return page.Field{
		Key: "microsoft365.register", Kind: page.Note, Tone: page.Later, Label: "How to register one",
		Hint: "1. In Entra, App registrations, New registration: a name of your choice, this tenant only.\n" +
			"2. Authentication: add \"Mobile and desktop applications\" with `http://localhost`, and allow public client flows.\n" +
			"3. API permissions: Microsoft Graph, delegated, `" + readApplications + "`; then grant admin consent.\n" +
			"4. Copy the Application (client) id from its overview to the field above. The manifest below does steps 2 and 3.",
		Copy: registration(graph), Link: portal(t.Cloud), LinkLabel: "Open the Entra admin centre",
	}
}
