package plan

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var (
	three   = []string{"continuity", "remediation", "sync-and-recover"}
	tenants = []Tenant{
		{Provider: microsoft365, Tenant: "contoso.example"}, {Provider: microsoft365, Tenant: "fabrikam.example"}, {Provider: microsoft365, Tenant: "gcc.contoso.example"},
	}
	onPremises = Tenant{Provider: exchange, Tenant: "contoso.example"}
	workspace  = Tenant{Provider: google, Tenant: "C01234567"}
)

// TestRules holds the plan to every sentence of the guide.
func TestRules(t *testing.T) {
	c := catalogue(t)
	hybrid := append(slices.Clone(tenants), onPremises)
	for _, test := range []struct {
		name   string
		estate Organisation
		needed int
		rule   *Rule
		other  int // by the reading that is not applied; 0 where there is none
	}{
		{"three tenants with one service need three", Organisation{Services: three[2:], Tenants: tenants}, 3, cloudOnly, 0},
		{"three tenants with three services need nine", Organisation{Services: three, Tenants: tenants}, 9, cloudOnly, 0},
		{"hybrid, mailboxes on-premises: nine plus one", Organisation{Mailboxes: OnPremises, Services: three, Tenants: hybrid}, 10, hybridOnPremises, 0},
		{"hybrid, mailboxes in both: nine plus one", Organisation{Mailboxes: InBoth, Services: three, Tenants: hybrid}, 10, hybridBoth, 9},
		{"hybrid, mailboxes in the cloud: nine and none", Organisation{Mailboxes: InCloud, Services: three, Tenants: hybrid}, 9, hybridCloud, 3},
		{"on-premises only: one", Organisation{Services: three, Tenants: []Tenant{onPremises}}, 1, onPremisesOnly, 3},
		{"one Exchange connector for each organisation", Organisation{Services: three, Tenants: []Tenant{onPremises, {Provider: exchange, Tenant: "b.example"}}}, 2, onPremisesOnly, 6},
		{"Google only for Remediation", Organisation{Services: three, Tenants: []Tenant{workspace}}, 1, cloudOnly, 0},
		{"Google not without Remediation", Organisation{Services: three[:1], Tenants: []Tenant{workspace}}, 0, cloudOnly, 0},
		{"Directory Synchronization for Entra", Organisation{Services: []string{"directory-synchronization"}, Tenants: tenants[:1]}, 1, cloudOnly, 0},
		{"Directory Synchronization not on-premises", Organisation{Services: []string{"directory-synchronization"}, Tenants: []Tenant{onPremises}}, 0, onPremisesOnly, 0},
		{"Directory Synchronization not with Google", Organisation{Services: []string{"directory-synchronization"}, Tenants: []Tenant{workspace}}, 0, cloudOnly, 0},
		{"all seven in one tenant", Organisation{Services: usable[microsoft365], Tenants: tenants[:1]}, 7, cloudOnly, 0},
		{"all seven on-premises", Organisation{Services: usable[microsoft365], Tenants: []Tenant{onPremises}}, 1, onPremisesOnly, 3},
		{"no service", Organisation{Tenants: hybrid, Mailboxes: OnPremises}, 0, hybridOnPremises, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.estate.Name = "Contoso"
			e := Environment{Organisations: []Organisation{test.estate}}
			if err := e.Check(c); err != nil {
				t.Fatal(err)
			}
			p := New(e, c, Existing{})
			if p.Totals.Needed != test.needed || p.Totals.Missing != test.needed {
				t.Errorf("%s, not %d", p.Totals, test.needed)
			}
			if rule := e.Organisations[0].Situation(); rule != test.rule {
				t.Errorf("the rule is %s", rule.ID)
			}
			choices := e.Choices(c)
			if (len(choices) > 0) != test.rule.Ambiguous() {
				t.Fatalf("%d rules are open", len(choices))
			}
			if len(choices) > 0 && test.other > 0 && !slices.Equal(choices[0].Needed, []int{test.needed, test.other}) {
				t.Errorf("the readings need %d", choices[0].Needed)
			}
		})
	}
}

// TestRulesAreExplained: each rule says where it comes from, and where it can be
// read in two ways why it is read so.
func TestRulesAreExplained(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if r.ID == "" || seen[r.ID] || r.Title == "" || r.Source == "" {
			t.Errorf("%+v is not complete", r)
		}
		seen[r.ID] = true
		for _, reading := range r.Readings {
			if reading.Text == "" || r.Ambiguous() && reading.Why == "" {
				t.Errorf("%s: a reading says not why", r.ID)
			}
		}
	}
}

// TestWhyNot: a cell without a connector says by which rule.
func TestWhyNot(t *testing.T) {
	c := catalogue(t)
	e := Environment{Organisations: []Organisation{{
		Name: "Contoso", Mailboxes: InCloud, Services: []string{"continuity", "directory-synchronization"},
		Tenants: []Tenant{tenants[0], onPremises, workspace},
	}}}
	p := New(e, c, Existing{})
	for _, test := range []struct {
		row     int
		service string
		state   State
		why     string
	}{
		{0, "continuity", Missing, "Each service needs a connector of its own in each tenant."},
		{0, "remediation", NotNeeded, "Not needed: the environment does not list the service as in use at contoso.example."},
		{1, "continuity", NotNeeded, "Not needed: hybrid, with all mailboxes in the cloud: one connector for each service in each tenant, and none for Exchange."},
		{1, "directory-synchronization", Impossible, "Directory Synchronization is for Entra only."},
		{1, "simplymigrate", Impossible, "O365 SimplyMigrate cannot use this platform. It works with Microsoft 365."},
		{2, "continuity", Impossible, "Google Workspace is for Remediation only."},
	} {
		column := p.Column(test.service)
		if got := p.Rows[test.row].Cells[column].State; got != test.state {
			t.Errorf("%s in row %d: %s", test.service, test.row, got)
		}
		if got := p.Why(test.row, column); got != test.why {
			t.Errorf("%s in row %d: %q", test.service, test.row, got)
		}
	}
}

// TestNeededIsRight counts random estates by another formula.
func TestNeededIsRight(t *testing.T) {
	c := catalogue(t)
	rapid.Check(t, func(t *rapid.T) {
		e := estate(t)
		if err := e.Check(c); err != nil {
			t.Fatal(err)
		}
		want := 0
		for _, o := range e.Organisations {
			clouds := 0
			for _, tenant := range o.Tenants {
				if tenant.Provider != exchange {
					clouds++
				}
			}
			for _, tenant := range o.Tenants {
				inUse := o.Services
				if tenant.Services != nil {
					inUse = tenant.Services
				}
				both := 0
				for _, service := range inUse {
					if slices.Contains(usable[tenant.Provider], service) {
						both++
					}
				}
				switch {
				case tenant.Provider != exchange:
					want += both
				case both > 0 && (clouds == 0 || o.Mailboxes != InCloud):
					want++
				}
			}
		}
		if p := New(e, c, Existing{}); p.Totals.Needed != want || len(p.Needs) != want {
			t.Fatalf("%d are needed, not %d: %+v", p.Totals.Needed, want, e)
		}
	})
}
