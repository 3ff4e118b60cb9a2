// Package keyringtest is the contract that every keyring keeps, as a test
// suite. It runs on the one in memory, on fakes, and on the real ones.
package keyringtest

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"fairlead/keyring"
	"fairlead/secret"
)

// Run runs the suite. open returns a usable keyring; when it is called twice
// and the keyring is persistent, both handles reach the same items. Keys are
// random and are deleted at the end, so that the suite may run on a keyring
// that somebody uses.
func Run(t *testing.T, open func(t *testing.T) keyring.Keyring) {
	tests := []struct {
		name string
		run  func(t *testing.T, k keyring.Keyring)
	}{
		{"has a name", hasName},
		{"probe leaves nothing behind", probe},
		{"keeps every value unchanged", roundTrip},
		{"replaces", replaces},
		{"says not found", notFound},
		{"deletes only what was named", deletes},
		{"keeps its limits", limits},
		{"heeds a cancelled context", cancelled},
		{"heeds a deadline that has passed", expired},
		{"may be used by several goroutines", concurrent},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { tt.run(t, open(t)) })
	}
	t.Run("persists", func(t *testing.T) { persists(t, open) })
}

// key returns a key of its own and sees to it that nothing stays behind.
func key(t *testing.T, k keyring.Keyring, suffix string) string {
	t.Helper()
	name := "test/" + rand.Text() + suffix
	t.Cleanup(func() {
		if err := k.Delete(context.Background(), name); err != nil {
			t.Errorf("clean up: %v", err)
		}
	})
	return name
}

func set(t *testing.T, k keyring.Keyring, key, value string) {
	t.Helper()
	if err := k.Set(t.Context(), key, secret.New(value)); err != nil {
		t.Fatalf("set: %v", err)
	}
}

// holds checks that an item holds a value.
func holds(t *testing.T, k keyring.Keyring, key, value string) {
	t.Helper()
	got, err := k.Get(t.Context(), key)
	if err != nil {
		t.Fatalf("get: %v", err)
	}
	if !got.Equal(secret.New(value)) {
		t.Fatalf("got another secret than was set: %d bytes, want %d", len(got.Reveal()), len(value))
	}
}

// gone checks that there is no item.
func gone(t *testing.T, k keyring.Keyring, key string) {
	t.Helper()
	got, err := k.Get(t.Context(), key)
	isError(t, err, "get", keyring.ErrNotFound)
	if !got.IsEmpty() {
		t.Error("a secret came with the error")
	}
}

// isError checks the operation and the kind of an error.
func isError(t *testing.T, err error, op string, kind error) {
	t.Helper()
	e, ok := errors.AsType[*keyring.Error](err)
	if !ok || e.Op != op || !errors.Is(err, kind) {
		t.Fatalf("%s: got error %v, want one of kind %q", op, err, kind)
	}
}

func hasName(t *testing.T, k keyring.Keyring) {
	if strings.TrimSpace(k.Name()) == "" {
		t.Error("the keyring has no name")
	}
}

func probe(t *testing.T, k keyring.Keyring) {
	if err := k.Probe(t.Context()); err != nil {
		t.Fatalf("probe: %v", err)
	}
	gone(t, k, "probe")
}

func roundTrip(t *testing.T, k keyring.Keyring) {
	values := map[string]string{
		"plain":         "correct horse",
		"empty":         "",
		"space at end":  "secret ",
		"line breaks":   "one\r\ntwo\n",
		"unicode":       "pä55wörd ключ 鍵 🔑",
		"quotes":        `'"\$(x)` + "`",
		"zero byte":     "a\x00b",
		"no valid text": "\xff\xfe\x80",
		"the biggest":   strings.Repeat("x", keyring.MaxSecret),
		"like encoding": "go-keyring-base64:eA==",
	}
	for name, value := range values {
		t.Run(name, func(t *testing.T) {
			key := key(t, k, "")
			set(t, k, key, value)
			holds(t, k, key, value)
		})
	}
}

func replaces(t *testing.T, k keyring.Keyring) {
	key := key(t, k, "")
	set(t, k, key, "old")
	set(t, k, key, "new")
	holds(t, k, key, "new")
	if err := k.Delete(t.Context(), key); err != nil {
		t.Fatalf("delete: %v", err)
	}
	gone(t, k, key) // the old one did not stay beneath the new one
}

func notFound(t *testing.T, k keyring.Keyring) {
	key := key(t, k, "")
	gone(t, k, key)
	if err := k.Delete(t.Context(), key); err != nil {
		t.Errorf("delete of what is not there: %v", err)
	}
}

func deletes(t *testing.T, k keyring.Keyring) {
	short := key(t, k, "")
	long := short + "/more"
	t.Cleanup(func() { _ = k.Delete(context.Background(), long) })
	set(t, k, short, "short")
	set(t, k, long, "long")
	if err := k.Delete(t.Context(), short); err != nil {
		t.Fatalf("delete: %v", err)
	}
	gone(t, k, short)
	holds(t, k, long, "long")
}

func limits(t *testing.T, k keyring.Keyring) {
	key := key(t, k, "")
	set(t, k, key, "old")
	tooBig := secret.New(strings.Repeat("x", keyring.MaxSecret+1))
	err := k.Set(t.Context(), key, tooBig)
	isError(t, err, "set", keyring.ErrTooBig)
	if strings.Contains(err.Error(), "xxx") {
		t.Errorf("the error shows the secret: %v", err)
	}
	holds(t, k, key, "old")

	longest := key + strings.Repeat("k", keyring.MaxKey-len(key))
	t.Cleanup(func() { _ = k.Delete(context.Background(), longest) })
	set(t, k, longest, "value")
	holds(t, k, longest, "value")
	isError(t, k.Set(t.Context(), longest+"k", secret.New("x")), "set", keyring.ErrTooBig)
	for _, bad := range []string{"", "a b", "a'b", "a\x00b", "ä", "\xff"} {
		if err := k.Set(t.Context(), bad, secret.New("x")); err == nil {
			t.Errorf("key %q was accepted", bad)
		}
	}
}

func cancelled(t *testing.T, k keyring.Keyring) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	refuses(t, k, ctx, context.Canceled)
}

func expired(t *testing.T, k keyring.Keyring) {
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	refuses(t, k, ctx, keyring.ErrTimeout)
}

// refuses checks that no call does anything with a context that has ended.
func refuses(t *testing.T, k keyring.Keyring, ctx context.Context, kind error) { //nolint:revive // t first, as everywhere
	key := key(t, k, "")
	set(t, k, key, "old")
	isError(t, k.Probe(ctx), "probe", kind)
	isError(t, k.Set(ctx, key, secret.New("new")), "set", kind)
	isError(t, k.Delete(ctx, key), "delete", kind)
	_, err := k.Get(ctx, key)
	isError(t, err, "get", kind)
	holds(t, k, key, "old")
}

func concurrent(t *testing.T, k keyring.Keyring) {
	shared := key(t, k, "")
	own := []string{key(t, k, "/a"), key(t, k, "/b"), key(t, k, "/c"), key(t, k, "/d")}
	var group sync.WaitGroup
	for _, key := range own {
		group.Go(func() {
			for _, k2 := range []string{key, shared} {
				if err := k.Set(t.Context(), k2, secret.New(key)); err != nil {
					t.Errorf("set: %v", err)
				}
			}
		})
	}
	group.Wait()
	for _, key := range own {
		holds(t, k, key, key)
	}
	last, err := k.Get(t.Context(), shared)
	if err != nil {
		t.Fatalf("get: %v", err)
	}
	for _, key := range own {
		if last.Equal(secret.New(key)) {
			return
		}
	}
	t.Error("the shared item holds a value that nobody set")
}

func persists(t *testing.T, open func(t *testing.T) keyring.Keyring) {
	one, other := open(t), open(t)
	key := key(t, one, "")
	set(t, one, key, "value")
	if one.Persistent() {
		holds(t, other, key, "value")
		return
	}
	gone(t, other, key)
}
