package plan

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/providers"
	microsoftprovider "fairlead/providers/microsoft365"
)

// cells joins the states of a row's columns that are in use.
func cells(p *Plan, row int) string {
	var list []string
	for s := range p.Rows[row].Cells {
		if slices.Contains(three, p.Services[s].ID) {
			list = append(list, string(p.Rows[row].Cells[s].State))
		}
	}
	return strings.Join(list, ", ")
}

// TestGrid: every state of a cell, from what exists.
func TestGrid(t *testing.T) {
	c := catalogue(t)
	guid := "01234567-89ab-cdef-0123-456789abcdef"
	e := Environment{Organisations: []Organisation{{
		Name: "Contoso", Mailboxes: InBoth, Services: three,
		Tenants: []Tenant{tenants[0], {Provider: microsoft365, Tenant: "fabrikam.example", ID: guid, Services: []string{"continuity"}}, onPremises},
	}}}
	answers, err := json.Marshal(map[string]any{
		"flow": "new-connector", "page": "x", "answers": map[string]any{"provider": "microsoft365", "services": []string{"sync-and-recover"}, "microsoft365.tenant": "Contoso.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	cloud := func(name, service, tenant, domain string) connectors.Connector {
		return connectors.Connector{ID: name, Name: name, Provider: microsoft365, Tenant: tenant, Services: []string{service}, Settings: map[string]string{"domain": domain}}
	}
	works, fails, byID := cloud("works", "continuity", "x", "contoso.example"), cloud("fails", "remediation", "contoso.example", ""), cloud("by id", "remediation", guid, "other.example")
	works.LastTest, fails.LastTest = passed, failed
	farm := connectors.Connector{ID: "farm", Name: "Farm", Provider: exchange, Tenant: "CONTOSO.example", Services: []string{"continuity", "remediation"}}
	stranger := cloud("stranger", "continuity", "stranger.example", "")
	have := Existing{
		Connectors: []connectors.Connector{works, fails, byID, farm, stranger},
		Drafts:     []connectors.Draft{{ID: "d", Title: "A draft", Answers: answers, Updated: time.Unix(1, 0)}, {ID: "broken", Answers: []byte("{")}},
	}
	p := New(e, c, have)
	for row, want := range []string{"works, fails, waiting", "missing, not needed, exists, not needed", "never tested, never tested, missing"} {
		if got := cells(p, row); got != want {
			t.Errorf("row %d: %s", row, got)
		}
	}
	if got := p.Totals.String(); got != "5 needed, 1 works, 1 fails, 2 missing, 1 waits, 1 not needed" {
		t.Error(got)
	}
	if len(p.Outside) != 1 || p.Outside[0].Name != "stranger" {
		t.Errorf("outside: %+v", p.Outside)
	}
	var kinds []string
	g := Guide{Plan: p, Catalogue: c}
	for _, s := range p.Steps() {
		a := g.Advise(&s)
		kinds = append(kinds, string(s.Kind)+": "+a.Title)
		if a.Title == "" || a.Why == "" {
			t.Errorf("%s is not explained", s.Kind)
		}
	}
	want := []string{
		"make: Make the connector of Continuity to Microsoft 365, fabrikam.example",
		"finish: Finish the connector of Sync & Recover to Microsoft 365, contoso.example",
		`mend: Mend "fails"`, `delete: Delete "by id"`, `anew: Make "Farm" anew, so that it serves Sync & Recover`,
	}
	if !slices.Equal(kinds, want) {
		t.Errorf("the steps are %q", kinds)
	}
	if why := p.Why(2, p.Column("sync-and-recover")); !strings.HasPrefix(why, "Farm is there, but does not serve Sync & Recover.") {
		t.Error(why)
	}
}

// TestTotals: the line of numbers as the issue has it.
func TestTotals(t *testing.T) {
	for want, totals := range map[string]Totals{
		"9 needed, 6 work, 1 fails, 2 missing": {Needed: 9, Works: 6, Fails: 1, Missing: 2},
		"1 needed, 1 works":                    {Needed: 1, Works: 1},
		"0 needed":                             {},
		"2 needed, 0 work, 2 wait":             {Needed: 2, Waiting: 2},
	} {
		if got := totals.String(); got != want {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// TestMigration: the whole move, step by step.
func TestMigration(t *testing.T) {
	c := catalogue(t)
	e := Environment{Organisations: []Organisation{{
		Name: "Contoso", Mailboxes: InBoth, Services: []string{"continuity"}, Tenants: []Tenant{tenants[0], onPremises},
	}}}
	task := connectors.Attachment{Service: "continuity", Task: "Outbound check"}
	farm := connectors.Connector{
		ID: "farm", Name: "Farm", Provider: exchange, Tenant: "contoso.example", Services: []string{"continuity"}, LastTest: passed,
		Attachments: []connectors.Attachment{task}, Settings: map[string]string{"sign-in": "svc@contoso.example"},
	}
	m, err := Migrate(e, c, Existing{Connectors: []connectors.Connector{farm}}, "contoso")
	if err != nil {
		t.Fatal(err)
	}
	g := Guide{Plan: m.After, Catalogue: c, File: "estate.yaml", Providers: []providers.Provider{microsoftprovider.Provider{Catalogue: c}}}
	var got []string
	for i := range m.Steps {
		a := g.Advise(&m.Steps[i])
		got = append(got, a.Title+" | "+strings.Join(a.Commands, " ; "))
	}
	want := []string{
		"Make the connector of Continuity to Microsoft 365, contoso.example | fairleadctl apply estate.yaml",
		`Attach "Outbound check" of Continuity to the connector of Continuity to Microsoft 365, contoso.example | ` +
			`fairleadctl attach "Continuity, contoso.example" --service continuity --task "Outbound check"`,
		"Wait until the last mailbox of Contoso has moved | Get-Mailbox -ResultSize Unlimited | Group-Object RecipientTypeDetails -NoElement",
		`Detach "Outbound check" of Continuity from "Farm" | fairleadctl detach Farm --service continuity --task "Outbound check"`,
		`Delete "Farm" | fairleadctl delete Farm`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("the steps are\n%s", strings.Join(got, "\n"))
	}
	if len(m.Superfluous) != 1 || m.Superfluous[0].Name != "Farm" || m.Before.Totals.Needed != 2 || m.After.Totals.Needed != 1 {
		t.Errorf("%+v", m.Superfluous)
	}
	if e.Organisations[0].Mailboxes != InBoth {
		t.Error("the environment itself was changed")
	}
	for name, e := range map[string]Environment{"": {Organisations: []Organisation{{Name: "A", Tenants: tenants}}}, "A": {Organisations: []Organisation{{Name: "A", Tenants: tenants}}}, "B": e} {
		if _, err := Migrate(e, c, Existing{}, name); err == nil {
			t.Errorf("%q can move", name)
		}
	}
}

// TestWhoHasToGrant: nobody, where the environment says that it was done.
func TestWhoHasToGrant(t *testing.T) {
	c := catalogue(t)
	e := Environment{Organisations: []Organisation{{Name: "Contoso", Mailboxes: InCloud, Services: []string{"continuity", "remediation"}, Tenants: []Tenant{
		{Provider: microsoft365, Tenant: "contoso.example", Granted: []string{"remediation"}},
	}}}}
	p := New(e, c, Existing{})
	g := Guide{Plan: p, Catalogue: c}
	var got []bool
	for _, s := range p.Steps() {
		got = append(got, strings.Contains(g.Advise(&s).Why, "An administrator of the tenant has to grant"))
	}
	if !slices.Equal(got, []bool{true, false}) {
		t.Errorf("of Continuity and Remediation, these wait for an administrator: %v", got)
	}
}

// TestKeep: a connector that alone serves what is in use is not deleted.
func TestKeep(t *testing.T) {
	c := catalogue(t)
	farm := connectors.Connector{ID: "farm", Name: "Farm", Provider: exchange, Tenant: "contoso.example", Services: []string{"continuity"}, LastTest: passed}
	here := onPremises
	here.Services = []string{"continuity"}
	e := Environment{Organisations: []Organisation{{Name: "Contoso", Mailboxes: InCloud, Tenants: []Tenant{tenants[0], here}}}}
	p := New(e, c, Existing{Connectors: []connectors.Connector{farm}})
	steps := p.Steps()
	if len(steps) != 1 || steps[0].Kind != Keep {
		t.Fatalf("%+v", steps)
	}
	if a := (&Guide{Plan: p, Catalogue: c}).Advise(&steps[0]); a.Title != `Keep "Farm" for now` || !strings.Contains(a.Why, "nothing else serves Continuity here") {
		t.Errorf("%+v", a)
	}
}

// TestReplaced: what is needed is served by the connector that took the place of
// another one, which gives its tasks to it and goes.
func TestReplaced(t *testing.T) {
	c := catalogue(t)
	task := connectors.Attachment{Service: "continuity", Task: "Outbound check"}
	farm := connectors.Connector{
		ID: "farm", Name: "Farm", Provider: exchange, Tenant: "contoso.example", Services: []string{"continuity"}, LastTest: passed,
		Attachments: []connectors.Attachment{task}, Replaced: true,
	}
	other := connectors.Connector{ID: "other", Name: "Farm (new)", Provider: exchange, Tenant: "contoso.example", Services: three, LastTest: passed}
	e := Environment{Organisations: []Organisation{{Name: "Contoso", Mailboxes: InBoth, Services: three, Tenants: []Tenant{tenants[0], onPremises}}}}
	p := New(e, c, Existing{Connectors: []connectors.Connector{farm, other}})
	if got := cells(p, 1); got != "works, works, works" {
		t.Error(got)
	}
	g := Guide{Plan: p, Catalogue: c}
	var got []string
	for _, s := range p.Steps() {
		if s.Connector != nil {
			a := g.Advise(&s)
			got = append(got, a.Title+" | "+a.Why)
		}
	}
	want := []string{
		`Attach "Outbound check" of Continuity to "Farm (new)"`, `Detach "Outbound check" of Continuity from "Farm"`,
		`Delete "Farm" | Another connector has taken its place.`,
	}
	if !slices.EqualFunc(got, want, strings.HasPrefix) {
		t.Errorf("the steps are %q", got)
	}
	farm.Replaced, farm.Services = false, []string{"continuity"}
	p = New(e, c, Existing{Connectors: []connectors.Connector{farm}})
	steps := p.Steps()
	last := &steps[len(steps)-1]
	if a := g.Advise(last); last.Kind != Anew || !slices.Equal(a.Commands, []string{"fairleadctl new --instead-of Farm"}) {
		t.Errorf("%s: %q", last.Kind, a.Commands)
	}
}

// TestAnswers: the wizard is told what the environment says, and what it was told
// for another connector of the tenant.
func TestAnswers(t *testing.T) {
	e := Environment{Organisations: []Organisation{{Name: "Contoso", Services: three, Tenants: []Tenant{
		{Provider: microsoft365, Tenant: "contoso.example", Granted: []string{"remediation"}}, {Provider: microsoft365, Tenant: "fabrikam.example"},
	}}}}
	made := connectors.Connector{
		ID: "c", Name: "Continuity", Provider: microsoft365, Tenant: "contoso.example", Services: []string{"continuity"},
		Settings: map[string]string{"verifier": "01234567-89ab-cdef-0123-456789abcdef"},
	}
	p := New(e, catalogue(t), Existing{Connectors: []connectors.Connector{made}})
	for need, want := range map[int]map[string]any{
		1: {answerTenant: "contoso.example", answerVerifier: made.Settings["verifier"], answerGranted: true},
		2: {answerTenant: "contoso.example", answerVerifier: made.Settings["verifier"]},
		3: {answerTenant: "fabrikam.example"},
	} {
		want[answerProvider], want[answerServices] = microsoft365, p.Needs[need].Services
		if got := p.Needs[need].Answers(); !reflect.DeepEqual(map[string]any(got), want) {
			t.Errorf("%d: %v", need, got)
		}
	}
}

func TestQuoted(t *testing.T) {
	for name, want := range map[string]string{"Farm": "Farm", "Sync & Recover, x": `"Sync & Recover, x"`, `a"b`: `"a\"b"`, "": ""} {
		if got := quoted(name); got != want {
			t.Errorf("%q is %s", name, got)
		}
	}
}
