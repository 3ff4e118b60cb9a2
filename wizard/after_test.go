package wizard

import (
	"reflect"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// platform is a provider that asks nothing.
type platform struct {
	providers.Provider
	info    providers.Info
	outcome providers.Outcome
}

func (p platform) Info() providers.Info                    { return p.info }
func (p platform) Outcome(*page.Answers) providers.Outcome { return p.outcome }

func answered(provider string) *page.Answers {
	a := page.NewAnswers()
	a.Set(KeyServices, []string{"continuity"})
	a.Set(KeyProvider, provider)
	a.Set("cloud.tenant", "contoso.com")
	return a
}

func TestWhatComesNext(t *testing.T) {
	n := &NewConnector{Providers: []providers.Provider{
		platform{info: providers.Info{ID: "house", Shared: true}},
		platform{info: providers.Info{ID: "cloud", TenantKeys: []string{"cloud.tenant"}}},
	}}
	if after := n.after(answered("house")); after != nil {
		t.Errorf("one connector serves all, and yet there is %v to do", after)
	}
	if after := n.after(answered("")); after != nil {
		t.Errorf("no platform is chosen, and there is %v to do", after)
	}
	want := []page.Follow{
		{Label: "Same service, next tenant", Preset: page.Changes{KeyServices: []string{"continuity"}, KeyProvider: "cloud"}},
		{Label: "Same tenant, next service", Preset: page.Changes{KeyProvider: "cloud", "cloud.tenant": "contoso.com"}},
	}
	if after := n.after(answered("cloud")); !reflect.DeepEqual(after, want) {
		t.Errorf("got %v, want %v", after, want)
	}
}

func TestWhatWasProved(t *testing.T) {
	warned := &check.Report{Checks: []check.Result{{Verdict: check.Warn}}}
	for report, want := range map[*check.Report]string{nil: "recorded, not verified", warned: "recorded, not verified", {}: "tested before"} {
		n := &NewConnector{Providers: []providers.Provider{
			platform{info: providers.Info{ID: "cloud"}, outcome: providers.Outcome{Report: report}},
		}}
		if why := n.createdPage(answered("cloud")).Why; !strings.Contains(why, want) {
			t.Errorf("it says %q, not %q", why, want)
		}
	}
}
