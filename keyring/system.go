package keyring

import (
	"context"
	"sync"
	"time"

	"fairlead/secret"
)

// How long a call may take whose context sets no deadline. People need time
// to type the password of a locked keyring; a probe asks nobody.
const (
	patience      = 60 * time.Second
	probePatience = 5 * time.Second
)

// System returns the operating system's keyring. The service is the name under
// which all items of a program are kept; no other program's name may begin
// with it.
func System(service string) Keyring {
	return newSystem(osKeyring(service))
}

// store is a keyring without deadlines: what the operating system offers.
type store struct {
	name  string
	items items
	probe func(ctx context.Context) error
	// kind says of which kind an error of the items or the probe is.
	kind func(err error) error
}

// items are a keyring's contents. Each call may block for as long as it likes.
type items interface {
	Get(key string) (string, error)
	Set(key, value string) error
	Delete(key string) error
}

// system puts deadlines on a store.
type system struct {
	store store
	mu    sync.Mutex
	slots map[string]chan struct{} // one call per key at a time
}

func newSystem(s store) *system {
	return &system{store: s, slots: map[string]chan struct{}{}}
}

func (s *system) Name() string     { return s.store.name }
func (s *system) Persistent() bool { return true }

func (s *system) Probe(ctx context.Context) error {
	ctx, cancel := withDeadline(ctx, probePatience)
	defer cancel()
	if err := ctx.Err(); err != nil { // a quick store could answer before await sees the end
		return failure("probe", err, s.store.kind)
	}
	_, err := await(ctx, func(*call) (string, error) { return "", s.store.probe(ctx) })
	return failure("probe", err, s.store.kind)
}

func (s *system) Set(ctx context.Context, key string, sec secret.Secret) error {
	if err := checkSize(key, sec); err != nil {
		return failure("set", err, s.store.kind)
	}
	_, err := s.locked(ctx, key, func(c *call) (string, error) { return "", s.put(c, key, sec.Reveal()) })
	return failure("set", err, s.store.kind)
}

func (s *system) Get(ctx context.Context, key string) (secret.Secret, error) {
	value, err := s.locked(ctx, key, func(*call) (string, error) { return s.store.items.Get(key) })
	if err != nil {
		return secret.Secret{}, failure("get", err, s.store.kind)
	}
	return secret.New(value), nil
}

func (s *system) Delete(ctx context.Context, key string) error {
	_, err := s.locked(ctx, key, func(*call) (string, error) { return "", s.remove(key) })
	return failure("delete", err, s.store.kind)
}

// locked runs work once no other call for the key is under way, so that a late
// write is taken back before anything else touches its item.
func (s *system) locked(ctx context.Context, key string, work func(*call) (string, error)) (string, error) {
	ctx, cancel := withDeadline(ctx, patience)
	defer cancel()
	if err := ctx.Err(); err != nil {
		return "", err
	}
	s.mu.Lock()
	slot := s.slots[key]
	if slot == nil {
		slot = make(chan struct{}, 1)
		s.slots[key] = slot
	}
	s.mu.Unlock()

	select {
	case slot <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return await(ctx, func(c *call) (string, error) {
		defer func() { <-slot }()
		return work(c)
	})
}

func withDeadline(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if _, has := ctx.Deadline(); has {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, d)
}
