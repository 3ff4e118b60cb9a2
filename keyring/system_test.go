package keyring_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fairlead/keyring"
	"fairlead/keyring/keyringtest"
	"fairlead/secret"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	keyringtest.Run(t, func(*testing.T) keyring.Keyring { return keyring.Memory() })
	if keyring.Memory().Persistent() {
		t.Error("memory says that it outlives the program")
	}
}

func TestSystemKeepsTheContract(t *testing.T) {
	f := newFake()
	keyringtest.Run(t, func(*testing.T) keyring.Keyring { return keyring.Over(f) })
	if len(f.items) > 0 {
		t.Errorf("the suite left %d items behind", len(f.items))
	}
}

func TestFailuresKeepTheirKind(t *testing.T) {
	odd := errors.New("something odd")
	kinds := map[error]error{
		keyring.ErrLocked:                                keyring.ErrLocked,
		keyring.ErrDenied:                                keyring.ErrDenied,
		keyring.ErrUnavailable:                           keyring.ErrUnavailable,
		keyring.ErrTooBig:                                keyring.ErrTooBig,
		fmt.Errorf("wrapped: %w", keyring.ErrLocked):     keyring.ErrLocked,
		fmt.Errorf("late: %w", context.DeadlineExceeded): keyring.ErrTimeout,
		odd: keyring.ErrUnavailable,
	}
	for cause, kind := range kinds {
		f := newFake()
		f.items["key"] = "old"
		f.fault = func(string) error { return cause }
		k := keyring.Over(f)
		_, getErr := k.Get(t.Context(), "key")
		for op, err := range map[string]error{
			"probe": k.Probe(t.Context()), "set": k.Set(t.Context(), "key", secret.New("new")),
			"get": getErr, "delete": k.Delete(t.Context(), "key"),
		} {
			e, ok := errors.AsType[*keyring.Error](err)
			if !ok || e.Op != op || e.Kind != kind || !errors.Is(err, cause) {
				t.Errorf("%s failing with %q: got %v, want kind %q", op, cause, err, kind)
			}
		}
		if value, _ := f.value("key"); value != "old" {
			t.Errorf("failing with %q: the item holds %q, want old", cause, value)
		}
	}
}

func TestFailedSetLeavesWhatWasThere(t *testing.T) {
	for _, before := range []string{"", "old"} {
		for name, spoil := range map[string]func(f *fake){
			"refused":           func(f *fake) { f.fault = onlyOn("set", keyring.ErrDenied) },
			"written, then bad": func(f *fake) { f.after = func() error { return keyring.ErrDenied } },
			"silently dropped":  func(f *fake) { f.forgets = true },
		} {
			f := newFake()
			if before != "" {
				f.items["key"] = before
			}
			spoil(f)
			err := keyring.Over(f).Set(t.Context(), "key", secret.New("new"))
			if !errors.Is(err, keyring.ErrDenied) {
				t.Errorf("%s: %v, want %v", name, err, keyring.ErrDenied)
			}
			if value, found := f.value("key"); value != before || found != (before != "") {
				t.Errorf("%s: the item holds %q, want %q", name, value, before)
			}
		}
	}
}

func onlyOn(op string, err error) func(string) error {
	return func(o string) error {
		if o == op {
			return err
		}
		return nil
	}
}

// hang returns a fault that blocks one operation until release is called, and
// a channel that says when it is reached.
func hang(op string) (fault func(string) error, reached <-chan struct{}, release func()) {
	at, gate := make(chan struct{}, 16), make(chan struct{})
	fault = func(o string) error {
		if o == op {
			at <- struct{}{}
			<-gate
		}
		return nil
	}
	return fault, at, func() { close(gate) }
}

func TestHangingKeyringTimesOut(t *testing.T) {
	calls := map[string]func(ctx context.Context, k keyring.Keyring) error{
		"get":    func(ctx context.Context, k keyring.Keyring) error { _, err := k.Get(ctx, "key"); return err },
		"set":    func(ctx context.Context, k keyring.Keyring) error { return k.Set(ctx, "key", secret.New("x")) },
		"delete": func(ctx context.Context, k keyring.Keyring) error { return k.Delete(ctx, "key") },
		"probe":  func(ctx context.Context, k keyring.Keyring) error { return k.Probe(ctx) },
	}
	for op, call := range calls {
		t.Run(op, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hangs := op
				if op == "probe" {
					hangs = "get"
				}
				f := newFake()
				fault, _, release := hang(hangs)
				f.fault = fault
				defer release()
				k := keyring.Over(f)

				start := time.Now()
				if err := call(t.Context(), k); !errors.Is(err, keyring.ErrTimeout) {
					t.Errorf("without a deadline: %v, want %v", err, keyring.ErrTimeout)
				}
				if waited := time.Since(start); waited > time.Minute {
					t.Errorf("waited %v", waited)
				}
				ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
				defer cancel()
				start = time.Now()
				if err := call(ctx, k); !errors.Is(err, keyring.ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("with a deadline: %v, want %v", err, keyring.ErrTimeout)
				}
				if waited := time.Since(start); waited != 3*time.Second {
					t.Errorf("waited %v, want 3s", waited)
				}
			})
		})
	}
}

func TestCancelReturnsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		fault, reached, release := hang("set")
		f.fault = fault
		defer release()
		ctx, cancel := context.WithCancel(t.Context())
		go func() { <-reached; cancel() }()
		start := time.Now()
		err := keyring.Over(f).Set(ctx, "key", secret.New("x"))
		if !errors.Is(err, context.Canceled) || errors.Is(err, keyring.ErrTimeout) || time.Since(start) > 0 {
			t.Errorf("%v after %v, want %v at once", err, time.Since(start), context.Canceled)
		}
	})
}

// TestLateSetIsTakenBack lets a write land after its caller gave up.
func TestLateSetIsTakenBack(t *testing.T) {
	for _, before := range []string{"", "old"} {
		synctest.Test(t, func(t *testing.T) {
			f := newFake()
			if before != "" {
				f.items["key"] = before
			}
			fault, _, release := hang("set")
			f.fault = fault
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			if err := keyring.Over(f).Set(ctx, "key", secret.New("late")); !errors.Is(err, keyring.ErrTimeout) {
				t.Errorf("%v, want %v", err, keyring.ErrTimeout)
			}
			release() // now it is written
			synctest.Wait()
			if value, found := f.value("key"); value != before || found != (before != "") {
				t.Errorf("the item holds %q, want %q", value, before)
			}
		})
	}
}

// TestGivenUpSetIsNotTried lets a keyring be unlocked after the caller gave up.
func TestGivenUpSetIsNotTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		fault, _, release := hang("get")
		f.fault = func(op string) error {
			if op == "set" {
				t.Error("the secret was written although nobody waits")
			}
			return fault(op)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := keyring.Over(f).Set(ctx, "key", secret.New("late")); !errors.Is(err, keyring.ErrTimeout) {
			t.Errorf("%v, want %v", err, keyring.ErrTimeout)
		}
		release()
		synctest.Wait()
	})
}

// TestNextCallWaitsForALateSet makes sure that taking back a late write does
// not destroy what was written after it.
func TestNextCallWaitsForALateSet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		k := keyring.Over(f)
		fault, _, release := hang("set")
		f.set(fault)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := k.Set(ctx, "key", secret.New("late")); !errors.Is(err, keyring.ErrTimeout) {
			t.Errorf("%v, want %v", err, keyring.ErrTimeout)
		}
		f.set(nil)
		if err := k.Set(t.Context(), "another", secret.New("x")); err != nil {
			t.Errorf("another key waits too: %v", err)
		}
		done := make(chan error, 1)
		go func() { done <- k.Set(context.Background(), "key", secret.New("next")) }()
		synctest.Wait()
		select {
		case err := <-done:
			t.Fatalf("the next call did not wait: %v", err)
		default:
		}
		release()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if value, _ := f.value("key"); value != "next" {
			t.Errorf("the item holds %q, want next", value)
		}
	})
}

func TestErrorsNeverShowTheSecret(t *testing.T) {
	const canary = "Kanari3nv0gel"
	f := newFake()
	f.fault = onlyOn("set", keyring.ErrDenied)
	err := keyring.Over(f).Set(t.Context(), "key", secret.New(canary))
	if text := fmt.Sprintf("%v %+v %#v", err, err, err); strings.Contains(text, canary) {
		t.Errorf("the error shows the secret: %s", text)
	}
}

func TestErrorText(t *testing.T) {
	tests := []struct {
		err  keyring.Error
		want string
	}{
		{keyring.Error{Op: "get", Kind: keyring.ErrNotFound}, "get: no such item in the keyring"},
		{
			keyring.Error{Op: "set", Kind: keyring.ErrDenied, Cause: errors.New("odd")},
			"set: the keyring refused access: odd",
		},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestKeychainExitStatus(t *testing.T) {
	statuses := map[int]error{
		44: keyring.ErrNotFound, 36: keyring.ErrLocked, 51: keyring.ErrDenied, 52: keyring.ErrDenied,
		128: keyring.ErrDenied, 50: keyring.ErrUnavailable, 37: keyring.ErrUnavailable, 1: keyring.ErrUnavailable,
	}
	for status, want := range statuses {
		if got := keyring.KindOfExit(status); got != want {
			t.Errorf("status %d is %q, want %q", status, got, want)
		}
	}
}
