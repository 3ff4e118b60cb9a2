package workspace

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

// open opens a lab with an empty registry.
func open(t *testing.T, k keyring.Keyring, faults ...string) *Workspace {
	t.Helper()
	w, err := Open(t.Context(), Options{Lab: true, Dir: filepath.Join(t.TempDir(), "data"), Keyring: k, Faults: faults})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// next presses Next and does what comes of it.
func next(t *testing.T, j *page.Journey) {
	t.Helper()
	move := j.Next()
	if move.Focus != "" {
		for _, f := range j.View().Fields {
			if f.Problem != "" {
				t.Fatalf("page %s: %s: %s", j.View().Page.ID, f.Key, f.Problem)
			}
		}
	}
	if move.Task != nil {
		j.Finish(move.Task, move.Task.Run(t.Context(), nil, nil))
	}
	if failure := j.View().Failure; failure != "" {
		t.Fatalf("page %s: %s", j.View().Page.ID, failure)
	}
}

// walk answers every page up to the test and runs it.
func walk(t *testing.T, w *Workspace) *page.Journey {
	t.Helper()
	j := page.Start(w.NewConnector())
	answers := map[string]map[string]any{
		"services":         {wizard.KeyServices: []string{"continuity", "remediation"}},
		"provider":         {wizard.KeyProvider: "exchange"},
		"exchange.keyring": {"exchange.keyring-choice": "session"},
		"exchange.account": {"exchange.address": lab.Address, "exchange.password": secret.New(lab.Password)},
		"exchange.test":    {"exchange.mailbox": lab.Mailbox},
	}
	for range 12 {
		id := j.View().Page.ID
		for key, value := range answers[id] {
			j.Set(key, value)
		}
		next(t, j)
		if id == "exchange.test" {
			return j
		}
	}
	t.Fatalf("the test was not reached; the journey stands at %s", j.View().Page.ID)
	return nil
}

func TestFromAnEmptyListToAConnector(t *testing.T) {
	w := open(t, keyring.Memory())
	j := walk(t, w)
	if report := j.View().Report; report == nil || report.Verdict() != check.Pass {
		t.Fatalf("the test came to %+v", report)
	}
	for !j.Committed() {
		next(t, j)
	}
	list, err := w.Keeper.List(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("%d connectors, %v", len(list), err)
	}
	c := list[0]
	if c.Tenant != "contoso.example" || len(c.Services) != 2 || c.Platform == "" || c.Credential.Session {
		t.Errorf("registered %+v", c)
	}
	if state, words := c.State(); state != connectors.Works {
		t.Errorf("its state is %s: %s", state, words)
	}
	suite, err := w.Test(t.Context(), c, secret.Secret{}, providers.TestOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if r := suite.Run(t.Context(), nil); r.Verdict() != check.Pass {
		t.Errorf("tested again: %s", r.Headline())
	}
}

// TestTenSteps: no platform asks for more.
func TestTenSteps(t *testing.T) {
	w := open(t, keyring.Memory())
	for _, p := range w.Providers {
		j := page.Start(w.NewConnector())
		j.Set(wizard.KeyProvider, p.Info().ID)
		needed := 0
		for _, s := range j.Steps() {
			if s.State != page.Unneeded {
				needed++
			}
		}
		if needed > 10 {
			t.Errorf("%s has %d steps", p.Info().Name, needed)
		}
	}
}

func TestAFailedTestRegistersNothing(t *testing.T) {
	w := open(t, keyring.Memory(), "basic-not-offered")
	j := walk(t, w)
	report := j.View().Report
	if report == nil || report.Worst() == nil || report.Worst().Cause() != "basic-not-offered" {
		t.Fatalf("the report says %+v", report)
	}
	if j.Goto("summary") {
		t.Error("a failed test was passed by")
	}
	if list, _ := w.Keeper.List(t.Context()); len(list) != 0 {
		t.Error("a connector was registered all the same")
	}
	if _, failed := w.Lab.SignIns(); failed != 0 {
		t.Errorf("%d failed sign-ins were spent on a server that takes no Basic", failed)
	}
}

// noKeyring is a machine without one.
type noKeyring struct{ keyring.Keyring }

func (noKeyring) Name() string { return "Secret Service" }

func (noKeyring) Probe(context.Context) error {
	return &keyring.Error{Op: "probe", Kind: keyring.ErrUnavailable, Cause: errors.New("no bus")}
}

func (noKeyring) Get(context.Context, string) (secret.Secret, error) {
	return secret.Secret{}, &keyring.Error{Op: "get", Kind: keyring.ErrUnavailable}
}

func TestWithoutAKeyringThePasswordIsKeptForThisRun(t *testing.T) {
	w := open(t, noKeyring{keyring.Memory()})
	j := walk(t, w)
	for !j.Committed() {
		next(t, j)
	}
	list, err := w.Keeper.List(t.Context())
	if err != nil || len(list) != 1 || !list[0].Credential.Session {
		t.Fatalf("%+v, %v", list, err)
	}
	if _, err := w.Test(t.Context(), list[0], secret.Secret{}, providers.TestOptions{}); err != nil {
		t.Errorf("in the same run the password is known: %v", err)
	}
	w.Keeper.Session = keyring.Memory() // as after a restart
	if _, err := w.Test(t.Context(), list[0], secret.Secret{}, providers.TestOptions{}); !errors.Is(err, ErrNeedsPassword) {
		t.Errorf("after a restart the error is %v", err)
	}
}

func TestOneConnectorPerOrganisation(t *testing.T) {
	w := open(t, keyring.Memory())
	j := walk(t, w)
	for !j.Committed() {
		next(t, j)
	}
	j = page.Start(w.NewConnector())
	j.Set(wizard.KeyServices, []string{"sync-and-recover"})
	for range 3 {
		j.Set(wizard.KeyProvider, "exchange")
		next(t, j)
	}
	j.Set("exchange.address", "other@CONTOSO.example")
	j.Set("exchange.password", secret.New("p"))
	move := j.Next()
	if move.Task == nil {
		t.Fatal("no task")
	}
	j.Finish(move.Task, move.Task.Run(t.Context(), nil, nil))
	if failure := j.View().Failure; !strings.Contains(failure, "Exchange, contoso.example") {
		t.Errorf("a second connector for the organisation: %q", failure)
	}
}

func TestADraftComesBackWithoutThePassword(t *testing.T) {
	w := open(t, keyring.Memory())
	j := walk(t, w)
	id, err := w.SaveDraft(t.Context(), "", j)
	if err != nil {
		t.Fatal(err)
	}
	drafts, err := w.Keeper.Registry.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || strings.Contains(string(drafts[0].Answers), lab.Password) {
		t.Fatalf("%d drafts, %v", len(drafts), err)
	}
	back, err := w.ResumeDraft(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if v := back.View(); v.Page.ID != "exchange.account" || v.Fields[0].Value != lab.Address || v.Fields[2].HasSecret {
		t.Errorf("the draft opens at %s with %+v", v.Page.ID, v.Fields)
	}
}
