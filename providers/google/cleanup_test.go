package google

import (
	"maps"
	"strings"
	"testing"

	"fairlead/providers"
	"fairlead/wizard/page"
)

var ownSettings = map[string]string{
	settingCustomer: "C01234567", settingAddress: "anna@contoso.com", settingClient: "108844200311955120017",
	settingScopes: "https://mail.google.com/ " + customerScope, settingAccount: "robot@p.iam.gserviceaccount.com", settingKeyID: "1", settingProject: "p",
}

func TestCleanUp(t *testing.T) {
	other := maps.Clone(ownSettings)
	other[settingCustomer] = "C07654321"
	c := providers.Sibling{Name: "A", Settings: ownSettings}
	left := Provider{}.CleanUp(c, []providers.Sibling{{Name: "B", Settings: other}})
	if len(left) != 2 || left[0].ID != "delegation" || left[1].ID != "account" {
		t.Fatalf("left: %+v", left)
	}
	if left[0].Keep != "" || !strings.Contains(left[1].Keep, "“B”") {
		t.Errorf("another customer's delegation is no reason to keep this one, its key is: %q, %q", left[0].Keep, left[1].Keep)
	}
	if !strings.Contains(left[0].Where, DelegationPath) || left[0].Command != ownSettings[settingClient] {
		t.Errorf("the way to the delegation: %+v", left[0])
	}
	if !strings.Contains(left[0].Where, "contoso.com (C01234567)") {
		t.Errorf("the customer is not named: %+v", left[0])
	}
	services := maps.Clone(ownSettings)
	delete(services, settingAccount)
	if left := (Provider{}).CleanUp(providers.Sibling{Settings: services}, nil); len(left) != 1 {
		t.Errorf("of the service's own client: %+v", left)
	}
}

// TestRecall: a list that was kept without settings tells who rests on the same all
// the same.
func TestRecall(t *testing.T) {
	p := Provider{}
	settings := p.Recall("C01234567", p.CleanUp(providers.Sibling{Settings: ownSettings}, nil))
	left := p.CleanUp(providers.Sibling{Settings: settings}, []providers.Sibling{{Name: "B", Settings: ownSettings}})
	if len(left) != 2 || left[0].Keep == "" || left[1].Keep == "" {
		t.Errorf("left with %v: %+v", settings, left)
	}
	if settings := p.Recall("C01234567", nil); len(p.Rests(settings)) != 0 {
		t.Errorf("out of nothing: %v", settings)
	}
}

// TestPrefill: the answers that settings come to ask for the same.
func TestPrefill(t *testing.T) {
	a := page.NewAnswers()
	for key, value := range (Provider{}).Prefill(ownSettings) {
		a.Set(key, value)
	}
	got := settings(a)
	for _, name := range []string{settingCustomer, settingAddress, settingScopes} {
		if got[name] != ownSettings[name] {
			t.Errorf("%s is %q, want %q", name, got[name], ownSettings[name])
		}
	}
	if !own(a) {
		t.Error("the key of the own service account is not asked for")
	}
}
