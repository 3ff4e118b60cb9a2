package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/plan"
	"fairlead/secret"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

const estateOfTwo = `organisations:
- name: Contoso
  mailboxes: on-premises
  services: [remediation]
  tenants:
  - {provider: exchange, tenant: contoso.example, address: svc-fairlead@contoso.example, url: 'https://mail.contoso.example/EWS/Exchange.asmx', mailbox: anna@contoso.example, password-item: contoso-exchange}
  - {tenant: contoso.example, granted: [remediation]}
`

// stopping is a keyring that tells the program to end while a password is read.
type stopping struct {
	keyring.Keyring
	stop func()
}

func (s stopping) Get(ctx context.Context, key string) (secret.Secret, error) {
	s.stop()
	return s.Keyring.Get(ctx, key)
}

// openLab opens the lab with a keyring that has the password, and writes an estate.
func openLab(t *testing.T, p *program, k keyring.Keyring) (*workspace.Workspace, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "estate.yaml")
	if err := os.WriteFile(file, []byte(estateOfTwo), 0o600); err != nil {
		t.Fatal(err)
	}
	p.keyring = k
	w, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w, file
}

func quiet(t *testing.T) *program {
	return &program{in: strings.NewReader(""), out: new(bytes.Buffer), errOut: new(bytes.Buffer), getenv: func(string) string { return "" }, dir: t.TempDir(), lab: true}
}

// TestApplyFromKeyring: a password can be in the keyring before there is a
// connector.
func TestApplyFromKeyring(t *testing.T) {
	p, ring := quiet(t), keyring.Memory()
	if err := ring.Set(t.Context(), "contoso-exchange", secret.New(lab.Password)); err != nil {
		t.Fatal(err)
	}
	w, file := openLab(t, p, ring)
	o := &applying{program: p}
	if err := o.run(t.Context(), w, []string{file}); err != nil {
		t.Fatalf("%v\n%s", err, p.out)
	}
	if !o.result.Totals.Done() || len(o.result.Made) != 2 {
		t.Errorf("%+v", o.result)
	}
	object, err := json.Marshal(p.object)
	if err != nil || bytes.Contains(object, []byte(lab.Password)) || strings.Contains(p.out.(*bytes.Buffer).String(), lab.Password) {
		t.Errorf("the password was printed, or %v", err)
	}
}

// TestApplyStops: told to end in the middle, it leaves nothing half-made, and goes
// on when it is run again.
func TestApplyStops(t *testing.T) {
	p, ring := quiet(t), keyring.Memory()
	if err := ring.Set(t.Context(), "contoso-exchange", secret.New(lab.Password)); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	w, file := openLab(t, p, stopping{ring, stop})
	o := &applying{program: p}
	if got := statusOf(o.run(ctx, w, []string{file})); got != statusCannot || !o.result.Stopped {
		t.Errorf("exit status %d: %+v", got, o.result)
	}
	list, err := w.Keeper.List(t.Context())
	if err != nil || len(list) != 0 {
		t.Errorf("%d connectors were made, %v", len(list), err)
	}
	drafts, err := w.Keeper.Registry.Drafts(t.Context())
	if err != nil || len(drafts) != 0 {
		t.Errorf("%d drafts are left, %v", len(drafts), err)
	}
	intents, err := w.Keeper.Registry.Intents(t.Context())
	if err != nil || len(intents) != 0 {
		t.Errorf("%d intents are left, %v", len(intents), err)
	}
	again := &applying{program: p}
	if err := again.run(t.Context(), w, []string{file}); err != nil || !again.result.Totals.Done() {
		t.Errorf("%v: %+v", err, again.result)
	}
}

// TestPlanFillsInTheWizard: what the plan answers is what the wizard and the
// providers ask, by their keys.
func TestPlanFillsInTheWizard(t *testing.T) {
	p := quiet(t)
	w, _ := openLab(t, p, keyring.Memory())
	e := plan.Environment{Organisations: []plan.Organisation{{Name: "A", Mailboxes: plan.InBoth, Services: []string{"remediation"}, Tenants: []plan.Tenant{
		{Provider: "microsoft365", Tenant: "contoso.example", Verifier: "01234567-89ab-cdef-0123-456789abcdef", Application: "01234567-89ab-cdef-0123-456789abcdef"},
		{Provider: "google", Tenant: "C01234567", Address: "anna@contoso.example"},
		{Provider: "exchange", Tenant: "contoso.example", Address: "a@contoso.example", SignIn: "b", URL: "https://c.example", Security: "strict", Mailbox: "d@contoso.example"},
	}}}}
	needs := plan.New(e, w.Catalogue, plan.Existing{}).Needs
	if len(needs) != 3 {
		t.Fatalf("%d are needed", len(needs))
	}
	for i := range needs {
		given, a := needs[i].Answers(), page.NewAnswers()
		for key, value := range given {
			a.Set(key, value)
		}
		asked := map[string]bool{}
		for _, shown := range w.NewConnector().Pages(a) {
			if shown.Fields != nil {
				for _, f := range shown.Fields(a) {
					asked[f.Key] = true
				}
			}
		}
		for key := range given {
			if !asked[key] {
				t.Errorf("the wizard for %s does not ask %s", needs[i].Tenant.Provider, key)
			}
		}
		j := page.Start(w.NewConnector()).Follow(page.Follow{Preset: given})
		if id := j.View().Page.ID; id == "services" || id == "provider" {
			t.Errorf("the wizard for %s begins at %s", needs[i].Tenant.Provider, id)
		}
	}
}
