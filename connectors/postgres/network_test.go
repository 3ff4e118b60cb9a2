//go:build postgres && unix

package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/postgres/pgserver"
	"fairlead/connectors/registrytest"
	"fairlead/keyring"
	"fairlead/secret"
)

func intent(kind connectors.IntentKind, c connectors.Connector) connectors.Intent {
	return connectors.Intent{ID: c.ID, Kind: kind, Connector: c, Created: c.Created, PID: 1}
}

// TestALostAnswerIsAskedFor loses the answer to the commit of every kind of
// change. Each is done once, and says so.
func TestALostAnswerIsAskedFor(t *testing.T) {
	database := newDatabase(t)
	network := newRelay(t)
	r := network.registry(database)
	ctx := t.Context()
	c := registrytest.Exchange("a")
	draft := connectors.Draft{ID: "d", Answers: []byte("{}")}
	task := connectors.Attachment{Service: "continuity", Task: "Nightly"}
	tested := c
	tested.LastTest = &check.Report{Started: c.Created.Add(time.Hour)}
	document := connectors.Document{Kind: "plan", ID: "p", Content: []byte("[]"), Updated: c.Created}
	rotation := intent(connectors.IntentRotate, c)
	rotation.ID, rotation.Connector.Version, rotation.Connector.Credential.Key = "rotation", 0, "another"
	count := func(table string, want int) error {
		var n int
		conn, err := r.(*registry).pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer conn.Release()
		if err := conn.QueryRow(ctx, "SELECT count(*) FROM fairlead."+table).Scan(&n); err != nil || n != want {
			return fmt.Errorf("%s has %d rows, %w; want %d", table, n, err, want)
		}
		return nil
	}
	for _, step := range []struct {
		name string
		do   func() error
		then func() error
	}{
		{"intend", func() error { return r.Intend(ctx, intent(connectors.IntentRegister, c)) }, func() error { return count("intents", 1) }},
		{"commit", func() error {
			return r.Commit(ctx, intent(connectors.IntentRegister, c), happens(connectors.EventCreated))
		}, func() error { return count("connectors", 1) }},
		{"edit", func() error {
			return r.Edit(ctx, connectors.Connector{ID: c.ID, Name: "New"}, happens(connectors.EventEdited))
		}, func() error { return count("connectors WHERE name = 'New'", 1) }},
		{"test", func() error { return r.RecordTest(ctx, tested, happens(connectors.EventTested)) }, func() error { return count("reports", 2) }},
		{"attach", func() error { return r.Attach(ctx, c.ID, task, happens(connectors.EventAttached)) }, func() error { return count("attachments", 1) }},
		{"detach", func() error { return r.Detach(ctx, c.ID, task, happens(connectors.EventDetached)) }, func() error { return count("attachments", 0) }},
		{"edit what was seen", func() error {
			return r.Edit(ctx, connectors.Connector{ID: c.ID, Name: "Newer", Version: 4}, happens(connectors.EventEdited))
		}, func() error { return count("connectors WHERE name = 'Newer' AND version = 5", 1) }},
		{"rotate", func() error { return r.Intend(ctx, rotation) }, func() error { return count("intents", 1) }},
		{"switch", func() error { return r.Switch(ctx, rotation, happens(connectors.EventRotated)) }, func() error {
			return count("intents WHERE kind = 'delete'", 1)
		}},
		{"forget", func() error { return r.Clear(ctx, rotation.ID) }, func() error { return count("events", 7) }},
		{"document", func() error { _, err := r.SaveDocument(ctx, document); return err }, func() error {
			return count("documents WHERE version = 1", 1)
		}},
		{"document again", func() error { document.Version = 1; _, err := r.SaveDocument(ctx, document); return err }, func() error {
			return count("documents WHERE version = 2", 1)
		}},
		{"events", func() error { return r.AddEvents(ctx, []connectors.Event{happens(connectors.EventEdited)}) }, func() error {
			return count("events", 8)
		}},
		{"no document", func() error { return r.DeleteDocument(ctx, "plan", "p") }, func() error { return count("documents", 0) }},
		{"remove", func() error {
			return r.Remove(ctx, intent(connectors.IntentDelete, c), happens(connectors.EventDeleted))
		}, func() error { return count("intents", 1) }},
		{"clear", func() error { return r.Clear(ctx, c.ID) }, func() error { return count("intents", 0) }},
		{"save", func() error { return r.SaveDraft(ctx, draft) }, func() error { return count("drafts", 1) }},
		{"delete", func() error { return r.DeleteDraft(ctx, draft.ID) }, func() error { return count("drafts", 0) }},
	} {
		network.loseAnswer()
		if err := errors.Join(step.do(), step.then()); err != nil {
			t.Errorf("%s: %v", step.name, err)
		}
		if network.mu.Lock(); network.atCommit != nil {
			t.Fatalf("%s: no answer was lost: the test proves nothing", step.name)
		}
		network.mu.Unlock()
	}
}

// TestALateCommitKeepsItsSecret delivers a commit that the program had given up
// while it takes the registration back, and one that never arrives.
func TestALateCommitKeepsItsSecret(t *testing.T) {
	for name, arrives := range map[string]bool{"late": true, "never": false} {
		t.Run(name, func(t *testing.T) {
			network := newRelay(t)
			r := network.registry(newDatabase(t))
			i := intent(connectors.IntentRegister, registrytest.Exchange("a"))
			if err := r.Intend(t.Context(), i); err != nil {
				t.Fatal(err)
			}
			held, deliver := network.hold()
			ctx, cancel := context.WithCancel(t.Context())
			given := make(chan error, 1)
			go func() { given <- r.Commit(ctx, i, happens(connectors.EventCreated)) }()
			<-held
			cancel()
			if err := <-given; !errors.Is(err, context.Canceled) {
				t.Fatalf("the commit that was given up: %v", err)
			}
			if _, err := r.Get(t.Context(), i.ID); !errors.Is(err, connectors.ErrNotFound) {
				t.Fatalf("before it arrives: %v", err)
			}
			turned := make(chan error, 1)
			go func() { turned <- r.Intend(t.Context(), intent(connectors.IntentDelete, i.Connector)) }()
			want := connectors.ErrRegistered
			if arrives {
				deliver()
			} else {
				defer deliver()
				want = nil // the server gives up what is left in the middle
			}
			if err := <-turned; !errors.Is(err, want) {
				t.Errorf("turned round: %v, want %v", err, want)
			}
		})
	}
}

// team is several programs that register for all they are worth, each with its
// own connections and the keyring that they share.
type team struct {
	t       *testing.T
	keepers []*connectors.Keeper
	done    atomic.Int64 // registrations that were acknowledged
	made    chan struct{}

	mu     sync.Mutex
	acked  map[string]string // names by id
	failed []error
}

func newTeam(t *testing.T, open func() connectors.Registry) *team {
	m := &team{t: t, acked: map[string]string{}, made: make(chan struct{}, 1)}
	ring := keyring.Memory()
	for range 4 {
		m.keepers = append(m.keepers, &connectors.Keeper{Registry: open(), Keyring: ring, Session: keyring.Memory(), Holder: `HOST\user`})
	}
	return m
}

// work registers until stop is closed.
func (m *team) work(stop <-chan struct{}) (wait func()) {
	var group sync.WaitGroup
	for k, keeper := range m.keepers {
		group.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				in := registrytest.Exchange(fmt.Sprintf("k%d-%d", k, n))
				c, err := keeper.Register(context.Background(), in, secret.New("S3cret of "+in.Name))
				m.note(c, err)
			}
		})
	}
	return group.Wait
}

func (m *team) note(c connectors.Connector, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err != nil {
		m.failed = append(m.failed, err)
		return
	}
	m.acked[c.ID] = c.Name
	m.done.Add(1)
	select {
	case m.made <- struct{}{}:
	default:
	}
}

// more waits until n more registrations were acknowledged.
func (m *team) more(n int64) {
	m.t.Helper()
	deadline := time.After(time.Minute)
	for want := m.done.Load() + n; m.done.Load() < want; {
		select {
		case <-m.made:
		case <-deadline:
			m.mu.Lock()
			defer m.mu.Unlock()
			m.t.Fatalf("the work does not go on after %d registrations: %v", m.done.Load(), errors.Join(m.failed...))
		}
	}
}

// agrees checks that what was acknowledged is there, once, with its secret, and
// that nothing is left half made.
func (m *team) agrees() {
	m.t.Helper()
	keeper := m.keepers[0]
	if _, err := keeper.Recover(m.t.Context()); err != nil {
		m.t.Fatal(err)
	}
	all, err := keeper.List(m.t.Context())
	if err != nil {
		m.t.Fatal(err)
	}
	names := map[string]bool{}
	for _, c := range all {
		if names[c.Name] {
			m.t.Errorf("%s is there twice", c.Name)
		}
		names[c.Name] = true
		delete(m.acked, c.ID)
		if s, err := keeper.Secret(m.t.Context(), c); err != nil || s.Reveal() != "S3cret of "+c.Name {
			m.t.Errorf("%s has no secret: %v", c.Name, err)
		}
	}
	if len(m.acked) > 0 {
		m.t.Errorf("%d acknowledged connectors are lost: %v", len(m.acked), m.acked)
	}
	if intents, err := keeper.Registry.Intents(m.t.Context()); err != nil || len(intents) > 0 {
		m.t.Errorf("%d intents are left, %v", len(intents), err)
	}
	m.t.Logf("%d connectors, %d acknowledged, %d refused", len(all), m.done.Load(), len(m.failed))
	for _, err := range m.failed {
		if !errors.Is(err, connectors.ErrUnreachable) {
			m.t.Errorf("the error does not say that the registry cannot be reached: %v", err)
		}
		secretFree(m.t, err.Error())
	}
}

// secretFree checks that a text shows no password.
func secretFree(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(text, "S3cret") || strings.Contains(text, pgserver.Password) {
		t.Errorf("the password is shown: %s", text)
	}
}

// TestTheDatabaseStartsAnew ends the database under a team at work: in good
// order and as if it crashed.
func TestTheDatabaseStartsAnew(t *testing.T) {
	database := newDatabase(t)
	m := newTeam(t, func() connectors.Registry { return opened(t, overTCP(database, server.Port)) })
	stop := make(chan struct{})
	wait := m.work(stop)
	for _, signal := range []syscall.Signal{syscall.SIGQUIT, syscall.SIGINT, syscall.SIGQUIT} {
		m.more(10)
		restart(t, signal)
		m.more(10)
	}
	close(stop)
	wait()
	m.agrees()
}

// TestConnectionsBreak breaks every connection of a team at work again and
// again.
func TestConnectionsBreak(t *testing.T) {
	database := newDatabase(t)
	network := newRelay(t)
	m := newTeam(t, func() connectors.Registry { return network.registry(database) })
	stop := make(chan struct{})
	wait := m.work(stop)
	for range 30 {
		m.more(2)
		network.set(true, false)
		network.set(false, false)
	}
	close(stop)
	wait()
	m.agrees()
	if len(m.failed) > 0 {
		t.Errorf("a break of a moment was noticed: %v", m.failed[0])
	}
}

// TestTheNetworkIsGone cuts the network for good, and then mends it.
func TestTheNetworkIsGone(t *testing.T) {
	network := newRelay(t)
	r := network.registry(newDatabase(t))
	c := registrytest.Exchange("a")
	unreachable := func(err error) {
		t.Helper()
		if !errors.Is(err, connectors.ErrUnreachable) || !strings.Contains(err.Error(), "try again") {
			t.Errorf("got %v", err)
		}
		secretFree(t, fmt.Sprint(err))
	}
	r.(*registry).patience = time.Second
	network.set(true, false)
	unreachable(r.Intend(t.Context(), intent(connectors.IntentRegister, c)))
	_, err := r.List(t.Context())
	unreachable(err)
	network.set(false, false)
	r.(*registry).patience = patience
	if err := r.Intend(t.Context(), intent(connectors.IntentRegister, c)); err != nil {
		t.Errorf("once it is mended: %v", err)
	}

	network.set(false, true)
	r.(*registry).patience = 200 * time.Millisecond
	_, err = r.List(t.Context())
	if err == nil {
		t.Error("a server that says nothing answered")
	}
	unreachable(r.Clear(t.Context(), c.ID))
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := r.Get(ctx, c.ID); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the caller's deadline: %v", err)
	}
}
