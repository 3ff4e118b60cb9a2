package connectors_test

import (
	"context"
	"os"
	"testing"
	"time"

	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
)

// leave puts into the registry what a program left behind, with its secret if
// it got that far.
func leave(t *testing.T, w *world, kind connectors.IntentKind, pid int, withSecret bool, change func(i *connectors.Intent)) {
	t.Helper()
	c := exchange("left")
	c.ID = "left"
	c.Credential = connectors.Credential{Key: "connector/left", Keyring: "test keyring", Holder: holder}
	i := connectors.Intent{ID: c.ID, Kind: kind, Connector: c, Created: time.Now(), PID: pid}
	if change != nil {
		change(&i)
	}
	if err := w.Registry.Intend(t.Context(), i); err != nil {
		t.Fatal(err)
	}
	if withSecret {
		if err := w.ring.Set(t.Context(), i.Connector.Credential.Key, password("left")); err != nil {
			t.Fatal(err)
		}
	}
}

// deadPID is the number of a process that has ended.
func deadPID(t *testing.T) int {
	t.Helper()
	cmd := child(t, "wait")
	if err := cmd.Run(); err != nil { // it has no input to wait for
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

// livePID is the number of a process that runs as long as the test.
func livePID(t *testing.T) int {
	t.Helper()
	cmd := child(t, "wait")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	return cmd.Process.Pid
}

func TestRecover(t *testing.T) {
	session := func(i *connectors.Intent) { i.Connector.Credential.Session = true }
	noSecret := func(i *connectors.Intent) { i.Connector.Credential = connectors.Credential{} }
	elsewhere := func(i *connectors.Intent) { i.Connector.Credential.Holder = `OTHER\user` }
	old := func(i *connectors.Intent) { i.Created = time.Now().Add(-2 * time.Hour) }
	const register, remove = connectors.IntentRegister, connectors.IntentDelete
	dead, live := deadPID(t), livePID(t)
	tests := []struct {
		name       string
		kind       connectors.IntentKind
		pid        int
		withSecret bool
		change     func(i *connectors.Intent)
		says       string // empty: nothing
		registered bool
		left       bool // the intent stays
	}{
		{"registering, before the secret", register, dead, false, nil, "Nothing of it is left", false, false},
		{"registering, after the secret", register, dead, true, nil, "It is registered now", true, false},
		{"registering, for the session", register, dead, false, session, "Nothing of it is left", false, false},
		{"registering, without a secret", register, dead, false, noSecret, "It is registered now", true, false},
		{"registering, under our own number", register, os.Getpid(), true, nil, "It is registered now", true, false},
		{"registering, by a program that runs", register, live, false, nil, "", false, true},
		{"registering, by a number used again", register, live, true, old, "It is registered now", true, false},
		{"registering, elsewhere", register, dead, false, elsewhere, "", false, true},
		{"registering, here under an old name", register, dead, true, elsewhere, "It is registered now", true, false},
		{"deleting, before the secret", remove, dead, true, nil, "What was left of", false, false},
		{"deleting, after the secret", remove, dead, false, nil, "What was left of", false, false},
		{"deleting, by a program that runs", remove, live, true, nil, "", false, true},
		{"deleting, elsewhere", remove, dead, false, elsewhere, "", false, true},
		{"deleting, here under an old name", remove, dead, true, elsewhere, "What was left of", false, false},
		{"deleting, for the session", remove, dead, false, session, "What was left of", false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			leave(t, w, tt.kind, tt.pid, tt.withSecret, tt.change)
			if tt.says == "" {
				recovered(t, w)
			} else {
				recovered(t, w, tt.says)
			}
			if names(t, w)["left"] != tt.registered {
				t.Errorf("registered: %v, want %v", !tt.registered, tt.registered)
			}
			intents, err := w.Registry.Intents(t.Context())
			if err != nil || (len(intents) == 1) != tt.left {
				t.Errorf("%d intents, %v; want one left: %v", len(intents), err, tt.left)
			}
			if !tt.left {
				agrees(t, w)
			}
			recovered(t, w) // twice is as good as once
		})
	}
}

func TestRecoverUndoesWhatWouldBreakARule(t *testing.T) {
	w := newWorld(t)
	leave(t, w, connectors.IntentRegister, deadPID(t), true, nil)
	register(t, w, "left") // meanwhile, by hand
	recovered(t, w, "Nothing of it is left")
	agrees(t, w)
}

// TestRecoverAsksNobody makes sure that a start never waits for a person.
func TestRecoverAsksNobody(t *testing.T) {
	for _, kind := range []error{keyring.ErrLocked, keyring.ErrUnavailable} {
		w := newWorld(t)
		leave(t, w, connectors.IntentRegister, deadPID(t), true, nil)
		leave(t, w, connectors.IntentDelete, deadPID(t), true, func(i *connectors.Intent) {
			i.ID, i.Connector.ID, i.Connector.Name = "second", "second", "second"
			i.Connector.Credential.Key = "connector/second"
		})
		probes := 0
		w.ring.fault = func(op string) error {
			if op != "probe" {
				t.Errorf("a keyring that cannot be used was asked to %s", op)
			}
			probes++
			return kind
		}
		recovered(t, w, kind.Error(), kind.Error())
		if probes != 1 {
			t.Errorf("the keyring was probed %d times", probes)
		}
		w.ring.fault = nil
		recovered(t, w, "It is registered now", "What was left of")
		agrees(t, w)
	}
}

// TestRecoverLeavesAloneWhatIsUnderWay recovers while the same keeper waits for
// its keyring.
func TestRecoverLeavesAloneWhatIsUnderWay(t *testing.T) {
	w := newWorld(t)
	waits, gate := make(chan struct{}), make(chan struct{})
	slow := &slowRing{Keyring: w.ring, waits: waits, gate: gate}
	w.Keyring = slow
	done := make(chan error, 1)
	go func() {
		_, err := w.Register(t.Context(), exchange("a"), password("a"))
		done <- err
	}()
	<-waits
	recovered(t, w)
	close(gate)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if !names(t, w)["a"] {
		t.Error("the registration was undone while it was under way")
	}
	agrees(t, w)
}

// TestRecoverLeavesAnotherComputersMemoryAlone: what a program elsewhere keeps
// in its memory only cannot be seen from here, so it is left alone until no
// registration could take that long.
func TestRecoverLeavesAnotherComputersMemoryAlone(t *testing.T) {
	for _, tc := range []struct {
		age  time.Duration
		left int
		said []string
	}{{time.Minute, 1, nil}, {2 * time.Hour, 0, []string{"register it again"}}} {
		w := newWorld(t)
		leave(t, w, connectors.IntentRegister, os.Getpid(), false, func(i *connectors.Intent) {
			i.Connector.Credential.Session = true
			i.Connector.Credential.Holder = `ELSEWHERE\anna`
			i.Created = time.Now().Add(-tc.age)
		})
		recovered(t, w, tc.said...)
		intents, err := w.Registry.Intents(t.Context())
		if err != nil || len(intents) != tc.left {
			t.Errorf("after %v: %d intents are left, want %d (%v)", tc.age, len(intents), tc.left, err)
		}
	}
}

// TestARegistrationThatWasUndoneTakesItsSecretBack lets another program take a
// slow registration for left behind.
func TestARegistrationThatWasUndoneTakesItsSecretBack(t *testing.T) {
	w := newWorld(t)
	waits, gate := make(chan struct{}), make(chan struct{})
	w.Keyring = &slowRing{Keyring: w.ring, waits: waits, gate: gate}
	done := make(chan error, 1)
	go func() {
		_, err := w.Register(t.Context(), exchange("a"), password("a"))
		done <- err
	}()
	<-waits
	other := &world{Keeper: &connectors.Keeper{Registry: w.Registry, Keyring: w.ring, Session: keyring.Memory(), Holder: holder}}
	recovered(t, other, "Nothing of it is left")
	close(gate)
	if err := <-done; err == nil {
		t.Error("a registration that was undone was acknowledged")
	}
	if names(t, w)["a"] {
		t.Error("it is registered all the same")
	}
	agrees(t, w)
}

// slowRing waits in front of a write.
type slowRing struct {
	keyring.Keyring
	waits chan<- struct{}
	gate  <-chan struct{}
}

func (s *slowRing) Set(ctx context.Context, key string, value secret.Secret) error {
	s.waits <- struct{}{}
	<-s.gate
	return s.Keyring.Set(ctx, key, value)
}
