package setup_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/domain"
	"fairlead/secret"
	"fairlead/wizard/page"
	"fairlead/wizard/setup"
)

const contoso = "contoso.example"

// TestAccount keeps the account, takes the region from its code, and gives it to
// the organisation's other domains.
func TestAccount(t *testing.T) {
	w := newWorld(t)
	if got := w.status(t, contoso, setup.Account); got != "to do: not begun" {
		t.Errorf("at first: %s", got)
	}
	if where, _ := w.walk(t, contoso, setup.Account, page.Changes{"account.contact": "Anna Berg"}); where != "account.contact" {
		t.Errorf("the journey went on to %s without an address", where)
	}
	if where, _ := w.walk(t, contoso, setup.Account, account(page.Changes{"account.domains": "Contoso.co.uk, contoso.de"})); where != "account.kept" {
		t.Fatalf("it stopped at %s", where)
	}
	if got := w.status(t, contoso, setup.Account); got != "works: Hybrid with Microsoft 365, Germany" {
		t.Errorf("kept: %s", got)
	}
	rows, err := w.Table(t.Context())
	if err != nil || len(rows) != 3 || rows[0].Domain != "contoso.co.uk" || rows[0].Statuses[0].State != setup.Works || rows[0].Statuses[1].State != setup.ToDo {
		t.Errorf("the table: %+v, %v", rows, err)
	}
	e, err := w.Environment(t.Context())
	if err != nil || len(e.Organisations) != 1 || len(e.Organisations[0].Tenants) != 2 || e.Organisations[0].Mailboxes != "both" {
		t.Errorf("the plan begins with %+v, %v", e, err)
	}
	if err := w.Remove(t.Context(), "contoso.de"); err != nil {
		t.Fatal(err)
	}
	if rows, _ := w.Table(t.Context()); len(rows) != 2 {
		t.Errorf("%d rows after one was removed", len(rows))
	}
}

// TestTypingErrors wants a sentence at the field.
func TestTypingErrors(t *testing.T) {
	w := newWorld(t)
	w.walk(t, contoso, setup.Account, account(nil))
	for _, test := range []struct {
		section setup.Section
		key     string
		value   string
		want    string
	}{
		{setup.Account, "account.contact", strings.Repeat("x", 61), "60 characters"},
		{setup.Account, "account.contact-phone", "030 1234567", "country's code"},
		{setup.Account, "account.contact-phone", "+49", "no phone number"},
		{setup.Tenant, "tenant.token", "two words", "no spaces"},
		{setup.Tenant, "tenant.microsoft365", "contoso.mail.onmicrosoft.com", "contoso.onmicrosoft.com"},
		{setup.Tenant, "tenant.microsoft365", "contoso.com", "first domain"},
		{setup.Routing, "routing.deliver", "no host", "not the name of a server"},
		{setup.Spoofing, "spoofing.selectors", "a b/c", "letters, digits"},
		{setup.Journaling, "journaling.undelivered", "nobody", "@ is missing"},
	} {
		j, err := w.Journey(t.Context(), w.open(t, contoso), test.section)
		if err != nil {
			t.Fatal(err)
		}
		j.Set(test.key, test.value)
		if err := j.Leave(test.key); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.key, err, test.want)
		}
	}
	for name, good := range map[string]bool{"contoso.com": true, "CONTOSO.com.": true, "contoso": false, "a@b.de": false, "": false, "büro.example": true} {
		if _, err := setup.CheckDomain(name); (err == nil) != good {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestTenant looks for the token until it is there, and tells when it has ended.
func TestTenant(t *testing.T) {
	w := newWorld(t)
	w.tenant = errWrong
	answers := page.Changes{"tenant.token": "mc-0123abcd", "tenant.microsoft365": "contoso.onmicrosoft.com"}
	where, _ := w.walk(t, contoso, setup.Tenant, answers)
	if got := w.status(t, contoso, setup.Tenant); where != "tenant.test" || got != "fails: It is wrong" {
		t.Errorf("at %s: %s", where, got)
	}
	if w.token.Token != "mc-0123abcd" {
		t.Errorf("what is looked for: %+v", w.token)
	}
	w.now = w.now.AddDate(0, 0, 31)
	if got := w.status(t, contoso, setup.Tenant); got != "fails: the token ended on 24 December" {
		t.Errorf("after a month: %s", got)
	}
	w.tenant, answers["tenant.token"] = nil, "mc-new"
	if where, _ = w.walk(t, contoso, setup.Tenant, answers); where != "tenant.kept" {
		t.Fatalf("it stopped at %s", where)
	}
	if got := w.status(t, contoso, setup.Tenant); got != "works: validated" {
		t.Errorf("in the end: %s", got)
	}
	j, _ := w.Journey(t.Context(), w.open(t, contoso), setup.Tenant)
	j.Next()
	records := []string{}
	for _, f := range j.View().Fields {
		records = append(records, f.Copy)
	}
	for _, want := range []string{"mc-new", `contoso.example. 300 IN TXT "mc-new"`, "mc-new.contoso.example. 300 IN CNAME validate-domain.mimecast.com."} {
		if !slices.Contains(records, want) {
			t.Errorf("the record %s is not among %q", want, records)
		}
	}
}

// TestProposals shows what should change beside what was found.
func TestProposals(t *testing.T) {
	w := newWorld(t)
	w.spoofing = errWrong
	w.proposals = []domain.Proposal{{
		Record: domain.Record{Zone: contoso, Name: contoso, Type: "TXT", Value: "v=spf1 -all"}, Why: "It says who may send.",
		Current: []string{"v=spf1 +all"}, Changes: []string{"Nobody else may."},
	}}
	where, view := w.walk(t, contoso, setup.Spoofing, nil)
	if where != "spoofing.test" || len(view.Fields) != 1 || !strings.Contains(view.Fields[0].Copy, "v=spf1 -all") ||
		view.Fields[0].Hint != "It says who may send.\nNow: v=spf1 +all\n- Nobody else may." {
		t.Errorf("at %s: %+v", where, view.Fields)
	}
}

// TestTheOrderOfChange ticks each step when its gate opens, and never before.
func TestTheOrderOfChange(t *testing.T) {
	w := newWorld(t)
	w.walk(t, contoso, setup.Account, account(nil))
	tick := func(steps ...string) (where string, open []string, barred map[string]string) {
		t.Helper()
		answers := page.Changes{"routing.deliver": "mail.contoso.example"}
		if steps != nil {
			answers["routing.steps"] = steps
		}
		where, view := w.walk(t, contoso, setup.Routing, answers)
		open, barred = options(view, "routing.steps")
		return where, open, barred
	}
	if where, _, barred := tick("validate"); where != "routing.order" || !strings.Contains(barred["validate"], "not looked at yet") {
		t.Fatalf("ticked before anything was looked at: %s, %v", where, barred)
	}
	w.walk(t, contoso, setup.Tenant, page.Changes{"tenant.token": "mc-1"})
	w.spoofing = errWrong
	w.walk(t, contoso, setup.Spoofing, page.Changes{"spoofing.selectors": "s1, s2", "spoofing.senders": "spf.news.example"})
	if !slices.Equal(w.asked.Selectors, []string{"s1", "s2"}) || w.asked.Region != "de" {
		t.Errorf("what is judged: %+v", w.asked)
	}
	if where, _, barred := tick("validate", "outbound"); where != "routing.order" || !strings.Contains(barred["outbound"], "SPF: it is wrong") {
		t.Fatalf("ticked with a broken SPF: %s, %v", where, barred)
	}
	w.spoofing = nil
	w.walk(t, contoso, setup.Spoofing, nil)
	if where, _, barred := tick("validate", "outbound"); where != "routing.kept" {
		t.Fatalf("not ticked: %s, %v", where, barred)
	}
	if got := w.status(t, contoso, setup.Routing); got != "waits: next: receive through the services" {
		t.Errorf("after outbound: %s", got)
	}
	w.mx = "mx_ok"
	if where, _, barred := tick("validate", "outbound", "inbound"); where != "routing.order" || !strings.Contains(barred["inbound"], "Leave it for 3 days") {
		t.Fatalf("ticked at once: %s, %v", where, barred)
	}
	w.mx, w.now = "mx_foreign", w.now.Add(73*time.Hour)
	if where, _, barred := tick("validate", "outbound", "inbound"); where != "routing.order" || !strings.Contains(barred["inbound"], "still goes the old way") {
		t.Fatalf("ticked with other MX records: %s, %v", where, barred)
	}
	w.mx = "mx_ok"
	if where, _, barred := tick("validate", "outbound", "inbound"); where != "routing.kept" {
		t.Fatalf("not ticked: %s, %v", where, barred)
	}
	if where, _, barred := tick("validate", "outbound", "inbound", "lock-down"); where != "routing.order" || barred["lock-down"] == "" {
		t.Fatalf("locked down at once: %s, %v", where, barred)
	}
	w.mx, w.now = "mx_foreign", w.now.Add(73*time.Hour)
	if where, _, _ := tick("validate", "outbound", "inbound", "lock-down"); where != "routing.test" {
		t.Fatalf("MX records that were changed back do not fail: %s", where)
	}
	if got := w.status(t, contoso, setup.Routing); !strings.HasPrefix(got, "fails: Mail for contoso.example does not go") {
		t.Errorf("changed back: %s", got)
	}
	w.mx = "mx_ok"
	if where, _, barred := tick("validate", "outbound", "inbound", "lock-down"); where != "routing.order" || !strings.Contains(barred["lock-down"], "since when") {
		t.Fatalf("locked down at once after they were changed back: %s, %v", where, barred)
	}
	w.now = w.now.Add(73 * time.Hour)
	if where, _, barred := tick("validate", "outbound", "inbound", "lock-down"); where != "routing.kept" {
		t.Fatalf("not locked down: %s, %v", where, barred)
	}
	if got := w.status(t, contoso, setup.Routing); !strings.HasPrefix(got, "warns:") { // the mail servers cannot be reached from here
		t.Errorf("in the end: %s", got)
	}
}

// TestDirectory asks for a connector, or tests the directory.
func TestDirectory(t *testing.T) {
	w := newWorld(t)
	w.walk(t, contoso, setup.Account, account(nil))
	if where, _ := w.walk(t, contoso, setup.Directory, nil); where != "directory.kept" {
		t.Fatalf("Entra: it stopped at %s", where)
	}
	if got := w.status(t, contoso, setup.Directory); !strings.HasPrefix(got, "waits: needs a Microsoft 365 connector") {
		t.Errorf("without a connector: %s", got)
	}
	preset, needed := w.open(t, contoso).Connector()
	if !needed || preset["provider"] != "microsoft365" || !slices.Equal(preset["services"].([]string), []string{"directory-synchronization"}) {
		t.Errorf("the wizard for it begins with %v, %v", preset, needed)
	}
	made, err := w.Keeper.Register(t.Context(), connectors.Connector{
		Name: "Directory", Provider: "microsoft365", Tenant: "t", Services: []string{"directory-synchronization"},
	}, secret.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.status(t, contoso, setup.Directory); !strings.HasPrefix(got, "waits: "+made.Name+": ") {
		t.Errorf("with a connector that was not tested: %s", got)
	}
	if _, needed := w.open(t, contoso).Connector(); needed {
		t.Error("a second connector is needed")
	}
	ldap := page.Changes{
		"directory.kind": "ldap", "directory.host": "dc.contoso.example", "directory.account": "reader@contoso.example",
		"directory.password": secret.New("Harbour-Light-9"), "directory.base": "DC=contoso,DC=example",
	}
	if where, _ := w.walk(t, contoso, setup.Directory, ldap); where != "directory.test" {
		t.Errorf("a directory that cannot be reached: it stopped at %s", where)
	}
	if got := w.status(t, contoso, setup.Directory); !strings.HasPrefix(got, "fails: Nothing listens on port 636") {
		t.Errorf("a directory that cannot be reached: %s", got)
	}
	documents, err := w.Keeper.Registry.Documents(t.Context(), setup.Kind)
	if text, _ := json.Marshal(documents); err != nil || strings.Contains(string(text), "Harbour-Light") {
		t.Errorf("the password is kept: %s", text)
	}
	if where, _ := w.walk(t, contoso, setup.Directory, page.Changes{"directory.kind": "google"}); where != "directory.kept" {
		t.Errorf("Google: it stopped at %s", where)
	}
}

// TestJournaling shows two addresses for a hybrid and looks at their way.
func TestJournaling(t *testing.T) {
	w := newWorld(t)
	w.walk(t, contoso, setup.Account, account(nil))
	if where, _ := w.walk(t, contoso, setup.Journaling, page.Changes{"journaling.undelivered": "archive@elsewhere.example"}); where != "journaling.kept" {
		t.Fatalf("it stopped at %s", where)
	}
	j, _ := w.Journey(t.Context(), w.open(t, contoso), setup.Journaling)
	j.Next()
	var all []string
	for _, f := range j.View().Fields {
		all = append(all, f.Copy)
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{"journaling@journal.contoso.example", "journaling@journal2.contoso.example", "New-OutboundConnector", "New-SendConnector", "de-smtp-journal-1.mimecast.com"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	s := w.Status(w.open(t, contoso), setup.Journaling)
	if s.State != setup.Warns || s.Report == nil || s.Looked.IsZero() {
		t.Errorf("%+v", s)
	}
}

// TestLookAgain runs the test of a section without the wizard.
func TestLookAgain(t *testing.T) {
	w := newWorld(t)
	if w.Look(w.open(t, contoso), setup.Tenant) != nil {
		t.Error("there is something to look at before anything was answered")
	}
	w.walk(t, contoso, setup.Tenant, page.Changes{"tenant.token": "mc-1"})
	w.tenant = errWrong
	suite := w.Look(w.open(t, contoso), setup.Tenant)
	if suite == nil {
		t.Fatal("nothing to look at")
	}
	if _, err := w.Looked(t.Context(), contoso, setup.Tenant, suite.Run(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	if got := w.status(t, contoso, setup.Tenant); got != "fails: It is wrong" {
		t.Errorf("after it was taken away: %s", got)
	}
}

// TestTwoPeopleAtOnce keeps what both have answered, in different sections.
func TestTwoPeopleAtOnce(t *testing.T) {
	w := newWorld(t)
	first, err := w.Journey(t.Context(), w.open(t, contoso), setup.Spoofing)
	if err != nil {
		t.Fatal(err)
	}
	first.Set("spoofing.selectors", "s1")
	w.walk(t, contoso, setup.Account, account(nil))
	if _, err := w.Keep(t.Context(), contoso, setup.Spoofing, first); err != nil {
		t.Fatal(err)
	}
	if got := w.status(t, contoso, setup.Account); !strings.HasPrefix(got, "works") {
		t.Errorf("the account was lost: %s", got)
	}
	again, err := w.Journey(t.Context(), w.open(t, contoso), setup.Spoofing)
	if err != nil || again.Answers().Text("spoofing.selectors") != "s1" {
		t.Errorf("the selectors were lost: %v", err)
	}
}

// TestBelowAValidatedDomain asks for no token, and opens the gate.
func TestBelowAValidatedDomain(t *testing.T) {
	w := newWorld(t)
	below := "mail." + contoso
	if got := w.status(t, below, setup.Tenant); got != "to do: not begun" {
		t.Errorf("at first: %s", got)
	}
	w.walk(t, contoso, setup.Tenant, page.Changes{"tenant.token": "mc-1"})
	if got := w.status(t, below, setup.Tenant); got != "works: validated with "+contoso {
		t.Errorf("below: %s", got)
	}
	w.walk(t, below, setup.Account, account(nil))
	where, view := w.walk(t, below, setup.Routing, page.Changes{"routing.deliver": "mail.contoso.example", "routing.steps": []string{"validate"}})
	if _, barred := options(view, "routing.steps"); where != "routing.kept" {
		t.Errorf("at %s: %v", where, barred)
	}
}

func FuzzReadRecord(f *testing.F) {
	f.Add([]byte(`{"answers":{"account.code":"CDE1"},"sections":{"tenant":{"done":true,"report":{"checks":[{"id":"x","verdict":"fail"}]}}},"ticked":{"validate":"2026-11-24T09:00:00Z"}}`))
	f.Add([]byte(`{"answers":null,"sections":null,"ticked":null}`))
	w := newWorld(f)
	f.Fuzz(func(t *testing.T, content []byte) {
		document := connectors.Document{Kind: setup.Kind, ID: contoso, Title: contoso, Content: content}
		if _, err := w.Keeper.Registry.SaveDocument(t.Context(), document); err != nil {
			return // no JSON
		}
		d, err := w.Open(t.Context(), contoso)
		if err != nil {
			return
		}
		for _, s := range w.Statuses(d) {
			if s.State == "" || s.Words == "" {
				t.Errorf("%s: %+v", s.Section, s)
			}
			if _, err := w.Journey(t.Context(), d, s.Section); err != nil {
				t.Errorf("%s: %v", s.Section, err)
			}
		}
	})
}
