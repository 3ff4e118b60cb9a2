package microsoft365

import (
	"context"
	"errors"
	"time"

	"fairlead/assets"
	"fairlead/network"
	"fairlead/oauth"
	"fairlead/wizard/page"
)

// readApplications is the delegated permission of Graph that the sign-in asks
// for: the least with which one can read what was granted.
const readApplications = "Application.Read.All"

// loopback is where the browser comes back to. Entra's portal registers
// http://localhost alone, and lets any port match it.
var loopback = oauth.Loopback{Localhost: true}

// door is the way to Entra for one tenant: who signs in where, through which
// application, and in which browser.
type door struct {
	net       *network.Network
	browser   oauth.Browser // nil: none can be opened
	outside   func(address string) string
	cloud     assets.Cloud
	authority *oauth.Authority
	domain    string // hint for the account chooser; may be empty
	wait      time.Duration
	text      oauth.Text
	say       func(page.Progress)
}

// signIn signs somebody in through a public client and proves who it was. The
// tokens are for reading applications from Graph.
func (d *door) signIn(ctx context.Context, client string, here bool) (*oauth.Tokens, error) {
	c := oauth.NewClient(d.net, d.forBrowser(), client, "https://"+d.cloud.Graph+"/"+readApplications)
	extra := map[string]string{"prompt": "select_account"}
	if d.domain != "" {
		extra["domain_hint"] = d.domain
	}
	r, err := d.receive(ctx, here)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	attempt, err := c.Begin(r, extra)
	if err != nil {
		return nil, err
	}
	answer, err := d.ask(ctx, r, "Waiting for the sign-in in the browser")
	if err != nil {
		return nil, err
	}
	d.say(page.Progress{Text: "Proving who signed in"})
	return attempt.Finish(ctx, answer)
}

// signInByCode is the last resort: a code to type on another device. Many
// organisations block it, and it grants no application permissions.
func (d *door) signInByCode(ctx context.Context, client string) (*oauth.Tokens, error) {
	c := oauth.NewClient(d.net, d.authority, client, "https://"+d.cloud.Graph+"/"+readApplications)
	device, err := c.BeginDevice(ctx)
	if err != nil {
		return nil, err
	}
	d.say(page.Progress{
		Text: "Waiting for the code to be typed on any device", Link: d.outside(device.Address), Code: device.UserCode, Until: device.Deadline,
	})
	return device.Wait(ctx)
}

// consent leads an administrator through the consent page of an application
// that comes back to loopback. What comes back proves nothing and is thrown
// away: what was granted is looked up in Graph.
func (d *door) consent(ctx context.Context, client string) error {
	r, err := d.receive(ctx, true)
	if err != nil {
		return err
	}
	defer r.Close()
	address := ownConsent(d.cloud, d.authority.Tenant, client, r.Redirect(), r.State())
	if err := r.Begin(d.outside(address), oauth.Expectation{Consent: true, Issuer: d.authority.Issuer, IssuerSent: d.authority.IssuerSent}); err != nil {
		return err
	}
	_, err = d.ask(ctx, r, "Waiting for the consent page to be accepted")
	return err
}

// receive opens the receiver: one that listens where the browser is here.
func (d *door) receive(ctx context.Context, here bool) (*oauth.Receiver, error) {
	where := loopback
	where.Wait = d.wait
	if !here {
		return oauth.Deaf(where), nil
	}
	return oauth.Listen(ctx, where, d.text)
}

// ask opens the browser and waits for the answer. Entra shows many errors on a
// page that never leads back: what such a page says may be pasted as well.
func (d *door) ask(ctx context.Context, r *oauth.Receiver, text string) (oauth.Answer, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	progress := page.Progress{Text: text, Link: r.Start(), Until: r.Deadline(), Paste: func(pasted string) error {
		err := r.Paste(pasted)
		if number := numberIn(pasted); number != "" && oauth.KindOf(err) == oauth.Stray {
			stop(&oauth.Error{Kind: oauth.Refused, Text: "Entra's page shows an error", Description: "AADSTS" + number})
			return nil
		}
		return err
	}}
	d.say(progress)
	if d.browser != nil && r.Start() != r.Address() {
		if err := d.browser.Open(ctx, r.Start()); err != nil && ctx.Err() == nil {
			progress.Text += ": " + err.Error() // not the end: the link can be opened by hand
			d.say(progress)
		}
	}
	answer, err := r.Wait(ctx)
	if shown, ok := errors.AsType[*oauth.Error](context.Cause(ctx)); ok && err != nil {
		return oauth.Answer{}, shown
	}
	return answer, err
}

// forBrowser is the authority with the address of its sign-in page as a browser
// on this computer finds it.
func (d *door) forBrowser() *oauth.Authority {
	a := *d.authority
	a.AuthorizationEndpoint = d.outside(a.AuthorizationEndpoint)
	return &a
}
