package setup_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/sqlite"
	"fairlead/dns"
	"fairlead/domain"
	"fairlead/keyring"
	"fairlead/network"
	"fairlead/wizard/page"
	"fairlead/wizard/setup"
)

// world is a registry on disk and an outside world that is told what to say.
type world struct {
	*setup.Setup
	now       time.Time
	mx        string // the status of the MX records
	tenant    error  // what the look for the token finds
	spoofing  error  // and that at SPF
	asked     setup.SpoofingTarget
	proposals []domain.Proposal
	token     setup.TokenTarget
}

func newWorld(t testing.TB) *world {
	t.Helper()
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "registry.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = registry.Close() })
	w := &world{now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), mx: "mx_foreign"}
	clock := func() time.Time { return w.now }
	w.Setup = &setup.Setup{
		Regions: catalogue.Regions,
		Network: &network.Network{
			Lookup: func(context.Context, string) ([]netip.Addr, error) {
				return []netip.Addr{netip.MustParseAddr("192.0.2.1")}, nil
			},
			Dial: func(context.Context, netip.AddrPort) (net.Conn, error) {
				return nil, os.NewSyscallError("connect", syscall.ECONNREFUSED)
			},
			Now: clock,
		},
		Keeper: &connectors.Keeper{
			Registry: registry, Keyring: keyring.Memory(), Session: keyring.Memory(), Now: clock, Holder: `HOST\anna`,
		},
		Resolver: func() dns.Resolver { return everything{} },
		Checks: setup.Checks{
			Tenant: func(to setup.TokenTarget) *check.Suite {
				w.token = to
				return one("token", w.tenant)
			},
			Spoofing: func(to setup.SpoofingTarget, learnt func([]domain.Proposal)) *check.Suite {
				w.asked = to
				return check.Then(one("spf", w.spoofing), func(check.Report) { learnt(w.proposals) })
			},
			MX: func(context.Context, string, string, []string) (string, string, error) { return w.mx, "as it is", nil },
		},
	}
	return w
}

// one is a test with one check.
func one(id string, err error) *check.Suite {
	return check.NewSuite(0, []check.Check[int]{{
		ID: id, Title: "Question", Ask: func(context.Context, int) (check.Finding, error) { return check.Finding{Summary: "found"}, err },
		Causes: []*check.Cause[int]{{
			Code: id + "-wrong", Title: "It is wrong", Verdict: check.Fail, Remedy: "Mend it.", When: func(_ int, err error) bool { return err != nil },
		}},
	}}, check.Options[int]{})
}

var errWrong = errors.New("wrong")

// everything is a DNS in which every host has an address, and no name anything else.
type everything struct{}

func (everything) Lookup(_ context.Context, name string, t dns.Type) (dns.Answer, error) {
	a := dns.Answer{Name: name, Type: t}
	if t == dns.A {
		a.Records = []dns.Record{{Name: name, Type: t, Text: "192.0.2.1"}}
	}
	return a, nil
}

// open opens a domain.
func (w *world) open(t testing.TB, name string) *setup.Domain {
	t.Helper()
	d, err := w.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// walk goes through a section with some answers, keeps it, and returns where it
// stopped: the id of the page.
func (w *world) walk(t testing.TB, name string, section setup.Section, answers page.Changes) (where string, view page.View) {
	t.Helper()
	j, err := w.Journey(t.Context(), w.open(t, name), section)
	if err != nil {
		t.Fatal(err)
	}
	for key, value := range answers { // those of pages before the one where it goes on
		j.Set(key, value)
	}
	for range 30 {
		for _, f := range j.View().Fields {
			if value := answers[f.Key]; value != nil {
				j.Set(f.Key, value)
			}
		}
		move := j.Next()
		if move.Task != nil {
			move = j.Finish(move.Task, move.Task.Run(t.Context(), nil, nil))
			if r := j.View().Report; r != nil && j.View().Again {
				move = j.Next() // the report was read
			}
		}
		if !move.Moved || j.View().Page.Final {
			break
		}
	}
	if _, err := w.Keep(t.Context(), name, section, j); err != nil {
		t.Fatal(err)
	}
	return j.View().Page.ID, j.View()
}

// status is how a section stands, as "state: words".
func (w *world) status(t testing.TB, name string, section setup.Section) string {
	t.Helper()
	s := w.Status(w.open(t, name), section)
	return string(s.State) + ": " + s.Words
}

// options are the values of a choice that are not barred, and why the others are.
func options(v page.View, key string) (open []string, barred map[string]string) {
	barred = map[string]string{}
	for _, f := range v.Fields {
		if f.Key != key {
			continue
		}
		for _, o := range f.Options {
			if o.Barred == "" {
				open = append(open, o.Value)
			} else {
				barred[o.Value] = o.Barred
			}
		}
	}
	return open, barred
}

func account(more page.Changes) page.Changes {
	c := page.Changes{
		"account.contact": "Anna Berg", "account.contact-address": "anna@elsewhere.example", "account.contact-phone": "+49 30 1234567",
		"account.infrastructure": "hybrid-microsoft365", "account.code": "CDE12A345",
	}
	for key, value := range more {
		c[key] = value
	}
	return c
}
