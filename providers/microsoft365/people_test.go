package microsoft365

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fairlead/lab/entra"
	"fairlead/oauth"
	"fairlead/wizard/page"
)

// TestPeople is what comes of the ways in which people leave the browser.
func TestPeople(t *testing.T) {
	domain := "@" + entra.Tenants()[0].Domain
	for _, test := range []struct {
		name, account string
		presses       []string
		fault         string
		want          string
	}{
		{"declines", entra.Admin + domain, []string{"cancel"}, "", "consent-declined"},
		{"is not an administrator", entra.User + domain, []string{"back"}, "", "not-an-admin"},
		{"may ask for approval", entra.User + domain, []string{"request", "back"}, "consent-workflow", "approval-pending"},
		{"is of another tenant", entra.Admin + "@" + entra.Tenants()[1].Domain, nil, "", "wrong-tenant"},
		{"has a personal account", entra.Stranger, nil, "", "wrong-tenant"},
		{"never comes back", entra.Admin + domain, []string{"accept"}, "redirect-never", "browser-never-came-back"},
		{"comes back with another state", entra.Admin + domain, []string{"accept"}, "redirect-wrong-state", "browser-never-came-back"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			if test.fault != "" {
				set(t, b, test.fault)
			}
			b.person = newPerson(t, test.account, test.presses...)
			if test.want == "browser-never-came-back" {
				b.provider.wait = 300 * time.Millisecond
			}
			b.rebuild(silent{})
			w := b.begin("sync-and-recover")
			w.j.Set(keyWay, wayOwn)
			w.j.Set(keyOwn, entra.Own)
			w.pasting(b.person)
			v := w.next(pageAuthorize)
			if v.Page.ID != pageAuthorize || causeOf(v.Failure) != test.want {
				t.Errorf("at %s: %q", v.Page.ID, v.Failure)
			}
		})
	}
}

// silent is a browser that was told to open, while the person opens the link by
// hand.
type silent struct{}

func (silent) Open(context.Context, string) error { return nil }

// causeOf finds the row of the table that a failure on a page is worded from.
func causeOf(text string) string {
	for _, row := range troubles() {
		if strings.HasPrefix(text, row.Title) && strings.Contains(text, row.Remedy) {
			return row.Cause
		}
	}
	return ""
}

func TestTheBrowserIsClosed(t *testing.T) {
	b := newBench(t)
	b.person.absent = true
	w := b.begin("sync-and-recover")
	w.j.Set(keyWay, wayOwn)
	w.j.Set(keyOwn, entra.Own)
	ctx, cancel := context.WithCancel(t.Context())
	w.said.on = func(p page.Progress) {
		if p.Paste != nil {
			cancel()
		}
	}
	v := w.press(ctx)
	if v.Page.ID != pageAuthorize || v.Failure != "" {
		t.Errorf("at %s: %q", v.Page.ID, v.Failure)
	}
	b.provider.wait = 100 * time.Millisecond
	b.rebuild(b.person)
	w = b.begin("sync-and-recover")
	w.j.Set(keyWay, wayOwn)
	w.j.Set(keyOwn, entra.Own)
	if v := w.next(pageAuthorize); !strings.Contains(v.Failure, "The browser never reached this program") {
		t.Errorf("%q", v.Failure)
	}
}

// TestEveryNumber shows each of Entra's errors that the lab has to somebody who
// pastes what the page says, and wants the cause that the table names.
func TestEveryNumber(t *testing.T) {
	b := newBench(t)
	b.rebuild(silent{})
	for _, fault := range entra.Faults() {
		number, numbered := strings.CutPrefix(fault.Name, "aadsts-")
		if !numbered {
			continue
		}
		t.Run(number, func(t *testing.T) {
			want := ""
			for _, row := range troubles() {
				for _, sign := range row.signs {
					if sign == number {
						want = row.Cause
					}
				}
			}
			if want == "" {
				t.Fatalf("the table has no row for %s (%s)", number, fault.Title)
			}
			if number == "70016" {
				return // "not typed yet": the sign-in asks again until the code ends
			}
			set(t, b, fault.Name)
			defer func() { _ = b.lab.Set(fault.Name, false) }()
			b.lab.Entra().Revoke(b.tenant.ID(), entra.Own)
			b.t = t
			b.person = newPerson(t, entra.Admin+"@"+b.tenant.Domain, "accept", "back")
			w := &walk{bench: b}
			w.pasting(b.person)
			a := page.NewAnswers()
			a.Set(keyServices, []string{"sync-and-recover"})
			a.Set(keyTenantID, b.tenant.ID())
			a.Set(keyCloud, b.tenant.Cloud)
			a.Set(keyWay, wayOwn)
			a.Set(keyOwn, entra.Own)
			if strings.Contains(fault.Explanation, "device code") {
				a.Set(keyWay, wayElsewhere)
				a.Set(keyApplication, entra.Own)
				a.Set(keyVerifier, entra.Own)
				a.Set(keyElsewhere, byCode)
				a.Set(keyGranted, true)
			}
			_, err := b.env.authorize(t.Context(), a, w.said.say)
			f, ok := errors.AsType[*failure](err)
			if !ok || f.Cause != want || f.Number != number {
				t.Errorf("%v, want %s", err, want)
			}
			if oauth.KindOf(err) == "" {
				t.Errorf("what was met is not kept beneath: %T", err)
			}
		})
	}
}
