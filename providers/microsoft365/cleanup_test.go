package microsoft365

import (
	"maps"
	"strings"
	"testing"

	"fairlead/assets"
	"fairlead/providers"
)

// TestCleanUp: the enterprise application, with a warning where another connector
// of the same service and tenant rests on it.
func TestCleanUp(t *testing.T) {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	p := Provider{Catalogue: catalogue}
	settings := map[string]string{
		settingTenant: "11111111-2222-3333-4444-555555555555", settingDomain: "contoso.com", settingCloud: catalogue.Clouds[0].ID,
		settingService: "continuity", settingApplication: "99999999-2222-3333-4444-555555555555", settingVerifier: "v",
	}
	with := func(name, value string) providers.Sibling {
		other := maps.Clone(settings)
		other[name] = value
		return providers.Sibling{Name: "B", Settings: other}
	}
	for _, test := range []struct {
		name   string
		others []providers.Sibling
		warns  bool
	}{
		{"alone", nil, false},
		{"the same service and tenant", []providers.Sibling{with(settingApplication, "other")}, true},
		{"the same application", []providers.Sibling{with(settingService, "remediation")}, true},
		{"the application to verify with", []providers.Sibling{with(settingVerifier, settings[settingApplication])}, true},
		{"another tenant", []providers.Sibling{with(settingTenant, "t")}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			left := p.CleanUp(providers.Sibling{Name: "A", Settings: settings}, test.others)
			if len(left) != 2 || left[0].ID != "application" || left[1].ID != "verifier" {
				t.Fatalf("left: %+v", left)
			}
			if warns := strings.Contains(left[0].Keep, "“B”"); warns != test.warns {
				t.Errorf("warns: %v, %q", warns, left[0].Keep)
			}
			want := "DELETE https://" + catalogue.Clouds[0].Graph + "/v1.0/servicePrincipals(appId='" + settings[settingApplication] + "')"
			if left[0].Command != want || !strings.Contains(left[0].Where, "Enterprise applications") {
				t.Errorf("the way: %+v", left[0])
			}
			for _, l := range left {
				for _, text := range []string{l.Where, l.Text} {
					if !strings.Contains(text, "contoso.com (11111111-2222-3333-4444-555555555555)") {
						t.Errorf("%s does not name the tenant: %s", l.ID, text)
					}
				}
				if l.Link != "https://"+catalogue.Clouds[0].Portal+"/11111111-2222-3333-4444-555555555555" {
					t.Errorf("%s leads to %s", l.ID, l.Link)
				}
			}
		})
	}
}

// TestRecall: a list that was kept without settings tells who rests on the same all
// the same, and rather too much where the application is not known.
func TestRecall(t *testing.T) {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	p := Provider{Catalogue: catalogue}
	other := func(tenant, application, verifier string) map[string]string {
		return map[string]string{
			settingTenant: tenant, settingService: "continuity", settingApplication: application, settingVerifier: verifier, settingCloud: catalogue.Clouds[0].ID,
		}
	}
	for _, test := range []struct {
		name          string
		kept, others  map[string]string
		first, second bool
	}{
		{"the same", other("t", "a", "v"), other("T", "a", "v"), true, true},
		{"others", other("t", "a", "v"), other("t", "b", "w"), false, false},
		{"another tenant", other("t", "a", "v"), other("u", "a", "v"), false, false},
		{"not known then", other("t", "", "v"), other("t", "b", "w"), true, false},
		{"not known now", other("t", "a", "v"), other("t", "", "v"), true, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			// As it was kept before the tenant was named.
			old := p.CleanUp(providers.Sibling{Settings: test.kept}, nil)
			for i := range old {
				old[i].Where = strings.Replace(old[i].Where, ", signed in to t", "", 1)
			}
			left := p.CleanUp(providers.Sibling{Settings: p.Recall("t", old)}, []providers.Sibling{{Name: "B", Settings: test.others}})
			if len(left) != 2 || (left[0].Keep != "") != test.first || (left[1].Keep != "") != test.second {
				t.Errorf("left: %+v", left)
			}
		})
	}
}
