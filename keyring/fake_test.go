package keyring_test

import (
	"sync"

	"fairlead/keyring"
)

// fake is a keyring beneath the deadlines, with faults that can be switched
// on. Zero faults make a good one.
type fake struct {
	mu    sync.Mutex
	items map[string]string
	// fault is asked before an operation ("get", "set", "delete"); what it
	// returns fails it. It may block.
	fault func(op string) error
	// after is asked once a set has written; what it returns fails it.
	after func() error
	// forgets makes a set do nothing and report success, as a prompt that was
	// closed does.
	forgets bool
}

func newFake() *fake { return &fake{items: map[string]string{}} }

func (f *fake) fails(op string) error {
	f.mu.Lock()
	fault := f.fault
	f.mu.Unlock()
	if fault == nil {
		return nil
	}
	return fault(op)
}

func (f *fake) Get(key string) (string, error) {
	if err := f.fails("get"); err != nil {
		return "", err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	value, found := f.items[key]
	if !found {
		return "", keyring.ErrNotFound
	}
	return value, nil
}

func (f *fake) Set(key, value string) error {
	if err := f.fails("set"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.forgets {
		return nil
	}
	f.items[key] = value
	if f.after != nil {
		after := f.after
		f.after = nil
		return after()
	}
	return nil
}

func (f *fake) Delete(key string) error {
	if err := f.fails("delete"); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, found := f.items[key]; !found {
		return keyring.ErrNotFound
	}
	delete(f.items, key)
	return nil
}

// value looks beneath the keyring.
func (f *fake) value(key string) (string, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	value, found := f.items[key]
	return value, found
}

func (f *fake) set(fault func(op string) error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fault = fault
}
