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
	for _, test := range []struct {
		name   string
		others []providers.Sibling
		keep   string // the ids of what has to stay
	}{
		{"alone", nil, ""},
		{"another server", []providers.Sibling{sibling("B", "mail.fabrikam.com", `CONTOSO\o'svc`)}, ""},
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
