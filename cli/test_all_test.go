package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/secret"
	"fairlead/workspace"
)

// fleet registers connectors to the lab, each of an organisation of its own, and
// returns a program that has them. Every fifth names a mailbox that is not there,
// and they sign in with two names, in upper or lower case.
func fleet(t *testing.T, n int, ring keyring.Keyring) (p *program, out *bytes.Buffer) {
	t.Helper()
	dir := t.TempDir()
	w, err := workspace.Open(t.Context(), workspace.Options{Lab: true, Dir: dir, Keyring: ring})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // the registry is opened again
	names := []string{lab.SignIn, lab.Address, strings.ToLower(lab.SignIn), strings.ToUpper(lab.Address)}
	for i := range n {
		mailbox := lab.Mailbox
		if i%5 == 4 {
			mailbox = "nobody@contoso.example"
		}
		c := connectors.Connector{
			Name: fmt.Sprintf("Office %d", i), Provider: "exchange", Tenant: fmt.Sprintf("office%d.example", i),
			Services: []string{"continuity"},
			Settings: map[string]string{
				"url": w.Lab.URL(), "security": "strict", "address": lab.Address, "sign-in": names[i%len(names)], "mailbox": mailbox,
			},
		}
		if _, err := w.Keeper.Register(t.Context(), c, secret.New(lab.Password)); err != nil {
			t.Fatal(err)
		}
	}
	out = &bytes.Buffer{}
	return &program{
		in: strings.NewReader(""), out: out, errOut: out, getenv: func(string) string { return "" }, keyring: ring, dir: dir, lab: true,
	}, out
}

// recorded returns the names of the connectors that were tested.
func recorded(t *testing.T, p *program) (names []string) {
	t.Helper()
	w, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close() //nolint:errcheck // nothing was written
	all, err := w.Keeper.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		if c.LastTest != nil {
			names = append(names, c.Name)
		}
	}
	return names
}

// batchJSON is what a script may rely on.
type batchJSON struct {
	Connectors []testedJSON
	Summary    tallyJSON
}

func TestAllConnectors(t *testing.T) {
	p, out := fleet(t, 20, keyring.Memory())
	args := []string{"--data", p.dir, "--lab", "--json", "test", "--all", "--parallel", "3"}
	if status := p.run(args); status != statusNotSo {
		t.Errorf("exit status %d\n%s", status, out)
	}
	var got batchJSON
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if want := (tallyJSON{Pass: 16, Fail: 4}); got.Summary != want {
		t.Errorf("the summary is %+v", got.Summary)
	}
	var names []string
	for _, c := range got.Connectors {
		names = append(names, c.Name)
		if failed := c.Report.Verdict() == check.Fail; failed != strings.HasSuffix(c.Name, "4") && failed != strings.HasSuffix(c.Name, "9") {
			t.Errorf("%s: %s", c.Name, c.Report.Headline())
		}
	}
	slices.Sort(names)
	kept := recorded(t, p)
	slices.Sort(kept)
	if len(kept) != 20 || !slices.Equal(names, kept) {
		t.Errorf("%d connectors are shown and %d recorded", len(names), len(kept))
	}
	if strings.Contains(out.String(), lab.Password) {
		t.Error("the password was printed")
	}
}

func TestSeveralConnectors(t *testing.T) {
	p, out := fleet(t, 3, keyring.Memory())
	if status := p.run([]string{"--data", p.dir, "--lab", "test", "office 1", "Office 2", "Office 1"}); status != statusGood {
		t.Errorf("exit status %d", status)
	}
	for _, want := range []string{"Office 1 · The connection works", "Office 2 · ", "2 pass, 0 warn, 0 fail, 0 not tested"} {
		if strings.Count(out.String(), want) != 1 {
			t.Errorf("%q is not there once:\n%s", want, out)
		}
	}
}

func TestNoConnectors(t *testing.T) {
	p, out := fleet(t, 0, keyring.Memory())
	if status := p.run([]string{"--data", p.dir, "--lab", "test", "--all"}); status != statusGood || !strings.Contains(out.String(), "no connector yet") {
		t.Errorf("exit status %d:\n%s", status, out)
	}
}

// lockedRing is a keyring that whoever sits there does not unlock.
type lockedRing struct {
	keyring.Keyring
	asked atomic.Int32
}

func (l *lockedRing) Get(context.Context, string) (secret.Secret, error) {
	l.asked.Add(1)
	return secret.Secret{}, &keyring.Error{Op: "get", Kind: keyring.ErrLocked}
}

func TestALockedKeyringAsksOnce(t *testing.T) {
	ring := &lockedRing{Keyring: keyring.Memory()}
	p, out := fleet(t, 20, ring)
	if status := p.run([]string{"--data", p.dir, "--lab", "test", "--all"}); status != statusCannot {
		t.Errorf("exit status %d", status)
	}
	if n := ring.asked.Load(); n != 1 {
		t.Errorf("the keyring was asked %d times", n)
	}
	if text := out.String(); strings.Count(text, "the keyring is locked") != 20 || strings.Count(text, "Unlock the keyring") != 1 ||
		!strings.Contains(text, "20 not tested") {
		t.Errorf("it says:\n%s", text)
	}
	if kept := recorded(t, p); len(kept) != 0 {
		t.Errorf("%d tests were recorded", len(kept))
	}
}

// wrongRing is a keyring with passwords that were changed meanwhile.
type wrongRing struct{ keyring.Keyring }

func (wrongRing) Get(context.Context, string) (secret.Secret, error) {
	return secret.New("an old password"), nil
}

// TestARefusedAccountIsLeftAlone: many connectors with one account spend one
// failed sign-in, so that the account is not locked.
func TestARefusedAccountIsLeftAlone(t *testing.T) {
	for name, test := range map[string]struct {
		ring   keyring.Keyring
		faults []string
	}{
		"a wrong password": {ring: wrongRing{keyring.Memory()}},
		"a locked account": {ring: keyring.Memory(), faults: []string{"account-locked"}},
	} {
		t.Run(name, func(t *testing.T) {
			const n, accounts = 12, 2
			p, out := fleet(t, n, test.ring)
			w, err := p.open(t.Context(), test.faults...)
			if err != nil {
				t.Fatal(err)
			}
			o := &retest{program: p, all: true, parallel: 8}
			if status := statusOf((&batch{o, w}).run(t.Context())); status != statusNotSo {
				t.Errorf("exit status %d", status)
			}
			if _, failed := w.Lab.SignIns(); failed != accounts {
				t.Errorf("%d failed sign-ins were spent", failed)
			}
			if err := w.Close(); err != nil {
				t.Error(err)
			}
			if text := out.String(); strings.Count(text, "not tested: the same account was refused at Office ") != n-accounts ||
				!strings.Contains(text, "2 fail, 10 not tested") {
				t.Errorf("it says:\n%s", text)
			}
			if kept := recorded(t, p); len(kept) != accounts {
				t.Errorf("%d tests were recorded", len(kept))
			}
		})
	}
}

// stopAt ends a context when a text was written.
type stopAt struct {
	written bytes.Buffer
	text    string
	stop    context.CancelFunc
}

func (s *stopAt) Write(p []byte) (int, error) {
	n, err := s.written.Write(p)
	if strings.Contains(s.written.String(), s.text) {
		s.stop()
	}
	return n, err
}

func TestAStopKeepsWhatIsDone(t *testing.T) {
	const n, parallel = 30, 2
	p, _ := fleet(t, n, keyring.Memory())
	ctx, stop := context.WithCancel(t.Context())
	out := &stopAt{text: `"name":`, stop: stop}
	p.out, p.json = out, true
	w, err := p.open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	o := &retest{program: p, all: true, parallel: parallel}
	if status := statusOf((&batch{o, w}).run(ctx)); status != statusCannot {
		t.Errorf("exit status %d", status)
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	var got batchJSON
	if err := json.Unmarshal(out.written.Bytes(), &got); err != nil {
		t.Fatalf("%v in %s", err, &out.written)
	}
	if s := got.Summary; !s.Stopped || s.Pass+s.Fail != len(got.Connectors) || s.Pass+s.Fail+s.NotTested != n {
		t.Errorf("%d shown, and the summary is %+v", len(got.Connectors), s)
	}
	if kept := recorded(t, p); len(kept) != len(got.Connectors) || len(kept) == 0 || len(kept) > 1+parallel {
		t.Errorf("%d are shown and %d recorded", len(got.Connectors), len(kept))
	}
}

func TestUsageOfManyConnectors(t *testing.T) {
	for args, want := range map[string]string{
		"test":                         "--all",
		"test --all name":              "names stand there too",
		"test --all --parallel 0":      "from 1 to 64",
		"test --all --parallel 65":     "from 1 to 64",
		"test a b --password-stdin":    "one connector",
		"test --all --password-stdin":  "one connector",
		"test --all --parallel eleven": "eleven",
	} {
		var out bytes.Buffer
		p := &program{in: strings.NewReader(""), out: &out, errOut: &out, getenv: func(string) string { return "" }}
		if status := p.run(strings.Fields(args)); status != statusBadInput || !strings.Contains(out.String(), want) {
			t.Errorf("%s: exit status %d, %s", args, status, &out)
		}
	}
}
