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
		})
	}
}
