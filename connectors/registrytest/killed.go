package registrytest

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

// Killed runs a program again and again on one registry and kills it as `kill
// -9` does, each time at another of its steps: of recovering, creating, rotating
// and deleting. After each time what was acknowledged has to be there once, with
// the secret that was acknowledged last, and nothing else may be left.
//
// program starts the test's own binary, which has to call [RunKilled]; open
// opens the same registry.
func Killed(t *testing.T, rounds int, program func(args ...string) *exec.Cmd, open func() connectors.Registry) {
	dir := t.TempDir()
	ring := ringIn(dir)
	secrets := map[string]string{} // what was acknowledged, by name
	unsure := map[string]string{}  // what may have come out either way
	kills, step := 0, 1
	for round := 0; kills < rounds; round++ {
		out, err := program(dir, strconv.Itoa(step), strconv.Itoa(round)).Output()
		e, exited := errors.AsType[*exec.ExitError](err)
		switch {
		case err == nil: // it came to its end before the step
			if step <= 28 {
				t.Fatalf("the program has %d steps: some are not looked at", step)
			}
			step = 1
		case exited && e.ExitCode() < 0:
			kills++
			step++
		default:
			t.Fatalf("round %d: the program failed by itself: %v\n%s", round, err, e.Stderr)
		}
		hear(string(out), secrets, unsure)
		if round%2 == 0 { // else the next program recovers, and may be killed at it
			looksWhole(t, ring, open(), secrets, unsure)
			clear(unsure)
		}
		if t.Failed() {
			t.Fatalf("round %d, after step %d", round, step)
		}
	}
	looksWhole(t, ring, open(), secrets, unsure)
	t.Logf("killed %d times", kills)
}

// hear takes in what a program said: "+ NAME SECRET" is there, "- NAME" is gone,
// "? NAME SECRET" is begun.
func hear(out string, secrets, unsure map[string]string) {
	for line := range strings.Lines(out) {
		words := append(strings.Fields(line), "", "")
		switch words[0] {
		case "?":
			unsure[words[1]] = words[2]
		case "+":
			secrets[words[1]] = words[2]
			delete(unsure, words[1])
		case "-":
			delete(secrets, words[1])
			delete(unsure, words[1])
		}
	}
}

// looksWhole recovers, and compares record, secret and what was acknowledged.
func looksWhole(t *testing.T, ring fileRing, r connectors.Registry, secrets, unsure map[string]string) {
	t.Helper()
	defer func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}()
	k := killedKeeper(r, ring)
	if _, err := k.Recover(t.Context()); err != nil {
		t.Fatal(err)
	}
	all, err := r.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	owned := map[string]bool{}
	for _, c := range all {
		owned[c.Credential.Key] = true
		got, err := k.Secret(t.Context(), c)
		if err != nil {
			t.Errorf("%s has lost its secret: %v", c.Name, err)
		}
		want, known := secrets[c.Name]
		begun, open := unsure[c.Name]
		if s := got.Reveal(); !(known && s == want || open && s == begun) {
			t.Errorf("%s has the secret %q: acknowledged was %q, begun %q", c.Name, s, want, begun)
		}
		secrets[c.Name] = got.Reveal() // what was unsure is certain now
		delete(unsure, c.Name)
	}
	names := map[string]bool{}
	for _, c := range all {
		if names[c.Name] {
			t.Errorf("%s is there twice", c.Name)
		}
		names[c.Name] = true
	}
	for name := range secrets {
		if _, open := unsure[name]; !names[name] && !open {
			t.Errorf("%s was acknowledged and is gone", name)
		}
		if !names[name] {
			delete(secrets, name)
		}
	}
	for _, key := range ring.keys() {
		if !owned[key] {
			t.Errorf("the secret %s belongs to no connector", key)
		}
	}
	empty(t, "intents", len(intents(t, r)), nil)
}

// RunKilled is the program that [Killed] kills: it opens the registry, recovers
// what the one before it left, and creates, rotates and deletes.
func RunKilled(r connectors.Registry, args []string) error {
	step, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	ctx := context.Background()
	die := &Countdown{Left: step, Die: KillSelf}
	k := killedKeeper(die.Registry(r), die.Keyring(ringIn(args[0])))
	if _, err := k.Recover(ctx); err != nil {
		return err
	}
	first, second := "one-"+args[2], "two-"+args[2]
	say(os.Stdout, "?", first, "s1")
	c, err := k.Register(ctx, named(first), secret.New("s1"))
	if err != nil {
		return err
	}
	say(os.Stdout, "+", first, "s1")
	say(os.Stdout, "?", first, "s2")
	if _, err = k.Rotate(ctx, c, secret.New("s2"), *report(check.Pass)); err != nil {
		return err
	}
	say(os.Stdout, "+", first, "s2")
	say(os.Stdout, "?", second, "s3")
	if c, err = k.Register(ctx, named(second), secret.New("s3")); err != nil {
		return err
	}
	say(os.Stdout, "+", second, "s3")
	say(os.Stdout, "?", second)
	if err := k.Delete(ctx, c.ID); err != nil {
		return err
	}
	say(os.Stdout, "-", second)
	return r.Close()
}

func say(w io.Writer, words ...string) { _, _ = fmt.Fprintln(w, strings.Join(words, " ")) }

// named is a connector as the wizard hands it to a keeper.
func named(name string) connectors.Connector {
	c := Exchange(name)
	c.ID, c.Name, c.Credential = "", name, connectors.Credential{}
	return c
}

func killedKeeper(r connectors.Registry, ring keyring.Keyring) *connectors.Keeper {
	return &connectors.Keeper{Registry: r, Keyring: ring, Session: keyring.Memory(), Now: time.Now, Holder: `HOST\user`}
}

// fileRing is a keyring for tests that outlives a program that is killed. It
// keeps secrets in plain files, which no keyring of the product does.
type fileRing struct{ dir string }

func ringIn(dir string) fileRing { return fileRing{dir} }

func (f fileRing) Name() string                { return "files" }
func (f fileRing) Persistent() bool            { return true }
func (f fileRing) Probe(context.Context) error { return nil }

func (f fileRing) path(key string) string {
	return filepath.Join(f.dir, hex.EncodeToString([]byte(key)))
}

func (f fileRing) Set(_ context.Context, key string, s secret.Secret) error {
	part := f.path(key) + ".part"
	if err := os.WriteFile(part, []byte(s.Reveal()), 0o600); err != nil {
		return err
	}
	return os.Rename(part, f.path(key))
}

func (f fileRing) Get(_ context.Context, key string) (secret.Secret, error) {
	value, err := os.ReadFile(f.path(key))
	if errors.Is(err, fs.ErrNotExist) {
		return secret.Secret{}, &keyring.Error{Op: "get", Kind: keyring.ErrNotFound}
	}
	return secret.New(string(value)), err
}

func (f fileRing) Delete(_ context.Context, key string) error {
	if err := os.Remove(f.path(key)); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// keys lists the items.
func (f fileRing) keys() (all []string) {
	paths, _ := filepath.Glob(filepath.Join(f.dir, "*")) // the pattern is a good one
	for _, path := range paths {
		if key, err := hex.DecodeString(filepath.Base(path)); err == nil {
			all = append(all, string(key))
		}
	}
	return all
}
