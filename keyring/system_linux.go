package keyring

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/godbus/dbus/v5"
	zalando "github.com/zalando/go-keyring"
)

// Names of the Secret Service interface,
// https://specifications.freedesktop.org/secret-service/latest/.
const (
	secretsName       = "org.freedesktop.secrets"
	secretsPath       = "/org/freedesktop/secrets"
	secretsInterface  = "org.freedesktop.Secret.Service"
	secretsCollection = "org.freedesktop.Secret.Collection"
	loginCollection   = dbus.ObjectPath("/org/freedesktop/secrets/collection/login")
	noObject          = dbus.ObjectPath("/")
)

var (
	errNoBus        = errors.New("this session has no D-Bus session bus")
	errNoCollection = errors.New("the Secret Service has no default keyring yet")
)

func osKeyring(service string) store {
	return store{name: "Secret Service", items: secretService(service), probe: probe, kind: kind}
}

// secretService keeps items by way of go-keyring, once it is certain that a
// session bus exists: go-keyring would start one that outlives the program.
type secretService string

func (s secretService) Get(key string) (string, error) {
	if err := busExists(); err != nil {
		return "", err
	}
	return zalando.Get(string(s), key)
}

func (s secretService) Set(key, value string) error {
	if err := busExists(); err != nil {
		return err
	}
	return zalando.Set(string(s), key, value)
}

func (s secretService) Delete(key string) error {
	if err := busExists(); err != nil {
		return err
	}
	return zalando.Delete(string(s), key)
}

func busExists() error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return errors.Join(errNoBus, err)
	}
	return conn.Close()
}

// probe asks whether the collection that go-keyring uses is there and
// unlocked. It reads properties only, which never prompts.
func probe(ctx context.Context) error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return errors.Join(errNoBus, err)
	}
	defer func() { _ = conn.Close() }()
	if err := errors.Join(conn.Auth(nil), conn.Hello()); err != nil {
		return errors.Join(errNoBus, err)
	}
	collection, err := defaultCollection(ctx, conn)
	if err != nil {
		return err
	}
	var locked bool
	if err := property(ctx, conn, collection, secretsCollection, "Locked", &locked); err != nil {
		return err
	}
	if locked {
		return ErrLocked
	}
	return nil
}

// defaultCollection is the collection "login" where there is one, else what
// the alias "default" stands for.
func defaultCollection(ctx context.Context, conn *dbus.Conn) (dbus.ObjectPath, error) {
	var all []dbus.ObjectPath
	if err := property(ctx, conn, secretsPath, secretsInterface, "Collections", &all); err != nil {
		return "", err
	}
	for _, path := range all {
		if path == loginCollection {
			return path, nil
		}
	}
	var path dbus.ObjectPath
	call := conn.Object(secretsName, secretsPath).CallWithContext(ctx, secretsInterface+".ReadAlias", 0, "default")
	if err := call.Store(&path); err != nil {
		return "", err
	}
	if path == noObject {
		return "", errNoCollection
	}
	return path, nil
}

func property(ctx context.Context, conn *dbus.Conn, path dbus.ObjectPath, iface, name string, value any) error {
	var variant dbus.Variant
	call := conn.Object(secretsName, path).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, iface, name)
	if err := call.Store(&variant); err != nil {
		return err
	}
	return variant.Store(value)
}

// kind maps by the type of an error and the name of a D-Bus error. go-keyring
// has only text for a keyring that stayed locked; there the keyring itself is
// asked for its state.
func kind(err error) error {
	if e, ok := errors.AsType[dbus.Error](err); ok {
		return kindOfName(e.Name)
	}
	if _, ok := errors.AsType[net.Error](err); ok || errors.Is(err, errNoBus) || errors.Is(err, errNoCollection) ||
		errors.Is(err, dbus.ErrClosed) || errors.Is(err, zalando.ErrUnsupportedPlatform) {
		return ErrUnavailable
	}
	switch {
	case errors.Is(err, zalando.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, zalando.ErrSetDataTooBig):
		return ErrTooBig
	}
	return kindOfState()
}

func kindOfName(name string) error {
	switch name {
	case "org.freedesktop.Secret.Error.IsLocked":
		return ErrLocked
	case "org.freedesktop.Secret.Error.NoSuchObject":
		return ErrNotFound
	case "org.freedesktop.DBus.Error.AccessDenied", "org.freedesktop.DBus.Error.AuthFailed":
		return ErrDenied
	case "org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.NoReply":
		return ErrTimeout
	case "org.freedesktop.DBus.Error.LimitsExceeded":
		return ErrTooBig
	}
	return ErrUnavailable
}

// kindOfState judges a failure by the state that the keyring is in.
func kindOfState() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	switch err := probe(ctx); {
	case err == nil:
		return ErrDenied // usable, and refused all the same
	case errors.Is(err, ErrLocked):
		return ErrLocked
	}
	return ErrUnavailable
}
