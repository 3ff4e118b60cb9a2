package keyring

import (
	"context"
	"errors"
	"syscall"

	zalando "github.com/zalando/go-keyring"
)

// System error codes, learn.microsoft.com/windows/win32/debug/system-error-codes.
const (
	errorAccessDenied = syscall.Errno(5)
	errorNotFound     = syscall.Errno(1168)
)

func osKeyring(service string) store {
	items := credentials(service)
	return store{name: "Credential Manager", items: items, probe: items.probe, kind: kind}
}

type credentials string

func (c credentials) Get(key string) (string, error) { return zalando.Get(string(c), key) }
func (c credentials) Set(key, value string) error    { return zalando.Set(string(c), key, value) }
func (c credentials) Delete(key string) error        { return zalando.Delete(string(c), key) }

// probe reads an item that does not exist: CredRead fails with
// ERROR_NO_SUCH_LOGON_SESSION (1312) where no credentials are kept: in WinRM
// and SSH sessions and in some scheduled tasks.
func (c credentials) probe(context.Context) error {
	_, err := c.Get("probe")
	if err == nil || errors.Is(err, zalando.ErrNotFound) {
		return nil
	}
	return err
}

func kind(err error) error {
	switch {
	case errors.Is(err, zalando.ErrNotFound), errors.Is(err, errorNotFound):
		return ErrNotFound
	case errors.Is(err, zalando.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, errorAccessDenied):
		return ErrDenied
	}
	return ErrUnavailable // ERROR_NO_SUCH_LOGON_SESSION and whatever else
}
