package google

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/keyring"
	"fairlead/lab"
	simulated "fairlead/lab/google"
	"fairlead/network"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// clock is a clock that the test moves.
type clock struct {
	mu   sync.Mutex
	time time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.time
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.time = c.time.Add(d)
}

// bench is a lab with the provider beside it.
type bench struct {
	t     *testing.T
	clock *clock
	lab   *lab.Lab
	net   *network.Network
}

func newBench(t *testing.T, faults ...string) *bench {
	t.Helper()
	b := &bench{t: t, clock: &clock{time: time.Date(2026, 11, 24, 14, 2, 0, 0, time.UTC)}}
	l, err := lab.Start(t.Context(), lab.Options{Faults: faults, Now: b.clock.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	b.lab, b.net = l, l.Network()
	return b
}

// target is what works in the lab: all that can be proved.
func (b *bench) target() Target {
	b.t.Helper()
	key, err := ParseKey(simulated.KeyFile(simulated.Account))
	if err != nil {
		b.t.Fatal(err)
	}
	private, err := key.Secret()
	if err != nil {
		b.t.Fatal(err)
	}
	return Target{
		Customer: simulated.CustomerID, Address: simulated.Admin, Client: key.Client, Scopes: []string{MailScope, customerScope},
		Account: key.Account, KeyID: key.ID, Project: key.Project, Key: private,
	}
}

func (b *bench) test(t Target) check.Report { return Test(b.net, t).Run(b.t.Context(), nil) }

// result is what came of one check.
func result(t *testing.T, r check.Report, id string) check.Result {
	t.Helper()
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("there is no check %q", id)
	return check.Result{}
}

// text is all that a report says.
func text(r check.Report) string {
	var b strings.Builder
	for _, c := range r.Checks {
		b.WriteString(c.ID + " " + string(c.Verdict) + " " + c.Cause() + ": " + c.Summary + "\n" + c.Evidence + "\n")
		for _, d := range c.Diagnoses {
			b.WriteString(d.Title + "\n" + strings.Join(d.Likely, "\n") + "\n" + d.Remedy + "\n")
		}
	}
	return b.String()
}

// journey walks through the provider's pages.
type journey struct {
	*page.Journey
	t    *testing.T
	flow page.Flow
}

func (b *bench) walk(k keyring.Keyring) *journey {
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		b.t.Fatal(err)
	}
	env := providers.Env{Network: b.net, Keyring: k, BrowserURL: b.lab.BrowserURL}
	pages := Provider{catalogue}.Pages(env)
	end := page.Page{ID: "end", Final: true}
	flow := page.Flow{ID: "google", Pages: func(*page.Answers) []page.Page { return append(pages[:len(pages):len(pages)], end) }}
	j := &journey{page.Start(flow), b.t, flow}
	j.Set(keyServices, []string{"remediation"})
	return j
}

// next presses Next and does what comes of it.
func (j *journey) next() page.Result {
	move := j.Next()
	if move.Task == nil {
		return page.Result{}
	}
	r := move.Task.Run(context.WithoutCancel(j.t.Context()), nil, nil)
	j.Finish(move.Task, r)
	return r
}

// at wants a page to be shown.
func (j *journey) at(id string) {
	j.t.Helper()
	if v := j.View(); v.Page.ID != id {
		problems := v.Failure
		for _, f := range v.Fields {
			problems += f.Problem
		}
		j.t.Fatalf("the wizard stands at %s, not at %s: %s", v.Page.ID, id, problems)
	}
}

// keyFileOf writes an account's key into a file.
func keyFileOf(t *testing.T, account string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "key.json")
	if err := os.WriteFile(name, simulated.KeyFile(account), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
