package keyring

import "errors"

// errNotKept is what a write comes to that the system accepted and forgot: the
// Secret Service does so when a person closes its prompt.
var errNotKept = errors.New("the system accepted the secret and did not keep it; its prompt may have been closed")

// put stores a value and makes sure of it. Unless it returns nil, what was
// there before is there again.
func (s *system) put(c *call, key, value string) error {
	before, err := s.read(key)
	if err != nil {
		return err
	}
	if c.abandoned() { // while a person was asked to unlock, say
		return nil
	}
	err = s.store.items.Set(key, value)
	if err == nil {
		err = s.verify(key, value)
	}
	if err == nil && c.finish() {
		return nil
	}
	if undone := s.takeBack(key, before); undone != nil {
		return errors.Join(err, undone)
	}
	return err
}

// read returns the value of an item, or nil when there is none.
func (s *system) read(key string) (*string, error) {
	value, err := s.store.items.Get(key)
	switch {
	case err == nil:
		return &value, nil
	case s.is(err, ErrNotFound):
		return nil, nil
	}
	return nil, err
}

func (s *system) verify(key, value string) error {
	now, err := s.read(key)
	if err == nil && (now == nil || *now != value) {
		return errNotKept
	}
	return err
}

// takeBack restores what an item held before, whatever a write did to it.
func (s *system) takeBack(key string, before *string) error {
	now, err := s.read(key)
	switch {
	case err == nil && before == nil && now == nil, err == nil && before != nil && now != nil && *now == *before:
		return nil
	case before == nil:
		return s.remove(key)
	}
	return s.store.items.Set(key, *before)
}

// remove deletes an item, which need not be there.
func (s *system) remove(key string) error {
	if err := s.store.items.Delete(key); err != nil && !s.is(err, ErrNotFound) {
		return err
	}
	return nil
}

func (s *system) is(err, kind error) bool {
	return errors.Is(failure("", err, s.store.kind), kind)
}
