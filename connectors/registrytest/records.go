package registrytest

import (
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

func keepsEveryField(t *testing.T, r connectors.Registry) {
	odd := Cloud("odd", "s")
	odd.Name, odd.Description = "Zoë's 'quoted' \"names\"; --", "two\nlines, 鍵 🔑"
	odd.Settings = map[string]string{"": "", "ключ": "\t=\u2028", "big": strings.Repeat("x", 8192)}
	never := Cloud("never", "t")
	never.Credential = connectors.Credential{}
	for _, c := range []connectors.Connector{Exchange("a"), odd, never} {
		add(t, r, c)
		got := get(t, r, c.ID)
		same(t, c.ID, got, c)
		if !got.Created.Equal(c.Created) || !got.Credential.Since.Equal(c.Credential.Since) || got.Created.Location() != time.UTC {
			t.Errorf("%s: the times are not as they were: %v, %v", c.ID, got.Created, got.Credential.Since)
		}
		if (got.LastTest == nil) != (c.LastTest == nil) {
			t.Errorf("%s: its last test is %v", c.ID, got.LastTest)
		}
	}
	all, err := r.List(t.Context())
	if err != nil || len(all) != 3 {
		t.Fatalf("list: %d connectors, %v", len(all), err)
	}
	for _, c := range all {
		same(t, "listed "+c.ID, c, get(t, r, c.ID))
	}
}

func listsByName(t *testing.T, r connectors.Registry) {
	for i, name := range []string{"beta", "Alpha", "gamma", "ALPINE", "Älg"} {
		c := Cloud(name, "service-"+string(rune('a'+i)))
		c.Name = name
		add(t, r, c)
	}
	want := []string{"Alpha", "ALPINE", "beta", "gamma", "Älg"} // each its own id
	same(t, "order", ids(t, r), want)
	got, err := r.IDs(t.Context(), connectors.Query{})
	if err != nil {
		t.Fatalf("ids: %v", err)
	}
	same(t, "order of ids", got, want)
}

func edits(t *testing.T, r connectors.Registry) {
	want := Exchange("a")
	add(t, r, want)
	add(t, r, Exchange("b"))
	want.Name, want.Description, want.Updated = "Renamed", "", at(9)
	if err := r.Edit(t.Context(), want, event(connectors.EventEdited, 9)); err != nil {
		t.Fatalf("edit: %v", err)
	}
	want.Version = 2
	same(t, "edited", get(t, r, "a"), want)
	if err := r.Edit(t.Context(), connectors.Connector{ID: "a", Name: "RENAMED"}, event(connectors.EventEdited, 9)); err != nil {
		t.Errorf("changing the case of its own name: %v", err)
	}
	err := r.Edit(t.Context(), connectors.Connector{ID: "a", Name: "exchange  B"}, event(connectors.EventEdited, 10))
	if e := breaks(t, err, "name-taken"); !strings.Contains(e.Reason, `"Exchange b"`) {
		t.Errorf("the reason does not name the other connector: %s", e.Reason)
	}
	same(t, "after a refused edit", get(t, r, "a").Name, "RENAMED")
	is(t, "edit of none", r.Edit(t.Context(), connectors.Connector{ID: "none", Name: "x"}, event(connectors.EventEdited, 1)), connectors.ErrNotFound)
	if err := r.Edit(t.Context(), connectors.Connector{ID: "b", Name: "Exchange a"}, event(connectors.EventEdited, 11)); err != nil {
		t.Errorf("a name that was given up is not free: %v", err)
	}
}

func uniqueNames(t *testing.T, r connectors.Registry) {
	c := Cloud("first", "s0")
	c.Name = "Zürich Straße"
	add(t, r, c)
	for i, name := range []string{
		"Zürich Straße", "ZÜRICH STRAßE", "zürich straße", "Zu\u0308rich Straße", "  Zürich   Straße ", "Ｚürich Straße",
	} {
		other := Cloud("other"+string(rune('a'+i)), "s"+string(rune('a'+i)))
		other.Name = name
		if e := breaks(t, tryAdd(t, r, other), "name-taken"); !strings.Contains(e.Reason, c.Name) {
			t.Errorf("%q: the reason does not name the other connector: %s", name, e.Reason)
		}
	}
	other := Cloud("another", "z")
	other.Name = "Zurich Strasse"
	add(t, r, other)
}

func uniqueOrganisations(t *testing.T, r connectors.Registry) {
	add(t, r, Exchange("a"))
	second := Exchange("second")
	second.Tenant, second.Services = "A.Example", []string{"other"}
	e := breaks(t, tryAdd(t, r, second), "tenant-taken")
	if !strings.Contains(e.Reason+e.Hint, `"Exchange a"`) || e.Hint == "" {
		t.Errorf("the error does not name the connector to use: %v", e)
	}
	elsewhere := Cloud("cloud", "continuity")
	elsewhere.Tenant = "a.example" // another provider's tenant may be called the same
	add(t, r, elsewhere)
}

func uniqueServices(t *testing.T, r connectors.Registry) {
	add(t, r, Cloud("a", "continuity"))
	add(t, r, Cloud("b", "remediation")) // another service of the same tenant
	other := Cloud("c", "continuity")
	other.Tenant = "other"
	add(t, r, other) // another tenant
	google := Cloud("d", "continuity")
	google.Provider = "google"
	add(t, r, google) // another provider
	twice := Cloud("e", "continuity")
	twice.Tenant = "TENANT"
	if e := breaks(t, tryAdd(t, r, twice), "tenant-taken"); !strings.Contains(e.Reason, `"Cloud a"`) {
		t.Errorf("the reason does not name the other connector: %s", e.Reason)
	}
}

func freesPlaces(t *testing.T, r connectors.Registry) {
	for _, c := range []connectors.Connector{Exchange("a"), Cloud("b", "s")} {
		add(t, r, c)
		remove(t, r, c)
		again := c
		again.ID += "2"
		add(t, r, again)
	}
}

func keepsReports(t *testing.T, r connectors.Registry) {
	c := Cloud("a", "s")
	add(t, r, c)
	add(t, r, Exchange("b"))
	for n := range connectors.KeptReports + 5 {
		c.LastTest = report(check.Fail)
		c.LastTest.Started = at(n)
		c.Platform = "as of test " + at(n).Format(time.TimeOnly)
		if err := r.RecordTest(t.Context(), c, event(connectors.EventTested, 0)); err != nil {
			t.Fatalf("record: %v", err)
		}
	}
	same(t, "the newest", get(t, r, "a"), c)
	reports, err := r.Reports(t.Context(), "a")
	if err != nil || len(reports) < connectors.KeptReports {
		t.Fatalf("%d reports, %v; want at least %d", len(reports), err, connectors.KeptReports)
	}
	for n, got := range reports {
		if want := at(connectors.KeptReports + 4 - n); !got.Started.Equal(want) {
			t.Fatalf("report %d is of %v, want %v: newest first", n, got.Started, want)
		}
	}
	same(t, "a whole report", reports[0], c.LastTest)
	unknown := c
	unknown.Platform = ""
	if err := r.RecordTest(t.Context(), unknown, event(connectors.EventTested, 0)); err != nil {
		t.Fatalf("record without a platform: %v", err)
	}
	same(t, "the platform that was known", get(t, r, "a").Platform, c.Platform)
	if others, err := r.Reports(t.Context(), "b"); err != nil || len(others) != 1 {
		t.Errorf("the other connector has %d reports, %v; want 1", len(others), err)
	}
	c.ID = "none"
	is(t, "record for none", r.RecordTest(t.Context(), c, event(connectors.EventTested, 0)), connectors.ErrNotFound)
	c.ID, c.LastTest = "a", nil
	if err := r.RecordTest(t.Context(), c, event(connectors.EventTested, 0)); err == nil {
		t.Error("a test without a report was recorded")
	}
}

func attaches(t *testing.T, r connectors.Registry) {
	add(t, r, Exchange("a"))
	add(t, r, Exchange("b"))
	one := connectors.Attachment{Service: "continuity", Task: "Nightly"}
	two := connectors.Attachment{Service: "continuity", Task: "Weekly"}
	for _, a := range []connectors.Attachment{two, one, one} { // twice is no error
		if err := r.Attach(t.Context(), "a", a, event(connectors.EventAttached, 0)); err != nil {
			t.Fatalf("attach: %v", err)
		}
	}
	same(t, "attached", get(t, r, "a").Attachments, []connectors.Attachment{one, two})
	all, err := r.List(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("list: %v", err)
	}
	same(t, "listed", all[0].Attachments, []connectors.Attachment{one, two})
	same(t, "the other", len(all[1].Attachments), 0)
	for range 2 {
		if err := r.Detach(t.Context(), "a", one, event(connectors.EventDetached, 0)); err != nil {
			t.Fatalf("detach: %v", err)
		}
	}
	same(t, "detached", get(t, r, "a").Attachments, []connectors.Attachment{two})
	is(t, "attach to none", r.Attach(t.Context(), "none", one, event(connectors.EventAttached, 0)), connectors.ErrNotFound)
	is(t, "detach from none", r.Detach(t.Context(), "none", one, event(connectors.EventDetached, 0)), connectors.ErrNotFound)
}

func readsBare(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	if err := r.Attach(t.Context(), c.ID, connectors.Attachment{Service: "continuity", Task: "Nightly"}, event(connectors.EventAttached, 0)); err != nil {
		t.Fatalf("attach: %v", err)
	}
	want := get(t, r, c.ID)
	if want.LastTest == nil || len(want.Attachments) != 1 {
		t.Fatalf("there is nothing to leave out: %+v", want)
	}
	want.LastTest, want.Attachments = nil, nil
	got, err := r.Bare(t.Context(), c.ID)
	if err != nil {
		t.Fatalf("bare: %v", err)
	}
	same(t, "bare", got, want)
}

func attachmentStopsRemoval(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	a := connectors.Attachment{Service: "continuity", Task: "Nightly"}
	if err := r.Attach(t.Context(), c.ID, a, event(connectors.EventAttached, 0)); err != nil {
		t.Fatalf("attach: %v", err)
	}
	err := r.Remove(t.Context(), intent(connectors.IntentDelete, c), event(connectors.EventDeleted, 0))
	if e := breaks(t, err, "attached"); !strings.Contains(e.Reason, "Nightly") {
		t.Errorf("the reason does not name the task: %s", e.Reason)
	}
	get(t, r, c.ID)
	intents, err := r.Intents(t.Context())
	empty(t, "intents after a refusal", len(intents), err)
	if err := r.Detach(t.Context(), c.ID, a, event(connectors.EventDetached, 0)); err != nil {
		t.Fatalf("detach: %v", err)
	}
	remove(t, r, c)
	same(t, "left", ids(t, r), []string{})
}
