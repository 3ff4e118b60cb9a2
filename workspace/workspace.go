// Package workspace puts the parts together: the registry and the keyring, the
// providers, the catalogue, and either the real network or the lab. Both
// programs, the window and the terminal, begin by opening one.
package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/lab/entra"
	simulated "fairlead/lab/google"
	"fairlead/network"
	"fairlead/oauth"
	"fairlead/providers"
	"fairlead/providers/exchange"
	"fairlead/providers/google"
	"fairlead/providers/microsoft365"
	"fairlead/secret"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

// Options say which world to open.
type Options struct {
	Lab     bool             // use the simulated world; its connectors are kept apart
	Faults  []string         // of the lab
	Dir     string           // where the registry is; empty means the system's place
	Keyring keyring.Keyring  // instead of the system's
	Network *network.Network // instead of the system's
	Browser oauth.Browser    // instead of the system's
	// Registry is the address of a PostgreSQL database, which takes the place of
	// the file in Dir. The lab takes no notice of it.
	Registry string
	// Catalogue is a folder with services that stand beside or instead of those
	// that are built in. Empty means the folder "catalogue" beside the registry,
	// if there is one.
	Catalogue string
	// Proxy is a setting of [network.NewProxy], and Authorities a file of
	// certificates to trust; empty means what [ProxyVariable] and
	// [AuthoritiesVariable] say, or else the system. Neither concerns the lab.
	Proxy, Authorities string
	// CatchCrash makes the last words of a crash of this program go into a file
	// beside the log.
	CatchCrash bool
	// Language of the pages, as a two-letter code; empty means English.
	Language string
}

// Workspace is an open world.
type Workspace struct {
	Keeper    *connectors.Keeper
	Catalogue assets.Catalogue
	Providers []providers.Provider
	Env       providers.Env
	Network   *network.Network
	Lab       *lab.Lab // nil outside the lab
	Team      bool     // several people keep the registry
	Recovered []string // what an earlier run left behind and Open put right
	Log       *slog.Logger

	translation assets.Translation
	labKey      string // a file, in the lab
	log         io.Closer
	borrowed    bool
}

// ErrNeedsPassword says that a connector's password is not in a keyring that
// this program can read, so that it must be typed.
var ErrNeedsPassword = errors.New("the password of this connector is not in the keyring")

// Open opens the registry, puts right what an earlier run left behind, and
// starts the lab if it is asked for.
func Open(ctx context.Context, o Options) (_ *Workspace, err error) {
	catalogue, err := openCatalogue(o)
	if err != nil {
		return nil, err
	}
	if o.Lab {
		catalogue = lab.Applications(catalogue)
	}
	translation, err := assets.LoadTranslation(o.Language)
	if err != nil {
		return nil, err
	}
	w := &Workspace{
		Catalogue:   catalogue,
		Providers:   []providers.Provider{exchange.Provider{}, microsoft365.Provider{Catalogue: catalogue}, google.Provider{Catalogue: catalogue}},
		translation: translation,
	}
	defer func() {
		if err != nil {
			_ = w.Close()
		}
	}()
	if err := w.openLog(o); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			w.Log.Error("not opened", "error", err)
		}
	}()
	if w.Network, w.Lab, err = OpenNetwork(ctx, o); err != nil {
		return nil, err
	}
	if err := w.openKeeper(ctx, o); err != nil {
		return nil, err
	}
	if err := w.writeLabKey(o); err != nil {
		return nil, err
	}
	w.Env = providers.Env{
		Network: w.Network, Keyring: w.Keeper.Keyring, Registered: w.Keeper.CheckTenant, Sample: w.sample(),
		Browser: o.Browser, Language: o.Language, Say: translation.Say,
	}
	if w.Lab != nil {
		w.Env.BrowserURL = w.Lab.BrowserURL
	}
	if w.Env.Browser == nil {
		w.Env.Browser = oauth.SystemBrowser{System: runtime.GOOS, Getenv: os.Getenv}
	}
	w.logOpened(o)
	return w, nil
}

// Folder is where the registry is, and below it the log.
func (o Options) Folder() (string, error) {
	if o.Dir != "" {
		return o.Dir, nil
	}
	path, err := sqlite.DefaultPath()
	return filepath.Dir(path), err
}

// openCatalogue reads the services, the administrator's own among them.
func openCatalogue(o Options) (assets.Catalogue, error) {
	if o.Catalogue != "" {
		return assets.LoadCatalogue(o.Catalogue)
	}
	dir, err := o.Folder()
	if err != nil {
		return assets.Catalogue{}, err
	}
	own := filepath.Join(dir, "catalogue")
	if _, err := os.Stat(own); errors.Is(err, fs.ErrNotExist) {
		return assets.LoadCatalogue()
	}
	return assets.LoadCatalogue(own)
}

// openKeeper opens registry and keyring. The lab has a registry and a keyring
// service of its own, so that what is simulated never mixes with what is real.
func (w *Workspace) openKeeper(ctx context.Context, o Options) error {
	dir, err := o.Folder()
	if err != nil {
		return err
	}
	service := "fairlead"
	if o.Lab {
		dir, service = filepath.Join(dir, "lab"), "lab.fairlead"
	}
	registry, err := o.openRegistry(ctx, dir)
	if err != nil {
		return err
	}
	w.Team = o.Registry != "" && !o.Lab
	w.Keeper = &connectors.Keeper{
		Registry: registry, Keyring: o.Keyring, Session: keyring.Memory(), Now: time.Now, Holder: holder(),
	}
	if w.Keeper.Keyring == nil {
		w.Keeper.Keyring = keyring.System(service)
	}
	w.Recovered, err = w.Keeper.Recover(ctx)
	return err
}

// HolderVariable says who keeps secrets here, as HOST\user, where the system's own
// words will not do: because the computer is called another way from day to day.
const HolderVariable = "FAIRLEAD_HOLDER"

// holder names who keeps a secret on which computer, as HOST\user.
func holder() string {
	if name := os.Getenv(HolderVariable); name != "" {
		return name
	}
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	if u, err := user.Current(); err == nil {
		return host + `\` + filepath.Base(u.Username)
	}
	return host
}

// sample are answers that work in the lab.
func (w *Workspace) sample() map[string]string {
	if w.Lab == nil {
		return nil
	}
	return map[string]string{
		"exchange.address": lab.Address, "exchange.password": "in the lab: " + lab.Password,
		"exchange.mailbox":    lab.Mailbox,
		"microsoft365.tenant": entra.Tenants()[0].Domain, "microsoft365.verifier": entra.Verifier,
		"microsoft365.own-application": entra.Own,
		"google.customer":              simulated.CustomerID, "google.address": simulated.Mailbox, "google.key-file": w.labKey,
		"google.client": simulated.ServiceClient,
	}
}

// Borrowed is the same world for somebody who closes it afterwards, which does
// nothing.
func (w *Workspace) Borrowed() *Workspace {
	b := *w
	b.borrowed = true
	return &b
}

// Close ends the lab and closes the registry.
func (w *Workspace) Close() error {
	if w.borrowed {
		return nil
	}
	var errs []error
	if w.Keeper != nil && w.Keeper.Registry != nil {
		errs = append(errs, w.Keeper.Registry.Close())
	}
	if w.Lab != nil {
		errs = append(errs, w.Lab.Close())
	}
	if w.log != nil {
		errs = append(errs, w.log.Close())
	}
	return errors.Join(errs...)
}

// Provider returns a provider by id, or nil.
func (w *Workspace) Provider(id string) providers.Provider {
	for _, p := range w.Providers {
		if p.Info().ID == id {
			return p
		}
	}
	return nil
}

// NewConnector is the wizard that makes a connector.
func (w *Workspace) NewConnector() page.Flow {
	n := wizard.NewConnector{Catalogue: w.Catalogue, Providers: w.Providers, Env: w.Env, Keeper: w.Keeper, Team: w.Team}
	flow := n.Flow()
	flow.Say = w.translation.Say
	return flow
}

// KeyOf says which key a connector has in place of a password, or nothing.
func (w *Workspace) KeyOf(c connectors.Connector) string {
	if p, ok := w.Provider(c.Provider).(providers.Keyed); ok {
		return p.KeyOf(c.Settings)
	}
	return ""
}

// SecretName is what a connector's secret is called, as a label: "Password" or "Key".
func (w *Workspace) SecretName(c connectors.Connector) string {
	if w.KeyOf(c) != "" {
		return "Key"
	}
	return "Password"
}

// ReadKey makes the secret of a connector of what was given for it: of a connector
// with a key, the text of the key's file or the file's name; else as it is.
func (w *Workspace) ReadKey(c connectors.Connector, given secret.Secret) (secret.Secret, error) {
	if p, ok := w.Provider(c.Provider).(providers.Keyed); ok && p.KeyOf(c.Settings) != "" {
		return p.ReadKey(c.Settings, given)
	}
	return given, nil
}

// Test returns the connection test of a registered connector. Give the secret
// where the keyring has none, as for [Workspace.ReadKey]: [ErrNeedsPassword] says so.
// Record the report with the keeper's RecordTest.
func (w *Workspace) Test(ctx context.Context, c connectors.Connector, typed secret.Secret, o providers.TestOptions) (*check.Suite, error) {
	p := w.Provider(c.Provider)
	if p == nil {
		return nil, w.noProvider(c)
	}
	s := typed
	if !s.IsEmpty() {
		var err error
		if s, err = w.ReadKey(c, typed); err != nil {
			return nil, err
		}
	} else {
		stored, err := w.Keeper.Secret(ctx, c)
		switch {
		case errors.Is(err, keyring.ErrNotFound) || errors.Is(err, keyring.ErrUnavailable):
			return nil, fmt.Errorf("%w: %w", ErrNeedsPassword, err)
		case err != nil:
			return nil, fmt.Errorf("read the password of %s: %w", c.Name, err)
		}
		s = stored
	}
	suite, err := p.Test(w.Env, c.Settings, s, o)
	if err != nil {
		return nil, err
	}
	return w.logged(c, suite), nil
}
