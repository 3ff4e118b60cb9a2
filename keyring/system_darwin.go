package keyring

import (
	"context"
	"errors"
	"os/exec"

	zalando "github.com/zalando/go-keyring"
)

func osKeyring(service string) store {
	items := keychain(service)
	return store{name: "Keychain", items: items, probe: items.probe, kind: kind}
}

type keychain string

func (k keychain) Get(key string) (string, error) { return zalando.Get(string(k), key) }
func (k keychain) Set(key, value string) error    { return zalando.Set(string(k), key, value) }
func (k keychain) Delete(key string) error        { return zalando.Delete(string(k), key) }

// probe reads an item that does not exist, which asks nobody anything.
func (k keychain) probe(context.Context) error {
	_, err := k.Get("probe")
	if err == nil || errors.Is(err, zalando.ErrNotFound) {
		return nil
	}
	return err
}

func kind(err error) error {
	switch {
	case errors.Is(err, zalando.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, zalando.ErrSetDataTooBig):
		return ErrTooBig
	}
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		return kindOfExit(e.ExitCode())
	}
	return ErrUnavailable
}
