package exchange

import (
	"strings"
	"testing"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

// TestPermissions: the role counts as granted only where a test has used it.
func TestPermissions(t *testing.T) {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	var asked []providers.Asked
	for _, id := range []string{"continuity", "remediation"} {
		service, _ := catalogue.Service(id)
		usage, _ := service.Usage(ID)
		asked = append(asked, providers.Asked{Service: service.Name, Usage: usage})
	}
	c := sibling("Farm", "mail.contoso.com", `CONTOSO\o'svc`)
	seen := func(v check.Verdict, code string) *check.Report {
		r := check.Result{ID: "impersonation", Verdict: v}
		if code != "" {
			r.Diagnoses = []check.Diagnosis{{Code: code, Verdict: v}}
		}
		return &check.Report{Checks: []check.Result{r}}
	}
	for name, test := range map[string]struct {
		last *check.Report
		want providers.PermissionState
		says string
	}{
		"never tested":  {nil, providers.Unverified, "No test"},
		"opened":        {seen(check.Pass, ""), providers.Granted, "opened the inbox of anna@contoso.com"},
		"denied":        {seen(check.Fail, "impersonation-denied"), providers.Missing, "its scope"},
		"another cause": {seen(check.Fail, "mailbox-not-found"), providers.Unverified, "did not come as far"},
		"skipped":       {seen(check.Skip, ""), providers.Unverified, "did not come as far"},
	} {
		p := Provider{}.Permissions(c.Settings, asked, test.last)
		if len(p.List) != 1 || p.List[0].State != test.want || !strings.Contains(p.List[0].Seen, test.says) {
			t.Errorf("%s: %+v", name, p.List)
		}
		if r := p.List[0].Reason; strings.Count(r, "\n") != 1 || !strings.Contains(r, "Continuity: Opens other") {
			t.Errorf("the reasons of two services are %q", r)
		}
		if !strings.Contains(p.Command, `-RoleAssignee 'CONTOSO\o''svc'`) || !p.Granted.IsZero() {
			t.Errorf("the command is %s, granted %s", p.Command, p.Granted)
		}
	}
}
