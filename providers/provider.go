// Package providers says what a mail platform is to Fairlead: the pages that
// ask for what it needs, what the answers come to, and the test that proves a
// connection to it.
//
// A new platform is one folder below this one, an entry in the list that
// [fairlead/workspace] is given, and its rows in the catalogue.
package providers

import (
	"context"

	"fairlead/check"
	"fairlead/keyring"
	"fairlead/network"
	"fairlead/oauth"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// Provider is a kind of mail platform.
type Provider interface {
	// Info says who it is.
	Info() Info
	// Pages are its steps in the wizard, between the choice of the provider and
	// the name of the connector. Their keys begin with the provider's id.
	Pages(env Env) []page.Page
	// Outcome says what finished answers come to.
	Outcome(a *page.Answers) Outcome
	// Test is the connection test for a registered connector.
	Test(env Env, settings map[string]string, s secret.Secret, o TestOptions) (*check.Suite, error)
	// Describe returns the settings as an administrator reads them, in order.
	Describe(settings map[string]string) []Detail
}

// SignsIn is a [Provider] that signs in with a password, and so with an account
// that too many refused sign-ins lock.
type SignsIn interface {
	Provider
	// Account names the account that a connector signs in with: the same text for
	// connectors with the same account. It is empty where the settings do not fit.
	Account(settings map[string]string) string
	// Refused reports whether the account was refused in a test.
	Refused(r check.Report) bool
}

// Info is what the wizard and the list show of a provider.
type Info struct {
	ID      string // stable, as in the catalogue: "exchange"
	Name    string // "Exchange on-premises"
	Summary string // one line
	// Shared is true where one connector serves every service of an
	// organisation, false where each service needs its own.
	Shared bool
	// Deep says what a test in depth asks, a sentence each, since an administrator
	// has to agree to it. It is empty where there is no such test.
	Deep []string
	// TenantKeys are the keys of the answers that say which organisation it is.
	// They are kept where another service is to be connected to the same one.
	TenantKeys []string
}

// Env is what a provider may reach.
type Env struct {
	Network *network.Network
	Keyring keyring.Keyring
	// Browser opens an address in the system's browser, or says why it cannot: an
	// address is then shown, to be opened elsewhere. So it is where this is nil.
	Browser oauth.Browser
	// BrowserURL is where the browser finds an address of the outside world; nil
	// means just there. The lab's pages are elsewhere for a real browser.
	BrowserURL func(address string) string
	// Registered returns an error that names the connector which a tenant has
	// already, where the rules allow no second one: for these services, in a cloud.
	Registered func(ctx context.Context, provider, tenant string, services ...string) error
	// Language is that of the administrator, as a two-letter code, and Say
	// translates into it what no page shows; nil leaves it in English.
	Language string
	Say      func(english string) string
	// Sample helps a newcomer in the lab: answers that work there, by key.
	Sample map[string]string
}

// Outside is where the browser finds an address of the outside world. No address
// stays none.
func (e Env) Outside(address string) string {
	if e.BrowserURL == nil || address == "" {
		return address
	}
	return e.BrowserURL(address)
}

// TestOptions say what a connection test may do beyond the usual, because an
// administrator asked for it this once. The zero value is the usual test.
type TestOptions struct {
	Deep         bool // ask the slow and intrusive questions too, and fetch issuers
	FetchIssuers bool // fetch certificates that the server left out, where its own one says that they are
	// Unattended says that nobody is there to sign in: no browser is opened.
	Unattended bool
	// Say tells somebody who watches what there is to do elsewhere, such as to sign
	// in: an address to open, or one to bring back. Nil means that nobody watches.
	Say func(page.Progress)
}

// Outcome is what the answers to a provider's pages come to.
type Outcome struct {
	Tenant    string            // the organisation, as the rules count it
	Platform  string            // as the test found it, such as "Exchange 2019"
	Settings  map[string]string // never a secret
	Secret    secret.Secret
	Session   bool // the secret is to be kept in memory only
	Report    *check.Report
	Suggested string // a good name for the connector
	Next      string // what is to be done once it is registered, in Markdown
}

// Detail is one line of a connector's settings.
type Detail struct{ Label, Value string }
