package microsoft365

import (
	"context"
	"errors"
	"time"

	"fairlead/oauth"
	"fairlead/wizard/page"
)

// authorize does what the chosen way needs: it leads to the consent page, waits
// for whoever grants, and signs an administrator in who then looks at what was
// granted.
func (e environment) authorize(ctx context.Context, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
	t := e.provider.target(a)
	way := a.Text(keyWay)
	if way != wayOwn && !a.On(keyGranted) {
		return e.waitForGrant(ctx, a, t)
	}
	changes := page.Changes{keySince: "", keyAccount: ""}
	if t.Verifier == "" || t.Application == "" {
		return changes, nil
	}
	d := e.door(t, say)
	authority, err := discover(ctx, e.Network, t.Cloud.Login, t.Tenant)
	if err != nil {
		return nil, explained(err)
	}
	d.authority = authority
	tokens, err := d.signInBy(ctx, t.Verifier, way == wayElsewhere, a.Text(keyElsewhere))
	if err != nil {
		return nil, explained(err)
	}
	if way == wayOwn {
		if err := d.consent(ctx, t.Application); err != nil {
			return nil, explained(err)
		}
	}
	changes[keyToken], changes[keyAccount] = tokens.Access, tokens.Identity.Account
	return changes, nil
}

// signInBy signs in where the browser is.
func (d *door) signInBy(ctx context.Context, client string, elsewhere bool, how string) (*oauth.Tokens, error) {
	if elsewhere && how == byCode {
		return d.signInByCode(ctx, client)
	}
	return d.signIn(ctx, client, !elsewhere)
}

// waitForGrant opens the page where the permissions are granted, if there is a
// browser, and says what is waited for. The draft can be left meanwhile.
func (e environment) waitForGrant(ctx context.Context, a *page.Answers, t Target) (page.Changes, error) {
	since := a.Since(keySince, e.Network.Now())
	wait := &page.Waiting{Since: since, Field: keyGranted, Why: errors.New("somebody has to grant the permissions: send the text, and leave this draft until you hear of it; " +
		"then tick that they were granted")}
	if way := a.Text(keyWay); way != waySomebody {
		wait.Why = errors.New("grant the permissions on the page that the link leads to, then tick that they were granted")
		link, _ := e.grantPage(t)
		if way == wayService && link != "" {
			_ = e.Browser.Open(ctx, link) // the link stands on the page for whoever sees no browser open
		}
	}
	return page.Changes{keySince: since.Format(time.RFC3339)}, wait
}
