// Package keyring keeps secrets in the operating system's keyring: Credential
// Manager on Windows, Keychain on macOS, the Secret Service on Linux.
//
// The interface is small, every call takes a context with a deadline, and
// every failure is one of a few kinds that a front end can act on. There is
// no fall-back to a file: where no keyring can be used, [Memory] keeps the
// secret until the program ends, and the record says so.
package keyring

import (
	"context"
	"errors"
	"fmt"

	"fairlead/secret"
)

// The kinds of failure. Match them with [errors.Is].
var (
	ErrNotFound    = errors.New("no such item in the keyring")
	ErrLocked      = errors.New("the keyring is locked")
	ErrUnavailable = errors.New("no keyring can be reached")
	ErrDenied      = errors.New("the keyring refused access")
	ErrTooBig      = errors.New("the secret is too big for the keyring")
	ErrTimeout     = errors.New("the keyring did not answer in time")
)

// Keyring stores secrets by key. Implementations are safe for use by several
// goroutines and return as soon as ctx ends, with [ErrTimeout] for a deadline
// and the context's own error for a cancellation.
type Keyring interface {
	// Name is what the keyring is called on screen, such as "Secret Service".
	Name() string
	// Persistent reports whether a secret outlives the program.
	Persistent() bool
	// Probe says whether the keyring can be used now, without asking the user
	// anything and without leaving anything behind. Nil means yes.
	Probe(ctx context.Context) error
	// Set stores a secret, replacing one of the same key. When it fails, the
	// old secret, or none, is in place: a write that finishes after its
	// deadline is taken back.
	Set(ctx context.Context, key string, s secret.Secret) error
	// Get returns a secret, or an error of kind [ErrNotFound].
	Get(ctx context.Context, key string) (secret.Secret, error)
	// Delete removes a secret. Deleting what is not there is not an error.
	Delete(ctx context.Context, key string) error
}

// Error says which operation failed, of which kind, and what the system said.
type Error struct {
	Op    string // "probe", "set", "get" or "delete"
	Kind  error  // one of the kinds above
	Cause error  // the system's own error, or nil
}

// Error puts the kind first: it is what a person can act on.
func (e *Error) Error() string {
	if e.Cause == nil {
		return fmt.Sprintf("%s: %v", e.Op, e.Kind)
	}
	return fmt.Sprintf("%s: %v: %v", e.Op, e.Kind, e.Cause)
}

// Unwrap lets errors.Is find both the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}
