package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// fakeProvider is a mail platform whose server does what a test wants.
type fakeProvider struct {
	broken    bool  // Basic sign-in is not offered
	lost      error // what looking for the server comes to
	passwords []secret.Secret
	options   []providers.TestOptions // of the tests of registered connectors
	deep      int                     // tests in depth of the page
	shallow   bool                    // there is no test in depth
	leaves    bool                    // something stays outside once a connector is deleted
	cloud     bool                    // each service needs a connector of its own
	// while is what happens while the server is looked for; nil means nothing.
	while func(context.Context, func(page.Progress)) error
	notes []page.Field // on the page that asks for nothing
	// asks is what the test of a registered connector does first; nil means nothing.
	asks func(say func(page.Progress))
}

func (f *fakeProvider) Info() providers.Info {
	deep := []string{"Whether NTLM takes the password too."}
	if f.shallow {
		deep = nil
	}
	return providers.Info{
		ID: "exchange", Name: "Exchange on-premises", Summary: "Exchange 2013 or later, in your own network.",
		Shared: !f.cloud, Deep: deep, TenantKeys: []string{"exchange.address"},
	}
}

func (f *fakeProvider) Describe(settings map[string]string) []providers.Detail {
	return []providers.Detail{
		{Label: "EWS URL", Value: settings["url"]},
		{Label: "Security mode", Value: "Strict"},
		{Label: "Master mailbox", Value: settings["address"]},
	}
}

func (f *fakeProvider) Outcome(a *page.Answers) providers.Outcome {
	_, domain, _ := strings.Cut(a.Text("exchange.address"), "@")
	return providers.Outcome{
		Tenant: domain, Platform: "Exchange 2019", Suggested: "Exchange, " + domain,
		Settings: map[string]string{"url": a.Text("exchange.url"), "address": a.Text("exchange.address")},
		Secret:   a.Secret("exchange.password"), Report: a.Report("exchange.test"),
	}
}

func (f *fakeProvider) Test(_ providers.Env, _ map[string]string, s secret.Secret, o providers.TestOptions) (*check.Suite, error) {
	f.passwords = append(f.passwords, s)
	f.options = append(f.options, o)
	if f.asks != nil {
		return f.asking(o.Say), nil
	}
	return f.suite(), nil
}

func (f *fakeProvider) Pages(providers.Env) []page.Page {
	return []page.Page{f.preparePage(), f.accountPage(), f.serverPage(), f.testPage()}
}

func (f *fakeProvider) preparePage() page.Page {
	return page.Page{
		ID: "exchange.prepare", Step: "Before you start", Title: "What Exchange needs to have in place",
		Why: "There is nothing to tick off: the test looks for itself, and says what to type where something is missing.",
		Fields: func(*page.Answers) []page.Field {
			return append([]page.Field{
				{
					Key: "exchange.verified", Kind: page.Note, Tone: page.Good, Label: "The test will verify",
					Hint: "- Exchange 2013 or later\n- A certificate from a public authority\n- Basic authentication is on for EWS",
				},
				{
					Key: "exchange.unverified", Kind: page.Note, Tone: page.Heed, Label: "Cannot be seen from this computer",
					Hint: "- The services reach EWS from their own network, past any proxy\n- The password does not age",
				},
			}, f.notes...)
		},
	}
}

func (f *fakeProvider) accountPage() page.Page {
	return page.Page{
		ID: "exchange.account", Step: "Account", Title: "Which account may read the mailboxes?", Next: "Find the server",
		Why: "The master mailbox: the account that the services use to reach other mailboxes. It needs the " +
			"ApplicationImpersonation role; the test checks that.",
		Fields: func(*page.Answers) []page.Field {
			return []page.Field{
				{
					Key: "exchange.address", Kind: page.Address, Label: "Mail address",
					Validate: func(value string) error {
						if !strings.Contains(value, "@") {
							return errors.New("this is no mail address: it has no @; type it as name@domain")
						}
						return nil
					},
				},
				{
					Key: "exchange.sign-in", Kind: page.Text, Label: "Sign-in name", Aside: "if it differs from the address",
					Optional: true, Advise: func(value string) string {
						if strings.HasSuffix(value, ".local") {
							return "This name ends in .local. Services outside your network cannot use it. " +
								"Give the account a sign-in name in a mail domain."
						}
						return ""
					},
				},
				{Key: "exchange.password", Kind: page.Secret, Label: "Password", Hint: "Kept in Secret Service. Never written to a file."},
			}
		},
		Action: &page.Action{
			Busy: "Looking for the server", Inputs: []string{"exchange.address"},
			Run: func(ctx context.Context, _ *page.Answers, say func(page.Progress)) (page.Changes, error) {
				say(page.Progress{Text: "Asking Autodiscover of contoso.com"})
				if f.while != nil {
					if err := f.while(ctx, say); err != nil {
						return nil, err
					}
				}
				if err := errors.Join(f.lost, ctx.Err()); err != nil {
					return nil, err
				}
				return page.Changes{"exchange.url": "https://mail.contoso.com/EWS/Exchange.asmx"}, nil
			},
		},
	}
}

func (f *fakeProvider) serverPage() page.Page {
	return page.Page{
		ID: "exchange.server", Step: "Server", Title: "Is this the right server?", Next: "Use this server",
		Why: "The password will be sent to this server and to no other, and only after its certificate was checked.",
		Fields: func(a *page.Answers) []page.Field {
			note := page.Field{Key: "exchange.found", Kind: page.Note, Tone: page.Good, Label: "Found by Autodiscover", Hint: "Check that it is yours."}
			if a.Text("exchange.url") != "https://mail.contoso.com/EWS/Exchange.asmx" {
				note.Tone, note.Label, note.Hint = page.Heed, "Not what Autodiscover says", "It named https://mail.contoso.com/EWS/Exchange.asmx."
			}
			return []page.Field{
				note,
				{Key: "exchange.url", Kind: page.URL, Label: "Exchange Web Services URL", Confirm: true},
				{
					Key: "exchange.mode", Kind: page.Choice, Label: "Security mode",
					Suggest: func(*page.Answers) string { return "strict" },
					Options: []page.Option{
						{Value: "strict", Label: "Strict", Note: "The certificate must be valid, carry the server's name and come from a public authority."},
						{Value: "relaxed", Label: "Relaxed", Note: "A self-signed certificate or an incomplete chain is accepted."},
					},
				},
				{Key: "exchange.remind", Kind: page.Checkbox, Label: "Remind me before the password ages", Hint: "Fairlead asks a week before."},
			}
		},
	}
}

func (f *fakeProvider) testPage() page.Page {
	return page.Page{
		ID: "exchange.test", Step: "Test", Title: "Does the connection work?",
		Why: "The test signs in once and opens one mailbox, as the services will. It changes nothing.",
		Fields: func(*page.Answers) []page.Field {
			return []page.Field{{
				Key: "exchange.mailbox", Kind: page.Address, Label: "Mailbox check",
				Aside: "any mailbox of the organisation that is on this Exchange",
			}}
		},
		Action: &page.Action{
			Busy: "Testing the connection", Verb: "Test connection", Inputs: []string{"exchange.password", "exchange.mailbox"},
			Test:   func(*page.Answers) *check.Suite { return f.suite() },
			Deeper: func(*page.Answers) *check.Suite { return f.deeper() },
		},
	}
}

// deeper is the test in depth, which asks the same.
func (f *fakeProvider) deeper() *check.Suite {
	f.deep++
	return f.suite()
}

// asking is a connection test of one check, which wants something from somebody.
func (f *fakeProvider) asking(say func(page.Progress)) *check.Suite {
	return check.NewSuite(struct{}{}, []check.Check[struct{}]{{
		ID: "sign-in", Title: "Sign-in", Ask: func(context.Context, struct{}) (check.Finding, error) {
			f.asks(say)
			return check.Finding{Summary: "signed in"}, nil
		},
	}}, check.Options[struct{}]{Deadline: time.Minute})
}

// suite is a connection test of ten checks that asks nobody.
func (f *fakeProvider) suite() *check.Suite {
	type none struct{}
	says := func(id, title, summary string, needs ...string) check.Check[none] {
		return check.Check[none]{ID: id, Title: title, Needs: needs, Ask: func(context.Context, none) (check.Finding, error) {
			return check.Finding{Summary: summary, Evidence: id + ": HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Negotiate"}, nil
		}}
	}
	basic := says("basic", "Basic sign-in", "offered: Negotiate, NTLM", "ews")
	basic.Causes = []*check.Cause[none]{{
		Code: "basic-not-offered", Title: "Basic sign-in is not offered", Verdict: check.Fail,
		When:   func(none, error) bool { return f.broken },
		Likely: []string{"It is off after a default installation", "a load balancer removes the header"},
		Remedy: "**Turn on Basic for EWS, on every Exchange server.** It is off after a default installation. " +
			"In the Exchange Management Shell:\n\n```powershell\nGet-WebServicesVirtualDirectory | " +
			"Set-WebServicesVirtualDirectory -BasicAuthentication $true\n```\n\nThen recycle the application pool, and run this check again.",
		Look: "The IIS log of the default web site, `%SystemDrive%\\inetpub\\logs\\LogFiles\\W3SVC1`.",
	}}
	checks := []check.Check[none]{
		says("name", "Name", "mail.contoso.com, 203.0.113.7 and 203.0.113.8"), says("port", "Port", "443 answers on both addresses", "name"),
		says("tls", "TLS", "TLS 1.3", "port"), says("certificate", "Certificate", "public authority, name matches, 211 days left", "tls"),
		says("ews", "EWS", "answers itself, Exchange 2019 CU14", "tls"), basic,
		says("sign-in", "Sign-in", "accepted", "basic"), says("version", "Server version", "Exchange 2019 CU14 (15.2.1544)", "sign-in"),
		says("mailbox", "Mailbox check", "anna@contoso.com opened through impersonation", "sign-in"),
		says("clock", "Clock", "2 seconds apart", "ews"),
	}
	return check.NewSuite(none{}, checks, check.Options[none]{
		Deadline: time.Minute, Facts: func(none) map[string]string { return map[string]string{"platform": "Exchange 2019"} },
	})
}
