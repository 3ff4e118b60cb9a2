package google

import (
	"errors"
	"slices"
	"strings"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// ID is the provider's id in records and in the catalogue.
const ID = "google"

// Provider connects a Google Workspace customer.
type Provider struct {
	// Catalogue says which client and scopes a service has.
	Catalogue assets.Catalogue
}

// Info says who it is.
func (Provider) Info() providers.Info {
	return providers.Info{
		ID: ID, Name: "Google Workspace", Summary: "Gmail, by domain-wide delegation.",
		TenantKeys: []string{keyCustomer, keyAddress},
	}
}

// The settings of a registered connector.
const (
	settingCustomer = "customer"
	settingAddress  = "address"
	settingClient   = "client"
	settingScopes   = "scopes"
	settingAccount  = "account" // of the own service account, or missing, as the next two
	settingKeyID    = "key-id"
	settingProject  = "project"
)

// The keys of the answers.
const (
	keyServices = "services" // those that were chosen on the wizard's first page

	keyCustomer = "google.customer"
	keyAddress  = "google.address"
	keyWay      = "google.way"
	keyClient   = "google.client"
	keyFileName = "google.key-file"
	keyPasted   = "google.key"
	keyScopes   = "google.scopes"
	keyProve    = "google.prove-customer"
	keySession  = "google.session"
	keyApproval = "google.approval"

	// What actions found. The private key is kept in memory, the others in drafts.
	keyPrivate = "google.private-key"
	keyAccount = "google.found.account"
	keyFound   = "google.found.client"
	keyKeyID   = "google.found.key-id"
	keyProject = "google.found.project"
	keySince   = "google.since" // when the wait for the delegation began
)

// The ways to act for the customer's people.
const (
	wayService = "service" // by the service's own client
	wayFile    = "file"    // by a service account whose key is in a file
	wayPaste   = "paste"   // or is pasted
)

// pageTest is the id of the page whose report counts.
const pageTest = "google.test"

// environment is what the pages reach.
type environment struct {
	providers.Env
	provider Provider
}

// Pages are the steps of the wizard.
func (p Provider) Pages(env providers.Env) []page.Page {
	e := environment{env, p}
	return []page.Page{e.guidePage(), e.customerPage(), e.clientPage(), e.delegationPage(), e.testPage()}
}

// own reports whether the customer's own service account is to be used.
func own(a *page.Answers) bool { return a.Text(keyWay) == wayFile || a.Text(keyWay) == wayPaste }

// scopes are those that were asked for, with the one that proves the customer.
// They are none while the text is not a list of scopes.
func scopes(a *page.Answers) []string {
	list, err := ParseScopes(a.Text(keyScopes))
	if err != nil {
		return nil
	}
	if own(a) && a.On(keyProve) && !slices.Contains(list, customerScope) {
		list = append(list, customerScope)
	}
	return list
}

// settings are those of the connector that answers come to.
func settings(a *page.Answers) map[string]string {
	all := map[string]string{
		settingCustomer: a.Text(keyCustomer), settingAddress: a.Text(keyAddress), settingClient: a.Text(keyClient),
		settingScopes: strings.Join(scopes(a), " "),
	}
	if own(a) {
		all[settingClient], all[settingAccount] = a.Text(keyFound), a.Text(keyAccount)
		all[settingKeyID], all[settingProject] = a.Text(keyKeyID), a.Text(keyProject)
	}
	return all
}

// Outcome says what finished answers come to.
func (Provider) Outcome(a *page.Answers) providers.Outcome {
	o := providers.Outcome{
		Tenant: a.Text(keyCustomer), Platform: "Google Workspace", Settings: settings(a), Report: a.Report(pageTest),
	}
	if own(a) {
		o.Secret, o.Session = a.Secret(keyPrivate), a.On(keySession)
	}
	if domain := domainOf(a.Text(keyAddress)); domain != "" {
		o.Suggested = "Google Workspace, " + domain
	}
	o.Next = next(o.Settings)
	return o
}

// next says what to do once the connector is registered, and how to take the
// delegation away one day.
func next(settings map[string]string) string {
	lines := "- Enter the same customer ID and address in the service's own console, under Integrations, Connectors."
	if settings[settingAccount] == "" {
		lines += "\n- Nothing was verified from here: see there whether the service is connected."
	}
	return lines + "\n- When the connector is deleted one day, the " + left(settings)
}

// left says how to take away what was authorised, once the connector has been
// deleted. Source: Google Workspace Admin Help, 162106.
func left(settings map[string]string) string {
	text := "delegation stays. To take it away, go in the Admin console, as super administrator, to " +
		DelegationPath + ", point to client ID " + settings[settingClient] + " and choose Delete. It may take up to 24 hours to count, " +
		"and a second administrator may have to approve it."
	if account := settings[settingAccount]; account != "" {
		text += " Then delete the service account " + account + " in Google Cloud, if nothing else uses it."
	}
	return text
}

// Test is the connection test for a registered connector.
func (Provider) Test(env providers.Env, settings map[string]string, s secret.Secret, _ providers.TestOptions) (*check.Suite, error) {
	t, err := target(env, settings, s)
	if err != nil {
		return nil, err
	}
	return Test(env.Network, t), nil
}

func target(env providers.Env, settings map[string]string, s secret.Secret) (Target, error) {
	list, err := ParseScopes(settings[settingScopes])
	if err == nil {
		err = errors.Join(CheckCustomer(settings[settingCustomer]), CheckAddress(settings[settingAddress]), CheckClient(settings[settingClient]))
	}
	if err != nil {
		return Target{}, errors.Join(errors.New("the connector's record does not fit"), err)
	}
	return Target{
		Customer: settings[settingCustomer], Address: settings[settingAddress], Client: settings[settingClient], Scopes: list,
		Account: settings[settingAccount], KeyID: settings[settingKeyID], Project: settings[settingProject],
		Key: s, Outside: env.BrowserURL,
	}, nil
}

// Describe returns the settings as an administrator reads them.
func (Provider) Describe(settings map[string]string) []providers.Detail {
	details := []providers.Detail{
		{Label: "Customer ID", Value: settings[settingCustomer]},
		{Label: "Mail address", Value: settings[settingAddress]},
		{Label: "Client ID", Value: settings[settingClient]},
		{Label: "Scopes", Value: settings[settingScopes]},
	}
	if account := settings[settingAccount]; account != "" {
		return append(details, providers.Detail{Label: "Service account", Value: account})
	}
	return append(details, providers.Detail{Label: "Client of", Value: "the service itself: recorded, not verified"})
}
