//go:build !linux && !windows && !darwin

package keyring

import "context"

func osKeyring(string) store {
	return store{
		name: "keyring", items: none{},
		probe: func(context.Context) error { return ErrUnavailable },
		kind:  func(error) error { return ErrUnavailable },
	}
}

// none is the keyring of systems that Fairlead does not know.
type none struct{}

func (none) Get(string) (string, error) { return "", ErrUnavailable }
func (none) Set(string, string) error   { return ErrUnavailable }
func (none) Delete(string) error        { return ErrUnavailable }
