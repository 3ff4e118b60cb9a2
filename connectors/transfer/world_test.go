package transfer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
	"fairlead/secret"
)

const password = "S3cret-of-the-account"

var at = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// newKeeper keeps an empty registry for somebody.
func newKeeper(t testing.TB, holder string) *connectors.Keeper {
	t.Helper()
	registry, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "connectors.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = registry.Close() })
	return &connectors.Keeper{
		Registry: registry, Keyring: keyring.Memory(), Session: keyring.Memory(), Holder: holder, Now: func() time.Time { return at },
	}
}

func exchange(n int) connectors.Connector {
	return connectors.Connector{
		Name: fmt.Sprintf("Head office %d", n), Description: "=HYPERLINK(\"http://x\")\nzweite Zeile, mit \"Zeichen\"; ä😀", Provider: "exchange",
		Tenant: fmt.Sprintf("contoso%d.com", n), Services: []string{"continuity", "sync-and-recover"},
		Settings: map[string]string{"url": fmt.Sprintf("https://mail%d.contoso.com/EWS/Exchange.asmx", n), "security": "strict", "note": "-1+2"},
	}
}

func cloud(n int) connectors.Connector {
	return connectors.Connector{
		Name: fmt.Sprintf("Tenant %d", n), Provider: "microsoft365", Tenant: fmt.Sprintf("11111111-0000-0000-0000-%012d", n),
		Services: []string{"continuity"}, Settings: map[string]string{"cloud": "worldwide"},
	}
}

func report(minute int) check.Report {
	return check.Report{
		Started: at.Add(time.Duration(minute) * time.Minute), Took: time.Second, Facts: map[string]string{"platform": "Exchange SE RTM"},
		Checks: []check.Result{{ID: "dns", Title: "Name resolves", Verdict: check.Pass, Summary: "1 address", Evidence: "192.0.2.1"}},
	}
}

// must fails a test on an error.
func must[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// fill registers an Exchange and a cloud connector with everything that there is.
func fill(t testing.TB, k *connectors.Keeper) (onPremises, online connectors.Connector) {
	t.Helper()
	ctx := t.Context()
	register := must[connectors.Connector](t)
	onPremises = register(k.Register(ctx, exchange(1), secret.New(password)))
	online = register(k.Register(ctx, cloud(1), secret.Secret{}))
	ok(t, k.Attach(ctx, onPremises.ID, connectors.Attachment{Service: "continuity", Task: "Mail: watch, \"all\"; 24×7"}))
	for minute := range 3 {
		ok(t, k.RecordTest(ctx, onPremises.ID, report(minute)))
	}
	ok(t, k.Registry.SaveDraft(ctx, connectors.Draft{
		ID: "DRAFT", Flow: "new-connector", Title: "Exchange, fabrikam.com", Page: "account", Answers: json.RawMessage(`{"a":{"b":[1]}}`), Updated: at,
	}))
	must[int](t)(k.Registry.SaveDocument(ctx, connectors.Document{
		Kind: "clean-up", ID: "1", Title: "Clean up", Content: json.RawMessage(`{"done":[true,false]}`), Updated: at, By: k.Holder,
	}))
	return onPremises, online
}

func source(k *connectors.Keeper) Source {
	return Source{Registry: k.Registry, By: k.Holder, Program: "1.0", Now: at}
}

func backup(t testing.TB, k *connectors.Keeper) []byte {
	t.Helper()
	var file bytes.Buffer
	ok(t, source(k).Backup(t.Context(), &file))
	return file.Bytes()
}

func export(t testing.TB, k *connectors.Keeper) []byte {
	t.Helper()
	var file bytes.Buffer
	ok(t, source(k).Export(t.Context(), &file))
	return file.Bytes()
}

func table(t testing.TB, k *connectors.Keeper) []byte {
	t.Helper()
	var file bytes.Buffer
	ok(t, source(k).CSV(t.Context(), &file))
	return file.Bytes()
}

func plan(t testing.TB, target Target, data []byte) *Plan {
	t.Helper()
	f := must[*File](t)(Read(bytes.NewReader(data)))
	return must[*Plan](t)(target.Plan(t.Context(), f))
}

// counts is a plan in numbers.
func counts(p *Plan) string {
	return fmt.Sprintf("new %d, unchanged %d, different %d, duplicates %d, conflicts %d",
		len(p.New), len(p.Unchanged), len(p.Different), len(p.Duplicates), len(p.Conflicts))
}

func wantCounts(t testing.TB, p *Plan, want string) {
	t.Helper()
	if got := counts(p); got != want {
		t.Fatalf("%s; wanted %s", got, want)
	}
}
