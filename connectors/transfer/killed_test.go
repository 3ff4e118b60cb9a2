package transfer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/connectors/registrytest"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
	"fairlead/secret"
)

// stores open a registry by an address or a path.
var stores = map[string]func(ctx context.Context, where string) (connectors.Registry, error){"sqlite": sqlite.Open}

// killedChild is the variable that makes this binary a program that restores and is
// killed at it: its value says which store. Where that is, is the first argument.
const killedChild = "FAIRLEAD_TEST_RESTORE"

// failed is the exit status of a child that fails by itself; no system gives it
// to one that is killed.
const failed = 70

func TestMain(m *testing.M) {
	if kind := os.Getenv(killedChild); kind != "" {
		if err := runRestore(kind, os.Args[1], os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(failed)
		}
		return
	}
	os.Exit(m.Run())
}

// runRestore is such a program.
func runRestore(kind, where, path, step string) error {
	ctx := context.Background()
	at, err := strconv.Atoi(step)
	if err != nil {
		return err
	}
	r, err := stores[kind](ctx, where)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	die := &registrytest.Countdown{Left: at, Die: registrytest.KillSelf}
	k, err := ownerOf(die.Registry(r), data)
	if err != nil {
		return err
	}
	k.Keyring = die.Keyring(k.Keyring)
	if err := restore(ctx, k, data); err != nil {
		return err
	}
	return r.Close()
}

// ownerOf keeps a registry with the keyring that the secrets of a backup are in.
func ownerOf(r connectors.Registry, data []byte) (*connectors.Keeper, error) {
	f, err := Read(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	ring := keyring.Memory()
	for _, c := range f.Connectors {
		if key := c.Credential.Key; key != "" {
			if err := ring.Set(context.Background(), key, secret.New(password)); err != nil {
				return nil, err
			}
		}
	}
	return &connectors.Keeper{
		Registry: r, Keyring: ring, Session: keyring.Memory(), Holder: `ALPHA\anna`, Now: func() time.Time { return at },
	}, nil
}

// restore does what "restore FILE" does.
func restore(ctx context.Context, k *connectors.Keeper, data []byte) error {
	if _, err := k.Recover(ctx); err != nil {
		return err
	}
	f, err := Read(bytes.NewReader(data))
	if err != nil {
		return err
	}
	p, err := Target{Keeper: k, Restore: true}.Plan(ctx, f)
	if err != nil {
		return err
	}
	return p.Run(ctx)
}

func TestRestoreIsKilled(t *testing.T) {
	dir, n := t.TempDir(), 0
	killRestore(t, "sqlite", func() string {
		n++
		return filepath.Join(dir, fmt.Sprint(n, ".db"))
	})
}

// killRestore kills a program at every step of a restore, each time on another
// store, which has a connector of its own and one of the backup's under another
// name. Whatever was done by then is right, and restoring again completes it:
// nothing is there twice, nothing is missing, and no secret is without its record.
func killRestore(t *testing.T, kind string, place func() string) {
	from := newKeeper(t, `ALPHA\anna`)
	fill(t, from)
	data := backup(t, from)
	path := filepath.Join(t.TempDir(), "backup.json")
	ok(t, os.WriteFile(path, data, 0o600))
	want := ""
	step := 0
	for ; ; step++ {
		where := place()
		r := must[connectors.Registry](t)(stores[kind](t.Context(), where))
		k := must[*connectors.Keeper](t)(ownerOf(r, data))
		inUse(t, k, data)
		if step == 0 { // nobody is killed
			ok(t, restore(t.Context(), k, data))
			want = whole(t, k)
			ok(t, r.Close())
			continue
		}
		before := whole(t, k)
		ok(t, r.Close())
		killed := restoreKilled(t, kind, where, path, step)
		r = must[connectors.Registry](t)(stores[kind](t.Context(), where))
		k.Registry = r
		must[[]string](t)(k.Recover(t.Context()))
		soundly(t, k)
		ok(t, restore(t.Context(), k, data))
		soundly(t, k)
		if is := whole(t, k); is != want {
			t.Errorf("killed at step %d, restored again, it holds\n%s\nwant\n%s", step, is, want)
		}
		if step == 1 && before == want {
			t.Error("there was nothing to restore")
		}
		ok(t, r.Close())
		if !killed || t.Failed() {
			break
		}
	}
	if step < 21 {
		t.Errorf("the restore came to its end in %d steps: some are not looked at", step)
	}
	t.Logf("killed %d times", step-1)
}

// inUse makes a registry one that is in use: with a connector of its own, and one
// of the backup's that was renamed since.
func inUse(t *testing.T, k *connectors.Keeper, data []byte) {
	t.Helper()
	f := must[*File](t)(Read(bytes.NewReader(data)))
	f.Connectors, f.Drafts, f.Documents, f.Events = f.Connectors[:1], nil, nil, nil
	f.Connectors[0].Reports, f.Connectors[0].Attachments = nil, nil
	p := must[*Plan](t)(Target{Keeper: k, Restore: true}.Plan(t.Context(), f))
	ok(t, p.Run(t.Context()))
	ok(t, k.Edit(t.Context(), f.Connectors[0].ID, "Renamed", "", 0))
	own := f.Connectors[0].Connector
	own.ID, own.Name, own.Tenant, own.Credential = "own", "Our own", "own.example", connectors.Credential{}
	i := connectors.Intent{ID: own.ID, Kind: connectors.IntentRegister, Connector: own, Created: at}
	ok(t, k.Registry.Intend(t.Context(), i))
	ok(t, k.Registry.Commit(t.Context(), i, connectors.NewEvent(connectors.EventCreated, k.Holder, at, "")))
}

// restoreKilled reports false when the restore came to its end before the step.
func restoreKilled(t *testing.T, kind, where, path string, step int) (killed bool) {
	t.Helper()
	self := must[string](t)(os.Executable())
	cmd := exec.CommandContext(t.Context(), self, where, path, strconv.Itoa(step))
	cmd.Env = append(os.Environ(), killedChild+"="+kind)
	cmd.Stderr = os.Stderr
	err := cmd.Run()
	if err == nil {
		return false
	}
	if e, exited := errors.AsType[*exec.ExitError](err); !exited || e.ExitCode() == failed {
		t.Fatalf("step %d: the program failed by itself: %v", step, err)
	}
	return true
}

// whole is what a registry holds, with how much of what has happened.
func whole(t *testing.T, k *connectors.Keeper) string {
	t.Helper()
	kinds := map[connectors.EventKind]int{}
	for _, e := range must[[]connectors.Event](t)(k.Registry.Events(t.Context(), "", "", 0)) {
		if e.Kind == connectors.EventImported { // what a recovery finishes is one that was created
			e.Kind = connectors.EventCreated
		}
		kinds[e.Kind]++
	}
	return everything(t, k) + fmt.Sprint(kinds)
}

// soundly checks that nothing is half done, nothing is there twice, and that record
// and secret belong together.
func soundly(t *testing.T, k *connectors.Keeper) {
	t.Helper()
	if left := must[[]connectors.Intent](t)(k.Registry.Intents(t.Context())); len(left) > 0 {
		t.Errorf("left half done: %v", left)
	}
	names := map[string]bool{}
	for _, c := range must[[]connectors.Connector](t)(k.List(t.Context())) {
		if names[c.Name] {
			t.Errorf("%s is there twice", c.Name)
		}
		names[c.Name] = true
		if c.Credential.Key == "" {
			continue
		}
		if s := must[secret.Secret](t)(k.Secret(t.Context(), c)); s.Reveal() != password {
			t.Errorf("%s has lost its secret", c.Name)
		}
	}
}
