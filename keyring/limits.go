package keyring

import (
	"errors"
	"fmt"
	"strings"

	"fairlead/secret"
)

// The limits of the narrowest system, kept on every one, so that a record
// made on one computer can be used on another.
const (
	// MaxKey is how long a key may be, in bytes. Credential Manager takes user
	// names of up to 513 (CRED_MAX_USERNAME_LENGTH in wincred.h), wine's takes
	// 255 together with the name of the service.
	MaxKey = 200
	// MaxSecret is how big a secret may be, in bytes: what Credential Manager
	// takes (CRED_MAX_CREDENTIAL_BLOB_SIZE, 5 * 512). Keychain takes some more.
	MaxSecret = 2560
)

// errKey is about a program that names its items badly, not about a person.
var errKey = errors.New("a key is made of letters, digits and -._/:@")

// checkSize refuses what some system could not keep. Keys are plain ASCII,
// because D-Bus hangs up on invalid text and Keychain's tool would have to
// quote the rest, which counts against its limit.
func checkSize(key string, s secret.Secret) error {
	if len(key) > MaxKey {
		return &Error{Kind: ErrTooBig, Cause: fmt.Errorf("the key has %d bytes, %d is the limit", len(key), MaxKey)}
	}
	if key == "" || strings.ContainsFunc(key, unportable) {
		return &Error{Kind: errKey}
	}
	if n := len(s.Reveal()); n > MaxSecret {
		return &Error{Kind: ErrTooBig, Cause: fmt.Errorf("%d bytes, %d is the limit", n, MaxSecret)}
	}
	return nil
}

func unportable(r rune) bool {
	letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	return !letter && (r < '0' || r > '9') && !strings.ContainsRune("-._/:@", r)
}
