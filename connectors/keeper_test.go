package connectors_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

func breaks(t *testing.T, err error, rule string) {
	t.Helper()
	if e, ok := errors.AsType[*connectors.RuleError](err); !ok || e.Rule != rule {
		t.Errorf("got error %v, want the rule %q", err, rule)
	}
}

func TestEdit(t *testing.T) {
	w := newWorld(t)
	a := register(t, w, "a")
	register(t, w, "b")
	if err := w.Edit(t.Context(), a.ID, " New name ", "why\n", 0); err != nil {
		t.Fatal(err)
	}
	got, err := w.Get(t.Context(), a.ID)
	if err != nil || got.Name != "New name" || got.Description != "why" {
		t.Errorf("got %q, %q, %v", got.Name, got.Description, err)
	}
	if got.Updated.Before(a.Updated) || got.Tenant != a.Tenant || got.Credential != a.Credential {
		t.Errorf("more was changed: %+v", got)
	}
	breaks(t, w.Edit(t.Context(), a.ID, "", "", 0), "name-empty")
	breaks(t, w.Edit(t.Context(), a.ID, "B", "", 0), "name-taken")
	breaks(t, w.Edit(t.Context(), a.ID, "x", strings.Repeat("x", 1001), 0), "description-long")
	if err := w.Edit(t.Context(), "none", "x", "", 0); !errors.Is(err, connectors.ErrNotFound) {
		t.Errorf("edit of none: %v", err)
	}
}

func TestFind(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "contoso")
	for _, by := range []string{c.ID, "contoso", " CONTOSO "} {
		if got, err := w.Find(t.Context(), by); err != nil || got.ID != c.ID {
			t.Errorf("find %q: %v, %v", by, got.Name, err)
		}
	}
	if _, err := w.Find(t.Context(), "fabrikam"); !errors.Is(err, connectors.ErrNotFound) || !strings.Contains(err.Error(), "fabrikam") {
		t.Errorf("find of none: %v", err)
	}
}

func TestChecksBeforeRegistering(t *testing.T) {
	w := newWorld(t)
	register(t, w, "contoso")
	breaks(t, w.CheckName(t.Context(), "Contoso"), "name-taken")
	breaks(t, w.CheckName(t.Context(), ""), "name-empty")
	breaks(t, w.CheckTenant(t.Context(), "exchange", "CONTOSO.example"), "tenant-taken")
	cloud := connectors.Connector{Name: "Cloud", Provider: "microsoft365", Tenant: "contoso.example", Services: []string{"continuity"}}
	if _, err := w.Register(t.Context(), cloud, secret.Secret{}); err != nil {
		t.Fatal(err)
	}
	breaks(t, w.CheckTenant(t.Context(), "microsoft365", "contoso.example", "continuity"), "tenant-taken")
	for _, err := range []error{
		w.CheckTenant(t.Context(), "microsoft365", "contoso.example", "remediation"),
		w.CheckName(t.Context(), "fabrikam"), w.CheckTenant(t.Context(), "exchange", "fabrikam.example"),
		w.CheckTenant(t.Context(), "microsoft365", "contoso.example"),
	} {
		if err != nil {
			t.Errorf("got %v", err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.CheckName(ctx, "contoso"); err != nil {
		t.Errorf("a registry that cannot be asked blames the name: %v", err)
	}
}

func TestRecordTest(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	report := check.Report{
		Started: time.Now().UTC(), Facts: map[string]string{"platform": "Exchange SE"},
		Checks: []check.Result{{ID: "x", Title: "X", Verdict: check.Pass}},
	}
	if err := w.RecordTest(t.Context(), c.ID, report); err != nil {
		t.Fatal(err)
	}
	report.Facts = nil // a test that found out nothing changes nothing
	if err := w.RecordTest(t.Context(), c.ID, report); err != nil {
		t.Fatal(err)
	}
	got, err := w.Get(t.Context(), c.ID)
	if err != nil || got.Platform != "Exchange SE" || got.LastTest == nil {
		t.Errorf("got platform %q, %v", got.Platform, err)
	}
	if state, words := got.State(); state != connectors.Works {
		t.Errorf("the state is %s, %q", state, words)
	}
	if reports, err := w.Registry.Reports(t.Context(), c.ID); err != nil || len(reports) != 3 {
		t.Errorf("%d reports, %v; want 3", len(reports), err)
	}
	if err := w.RecordTest(t.Context(), "none", report); !errors.Is(err, connectors.ErrNotFound) {
		t.Errorf("for none: %v", err)
	}
}

func TestAttachedConnectorsCannotBeDeleted(t *testing.T) {
	w := newWorld(t)
	c := register(t, w, "a")
	task := connectors.Attachment{Service: "continuity", Task: "Nightly"}
	breaks(t, w.Attach(t.Context(), c.ID, connectors.Attachment{Service: "other", Task: "x"}), "service-foreign")
	if err := w.Attach(t.Context(), c.ID, task); err != nil {
		t.Fatal(err)
	}
	err := w.Delete(t.Context(), c.ID)
	breaks(t, err, "attached")
	if !strings.Contains(err.Error(), "Nightly") {
		t.Errorf("%v does not name the task", err)
	}
	agrees(t, w)
	if err := w.Detach(t.Context(), c.ID, task); err != nil {
		t.Fatal(err)
	}
	if err := w.Delete(t.Context(), c.ID); err != nil {
		t.Fatal(err)
	}
	agrees(t, w)
}

func TestDelete(t *testing.T) {
	w := newWorld(t)
	a, b := register(t, w, "a"), register(t, w, "b")
	if err := w.Delete(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if left := names(t, w); len(left) != 1 || !left["b"] {
		t.Errorf("left: %v", left)
	}
	agrees(t, w)
	if err := w.Delete(t.Context(), a.ID); !errors.Is(err, connectors.ErrNotFound) {
		t.Errorf("delete again: %v", err)
	}

	w.ring.fault = func(op string) error { return keyring.ErrLocked }
	if err := w.Delete(t.Context(), b.ID); !errors.Is(err, connectors.ErrSecretLeft) || !errors.Is(err, keyring.ErrLocked) {
		t.Errorf("with a locked keyring: %v", err)
	}
	if len(names(t, w)) > 0 {
		t.Error("the connector is still listed")
	}
	recovered(t, w, "the keyring is locked")
	w.ring.fault = nil
	recovered(t, w, "What was left of")
	agrees(t, w)
}

// TestNoFileHoldsASecret looks into every file of the registry after the
// secret has been through all that may be written.
func TestNoFileHoldsASecret(t *testing.T) {
	dir := t.TempDir()
	w, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	w.Keyring = keyring.Memory()
	s := password("a")
	c, err := w.Register(t.Context(), exchange("a"), s)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := json.Marshal(map[string]any{"account": "svc", "password": s, "all": []secret.Secret{s}})
	if err != nil {
		t.Fatal(err)
	}
	err = w.Registry.SaveDraft(t.Context(), connectors.Draft{ID: "d", Title: "Exchange", Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	looked := 0
	look := func() {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if bytes.Contains(data, []byte("Kanari3nv0gel")) {
				t.Errorf("%s holds the secret", path)
			}
			if bytes.Contains(data, []byte(c.ID)) {
				looked++
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	look()
	if err := w.Registry.Close(); err != nil {
		t.Fatal(err)
	}
	look()
	if looked < 2 {
		t.Errorf("the record was found in %d files: the test looks at nothing", looked)
	}
}
