//go:build realkeyring

package keyring_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"
	"time"

	"fairlead/keyring"
	"fairlead/keyring/keyringtest"
	"fairlead/secret"
)

// TestReal needs a session bus of its own in a given state. Run it by
// keyring/realkeyring.sh, which makes each state in turn.
func TestReal(t *testing.T) {
	states := map[string]func(t *testing.T){
		"unlocked":      realUnlocked,
		"locked":        func(t *testing.T) { allFail(t, keyring.ErrLocked) },
		"no-collection": func(t *testing.T) { allFail(t, keyring.ErrUnavailable) },
		"no-service":    func(t *testing.T) { allFail(t, keyring.ErrUnavailable) },
		"no-bus":        func(t *testing.T) { allFail(t, keyring.ErrUnavailable) },
		"prompting":     realPrompt,
	}
	run := states[os.Getenv("FAIRLEAD_KEYRING_STATE")]
	if run == nil {
		t.Fatal("run keyring/realkeyring.sh: by hand this would use your own keyring")
	}
	run(t)
}

const service = "fairlead-test"

func realUnlocked(t *testing.T) {
	keyringtest.Run(t, func(*testing.T) keyring.Keyring { return keyring.System(service) })
	out, err := exec.CommandContext(t.Context(), "secret-tool", "search", "--all", "service", service).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("the suite left something behind: %v\n%s", err, out)
	}
}

// allFail checks that every operation fails soon and with one kind.
func allFail(t *testing.T, kind error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	k := keyring.System(service)
	_, getErr := k.Get(ctx, "key")
	for op, err := range map[string]error{
		"probe": k.Probe(ctx), "set": k.Set(ctx, "key", secret.New("x")),
		"get": getErr, "delete": k.Delete(ctx, "key"),
	} {
		if !errors.Is(err, kind) {
			t.Errorf("%s: %v, want %v", op, err, kind)
		}
	}
}

// realPrompt speaks to a Secret Service of our own that is locked and asks
// a person, who answers late or closes the prompt.
func realPrompt(t *testing.T) {
	person := servePrompts(t)
	k := keyring.System(service)

	if err := k.Probe(t.Context()); !errors.Is(err, keyring.ErrLocked) {
		t.Errorf("probe: %v, want %v", err, keyring.ErrLocked)
	}
	select {
	case <-person.asked:
		t.Fatal("the probe asked the user")
	default:
	}

	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := k.Set(ctx, "slow", secret.New("x")); !errors.Is(err, keyring.ErrTimeout) {
		t.Errorf("set while nobody answers: %v, want %v", err, keyring.ErrTimeout)
	}
	<-person.asked
	person.unlock(t)
	if _, err := k.Get(t.Context(), "slow"); !errors.Is(err, keyring.ErrNotFound) { // waits for the late set
		t.Errorf("get after a late answer: %v, want %v", err, keyring.ErrNotFound)
	}

	person.lock()
	done := make(chan error, 1)
	go func() { done <- k.Set(t.Context(), "closed", secret.New("x")) }()
	<-person.asked
	person.closePrompt(t)
	if err := <-done; !errors.Is(err, keyring.ErrLocked) {
		t.Errorf("set while the prompt is closed: %v, want %v", err, keyring.ErrLocked)
	}
	if n := person.created.Load(); n != 0 {
		t.Errorf("%d items were written", n)
	}
}
