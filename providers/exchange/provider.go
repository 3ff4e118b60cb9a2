package exchange

import (
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// ID is the provider's id in records and in the catalogue.
const ID = "exchange"

// Provider connects an on-premises Exchange organisation over EWS.
type Provider struct{}

// Info says who it is.
func (Provider) Info() providers.Info {
	return providers.Info{
		ID: ID, Name: "Exchange on-premises", Shared: true,
		Summary: "Exchange 2013 or later, over Exchange Web Services (EWS).",
		Deep: []string{
			"Whether old versions of TLS are still on.",
			"Whether NTLM takes the password too, also with the channel binding of Extended Protection.",
			"Whether 20 connections with several calls each reach the same server.",
			"Whether the account has a mailbox of its own, and when its password ends.",
			"Certificates that the server leaves out, from the authority's own address over plain HTTP.",
			"The password is sent a few times more, to the same address. At most one sign-in may fail.",
		},
	}
}

// The settings of a registered connector.
const (
	settingURL     = "url"
	settingMode    = "security"
	settingAddress = "address"
	settingSignIn  = "sign-in"
	settingMailbox = "mailbox"
)

// The keys of the answers.
const (
	keyAddress  = "exchange.address"
	keySignIn   = "exchange.sign-in"
	keyPassword = "exchange.password"
	keyURL      = "exchange.url"
	keyMode     = "exchange.security"
	keyMailbox  = "exchange.mailbox"

	// What actions found. They are kept in drafts and shown, never asked.
	keyKeyring    = "exchange.keyring"     // "", or why none can be used
	keyFoundURL   = "exchange.found.url"   // what Autodiscover said
	keyFoundWhere = "exchange.found.where" // who said it, or why it is a guess, or what was tried
	keyFoundGuess = "exchange.found.guess" // nobody said it
	keyGoOn       = "exchange.keyring-choice"
)

// pageTest is the id of the page whose report counts.
const pageTest = "exchange.test"

// Pages are the steps of the wizard.
func (Provider) Pages(env providers.Env) []page.Page {
	return []page.Page{
		preparePage(env), keyringPage(env), accountPage(env), serverPage(env), testPage(env),
	}
}

// signIn is the name to sign in with: the mail address where none differs.
func signIn(a *page.Answers) string {
	if name := a.Text(keySignIn); name != "" {
		return name
	}
	return a.Text(keyAddress)
}

// domain is the mail domain of an address, in lower case. It stands for the
// organisation: an Exchange organisation has one connector, and no two
// organisations share a mail domain, while many may share a hosted server.
func domain(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	return strings.ToLower(strings.TrimSpace(domain))
}

// Outcome says what finished answers come to.
func (Provider) Outcome(a *page.Answers) providers.Outcome {
	o := providers.Outcome{
		Tenant: domain(a.Text(keyAddress)),
		Settings: map[string]string{
			settingURL: a.Text(keyURL), settingMode: a.Text(keyMode), settingAddress: a.Text(keyAddress),
			settingSignIn: signIn(a), settingMailbox: a.Text(keyMailbox),
		},
		Secret:  a.Secret(keyPassword),
		Session: sessionOnly(a),
		Report:  a.Report(pageTest),
		Next: "- Enter the same details in the services' own console.\n" +
			"- Let the services' network reach the server: this test ran from this computer only.\n" +
			"- If passwords age here, exempt the account or set a reminder to change the password.",
	}
	if o.Report != nil {
		o.Platform = o.Report.Facts["platform"]
	}
	if o.Tenant != "" {
		o.Suggested = "Exchange, " + o.Tenant
	}
	return o
}

// Test is the connection test for a registered connector.
func (Provider) Test(env providers.Env, settings map[string]string, s secret.Secret, o providers.TestOptions) (*check.Suite, error) {
	t, err := target(settings, s)
	if err != nil {
		return nil, fmt.Errorf("the connector's record does not fit: %w", err)
	}
	t.Options = o
	return Test(env.Network, t), nil
}

func target(settings map[string]string, s secret.Secret) (Target, error) {
	address, err := ParseURL(settings[settingURL])
	if err != nil {
		return Target{}, err
	}
	mode, err := ParseMode(settings[settingMode])
	if err != nil {
		return Target{}, err
	}
	return Target{
		URL: address, SignIn: settings[settingSignIn], Password: s, Mailbox: settings[settingMailbox], Mode: mode,
	}, nil
}

// Account is the server and the sign-in name. An account has several names, which
// cannot be told to be of one.
func (Provider) Account(settings map[string]string) string {
	t, err := target(settings, secret.Secret{})
	if err != nil {
		return ""
	}
	return strings.ToLower(t.URL.Hostname() + " " + t.SignIn)
}

// Refused reports whether a test's sign-in with the account was refused. NTLM in
// depth does not count: the password was accepted just before.
func (Provider) Refused(r check.Report) bool {
	var codes []string
	for _, c := range []*cause{signInRefused, signInNameForm, accountLocked, passwordExpired, legacyAuthBlocked, notADomainAccount} {
		codes = append(codes, c.Code)
	}
	return slices.ContainsFunc(r.Checks, func(c check.Result) bool {
		return c.ID == signInCheck.ID && slices.ContainsFunc(c.Diagnoses, func(d check.Diagnosis) bool { return slices.Contains(codes, d.Code) })
	})
}

// Describe returns the settings as an administrator reads them.
func (Provider) Describe(settings map[string]string) []providers.Detail {
	details := []providers.Detail{
		{Label: "EWS URL", Value: settings[settingURL]},
		{Label: "Security mode", Value: modeName(Mode(settings[settingMode]))},
		{Label: "Master mailbox", Value: settings[settingAddress]},
	}
	if settings[settingSignIn] != settings[settingAddress] {
		details = append(details, providers.Detail{Label: "Sign-in name", Value: settings[settingSignIn]})
	}
	return append(details, providers.Detail{Label: "Mailbox check", Value: settings[settingMailbox]})
}

func modeName(m Mode) string {
	switch m {
	case "", Strict:
		return "Strict"
	case Relaxed:
		return "Relaxed"
	}
	return string(m) + ", which there is not"
}
