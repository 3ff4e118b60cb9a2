package google

import (
	"maps"
	"testing"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

// TestPermissions: each scope stands there with what the last test saw of it.
func TestPermissions(t *testing.T) {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	service, _ := catalogue.Service("remediation")
	usage, _ := service.Usage(ID)
	asked := []providers.Asked{{Service: service.Name, Usage: usage}}
	less := maps.Clone(ownSettings)
	less[settingScopes] = customerScope
	last := &check.Report{Checks: []check.Result{
		{ID: scopeID(MailScope), Verdict: check.Pass}, {ID: scopeID(customerScope), Verdict: check.Fail},
	}}
	type states = map[string]providers.PermissionState
	for name, test := range map[string]struct {
		settings map[string]string
		last     *check.Report
		want     states
	}{
		"never tested": {ownSettings, nil, states{MailScope: providers.Unverified, customerScope: providers.Unverified}},
		"tested":       {ownSettings, last, states{MailScope: providers.Granted, customerScope: providers.Missing}},
		"skipped": {
			ownSettings, &check.Report{Checks: []check.Result{{ID: scopeID(MailScope), Verdict: check.Skip}}},
			states{MailScope: providers.Unverified, customerScope: providers.Unverified},
		},
		"not asked for at all": {less, last, states{MailScope: providers.Missing, customerScope: providers.Missing}},
	} {
		p := Provider{}.Permissions(test.settings, asked, test.last)
		got := states{}
		for _, one := range p.List {
			got[one.Name] = one.State
			if one.Reason == "" || one.Seen == "" || one.Kind == "" {
				t.Errorf("%s: %+v says too little", name, one)
			}
		}
		if !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
