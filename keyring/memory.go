package keyring

import (
	"context"
	"sync"

	"fairlead/secret"
)

// Memory returns a keyring that keeps secrets until the program ends, for
// computers where no other can be used. It never writes anything anywhere.
func Memory() Keyring {
	return &memory{items: map[string]secret.Secret{}}
}

type memory struct {
	mu    sync.Mutex
	items map[string]secret.Secret
}

func (m *memory) Name() string     { return "this session only" }
func (m *memory) Persistent() bool { return false }

func (m *memory) Probe(ctx context.Context) error { return failure("probe", ctx.Err(), ownKind) }

func (m *memory) Set(ctx context.Context, key string, s secret.Secret) error {
	if err := checkSize(key, s); err != nil {
		return failure("set", err, ownKind)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return failure("set", err, ownKind)
	}
	m.items[key] = s
	return nil
}

func (m *memory) Get(ctx context.Context, key string) (secret.Secret, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return secret.Secret{}, failure("get", err, ownKind)
	}
	s, found := m.items[key]
	if !found {
		return secret.Secret{}, failure("get", ErrNotFound, ownKind)
	}
	return s, nil
}

func (m *memory) Delete(ctx context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return failure("delete", err, ownKind)
	}
	delete(m.items, key)
	return nil
}
