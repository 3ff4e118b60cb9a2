package registrytest

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// at is a moment of the suite's own clock, in the precision that stores keep.
func at(seconds int) time.Time {
	return time.Date(2026, 3, 1, 12, 0, 0, 123456000, time.UTC).Add(time.Duration(seconds) * time.Second)
}

// Exchange returns a connector to an Exchange organisation of its own.
func Exchange(id string) connectors.Connector {
	return connectors.Connector{
		ID: id, Name: "Exchange " + id, Description: "on " + id, Provider: "exchange", Tenant: id + ".example",
		Services: []string{"continuity", "remediation"},
		Settings: map[string]string{"url": "https://mail." + id + ".example/EWS/Exchange.asmx", "security": "strict"},
		Credential: connectors.Credential{
			Key: "connector/" + id, Keyring: "Secret Service", Holder: `HOST\user`, Since: at(0),
		},
		Platform: "Exchange 2019", LastTest: report(check.Pass), Created: at(0), Updated: at(0), Version: 1,
	}
}

// Cloud returns a connector of one service to a tenant "tenant" in a cloud.
func Cloud(id, service string) connectors.Connector {
	return connectors.Connector{
		ID: id, Name: "Cloud " + id, Provider: "microsoft365", Tenant: "tenant", Services: []string{service},
		Created: at(0), Updated: at(0), Version: 1, Credential: connectors.Credential{Session: true, Since: at(0)},
	}
}

func report(v check.Verdict) *check.Report {
	r := check.Report{
		Started: at(0), Took: 42 * time.Millisecond, Facts: map[string]string{"platform": "Exchange 2019"},
		Checks: []check.Result{{ID: "resolve", Title: "Name resolves", Verdict: v, Summary: "2 addresses", Evidence: "192.0.2.1\n"}},
	}
	if v == check.Fail {
		r.Checks[0].Diagnoses = []check.Diagnosis{{
			Code: "no-such-name", Title: "No such name", Verdict: v, Likely: []string{"a typing error"}, Remedy: "Correct it.",
		}}
	}
	return &r
}

func intent(kind connectors.IntentKind, c connectors.Connector) connectors.Intent {
	return connectors.Intent{ID: c.ID, Kind: kind, Connector: c, Created: at(0), PID: os.Getpid()}
}

// event is something that is done at a moment, each time another one.
func event(kind connectors.EventKind, seconds int) connectors.Event {
	return connectors.NewEvent(kind, `HOST\user`, at(seconds), "")
}

func draft(id string, seconds int) connectors.Draft {
	return connectors.Draft{
		ID: id, Flow: "new-connector", Title: "Exchange, " + id, Page: "account",
		Answers: json.RawMessage(fmt.Sprintf(`{"id":%q,"nested":{"n":[1,2]}}`, id)), Updated: at(seconds),
	}
}

// add registers a connector as a keeper does.
func add(t *testing.T, r connectors.Registry, c connectors.Connector) {
	t.Helper()
	if err := tryAdd(t, r, c); err != nil {
		t.Fatalf("add %s: %v", c.ID, err)
	}
}

func tryAdd(t *testing.T, r connectors.Registry, c connectors.Connector) error {
	t.Helper()
	i := intent(connectors.IntentRegister, c)
	if err := r.Intend(t.Context(), i); err != nil {
		t.Fatalf("intend %s: %v", c.ID, err)
	}
	return r.Commit(t.Context(), i, event(connectors.EventCreated, 0))
}

// remove deletes a connector as a keeper does.
func remove(t *testing.T, r connectors.Registry, c connectors.Connector) {
	t.Helper()
	if err := r.Remove(t.Context(), intent(connectors.IntentDelete, c), event(connectors.EventDeleted, 0)); err != nil {
		t.Fatalf("remove %s: %v", c.ID, err)
	}
	if err := r.Clear(t.Context(), c.ID); err != nil {
		t.Fatalf("clear %s: %v", c.ID, err)
	}
}

func get(t *testing.T, r connectors.Registry, id string) connectors.Connector {
	t.Helper()
	c, err := r.Get(t.Context(), id)
	if err != nil {
		t.Fatalf("get %s: %v", id, err)
	}
	return c
}

// ids lists the ids of all connectors, in order.
func ids(t *testing.T, r connectors.Registry) []string {
	t.Helper()
	all, err := r.List(t.Context())
	if err != nil {
		t.Fatalf("list: %v", err)
	}
	list := []string{}
	for _, c := range all {
		list = append(list, c.ID)
	}
	return list
}

// same compares what two values look like to a person and a program.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	g, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	w, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if string(g) != string(w) {
		t.Errorf("%s:\n got %s\nwant %s", what, g, w)
	}
}

func is(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: got error %v, want %v", what, err, want)
	}
}

// breaks checks which rule an error says is broken.
func breaks(t *testing.T, err error, rule string) *connectors.RuleError {
	t.Helper()
	e, ok := errors.AsType[*connectors.RuleError](err)
	if !ok || e.Rule != rule {
		t.Fatalf("got error %v, want the rule %q", err, rule)
	}
	return e
}

func empty(t *testing.T, what string, n int, err error) {
	t.Helper()
	if err != nil || n != 0 {
		t.Errorf("%d %s and error %v, want none", n, what, err)
	}
}
