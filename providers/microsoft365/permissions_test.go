package microsoft365

import (
	"maps"
	"strings"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

// TestPermissions puts what a test has found beside what the catalogue asks for.
func TestPermissions(t *testing.T) {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	service, _ := catalogue.Service("continuity")
	usage, _ := service.Usage(ID)
	settings := map[string]string{settingCloud: "worldwide", settingDomain: "contoso.com", settingApplication: "an id"}
	const access, domains, user = "full_access_as_app (application)", "Domain.Read.All (application)", "User.Read (delegated)"
	type states = map[string]providers.PermissionState
	for name, test := range map[string]struct {
		facts map[string]string // nil: never tested
		want  states
	}{
		"never tested": {nil, states{access: providers.Unverified, domains: providers.Unverified, user: providers.Unverified}},
		"recorded only": {
			map[string]string{"verified": "no: recorded only"},
			states{access: providers.Unverified, domains: providers.Unverified, user: providers.Unverified},
		},
		"looked at": {
			map[string]string{"granted": access + ", " + user, "missing": domains, "more": "Mail.Send (application)", "consented": "2026-11-24"},
			states{access: providers.Granted, user: providers.Granted, domains: providers.Missing, "Mail.Send (application)": providers.Beyond},
		},
		"an older catalogue": {
			map[string]string{"granted": access},
			states{access: providers.Granted, domains: providers.Unverified, user: providers.Unverified},
		},
	} {
		var last *check.Report
		if test.facts != nil {
			last = &check.Report{Facts: test.facts}
		}
		p := Provider{Catalogue: catalogue}.Permissions(settings, []providers.Asked{{Service: service.Name, Usage: usage}}, last)
		got := states{}
		for _, one := range p.List {
			kind, _, _ := strings.Cut(one.Kind, " ")
			got[one.Name+" ("+kind+")"] = one.State
			if one.Title == "" || one.Reason == "" || one.Seen == "" {
				t.Errorf("%s: %+v says too little", name, one)
			}
		}
		if !maps.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
		if known := test.facts["consented"] != ""; known != p.Granted.Equal(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("%s: granted on %s", name, p.Granted)
		}
	}
}

// TestNewest: the last of several days counts, and one that cannot be read none.
func TestNewest(t *testing.T) {
	roles := []assignment{{Created: "2026-01-02T03:04:05Z"}, {Created: "2026-03-04T05:06:07.1234567Z"}, {Created: "soon"}, {}}
	if got := newest(roles).Format(time.DateOnly); got != "2026-03-04" {
		t.Errorf("the newest is of %s", got)
	}
	if !newest(nil).IsZero() {
		t.Error("nothing was granted on a day")
	}
}
