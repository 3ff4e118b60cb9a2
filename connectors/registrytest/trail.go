package registrytest

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"fairlead/connectors"
)

// changed checks that an error says that somebody else was quicker.
func changed(t *testing.T, err error) *connectors.ChangedError {
	t.Helper()
	e, ok := errors.AsType[*connectors.ChangedError](err)
	if !ok {
		t.Fatalf("got error %v, want one of a change", err)
	}
	return e
}

func versions(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	task := connectors.Attachment{Service: "continuity", Task: "Nightly"}
	if err := r.Attach(t.Context(), "a", task, event(connectors.EventAttached, 1)); err != nil {
		t.Fatal(err)
	}
	if err := r.RecordTest(t.Context(), c, event(connectors.EventTested, 2)); err != nil {
		t.Fatal(err)
	}
	same(t, "version after an attachment and a test", get(t, r, "a").Version, 2)
	c.Name = "Too late"
	e := changed(t, r.Edit(t.Context(), c, event(connectors.EventEdited, 3)))
	if e.By != `HOST\user` || !e.At.Equal(at(1)) || e.Version != 2 {
		t.Errorf("the error says %+v, want the attachment", e)
	}
	same(t, "after a refused edit", get(t, r, "a").Name, "Exchange a")
	same(t, "events", kinds(t, r, "a"), []connectors.EventKind{connectors.EventTested, connectors.EventAttached, connectors.EventCreated})
	for n, version := range []int{2, 0} { // what it is, and whatever it is
		c.Name, c.Version = fmt.Sprint("Name ", n), version
		if err := r.Edit(t.Context(), c, event(connectors.EventEdited, 4+n)); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "version after two edits", get(t, r, "a").Version, 4)
	for range 2 {
		if err := r.Detach(t.Context(), "a", task, event(connectors.EventDetached, 6)); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "version after detaching once", get(t, r, "a").Version, 5)
	if err := r.Attach(t.Context(), "a", task, connectors.Event{}); err != nil { // as a move does
		t.Fatal(err)
	}
	same(t, "version after a move", get(t, r, "a").Version, 5)
}

func trail(t *testing.T, r connectors.Registry, connector string) []connectors.Event {
	t.Helper()
	all, err := r.Events(t.Context(), connector, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func kinds(t *testing.T, r connectors.Registry, connector string) (all []connectors.EventKind) {
	t.Helper()
	for _, e := range trail(t, r, connector) {
		all = append(all, e.Kind)
	}
	return all
}

func events(t *testing.T, r connectors.Registry) {
	a, b := Exchange("a"), Exchange("b")
	add(t, r, a)
	add(t, r, b)
	a.Name, a.Version = "New", 0
	edited := event(connectors.EventEdited, 1)
	edited.Detail = "New"
	if err := r.Edit(t.Context(), a, edited); err != nil {
		t.Fatal(err)
	}
	remove(t, r, a)
	got := trail(t, r, "a")
	same(t, "kinds", kinds(t, r, "a"), []connectors.EventKind{connectors.EventEdited, connectors.EventDeleted, connectors.EventCreated})
	edited.Connector, edited.Name = "a", "Exchange a"
	same(t, "an edit", got[0], edited)
	if got[0].At.Location() != at(0).Location() || got[1].Name != "New" || got[2].Name != "Exchange a" {
		t.Errorf("the events are %+v", got)
	}
	all := trail(t, r, "")
	same(t, "all events", len(all), 4)
	for n := range all { // one by one
		before := ""
		if n > 0 {
			before = all[n-1].ID
		}
		page, err := r.Events(t.Context(), "", before, 1)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "a page", page, all[n:n+1])
	}
	rest, err := r.Events(t.Context(), "a", got[2].ID, 5)
	empty(t, "events before the first", len(rest), err)
}

func addsEvents(t *testing.T, r connectors.Registry) {
	a := event(connectors.EventEdited, 1)
	a.Connector, a.Name, a.Detail = "gone", "Gone", "long ago"
	b := event(connectors.EventDeleted, 2)
	b.Connector, b.Name = "gone", "Gone"
	changed := a
	changed.Detail = "other"
	for _, some := range [][]connectors.Event{{a, b}, {changed}, nil} { // what is there stays as it is
		if err := r.AddEvents(t.Context(), some); err != nil {
			t.Fatal(err)
		}
	}
	same(t, "events", trail(t, r, "gone"), []connectors.Event{b, a})
}

func keepsTests(t *testing.T, r connectors.Registry) {
	c := Exchange("a")
	add(t, r, c)
	for n := range connectors.KeptReports + 5 {
		if err := r.RecordTest(t.Context(), c, event(connectors.EventTested, n)); err != nil {
			t.Fatal(err)
		}
	}
	all := trail(t, r, "a")
	same(t, "events", len(all), connectors.KeptReports+1) // none but tests are forgotten
	same(t, "the newest", all[0].At, at(connectors.KeptReports+4))
}

func document(kind, id string) connectors.Document {
	return connectors.Document{
		Kind: kind, ID: id, Title: "Title of " + id, Content: json.RawMessage(`{"a":[1,2]}`), Updated: at(1), By: `HOST\user`,
	}
}

func documents(t *testing.T, r connectors.Registry) {
	save := func(d connectors.Document, want int) {
		t.Helper()
		if version, err := r.SaveDocument(t.Context(), d); err != nil || version != want {
			t.Errorf("saved as version %d, %v; want %d", version, err, want)
		}
	}
	b, a, other := document("plan", "b"), document("plan", "a"), document("domain", "a")
	for _, d := range []connectors.Document{b, a, other} {
		save(d, 1)
	}
	a.Version = 1
	got, err := r.Document(t.Context(), "plan", "a")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "a document", got, a)
	a.Content, a.Updated, a.By = json.RawMessage(`[]`), at(2), `OTHER\admin`
	save(a, 2)
	a.Updated = at(3)
	e := changed(t, func() error { _, err := r.SaveDocument(t.Context(), a); return err }())
	if e.By != `OTHER\admin` || !e.At.Equal(at(2)) || e.Version != 2 {
		t.Errorf("the error says %+v", e)
	}
	a.Version = 0
	save(a, 3)
	a.Version, b.Version, other.Version = 3, 1, 1
	all, err := r.Documents(t.Context(), "plan")
	if err != nil {
		t.Fatal(err)
	}
	same(t, "of a kind", all, []connectors.Document{a, b})
	if all, err = r.Documents(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	same(t, "of all kinds", all, []connectors.Document{other, a, b})
	for range 2 {
		if err := r.DeleteDocument(t.Context(), "plan", "a"); err != nil {
			t.Fatal(err)
		}
	}
	_, err = r.Document(t.Context(), "plan", "a")
	is(t, "deleted", err, connectors.ErrNotFound)
	_, err = r.SaveDocument(t.Context(), a)
	is(t, "saved over what is gone", err, connectors.ErrNotFound)
	b.Version, b.Content = 0, json.RawMessage(`{`)
	if _, err := r.SaveDocument(t.Context(), b); err == nil {
		t.Error("a document that is not JSON was saved")
	}
}

// sameEdit lets several edit what all of them have seen.
func sameEdit(t *testing.T, r connectors.Registry) {
	add(t, r, Exchange("a"))
	calls := make([]func() error, 4)
	for n := range calls {
		c := Exchange("a")
		c.Name = fmt.Sprint("Name ", n)
		calls[n] = func() error { return r.Edit(t.Context(), c, event(connectors.EventEdited, n)) }
	}
	oneWins(t, together(calls...))
	same(t, "version", get(t, r, "a").Version, 2)
	same(t, "events", len(trail(t, r, "a")), 2)
}

// sameDocument lets several save what all of them have seen.
func sameDocument(t *testing.T, r connectors.Registry) {
	if _, err := r.SaveDocument(t.Context(), document("plan", "a")); err != nil {
		t.Fatal(err)
	}
	calls := make([]func() error, 4)
	for n := range calls {
		d := document("plan", "a")
		d.Version, d.By = 1, fmt.Sprint("admin ", n)
		calls[n] = func() error { _, err := r.SaveDocument(t.Context(), d); return err }
	}
	oneWins(t, together(calls...))
}

func oneWins(t *testing.T, errs []error) {
	t.Helper()
	winners := 0
	for _, err := range errs {
		if err == nil {
			winners++
			continue
		}
		changed(t, err)
	}
	same(t, "calls that worked", winners, 1)
}

// watches waits for what it is told of each kind of change.
func watches(t *testing.T, r connectors.Registry) {
	told := r.Watch(t.Context())
	// Listening may begin a moment after the call: the first change is repeated
	// until it is told of.
	for heard := false; !heard; {
		add(t, r, Exchange("a"))
		remove(t, r, Exchange("a"))
		select {
		case <-told:
			heard = true
		default:
		}
	}
	c := Exchange("b")
	for name, change := range map[string]func() error{
		"draft":    func() error { return r.SaveDraft(t.Context(), draft("d", 1)) },
		"document": func() error { _, err := r.SaveDocument(t.Context(), document("plan", "a")); return err },
		"intent":   func() error { return r.Intend(t.Context(), intent(connectors.IntentRegister, c)) },
	} {
		if err := change(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if _, open := <-told; !open {
			t.Fatalf("%s: it ended", name)
		}
	}
}
