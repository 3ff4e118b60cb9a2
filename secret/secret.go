// Package secret holds the type in which a password or a key travels through
// Fairlead: from the field where it is typed to the operating system's keyring
// and to the one TLS connection that it is for.
//
// A [Secret] prints as [Redacted] under every verb of fmt and in every
// encoder. Its bytes are reached by [Secret.Reveal] alone, so that
// `grep -r 'Reveal()'` lists every place where a secret leaves the type.
package secret

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// Redacted is what a secret looks like wherever it is printed or encoded.
const Redacted = "[redacted]"

// ErrEncode is returned by encoders that would need to read a secret back.
var ErrEncode = errors.New("a secret is never encoded")

// Secret is a password or key. The zero value is the empty secret.
//
// The value sits behind a function because fmt and debuggers that walk
// unexported fields by reflection would print a string or a byte slice, and
// cannot look inside a function.
type Secret struct {
	reveal func() string
}

// New wraps a value. Nothing is trimmed: a space at the end of a password
// belongs to it.
func New(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{reveal: func() string { return value }}
}

// Reveal returns the value itself. Call it only to hand the secret to the
// keyring or to write it on the connection that it is for.
func (s Secret) Reveal() string {
	if s.reveal == nil {
		return ""
	}
	return s.reveal()
}

// IsEmpty reports whether there is no secret.
func (s Secret) IsEmpty() bool { return s.reveal == nil }

// Equal compares two secrets in a time that depends on their length alone.
func (s Secret) Equal(other Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.Reveal()), []byte(other.Reveal())) == 1
}

// String returns [Redacted].
func (s Secret) String() string { return Redacted }

// GoString returns [Redacted].
func (s Secret) GoString() string { return Redacted }

// Format writes [Redacted] whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Redacted) }

// LogValue keeps the secret out of structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(Redacted) }

// MarshalText writes [Redacted]; JSON, XML and YAML encoders use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(Redacted), nil }

// UnmarshalText always fails with [ErrEncode]: a secret is never read from a
// file, so that a redacted value can never come back as a password.
func (s *Secret) UnmarshalText([]byte) error { return ErrEncode }

// GobEncode always fails with [ErrEncode].
func (s Secret) GobEncode() ([]byte, error) { return nil, ErrEncode }

// GobDecode always fails with [ErrEncode].
func (s *Secret) GobDecode([]byte) error { return ErrEncode }
