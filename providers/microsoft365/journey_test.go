package microsoft365

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/lab/entra"
	"fairlead/wizard/page"
)

// flow is the provider's part of the wizard, with an end.
func (b *bench) flow() page.Flow {
	pages := b.provider.Pages(b.env.Env)
	pages = append(pages, page.Page{ID: "end", Final: true})
	return page.Flow{ID: "m365", Pages: func(*page.Answers) []page.Page { return pages }}
}

// walk is one walk through the pages, with a front end that pastes what the
// person's browser shows where it asks for it.
type walk struct {
	*bench
	j    *page.Journey
	said said
}

func (b *bench) begin(service string) *walk {
	w := &walk{bench: b, j: page.Start(b.flow())}
	w.j.Set(keyServices, []string{service})
	w.next("microsoft365.prepare")
	w.at("microsoft365.tenant")
	w.j.Set(keyTenant, b.tenant.Domain)
	w.next("microsoft365.tenant")
	w.at("microsoft365.permissions")
	w.next("microsoft365.permissions")
	w.at(pageAuthorize)
	return w
}

func (w *walk) at(id string) {
	w.t.Helper()
	if v := w.j.View(); v.Page.ID != id {
		w.t.Fatalf("the journey is at %s, not at %s: %s", v.Page.ID, id, v.Failure)
	}
}

// next presses Next and does what comes of it; it returns the view after.
func (w *walk) next(at string) page.View {
	w.t.Helper()
	w.at(at)
	return w.press(w.t.Context())
}

func (w *walk) press(ctx context.Context) page.View {
	w.t.Helper()
	move := w.j.Next()
	if move.Focus != "" {
		w.t.Fatalf("%s: %s is wrong: %+v", w.j.View().Page.ID, move.Focus, w.j.View().Fields)
	}
	if move.Task != nil {
		w.j.Finish(move.Task, move.Task.Run(ctx, w.said.say, nil))
	}
	return w.j.View()
}

// verified presses Verify and returns the report.
func (w *walk) verified() check.Report {
	w.t.Helper()
	v := w.next(pageVerify)
	if v.Report == nil {
		w.t.Fatalf("no report: %s", v.Failure)
	}
	return *v.Report
}

// pasting hands what the person's browser ends at to the field for it.
func (w *walk) pasting(p *person) {
	pasted := ""
	w.said.on = func(progress page.Progress) {
		if progress.Paste == nil || pasted == progress.Link {
			return
		}
		pasted = progress.Link
		p.going.Go(func() {
			end := p.walk(progress.Link)
			if strings.Contains(p.last(), "AADSTS") {
				end = p.last()
			}
			_ = progress.Paste(end)
		})
	}
}

func TestTheServicesOwnApplication(t *testing.T) {
	b := newBench(t)
	w := b.begin("continuity")
	w.j.Set(keyApplication, entra.ServiceApplication("continuity"))
	w.j.Set(keyVerifier, entra.Verifier)
	v := w.next(pageAuthorize)
	if v.Waiting == nil || v.Page.ID != pageAuthorize {
		t.Fatalf("it does not wait: %+v", v)
	}
	if end := <-b.person.ended; !strings.HasPrefix(end, entra.ConsoleRedirect) {
		t.Fatalf("the consent page was not opened: %s", end)
	}
	w.j.Set(keyGranted, true)
	w.next(pageAuthorize)
	r := w.verified()
	if r.Verdict() != check.Warn || codes(r) != "" || result(t, r, "sign-in").Summary != "admin@contoso.example, in this tenant" {
		t.Errorf("%s: %+v", r.Headline(), r.Checks)
	}
	w.next(pageVerify)
	w.at("end")
	o := b.provider.Outcome(w.j.Answers())
	if o.Tenant != b.tenant.ID() || !o.Secret.IsEmpty() || o.Suggested != "Continuity, contoso.example" || o.Platform != "Microsoft 365, Worldwide" {
		t.Errorf("%+v", o)
	}
}

func TestAnApplicationOfYourOwn(t *testing.T) {
	b := newBench(t)
	w := b.begin("sync-and-recover")
	w.j.Set(keyWay, wayOwn)
	w.j.Set(keyOwn, entra.Own)
	w.next(pageAuthorize)
	r := w.verified()
	if codes(r) != "more-than-needed" || !strings.Contains(result(t, r, "permissions").Diagnoses[0].Remedy, "Mail.ReadWrite") ||
		strings.Contains(result(t, r, "permissions").Diagnoses[0].Remedy, readApplications) {
		t.Errorf("%q: %+v", codes(r), result(t, r, "permissions"))
	}
	if got := b.lab.Entra().Granted(b.tenant.ID(), entra.Own); !slices.Contains(got, "full_access_as_app") {
		t.Errorf("granted: %v", got)
	}
	countdown := 0
	for _, p := range w.said.all {
		if !p.Until.IsZero() && p.Link != "" && p.Paste != nil {
			countdown++
		}
	}
	if countdown != 2 {
		t.Errorf("the browser was waited for with link, countdown and paste %d times, not twice", countdown)
	}
}

func TestSomebodyElseGrants(t *testing.T) {
	b := newBench(t)
	w := b.begin("continuity")
	w.j.Set(keyWay, waySomebody)
	w.j.Set(keyApplication, entra.ServiceApplication("continuity"))
	w.j.Set(keyVerifier, entra.Verifier)
	first := w.next(pageAuthorize).Waiting
	if first == nil || b.person.addresses() != "" {
		t.Fatalf("it does not wait, or opened %q", b.person.addresses())
	}
	// Days later, from the draft.
	data, err := json.Marshal(w.j.Draft())
	if err != nil {
		t.Fatal(err)
	}
	draft, err := page.ReadDraft(data)
	if err != nil {
		t.Fatal(err)
	}
	if w.j, err = page.Resume(t.Context(), b.flow(), draft); err != nil {
		t.Fatal(err)
	}
	_ = b.clock.pause(t.Context(), 0)
	if again := w.next(pageAuthorize).Waiting; again == nil || !again.Since.Equal(first.Since) {
		t.Errorf("it waits since %+v, and first since %v", again, first.Since)
	}
	link := ""
	for _, f := range w.j.View().Fields {
		if f.Key == "microsoft365.link" {
			_, link, _ = strings.Cut(f.Copy, "Open ")
			link, _, _ = strings.Cut(link, "\n")
			if !strings.Contains(f.Copy, "full_access_as_app") {
				t.Errorf("the text does not say what is asked for: %s", f.Copy)
			}
		}
	}
	if end := newPerson(t, entra.Admin+"@"+b.tenant.Domain, "accept").walk(link); !strings.HasPrefix(end, entra.ConsoleRedirect) {
		t.Fatalf("the link %q ended at %s", link, end)
	}
	w.j.Set(keyGranted, true)
	w.next(pageAuthorize)
	if r := w.verified(); codes(r) != "" {
		t.Errorf("%s", codes(r))
	}
}

// TestNoBrowserHere pastes the final address, whose page no browser can show.
func TestNoBrowserHere(t *testing.T) {
	b := newBench(t)
	b.rebuild(nil)
	b.grant(b.target("continuity"))
	w := b.begin("continuity")
	if got := w.j.View().Fields[0].Value; got != wayElsewhere {
		t.Errorf("the way that is suggested is %q", got)
	}
	w.j.Set(keyApplication, entra.ServiceApplication("continuity"))
	w.j.Set(keyVerifier, entra.Verifier)
	w.j.Set(keyElsewhere, byPaste)
	w.j.Set(keyGranted, true)
	w.pasting(b.person)
	w.next(pageAuthorize)
	if r := w.verified(); codes(r) != "" {
		t.Errorf("%s", codes(r))
	}
}

func TestACodeOnAnotherDevice(t *testing.T) {
	b := newBench(t)
	b.rebuild(nil)
	b.grant(b.target("continuity"))
	w := b.begin("continuity")
	w.j.Set(keyApplication, entra.ServiceApplication("continuity"))
	w.j.Set(keyVerifier, entra.Verifier)
	w.j.Set(keyElsewhere, byCode)
	w.j.Set(keyGranted, true)
	w.said.on = func(p page.Progress) {
		if p.Code != "" {
			b.person.going.Go(func() { b.person.typeCode(p.Link, p.Code) })
		}
	}
	w.next(pageAuthorize)
	if r := w.verified(); codes(r) != "" || result(t, r, "sign-in").Verdict != check.Pass {
		t.Errorf("%s", codes(r))
	}
}

// TestNothingToVerifyWith: without an application to sign in with, the
// connector is recorded, and says that it is not verified.
func TestNothingToVerifyWith(t *testing.T) {
	b := newBench(t)
	w := b.begin("directory-synchronization")
	w.j.Set(keyWay, waySomebody)
	w.j.Set(keyApplication, entra.ServiceApplication("directory-synchronization"))
	w.j.Set(keyGranted, true)
	w.next(pageAuthorize)
	r := w.verified()
	if r.Verdict() != check.Pass || result(t, r, "sign-in").Summary != recorded+"no application was named to sign in with" || r.Facts["verified"] == "yes" {
		t.Errorf("%s: %+v", r.Headline(), r.Checks)
	}
	w.next(pageVerify)
	w.at("end")
}

func TestTenantsThatAreNotThere(t *testing.T) {
	b := newBench(t)
	w := &walk{bench: b, j: page.Start(b.flow())}
	w.j.Set(keyServices, []string{"continuity"})
	w.next("microsoft365.prepare")
	for typed, want := range map[string]string{
		"nowhere.example": "none of Microsoft's clouds has a tenant", "01234567-89ab-cdef-0123-456789abcdef": "none of Microsoft's clouds",
	} {
		w.j.Set(keyTenant, typed)
		if v := w.next("microsoft365.tenant"); !strings.Contains(v.Failure, want) {
			t.Errorf("%s: %q", typed, v.Failure)
		}
	}
	w.j.Set(keyTenant, b.tenant.Domain)
	set(t, b, "discovery-html")
	if v := w.next("microsoft365.tenant"); !strings.Contains(v.Failure, "Something else answered in Microsoft's place") {
		t.Errorf("%q", v.Failure)
	}
	for _, typed := range []string{"anna@contoso.com", "https://contoso.com", "contoso", "con toso.com", "-a.com", personalTenant, strings.Repeat("a.", 130) + "com"} {
		if checkTenant(typed) == nil {
			t.Errorf("%q was taken", typed)
		}
	}
	for _, typed := range []string{"contoso.com", "CONTOSO.onmicrosoft.com", "01234567-89AB-cdef-0123-456789abcdef", "xn--mnchen-3ya.de"} {
		if err := checkTenant(typed); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

// TestOneForEachServiceAndTenant: a second connector is refused before anybody
// signs in.
func TestOneForEachServiceAndTenant(t *testing.T) {
	b := newBench(t)
	b.env.Registered = func(_ context.Context, provider, tenant string, services ...string) error {
		if provider != ID || tenant != b.tenant.ID() || !slices.Equal(services, []string{"continuity"}) {
			t.Errorf("asked for %s %s %v", provider, tenant, services)
		}
		return errors.New("it has one")
	}
	w := &walk{bench: b, j: page.Start(b.flow())}
	w.j.Set(keyServices, []string{"continuity"})
	w.next("microsoft365.prepare")
	w.j.Set(keyTenant, b.tenant.Domain)
	if v := w.next("microsoft365.tenant"); v.Failure != "it has one" {
		t.Errorf("%q", v.Failure)
	}
}

// TestAForgedTenant: the redirect of the consent page names another tenant,
// and nobody looks at it.
func TestAForgedTenant(t *testing.T) {
	b := newBench(t, "redirect-forged-tenant")
	w := b.begin("sync-and-recover")
	w.j.Set(keyWay, wayOwn)
	w.j.Set(keyOwn, entra.Own)
	w.next(pageAuthorize)
	if r := w.verified(); codes(r) != "more-than-needed" || b.provider.Outcome(w.j.Answers()).Tenant != b.tenant.ID() {
		t.Errorf("%s", codes(r))
	}
}
