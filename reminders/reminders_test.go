package reminders

import (
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/connectors"
)

var now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)

func catalogue(t testing.TB) assets.Catalogue {
	t.Helper()
	c, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func exchange(facts map[string]string) connectors.Connector {
	return connectors.Connector{
		ID: "e1", Name: "Head office", Provider: "exchange", Tenant: "contoso.com", Services: []string{"continuity"},
		Platform:   "Exchange SE RTM",
		Credential: connectors.Credential{Key: "connector/e1", Since: now.AddDate(0, 0, -10)},
		LastTest:   &check.Report{Started: now.AddDate(0, 0, -1), Facts: facts},
	}
}

func cloud(provider, service string, facts map[string]string) connectors.Connector {
	return connectors.Connector{
		ID: "c1", Name: "Tenant", Provider: provider, Services: []string{service}, Settings: map[string]string{"cloud": "worldwide"},
		LastTest: &check.Report{Started: now.AddDate(0, 0, -1), Facts: facts},
	}
}

// short is a reminder in a line.
func short(r Reminder) string {
	return r.ID + " " + r.When.Format(time.DateOnly) + " " + string(r.Severity)
}

func TestFor(t *testing.T) {
	c := catalogue(t)
	old := exchange(nil)
	old.Platform = "Exchange 2016 CU23 Feb26SU"
	old.Credential.Since = now.AddDate(-2, 0, 0)
	never := exchange(nil)
	never.LastTest = nil
	bare := exchange(nil)
	bare.Credential.Key = ""
	key := cloud("google", "continuity", nil)
	key.Credential = connectors.Credential{Key: "k", Since: now}
	for name, test := range map[string]struct {
		connector connectors.Connector
		want      []string
	}{
		"age where nothing is known": {never, []string{"e1/password-age 2027-11-14 later"}},
		"old password, old product":  {old, []string{"e1/exchange-2016-support 2025-10-14 over", "e1/password-age 2025-11-24 over"}},
		"no password":                {bare, nil},
		"the ends that a test read": {
			exchange(map[string]string{"password-expires": "2026-12-01", "certificate-expires": "2027-03-01T10:00:00Z"}),
			[]string{"e1/password-expires 2026-12-01 soon", "e1/certificate-expires 2027-03-01 later"},
		},
		"today is over": {exchange(map[string]string{"password-expires": "2026-11-24"}), []string{"e1/password-expires 2026-11-24 over"}},
		"no date": {
			exchange(map[string]string{"password-expires": "never"}), []string{"e1/password-age 2027-11-14 later"},
		},
		"the end of EWS, where the service needs them": {
			cloud("microsoft365", "continuity", nil),
			[]string{"c1/ews-phased 2026-10-01 over", "c1/ews-gone 2027-04-01 later", "c1/consent-review 2027-05-22 later"},
		},
		"no end of EWS, where it does not": {
			cloud("microsoft365", "directory-synchronization", nil), []string{"c1/consent-review 2027-05-22 later"},
		},
		"no end of EWS on-premises": {exchange(nil), []string{"e1/password-age 2027-11-14 later"}},
		"a consent that changed": {
			cloud("google", "continuity", map[string]string{"missing": "a", "more": "b"}),
			[]string{"c1/consent-missing 2026-11-23 over", "c1/consent-more 2026-11-23 over", "c1/consent-review 2027-05-22 later"},
		},
		"a service account's key": {key, []string{"c1/consent-review 2027-05-22 later", "c1/password-age 2027-11-24 later"}},
	} {
		t.Run(name, func(t *testing.T) {
			list := For(test.connector, c, now)
			if len(list) != len(test.want) {
				t.Fatalf("%d reminders, not %v: %v", len(list), test.want, list)
			}
			for i, r := range list {
				if short(r) != test.want[i] {
					t.Errorf("%s, not %s", short(r), test.want[i])
				}
				if r.What == "" || r.Do == "" || r.Source == "" || r.Connector != test.connector.Name {
					t.Errorf("half a reminder: %+v", r)
				}
			}
		})
	}
}

func TestPhasedEndIsOldNewsOnceEWSAreGone(t *testing.T) {
	list := For(cloud("microsoft365", "continuity", nil), catalogue(t), time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC))
	if len(list) == 0 || short(list[0]) != "c1/ews-gone 2027-04-01 over" {
		t.Errorf("%v", list)
	}
}

func TestPolicyOnTheAgeOfPasswords(t *testing.T) {
	list := Policy{PasswordAge: 30 * 24 * time.Hour}.For(exchange(nil), catalogue(t), now)
	if len(list) != 1 || short(list[0]) != "e1/password-age 2026-12-14 soon" {
		t.Errorf("%v", list)
	}
}

func TestServiceThatAsksForMore(t *testing.T) {
	c := catalogue(t)
	service, _ := c.Service("continuity")
	usage, _ := service.Usage("microsoft365")
	all := usage.In("worldwide")
	if len(all) < 2 {
		t.Fatal("the catalogue names too few permissions for this test")
	}
	granted := ""
	for _, p := range all[1:] {
		granted += ", " + p.Name + " (" + string(p.Kind) + ")"
	}
	name := all[0].Name + " (" + string(all[0].Kind) + ")"
	found := func(facts map[string]string) (asked bool) {
		for _, r := range For(cloud("microsoft365", "continuity", facts), c, now) {
			asked = asked || r.ID == "c1/consent-asked"
		}
		return asked
	}
	if !found(map[string]string{"granted": granted[2:]}) {
		t.Errorf("nothing reminds of %s", name)
	}
	if found(map[string]string{"granted": granted[2:], "missing": name}) {
		t.Errorf("%s was known to be missing", name)
	}
	if found(nil) {
		t.Error("nothing was compared, and something is said to be new")
	}
}
