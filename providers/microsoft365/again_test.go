package microsoft365

import (
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/lab/entra"
	"fairlead/oauth"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// TestAgain tests a registered connector: with a browser somebody signs in
// again, without one what needs that is skipped and says why.
func TestAgain(t *testing.T) {
	b := newBench(t)
	target := b.target("directory-synchronization")
	b.grant(target)
	settings := map[string]string{
		settingTenant: target.Tenant, settingDomain: target.Domain, settingCloud: target.Cloud.ID, settingService: target.Service.ID,
		settingApplication: target.Application, settingVerifier: target.Verifier,
	}
	test := func(o providers.TestOptions) check.Report {
		suite, err := b.provider.Test(b.env.Env, settings, secret.Secret{}, o)
		if err != nil {
			t.Fatal(err)
		}
		return suite.Run(t.Context(), nil)
	}
	if r := test(providers.TestOptions{}); r.Verdict() != check.Pass || r.Count(check.Skip) != 0 {
		t.Errorf("%s: %+v", r.Headline(), r.Checks)
	}
	if got := result(t, test(providers.TestOptions{Unattended: true}), "sign-in"); got.Verdict != check.Skip || !strings.Contains(got.Summary, "by itself") {
		t.Errorf("%+v", got)
	}
	for _, browser := range []oauth.Browser{nil, oauth.SystemBrowser{System: "linux", Getenv: func(string) string { return "" }}} {
		b.rebuild(browser)
		if got := result(t, test(providers.TestOptions{}), "sign-in"); got.Verdict != check.Skip || !strings.HasPrefix(got.Summary, "skipped: ") {
			t.Errorf("%+v", got)
		}
	}
	for _, d := range b.provider.Describe(settings) {
		if d.Value == "" {
			t.Errorf("%s is empty", d.Label)
		}
	}
	for key, value := range map[string]string{settingTenant: "contoso", settingCloud: "nowhere", settingService: "telepathy"} {
		kept := settings[key]
		settings[key] = value
		if _, err := b.provider.Test(b.env.Env, settings, secret.Secret{}, providers.TestOptions{}); err == nil {
			t.Errorf("a record with %s %q was taken", key, value)
		}
		settings[key] = kept
	}
}

// TestAgainWithoutABrowser: whoever watches gets a link, and brings back the
// address that a browser elsewhere ends at.
func TestAgainWithoutABrowser(t *testing.T) {
	b := newBench(t)
	target := b.target("directory-synchronization")
	b.grant(target)
	b.rebuild(nil)
	told := &said{}
	told.on = func(p page.Progress) {
		if p.Paste != nil {
			b.person.going.Go(func() {
				if err := p.Paste(b.person.walk(p.Link)); err != nil {
					t.Error(err)
				}
			})
		}
	}
	target.Say = told.say
	if r := b.verify(target); r.Verdict() != check.Pass || r.Count(check.Skip) != 0 {
		t.Errorf("%s: %+v", r.Headline(), r.Checks)
	}
	if p := told.all[0]; !strings.Contains(p.Link, "/oauth2/v2.0/authorize?") || p.Until.IsZero() {
		t.Errorf("told: %+v", p)
	}
}

// TestAnotherTenant: what was said of one tenant does not hold for the next.
func TestAnotherTenant(t *testing.T) {
	b := newBench(t)
	w := b.begin("continuity")
	w.j.Set(keyWay, waySomebody)
	w.j.Set(keyApplication, entra.ServiceApplication("continuity"))
	w.j.Set(keyVerifier, entra.Verifier)
	w.j.Set(keyGranted, true)
	w.next(pageAuthorize)
	w.at(pageVerify)
	w.j.Goto("microsoft365.tenant")
	w.j.Set(keyTenant, entra.Tenants()[1].Domain)
	w.next("microsoft365.tenant")
	if a := w.j.Answers(); a.On(keyGranted) || !a.Secret(keyToken).IsEmpty() || a.Text(keyTenantID) != entra.Tenants()[1].ID() ||
		a.Text(keyApplication) != entra.ServiceApplication("continuity") {
		t.Errorf("%v %s %s", a.On(keyGranted), a.Text(keyTenantID), a.Text(keyApplication))
	}
	if w.j.Goto(pageVerify) {
		t.Error("the verification of another tenant is open")
	}
}

// TestTheBrowsersPage is in the administrator's language.
func TestTheBrowsersPage(t *testing.T) {
	b := newBench(t)
	b.env.Language, b.env.Say = "de", func(english string) string { return "auf Deutsch: " + english }
	b.tokens()
	<-b.person.ended
	if last := b.person.last(); !strings.Contains(last, `lang="de"`) || !strings.Contains(last, "auf Deutsch: That is done") {
		t.Errorf("%s", last)
	}
}
