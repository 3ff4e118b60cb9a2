// Package microsoft365 connects a service to a Microsoft 365 tenant: it explains
// what the service asks for, leads to Entra's consent page, and proves in the
// tenant what was granted.
//
// Nothing that a browser brings back is believed. The tenant is the one that a
// verified id token names, and the grants are those that Microsoft Graph lists
// to the administrator who signed in. That sign-in goes through a public client
// that the organisation registers itself; without one the connector is recorded
// and said to be not verified.
//
// The verification is a list of checks, each declared in a file check_*.go.
// What may go wrong in sign-in, consent and Graph stands in aadsts.tsv.
//
// Tokens live in memory, in the answers of one journey or the state of one
// verification, and are part of no record, report, draft or error.
package microsoft365

import (
	"context"
	"fmt"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/oauth"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// ID is the provider's id in records and in the catalogue.
const ID = "microsoft365"

// Provider connects services to Microsoft 365 tenants.
type Provider struct {
	Catalogue assets.Catalogue

	pause func(ctx context.Context, d time.Duration) error // instead of waiting, for tests
	wait  time.Duration                                    // for the browser; zero is the usual time
}

// Info says who it is.
func (Provider) Info() providers.Info {
	return providers.Info{
		ID: ID, Name: "Microsoft 365", TenantKeys: []string{keyTenant, keyVerifier},
		Summary: "A tenant in any of Microsoft's clouds. One connector for each service and tenant.",
	}
}

// The settings of a registered connector.
const (
	settingTenant      = "tenant"
	settingDomain      = "domain"
	settingCloud       = "cloud"
	settingService     = "service"
	settingApplication = "application"
	settingVerifier    = "verifier"
	settingWay         = "granted-by"
)

// The keys of the answers.
const (
	keyServices = "services" // of the wizard: here exactly one

	keyTenant      = "microsoft365.tenant" // domain or id, as typed
	keyWay         = "microsoft365.way"
	keyApplication = "microsoft365.application"     // the service's
	keyOwn         = "microsoft365.own-application" // one of the organisation's own
	keyVerifier    = "microsoft365.verifier"
	keyElsewhere   = "microsoft365.sign-in" // how to sign in without a browser here
	keyGranted     = "microsoft365.granted"

	// What actions found.
	keyTenantID = "microsoft365.found.tenant"
	keyCloud    = "microsoft365.found.cloud"
	keySince    = "microsoft365.found.since"   // since when somebody is waited for
	keyAccount  = "microsoft365.found.account" // who signed in, for the screen
	keyToken    = "microsoft365.token"         // secret: in memory only
)

// The ways to authorize.
const (
	wayService   = "service"
	wayOwn       = "own"
	waySomebody  = "somebody"
	wayElsewhere = "no-browser"
)

// pageVerify is the id of the page whose report counts.
const pageVerify = "microsoft365.verify"

// Pages are the steps of the wizard.
func (p Provider) Pages(env providers.Env) []page.Page {
	e := environment{env, p}
	return []page.Page{e.preparePage(), e.tenantPage(), e.permissionsPage(), e.authorizePage(), e.verifyPage()}
}

// environment is what the provider may reach.
type environment struct {
	providers.Env
	provider Provider
}

// door is the way to Entra for a target. Its authority is found by whoever uses
// it.
func (e environment) door(t Target, say func(page.Progress)) door {
	return door{
		net: e.Network, browser: e.Browser, outside: e.Outside, cloud: t.Cloud, domain: domainHint(t.Domain),
		wait: e.provider.wait, text: BrowserText(e.Language, e.Say), say: say,
	}
}

// domainHint is a domain that leads Entra to the right sign-in page, or nothing
// where an id was typed.
func domainHint(typed string) string {
	if oauth.IsGUID(typed) {
		return ""
	}
	return typed
}

// BrowserText is what the browser shows at its end, in a language.
func BrowserText(language string, say func(english string) string) oauth.Text {
	if language == "" || say == nil {
		language, say = "en", func(english string) string { return english }
	}
	back := say("Close this window and go back to Fairlead.")
	return oauth.Text{
		Language: language, Title: "Fairlead",
		Done:   oauth.Message{Heading: say("That is done"), Next: back},
		Failed: oauth.Message{Heading: say("It was not granted"), Next: say("Close this window and go back to Fairlead: it says what to do.")},
		Again:  oauth.Message{Heading: say("This was answered before"), Next: back},
		Old:    oauth.Message{Heading: say("This belongs to an earlier attempt"), Next: say("Close this window, and start again in Fairlead.")},
	}
}

// target is what the answers of the wizard come to.
func (p Provider) target(a *page.Answers) Target {
	t := Target{
		Tenant: a.Text(keyTenantID), Domain: a.Text(keyTenant), Application: a.Text(keyApplication), Verifier: a.Text(keyVerifier),
		Token: a.Secret(keyToken), Account: a.Text(keyAccount), Fresh: true,
	}
	if a.Text(keyWay) == wayOwn {
		t.Application, t.Verifier = a.Text(keyOwn), a.Text(keyOwn)
	}
	t.Service = p.service(a)
	t.Cloud, _ = p.Catalogue.Clouds.Find(a.Text(keyCloud)) // none before the tenant was found
	return t
}

// service is the one service that was chosen; the zero one before that.
func (p Provider) service(a *page.Answers) assets.Service {
	chosen := a.List(keyServices)
	if len(chosen) != 1 {
		return assets.Service{}
	}
	s, _ := p.Catalogue.Service(chosen[0])
	return s
}

// Outcome says what finished answers come to.
func (p Provider) Outcome(a *page.Answers) providers.Outcome {
	t := p.target(a)
	o := providers.Outcome{
		Tenant: t.Tenant,
		Settings: map[string]string{
			settingTenant: t.Tenant, settingDomain: t.Domain, settingCloud: t.Cloud.ID, settingService: t.Service.ID,
			settingApplication: t.Application, settingVerifier: t.Verifier, settingWay: a.Text(keyWay),
		},
		Report: a.Report(pageVerify),
		Next: "- Finish the connector in the services' own console: it shows when the service has taken up the consent.\n" +
			"- Drop the sign-in: sign out in the browser if the computer is not yours.\n" +
			"- To take the consent back one day, delete the application in Entra under Enterprise applications. Deleting the connector here does not.",
	}
	if o.Report != nil {
		o.Platform = o.Report.Facts["platform"]
	}
	if t.Service.Name != "" && t.Domain != "" {
		o.Suggested = t.Service.Name + ", " + t.Domain
	}
	return o
}

// Test is the verification of a registered connector. It signs in again, in a
// browser; where there is none, whoever watches gets a link, and if nobody does,
// what needs the sign-in is skipped and says so.
func (p Provider) Test(env providers.Env, settings map[string]string, _ secret.Secret, o providers.TestOptions) (*check.Suite, error) {
	cloud, known := p.Catalogue.Clouds.Find(settings[settingCloud])
	if !known || checkTenant(settings[settingTenant]) != nil {
		return nil, fmt.Errorf("the connector's record does not fit: it names the tenant %q in the cloud %q", settings[settingTenant], settings[settingCloud])
	}
	service, known := p.Catalogue.Service(settings[settingService])
	if !known {
		return nil, fmt.Errorf("the connector's record does not fit: the catalogue has no service %q", settings[settingService])
	}
	return p.verify(environment{env, p}, Target{
		Service: service, Tenant: settings[settingTenant], Domain: settings[settingDomain], Cloud: cloud,
		Application: settings[settingApplication], Verifier: settings[settingVerifier], Unattended: o.Unattended, Say: o.Say,
	}), nil
}

// Describe returns the settings as an administrator reads them.
func (p Provider) Describe(settings map[string]string) []providers.Detail {
	cloud, _ := p.Catalogue.Clouds.Find(settings[settingCloud])
	details := []providers.Detail{
		{Label: "Tenant", Value: settings[settingDomain]},
		{Label: "Cloud", Value: cloud.Name},
		{Label: "Application id", Value: orUnknown(settings[settingApplication])},
		{Label: "Verified with", Value: settings[settingVerifier]},
	}
	if settings[settingVerifier] == "" {
		details[3].Value = "no application: recorded, not verified"
	}
	return details
}

func orUnknown(text string) string {
	if text == "" {
		return assets.Unknown
	}
	return text
}
