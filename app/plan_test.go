package app

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/plan"
	"fairlead/workspace"
)

// hybrid is an estate of three tenants and an Exchange organisation with three
// services: nine plus one.
func hybrid() plan.Environment {
	o := plan.Organisation{Name: "Contoso", Mailboxes: plan.InBoth, Services: []string{"continuity", "remediation", "sync-and-recover"}}
	for _, tenant := range []string{"contoso.com", "fabrikam.com", "gcc.contoso.com"} {
		o.Tenants = append(o.Tenants, plan.Tenant{Provider: "microsoft365", Tenant: tenant})
	}
	o.Tenants = append(o.Tenants, plan.Tenant{Provider: "exchange", Tenant: "contoso.com", Address: address})
	return plan.Environment{Title: "The move", Organisations: []plan.Organisation{o}}
}

// estate stores an estate.
func estate(t *testing.T, e plan.Environment) func(w *workspace.Workspace) {
	return func(w *workspace.Workspace) {
		if _, err := plan.Save(t.Context(), w.Keeper.Registry, e, 0); err != nil {
			t.Fatal(err)
		}
	}
}

// toPlan goes from the list to the plan.
func (h *harness) toPlan() *planScreen {
	h.t.Helper()
	h.app.showPlan(planSpot{})
	h.at("plan:loaded")
	return h.app.screen.(*planScreen)
}

// tested is a report with a verdict.
func tested(v check.Verdict) *check.Report {
	r := check.Result{ID: "x", Title: "Sign-in", Verdict: v, Summary: "refused"}
	if v == check.Fail {
		r.Diagnoses = []check.Diagnosis{{Code: "x", Title: "Sign-in is refused", Verdict: v, Remedy: "Type the right password."}}
	}
	return &check.Report{Started: today.Add(-time.Hour), Checks: []check.Result{r}}
}

// TestPlanGrid shows every state of a cell by a word, and the numbers on top.
func TestPlanGrid(t *testing.T) {
	e := hybrid()
	e.Organisations = append(e.Organisations, plan.Organisation{
		Name: "Fabrikam", Mailboxes: plan.InCloud, Services: []string{"remediation", "continuity"},
		Tenants: []plan.Tenant{{Provider: "google", Tenant: "C01234567"}},
	})
	h := open(t, setup{before: func(w *workspace.Workspace) {
		estate(t, e)(w)
		for _, c := range []connectors.Connector{
			{Tenant: "contoso.com", Services: []string{"continuity"}, LastTest: tested(check.Pass)},
			{Tenant: "contoso.com", Services: []string{"remediation"}, LastTest: tested(check.Fail)},
			{Tenant: "fabrikam.com", Services: []string{"continuity"}},
			{Tenant: "fabrikam.com", Services: []string{"directory-synchronization"}, LastTest: tested(check.Pass)},
		} {
			c.Provider = "microsoft365"
			register(t, w, c.Services[0]+", "+c.Tenant, c)
		}
	}})
	s := h.toPlan()
	h.shot("light-plan-states")
	h.mustSee("11 needed, 1 works, 1 fails, 8 missing, 1 never tested, 1 not needed", "Contoso", "Hybrid, with mailboxes in both places",
		"works", "fails", "untested", "missing", "surplus", "not needed", "impossible", "5 tenants in 2 organisations")
	if got := len(s.columns); got != 4 {
		t.Errorf("%d columns, want those in use and the one that is surplus", got)
	}
	test.AssertRendersToMarkup(t, "plan.xml", h.canvas)
}

// TestPlanByKeyboard moves in the grid, and reads why a cell is as it is.
func TestPlanByKeyboard(t *testing.T) {
	h := open(t, setup{before: estate(t, hybrid())})
	h.toPlan()
	h.mustSee("10 needed, 0 work, 10 missing", "Continuity in contoso.com: missing", "Each service needs a connector of its own in each tenant.")
	h.key(fyne.KeyRight, fyne.KeyDown)
	h.mustSee("Remediation in fabrikam.com: missing")
	h.key(fyne.KeyLeft, fyne.KeyLeft, fyne.KeyEnd)
	h.mustSee("Continuity in contoso.com: missing", "One Exchange connector is needed, for all services that can use it.")
	h.key(fyne.KeyHome)
	h.mustSee("Enter changes its tenants")
	h.key(fyne.KeyReturn)
	h.at("edit:loaded")
	h.mustSee("Contoso", "Services in use")
}

// TestPlanClick opens the wizard by a click on a missing cell, the last of the
// grid.
func TestPlanClick(t *testing.T) {
	h := open(t, setup{before: estate(t, hybrid())})
	h.toPlan()
	var last *planCell
	for _, o := range h.visible() {
		if c, is := o.(*planCell); is {
			last = c
		}
	}
	test.Tap(last)
	h.at("page:exchange.prepare")
}

// TestPlanMakesAndComesBack opens the wizard prefilled on a missing cell, makes
// the connector, and is back at the cell.
func TestPlanMakesAndComesBack(t *testing.T) {
	h := open(t, setup{before: estate(t, hybrid())})
	h.toPlan()
	h.key(fyne.KeyEnd, fyne.KeyReturn)
	h.at("page:exchange.prepare") // services and platform are given
	h.next("page:exchange.account")
	h.mustSee(address)
	h.key(fyne.KeyReturn, fyne.KeyReturn)
	h.typed(password)
	h.key(fyne.KeyReturn)
	h.at("page:exchange.server")
	h.next("page:exchange.test")
	h.typed(mailbox)
	h.next("done:exchange.test")
	h.next("page:name")
	h.next("page:summary")
	h.next("page:created")
	h.next("plan:loaded")
	h.mustSee("10 needed, 1 works, 9 missing", "Continuity in contoso.com: works. Exchange, contoso.com: ")
	h.key(fyne.KeyReturn)
	h.at("details:loaded")
	h.press("Back to the plan")
	h.at("plan:loaded")
	h.mustSee("Continuity in contoso.com: works")
}

// TestPlanKeepsADraft leaves the wizard of a cell: it waits, and goes on.
func TestPlanKeepsADraft(t *testing.T) {
	h := open(t, setup{before: estate(t, hybrid())})
	h.toPlan()
	h.key(fyne.KeyEnd, fyne.KeyReturn)
	h.next("page:exchange.account")
	h.press("Save and quit")
	h.at("plan:loaded")
	h.mustSee("10 needed, 0 work, 9 missing, 1 waits", "waits since")
	h.key(fyne.KeyReturn)
	h.at("page:exchange.account")
}

// TestPlanSaysWhy shows the words of the guide, and both readings where there are
// two.
func TestPlanSaysWhy(t *testing.T) {
	e := hybrid()
	e.Organisations[0].Mailboxes = plan.InCloud
	h := open(t, setup{before: estate(t, e)})
	h.toPlan()
	h.mustSee("9 needed, 0 work, 9 missing")
	h.key(fyne.KeyEnd, fyne.KeyReturn)
	h.at("dialog:why")
	h.shot("light-plan-why")
	h.mustSee("“Only one connector is required”", "The reading that is applied", "Another reading", "One single connector for each tenant, for all services.")
	h.key(fyne.KeyReturn)
	if h.canvas.Overlays().Top() != nil {
		t.Error("Enter does not close it")
	}
}

// TestPlanEntered enters an estate by keyboard alone.
func TestPlanEntered(t *testing.T) {
	h := open(t, setup{})
	h.toPlan()
	h.mustSee("Which connectors are needed?")
	h.key(fyne.KeyReturn)
	h.at("edit:loaded")
	h.next("stay:organisation")
	h.mustSee("This is not complete")
	h.typed("Contoso")
	s := h.app.screen.(*planEdit)
	h.canvas.Focus(s.rows[0].tenant)
	h.typed("contoso.com")
	h.press("Add a tenant")
	h.typed("fabrikam.com")
	for _, service := range []string{"continuity", "remediation"} {
		h.canvas.Focus(s.services[service])
		h.key(fyne.KeySpace)
	}
	h.shot("light-plan-enter")
	h.next("plan:loaded")
	h.mustSee("4 needed, 0 work, 4 missing", "Cloud only")
}

// TestPlanChangedByAnother stores an estate that somebody else has changed.
func TestPlanChangedByAnother(t *testing.T) {
	h := open(t, setup{before: estate(t, hybrid())})
	h.toPlan()
	h.key(fyne.KeyHome, fyne.KeyReturn)
	h.at("edit:loaded")
	other := hybrid()
	other.Organisations[0].Services = []string{"continuity"}
	estate(t, other)(h.world)
	h.next("dialog:Overwrite theirs")
	h.mustSee("Somebody else has changed the plan")
	h.key(fyne.KeyReturn) // Load theirs has the keyboard
	h.at("plan:loaded")
	h.mustSee("4 needed")
	h.key(fyne.KeyHome, fyne.KeyReturn)
	estate(t, hybrid())(h.world)
	h.next("dialog:Overwrite theirs")
	h.press("Overwrite theirs")
	h.at("plan:loaded")
	h.mustSee("4 needed")
}

// TestPlanFromFile reads a file, says which lines are wrong, and shows what is in
// it before it is stored.
func TestPlanFromFile(t *testing.T) {
	h := open(t, setup{})
	h.toPlan()
	bad, good := filepath.Join(t.TempDir(), "bad.yaml"), filepath.Join(t.TempDir(), "good.yaml")
	text, err := hybrid().YAML()
	if err != nil {
		t.Fatal(err)
	}
	write(t, good, string(text))
	write(t, bad, strings.Replace(string(text), "remediation", "remediatoin", 1))
	h.press("Read from a file …")
	h.at("dialog:Look into it")
	h.typed(bad)
	h.key(fyne.KeyReturn)
	h.mustSee("Line ", "was remediation meant")
	h.entry().SetText(good)
	h.key(fyne.KeyReturn)
	h.at("dialog:preview")
	h.mustSee("4 tenants in 1 organisation: 10 needed, 0 work, 10 missing.")
	h.key(fyne.KeyReturn)
	h.at("plan:loaded")
	h.mustSee("10 needed, 0 work, 10 missing")
}

// TestPlanFromCSV reads what a spreadsheet with semicolons has saved, names the
// line and the column that are wrong, and shows what is in it.
func TestPlanFromCSV(t *testing.T) {
	h := open(t, setup{})
	h.toPlan()
	folder := t.TempDir()
	bad, good := filepath.Join(folder, "bad.csv"), filepath.Join(folder, "good.CSV")
	data, err := hybrid().CSV()
	if err != nil {
		t.Fatal(err)
	}
	text := "\ufeff" + strings.ReplaceAll(string(data), ",", ";")
	write(t, good, text)
	write(t, bad, strings.Replace(text, "mailboxes", "mailbxes", 1))
	h.press("Read from a file …")
	h.at("dialog:Look into it")
	h.typed(bad)
	h.key(fyne.KeyReturn)
	h.mustSee("Line 1: Mailbxes is no column; was mailboxes meant?")
	h.entry().SetText(good)
	h.key(fyne.KeyReturn)
	h.at("dialog:preview")
	h.mustSee("4 tenants in 1 organisation: 10 needed, 0 work, 10 missing.")
	h.key(fyne.KeyReturn)
	h.at("plan:loaded")
	h.mustSee("10 needed, 0 work, 10 missing", "Hybrid, with mailboxes in both places")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestPlanFromConnectors starts from what the connectors say.
func TestPlanFromConnectors(t *testing.T) {
	h := open(t, setup{before: fill(t)})
	h.toPlan()
	h.press("Start from the connectors")
	h.at("dialog:preview")
	h.mustSee("4 tenants in 4 organisations")
	h.press("Plan with it")
	h.at("plan:loaded")
	h.mustSee("4 needed, 2 work, 1 fails, 1 never tested")
}

// TestPlanFinds offers what is found about a domain, and takes it over.
func TestPlanFinds(t *testing.T) {
	h := open(t, setup{})
	h.toPlan()
	h.key(fyne.KeyReturn)
	s := h.app.screen.(*planEdit)
	s.offer(plan.Facts{
		Domain: "contoso.com", TenantID: "72f988bf-86f1-41af-91ab-2d7cd011db47", Cloud: "global",
		Mail: []string{"contoso-com.mail.protection.outlook.com"}, EWS: "https://mail.contoso.com/EWS/Exchange.asmx", Source: "Autodiscover",
	})
	h.mustSee("A Microsoft 365 tenant in the cloud ", "That is Microsoft 365.", "Exchange at https://mail.contoso.com/EWS/Exchange.asmx")
	h.key(fyne.KeyReturn)
	o := s.organisation()
	if o.Name != "contoso.com" || o.Mailboxes != plan.InBoth || len(o.Tenants) != 2 || o.Tenants[1].URL == "" {
		t.Errorf("taken over: %+v", o)
	}
	if h.canvas.Focused() != fyne.Focusable(s.domain) || s.domain.Text != "" {
		t.Error("the next domain cannot be typed at once")
	}
	h.key(fyne.KeyReturn)
	if h.canvas.Focused() != fyne.Focusable(s.rows[0].tenant) {
		t.Error("Enter does not go on from an empty domain")
	}
}

// TestPlanFindsMore takes several domains over. Where the mailboxes are is guessed
// from all of them until somebody picks it, and what cannot be found is asked for.
func TestPlanFindsMore(t *testing.T) {
	h := open(t, setup{})
	h.toPlan()
	h.key(fyne.KeyReturn)
	s := h.app.screen.(*planEdit)
	cloud := plan.Facts{Domain: "fabrikam.com", TenantID: "72f988bf-86f1-41af-91ab-2d7cd011db47", Cloud: "worldwide"}
	onPremises := plan.Facts{Domain: "contoso.com", EWS: "https://mail.contoso.com/EWS/Exchange.asmx", Source: "Autodiscover"}
	mail := plan.Facts{Domain: "tailspin.com", Mail: []string{"smtp.google.com"}}
	for _, step := range []struct {
		facts plan.Facts
		want  plan.Mailboxes
	}{{cloud, plan.InCloud}, {onPremises, plan.InBoth}} {
		s.offer(step.facts)
		h.key(fyne.KeyReturn)
		if o := s.organisation(); o.Mailboxes != step.want {
			t.Errorf("after %s: %s", step.facts.Domain, o.Mailboxes)
		}
	}
	s.mailboxes.Pick(2) // all on-premises
	s.offer(mail)
	h.mustSee("That is Google Workspace. Its customer ID stands in its Admin console.")
	h.key(fyne.KeyReturn)
	if h.canvas.Focused() != fyne.Focusable(s.rows[2].tenant) {
		t.Error("the customer ID is not asked for")
	}
	h.typed("C01234567")
	if o := s.organisation(); o.Mailboxes != plan.OnPremises || len(o.Tenants) != 3 || o.Tenants[2].Provider != "google" {
		t.Errorf("%+v", o)
	}
}

// TestPlanSteps shows the steps in order, those of a move, and notes that the last
// mailbox has moved.
func TestPlanSteps(t *testing.T) {
	h := open(t, setup{before: func(w *workspace.Workspace) {
		estate(t, hybrid())(w)
		services := []string{"continuity", "remediation", "sync-and-recover"}
		register(t, w, "Exchange, contoso.com", connectors.Connector{Tenant: "contoso.com", Services: services, LastTest: tested(check.Pass)})
	}})
	h.toPlan()
	h.next("steps:loaded")
	h.mustSee("1. Make the connector of Continuity to Microsoft 365, contoso.com")
	s := h.app.screen.(*planSteps)
	s.move = planMove{true, "Contoso"}
	s.show()
	h.mustSee("these are not needed any more: Exchange, contoso.com.")
	d := fyne.CurrentApp().Driver()
	if head, list := d.AbsolutePositionForObject(s.head).Y+s.head.MinSize().Height, d.AbsolutePositionForObject(s.list).Y; list < head {
		t.Errorf("the list begins at %v, and covers what stands above it until %v", list, head)
	}
	h.key(fyne.KeyEnd)
	h.mustSee(`Delete "Exchange, contoso.com"`)
	h.key(fyne.KeyUp, fyne.KeyReturn)
	h.at("dialog:step")
	h.mustSee("Wait until the last mailbox of Contoso has moved", "Get-Mailbox")
	h.press("It has moved")
	h.at("steps:loaded")
	h.mustSee("1. Make the connector of Continuity")
	h.press("Back to the grid")
	h.at("plan:loaded")
	h.mustSee("9 needed, 0 work, 9 missing, 1 not needed")
}

// TestPlanNotesTasks does the steps of a move that are done in the services: a
// task is attached to the connector that takes it over, and then detached.
func TestPlanNotesTasks(t *testing.T) {
	h := open(t, setup{before: func(w *workspace.Workspace) {
		e := hybrid()
		e.Organisations[0].Services = []string{"continuity"}
		e.Organisations[0].Tenants = e.Organisations[0].Tenants[2:]
		estate(t, e)(w)
		for provider, tenant := range map[string]string{"exchange": "contoso.com", "microsoft365": "gcc.contoso.com"} {
			c := register(t, w, provider, connectors.Connector{Provider: provider, Tenant: tenant, Services: []string{"continuity"}, LastTest: tested(check.Pass)})
			if provider == "exchange" {
				if err := w.Keeper.Attach(t.Context(), c.ID, connectors.Attachment{Service: "continuity", Task: "Nightly"}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}})
	h.toPlan()
	h.next("steps:loaded")
	s := h.app.screen.(*planSteps)
	s.move = planMove{true, "Contoso"}
	s.show()
	kinds := func() (all []plan.Kind) {
		for i := range s.steps {
			all = append(all, s.steps[i].Kind)
		}
		return all
	}
	if got := kinds(); !slices.Equal(got, []plan.Kind{plan.Attach, plan.Move, plan.Detach, plan.Delete}) {
		t.Fatalf("the steps are %v", got)
	}
	h.key(fyne.KeyReturn)
	h.at("dialog:step")
	h.mustSee(`Attach "Nightly" of Continuity to microsoft365`, "fairleadctl attach microsoft365 --service continuity --task Nightly")
	h.press("Close")
	h.key(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	h.mustSee("Do step 1 first")
	if h.sees("It is detached") {
		t.Error("it can be done too early")
	}
	h.press("Close")
	h.key(fyne.KeyHome, fyne.KeyReturn)
	h.press("It is attached")
	h.at("steps:loaded")
	h.key(fyne.KeyEnd, fyne.KeyReturn)
	h.mustSee("Do step 1 first")
	if h.sees("Delete …") {
		t.Error("it can be done too early")
	}
	h.press("Close")
	h.key(fyne.KeyHome)
	h.mustSee("1. Wait until the last mailbox of Contoso has moved")
	h.key(fyne.KeyReturn)
	h.press("It has moved")
	h.at("steps:loaded")
	s = h.app.screen.(*planSteps)
	if got := kinds(); !slices.Equal(got, []plan.Kind{plan.Detach, plan.Delete}) {
		t.Fatalf("the steps are %v", got)
	}
	h.key(fyne.KeyReturn)
	h.press("It is detached")
	h.at("steps:loaded")
	h.mustSee(`1. Delete "exchange"`, "It is not needed.")
}

// TestPlanStepsTab goes through the steps with Tab and back, in the order of
// reading. With nothing left to do there is no list, and the keyboard is at the
// way back.
func TestPlanStepsTab(t *testing.T) {
	h := open(t, setup{before: estate(t, hybrid())})
	h.toPlan()
	h.next("steps:loaded")
	s := h.app.screen.(*planSteps)
	order := func(want ...string) {
		t.Helper()
		for _, name := range want {
			got := fmt.Sprintf("%T", h.canvas.Focused())
			if b, ok := h.canvas.Focused().(*kit.Button); ok {
				got = b.Text()
			}
			if got != name {
				t.Fatalf("%s has the keyboard, want %s", got, name)
			}
			h.key(fyne.KeyTab)
		}
	}
	order("*kit.List", "Back to the grid", "Run book …")
	h.canvas.Focus(s.list)
	h.canvas.FocusPrevious()
	order("*kit.Picker", "*kit.List")
	for i := range s.read.plan.Needs {
		s.read.plan.Needs[i].State = plan.Works
	}
	s.show()
	h.mustSee("Nothing is left to do")
	order("Back to the grid", "Run book …")
	h.canvas.Focus(s.leave)
	h.canvas.FocusPrevious()
	order("*kit.Picker", "Back to the grid")
}

// TestPlanRunBook writes the run book in both forms, and refuses others.
func TestPlanRunBook(t *testing.T) {
	h := open(t, setup{before: estate(t, hybrid())})
	h.toPlan()
	for ending, want := range map[string]string{".html": "<!DOCTYPE html>", ".md": "# The move"} {
		path := filepath.Join(t.TempDir(), "book"+ending)
		h.press("Run book …")
		h.entry().SetText(strings.TrimSuffix(path, ending) + ".pdf")
		h.key(fyne.KeyReturn)
		h.mustSee("ends in .html for a web page")
		h.entry().SetText(path)
		h.key(fyne.KeyReturn)
		h.at("saved:runbook")
		data, err := os.ReadFile(path)
		if err != nil || !strings.Contains(strings.ToLower(string(data)), strings.ToLower(want)) || !strings.Contains(string(data), "10 needed") {
			t.Errorf("%s: %v, %.200s", ending, err, data)
		}
	}
}

// manyTenants is an estate of so many tenants that all use seven services.
func manyTenants(n int) plan.Environment {
	o := plan.Organisation{Name: "Contoso", Mailboxes: plan.InCloud, Services: []string{
		"archive-for-teams", "continuity", "directory-synchronization", "essentials-for-outlook", "remediation", "simplymigrate", "sync-and-recover",
	}}
	for i := range n {
		o.Tenants = append(o.Tenants, plan.Tenant{Provider: "microsoft365", Tenant: fmt.Sprintf("tenant%05d.example", i)})
	}
	return plan.Environment{Organisations: []plan.Organisation{o}}
}

// TestPlanOfManyTenants holds the grid to the rows in sight, and finds one of 200
// tenants by typing.
func TestPlanOfManyTenants(t *testing.T) {
	h := open(t, setup{before: estate(t, manyTenants(200))})
	s := h.toPlan()
	h.shot("light-plan-many")
	h.key(fyne.KeyEnd)
	h.mustSee("tenant00199.example", "Directory Synchroni- zation", "Archive for") // the head stays
	if n := h.countPlanRows(); n == 0 || n > 14 {
		t.Errorf("%d rows exist for 200 tenants", n)
	}
	h.typed("00123")
	h.mustSee("tenant00123.example")
	if len(s.lines) != 2 {
		t.Errorf("%d lines are left of a search that finds one tenant", len(s.lines))
	}
}

func (h *harness) countPlanRows() (n int) {
	for _, o := range h.visible() {
		if _, ok := o.(*planRow); ok {
			n++
		}
	}
	return n
}
