//go:build realkeyring

package keyring_test

import (
	"sync/atomic"
	"testing"

	"github.com/godbus/dbus/v5"
)

const (
	secretsPath = dbus.ObjectPath("/org/freedesktop/secrets")
	loginPath   = secretsPath + "/collection/login"
	sessionPath = secretsPath + "/session/1"
	promptPath  = secretsPath + "/prompt/1"
)

// prompter is a Secret Service with one empty collection that is locked. To
// unlock it, it asks a person, who is the test.
type prompter struct {
	conn     *dbus.Conn
	asked    chan struct{} // one for each prompt that was shown
	unlocked atomic.Bool
	created  atomic.Int32 // how many items were written
}

func servePrompts(t *testing.T) *prompter {
	t.Helper()
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	p := &prompter{conn: conn, asked: make(chan struct{}, 8)}
	for _, export := range []struct {
		object any
		path   dbus.ObjectPath
		iface  string
	}{
		{promptService{p}, secretsPath, "org.freedesktop.Secret.Service"},
		{promptProperties{p}, secretsPath, "org.freedesktop.DBus.Properties"},
		{promptCollection{p}, loginPath, "org.freedesktop.Secret.Collection"},
		{promptProperties{p}, loginPath, "org.freedesktop.DBus.Properties"},
		{promptSession{}, sessionPath, "org.freedesktop.Secret.Session"},
		{promptWindow{p}, promptPath, "org.freedesktop.Secret.Prompt"},
	} {
		if err := conn.Export(export.object, export.path, export.iface); err != nil {
			t.Fatal(err)
		}
	}
	reply, err := conn.RequestName("org.freedesktop.secrets", dbus.NameFlagDoNotQueue)
	if err != nil || reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatalf("the name is taken: %v %v", reply, err)
	}
	return p
}

// unlock is the person typing the right password.
func (p *prompter) unlock(t *testing.T) {
	p.unlocked.Store(true)
	p.complete(t, false, []dbus.ObjectPath{loginPath})
}

// closePrompt is the person closing the window.
func (p *prompter) closePrompt(t *testing.T) { p.complete(t, true, []dbus.ObjectPath{}) }

func (p *prompter) lock() { p.unlocked.Store(false) }

func (p *prompter) complete(t *testing.T, dismissed bool, paths []dbus.ObjectPath) {
	t.Helper()
	err := p.conn.Emit(promptPath, "org.freedesktop.Secret.Prompt.Completed", dismissed, dbus.MakeVariant(paths))
	if err != nil {
		t.Fatal(err)
	}
}

type promptService struct{ p *prompter }

func (s promptService) OpenSession(string, dbus.Variant) (dbus.Variant, dbus.ObjectPath, *dbus.Error) {
	return dbus.MakeVariant(""), sessionPath, nil
}

func (s promptService) Unlock(paths []dbus.ObjectPath) ([]dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	if s.p.unlocked.Load() {
		return paths, "/", nil
	}
	return []dbus.ObjectPath{}, promptPath, nil
}

type promptProperties struct{ p *prompter }

func (s promptProperties) Get(_, name string) (dbus.Variant, *dbus.Error) {
	if name == "Collections" {
		return dbus.MakeVariant([]dbus.ObjectPath{loginPath}), nil
	}
	return dbus.MakeVariant(!s.p.unlocked.Load()), nil
}

type promptCollection struct{ p *prompter }

func (s promptCollection) SearchItems(map[string]string) ([]dbus.ObjectPath, *dbus.Error) {
	return []dbus.ObjectPath{}, nil
}

// wireSecret is the struct in which the Secret Service takes a secret.
type wireSecret struct {
	Session           dbus.ObjectPath
	Parameters, Value []byte
	ContentType       string
}

func (s promptCollection) CreateItem(
	map[string]dbus.Variant, wireSecret, bool,
) (dbus.ObjectPath, dbus.ObjectPath, *dbus.Error) {
	s.p.created.Add(1)
	return loginPath + "/1", "/", nil
}

type promptSession struct{}

func (promptSession) Close() *dbus.Error { return nil }

type promptWindow struct{ p *prompter }

func (w promptWindow) Prompt(string) *dbus.Error {
	w.p.asked <- struct{}{}
	return nil
}
