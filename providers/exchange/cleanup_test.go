package exchange

import (
	"strings"
	"testing"

	"fairlead/providers"
	"fairlead/wizard/page"
)

func sibling(name, server, account string) providers.Sibling {
	return providers.Sibling{Name: name, Settings: map[string]string{
		settingURL: "https://" + server + servicePath, settingMode: string(Strict), settingAddress: "svc@contoso.com",
		settingSignIn: account, settingMailbox: "anna@contoso.com",
	}}
}

// TestCleanUp: what another connector rests on is named, and by whom.
func TestCleanUp(t *testing.T) {
	c := sibling("Farm", "mail.contoso.com", `CONTOSO\o'svc`)
	elsewhere := sibling("B", "mail.fabrikam.com", `CONTOSO\o'svc`)
	elsewhere.Settings[settingAddress] = "svc@fabrikam.com"
	for _, test := range []struct {
		name   string
		others []providers.Sibling
		keep   string // the ids of what has to stay
	}{
		{"alone", nil, ""},
		{"another server of the organisation", []providers.Sibling{sibling("B", "new.contoso.com", `CONTOSO\o'svc`)}, "impersonation account"},
		{"another organisation", []providers.Sibling{elsewhere}, ""},
		{"the same server", []providers.Sibling{sibling("B", "MAIL.contoso.com", "other")}, "firewall basic"},
		{"the same account", []providers.Sibling{sibling("B", "mail.contoso.com", `contoso\o'svc`)}, "impersonation account firewall basic"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var keep []string
			for _, left := range (Provider{}).CleanUp(c, test.others) {
				if left.Keep != "" {
					keep = append(keep, left.ID)
					if !strings.Contains(left.Keep, "“B”") {
						t.Errorf("it does not say who: %s", left.Keep)
					}
				}
				if left.Title == "" || left.Where == "" {
					t.Errorf("%s says too little: %+v", left.ID, left)
				}
				if left.ID == "impersonation" && !strings.Contains(left.Command, `-RoleAssignee 'CONTOSO\o''svc' | Remove-ManagementRoleAssignment`) {
					t.Errorf("the command is %s", left.Command)
				}
			}
			if got := strings.Join(keep, " "); got != test.keep {
				t.Errorf("to be kept: %q, want %q", got, test.keep)
			}
		})
	}
}

// TestRecall: a list that was kept without settings tells who rests on the same all
// the same.
func TestRecall(t *testing.T) {
	c := sibling("Farm", "mail.contoso.com", `CONTOSO\o'svc`)
	c.Settings = Provider{}.Recall("contoso.com", Provider{}.CleanUp(c, nil))
	for _, left := range (Provider{}).CleanUp(c, []providers.Sibling{sibling("B", "MAIL.contoso.com", `contoso\O'svc`)}) {
		if !strings.Contains(left.Keep, "“B”") {
			t.Errorf("%s is not kept: %+v", left.ID, c.Settings)
		}
	}
	if settings := (Provider{}).Recall("contoso.com", nil); len((Provider{}).Rests(settings)) != 0 {
		t.Errorf("out of nothing: %v", settings)
	}
}

// TestPrefill: the answers that settings come to make the same settings.
func TestPrefill(t *testing.T) {
	for _, signIn := range []string{"svc@contoso.com", `CONTOSO\svc`} {
		settings := sibling("Farm", "mail.contoso.com", signIn).Settings
		a := page.NewAnswers()
		for key, value := range (Provider{}).Prefill(settings) {
			a.Set(key, value)
		}
		for name, value := range (Provider{}).Outcome(a).Settings {
			if value != settings[name] {
				t.Errorf("%s is %q, want %q", name, value, settings[name])
			}
		}
	}
}
