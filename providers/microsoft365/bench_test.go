package microsoft365

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/lab"
	"fairlead/lab/entra"
	"fairlead/network"
	"fairlead/oauth"
	"fairlead/providers"
	"fairlead/wizard/page"
)

// bench is the lab, a person at a browser, and a clock that is moved by waiting.
type bench struct {
	t         *testing.T
	lab       *lab.Lab
	net       *network.Network
	person    *person
	provider  Provider
	env       environment
	catalogue assets.Catalogue
	clock     *clock
	tenant    entra.Tenant
}

type clock struct {
	mu    sync.Mutex
	moved time.Duration
	waits []time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.moved)
}

func (c *clock) pause(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.moved += d
	c.waits = append(c.waits, d)
	return ctx.Err()
}

// worlds are expensive to start: RSA keys take their time.
func newBench(t *testing.T, faults ...string) *bench {
	t.Helper()
	c := &clock{}
	l, err := lab.Start(t.Context(), lab.Options{Faults: faults, Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, lab: l, net: l.Network(), catalogue: catalogue, clock: c, tenant: entra.Tenants()[0]}
	b.person = newPerson(t, entra.Admin+"@"+b.tenant.Domain, "accept")
	b.provider = Provider{Catalogue: catalogue, pause: c.pause, wait: 20 * time.Second}
	b.rebuild(b.person)
	return b
}

func (b *bench) rebuild(browser oauth.Browser) {
	b.env = environment{providers.Env{Network: b.net, Browser: browser, BrowserURL: b.lab.BrowserURL}, b.provider}
}

// target is a connector of a service to the tenant, with its application in the
// lab.
func (b *bench) target(service string) Target {
	s, known := b.catalogue.Service(service)
	if !known {
		b.t.Fatalf("no service %q", service)
	}
	cloud, _ := b.catalogue.Clouds.Find(b.tenant.Cloud)
	return Target{
		Service: s, Tenant: b.tenant.ID(), Domain: b.tenant.Domain, Cloud: cloud,
		Application: entra.ServiceApplication(service), Verifier: entra.Verifier, Fresh: true,
	}
}

// grant lets the tenant's administrator accept the consent page of a service.
func (b *bench) grant(t Target) {
	b.t.Helper()
	admin := newPerson(b.t, entra.Admin+"@"+b.tenant.Domain, "accept")
	link, _ := b.env.grantPage(t)
	if end := admin.walk(link); !strings.HasPrefix(end, entra.ConsoleRedirect) {
		b.t.Fatalf("consent ended at %s: %s", end, admin.last())
	}
}

// verify runs the verification; the person signs in.
func (b *bench) verify(t Target) check.Report {
	b.t.Helper()
	return b.provider.verify(b.env, t).Run(b.t.Context(), nil)
}

// result is one row of a report.
func result(t *testing.T, r check.Report, id string) check.Result {
	t.Helper()
	for _, c := range r.Checks {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no check %q in the report", id)
	return check.Result{}
}

// codes are the codes of all diagnoses that failed or warned, but for those of
// the end of EWS, which warn on every day of today.
func codes(r check.Report) string {
	var all []string
	for _, c := range r.Checks {
		for _, d := range c.Diagnoses {
			if c.ID != "ews" {
				all = append(all, d.Code)
			}
		}
	}
	return strings.Join(all, " ")
}

// said collects what an action tells of itself.
type said struct {
	mu  sync.Mutex
	all []page.Progress
	// on is called with each, outside of the lock.
	on func(page.Progress)
}

func (s *said) say(p page.Progress) {
	s.mu.Lock()
	s.all = append(s.all, p)
	s.mu.Unlock()
	if s.on != nil {
		s.on(p)
	}
}

// tokens are those of a sign-in of the tenant's administrator.
func (b *bench) tokens() *oauth.Tokens {
	b.t.Helper()
	d := b.env.door(b.target("continuity"), func(page.Progress) {})
	var err error
	if d.authority, err = discover(b.t.Context(), b.net, d.cloud.Login, b.tenant.ID()); err != nil {
		b.t.Fatal(err)
	}
	tokens, err := d.signIn(b.t.Context(), entra.Verifier, true)
	if err != nil {
		b.t.Fatal(err)
	}
	return tokens
}
