package connectors_test

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
	"fairlead/secret"
)

// fileRing is a keyring for tests that outlives a process that is killed. It
// keeps secrets in plain files, which no keyring of the product does.
type fileRing struct {
	dir string
	// fault is asked before an operation ("probe", "set", "get", "delete"); what
	// it returns fails it.
	fault func(op string) error
	// step is called between the steps of a write.
	step func()
}

func (f *fileRing) Name() string     { return "test keyring" }
func (f *fileRing) Persistent() bool { return true }

func (f *fileRing) fails(ctx context.Context, op string) error {
	if f.fault != nil {
		if err := f.fault(op); err != nil {
			return &keyring.Error{Op: op, Kind: err}
		}
	}
	if err := ctx.Err(); err != nil {
		return &keyring.Error{Op: op, Kind: err}
	}
	return nil
}

func (f *fileRing) path(key string) string {
	return filepath.Join(f.dir, hex.EncodeToString([]byte(key)))
}

func (f *fileRing) Probe(ctx context.Context) error { return f.fails(ctx, "probe") }

func (f *fileRing) Set(ctx context.Context, key string, s secret.Secret) error {
	if err := f.fails(ctx, "set"); err != nil {
		return err
	}
	part, err := os.CreateTemp(f.dir, "part-")
	if err != nil {
		return err
	}
	_, err = part.WriteString(s.Reveal())
	if err := errors.Join(err, part.Close()); err != nil {
		return err
	}
	if f.step != nil {
		f.step()
	}
	return os.Rename(part.Name(), f.path(key))
}

func (f *fileRing) Get(ctx context.Context, key string) (secret.Secret, error) {
	if err := f.fails(ctx, "get"); err != nil {
		return secret.Secret{}, err
	}
	value, err := os.ReadFile(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return secret.Secret{}, &keyring.Error{Op: "get", Kind: keyring.ErrNotFound}
	}
	return secret.New(string(value)), err
}

func (f *fileRing) Delete(ctx context.Context, key string) error {
	if err := f.fails(ctx, "delete"); err != nil {
		return err
	}
	if err := os.Remove(f.path(key)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// keys lists the keyring's items.
func (f *fileRing) keys(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, entry := range entries {
		if key, err := hex.DecodeString(entry.Name()); err == nil {
			keys = append(keys, string(key))
		}
	}
	return keys
}

// world is a keeper with a real registry and a keyring of files.
type world struct {
	*connectors.Keeper
	ring *fileRing
}

const holder = `HOST\user`

// open opens the world that a folder holds, as another start of the program.
func open(ctx context.Context, dir string) (*world, error) {
	ring := &fileRing{dir: filepath.Join(dir, "keyring")}
	if err := os.MkdirAll(ring.dir, 0o700); err != nil {
		return nil, err
	}
	registry, err := sqlite.Open(ctx, filepath.Join(dir, "connectors.db"))
	if err != nil {
		return nil, err
	}
	return &world{
		Keeper: &connectors.Keeper{
			Registry: registry, Keyring: ring, Session: keyring.Memory(), Now: time.Now, Holder: holder,
		},
		ring: ring,
	}, nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return reopen(t, t.TempDir())
}

func reopen(t *testing.T, dir string) *world {
	t.Helper()
	w, err := open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Registry.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// exchange is a connector as the wizard hands it to a keeper.
func exchange(name string) connectors.Connector {
	return connectors.Connector{
		Name: name, Provider: "exchange", Tenant: name + ".example", Services: []string{"continuity"},
		Settings: map[string]string{"url": "https://mail." + name + ".example/EWS/Exchange.asmx"},
		LastTest: &check.Report{Started: time.Now().UTC(), Facts: map[string]string{"platform": "Exchange 2019"}},
	}
}

// password is the secret of a connector, told by its name.
func password(name string) secret.Secret { return secret.New("Kanari3nv0gel of " + name + " ") }

func register(t *testing.T, w *world, name string) connectors.Connector {
	t.Helper()
	c, err := w.Register(t.Context(), exchange(name), password(name))
	if err != nil {
		t.Fatalf("register %s: %v", name, err)
	}
	return c
}

// agrees checks that records and secrets belong together, one for one, and that
// nothing is half done.
func agrees(t *testing.T, w *world) {
	t.Helper()
	all, err := w.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	owners := map[string]string{}
	for _, c := range all {
		if c.Credential.Key == "" || c.Credential.Session {
			continue
		}
		owners[c.Credential.Key] = c.Name
		s, err := w.Secret(t.Context(), c)
		if err != nil || !s.Equal(password(c.Name)) {
			t.Errorf("the secret of %s is not what was registered: %v", c.Name, err)
		}
	}
	for _, key := range w.ring.keys(t) {
		if owners[key] == "" {
			t.Errorf("the secret %s belongs to no connector", key)
		}
	}
	noIntents(t, w)
}

func noIntents(t *testing.T, w *world) {
	t.Helper()
	intents, err := w.Registry.Intents(t.Context())
	if err != nil || len(intents) > 0 {
		t.Errorf("%d intents are left, %v", len(intents), err)
	}
}

func names(t *testing.T, w *world) map[string]bool {
	t.Helper()
	all, err := w.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, c := range all {
		set[c.Name] = true
	}
	return set
}
