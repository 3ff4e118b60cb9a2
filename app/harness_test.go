package app

import (
	"context"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fairlead/assets"
	"fairlead/connectors"
	"fairlead/connectors/sqlite"
	"fairlead/keyring"
	"fairlead/lab"
	"fairlead/providers"
	"fairlead/workspace"
)

// today is the clock of the tests.
var today = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// harness is a window on the test driver, whose work is done at once.
type harness struct {
	t      *testing.T
	app    *App
	world  *workspace.Workspace
	fake   *fakeProvider
	canvas fyne.Canvas
	trace  []string
	later  []func() // work that waits, when held
	held   bool
}

// options of a harness.
type setup struct {
	lab     bool
	variant string
	before  func(w *workspace.Workspace) // fills the registry
}

func open(t *testing.T, o setup) *harness {
	t.Helper()
	t.Setenv("TZ", "UTC")
	h := &harness{t: t, fake: &fakeProvider{}}
	h.world = testWorld(t, h.fake, o.lab)
	if o.before != nil {
		o.before(h.world)
	}
	a := test.NewTempApp(t)
	if o.variant == "" {
		o.variant = "light"
	}
	h.app = New(a, h.world, Options{
		Variant: o.variant, Now: func() time.Time { return today },
		UI: func(f func()) { f() },
		Spawn: func(f func()) {
			if h.held {
				h.later = append(h.later, f)
			} else {
				f()
			}
		},
		Trace: func(name string) { h.trace = append(h.trace, name) },
	})
	h.canvas = h.app.window.Canvas()
	h.app.window.Resize(fyne.NewSize(windowWidth, windowHeight))
	t.Cleanup(h.app.window.Close)
	return h
}

func testWorld(t *testing.T, p providers.Provider, inLab bool) *workspace.Workspace {
	t.Helper()
	registry, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "connectors.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { registry.Close() })
	catalogue, err := assets.LoadCatalogue()
	if err != nil {
		t.Fatal(err)
	}
	ring := keyring.Memory()
	w := &workspace.Workspace{
		Keeper: &connectors.Keeper{
			Registry: registry, Keyring: ring, Session: keyring.Memory(),
			Now: func() time.Time { return today }, Holder: `MAIL01\anna`,
		},
		Catalogue: catalogue, Providers: []providers.Provider{p}, Env: providers.Env{Keyring: ring},
	}
	if inLab {
		w.Lab = &lab.Lab{}
	}
	return w
}

// release does the work that was held.
func (h *harness) release() {
	h.held = false
	for _, f := range h.later {
		f()
	}
	h.later = nil
}

// key types a key into what has the keyboard.
func (h *harness) key(names ...fyne.KeyName) {
	h.t.Helper()
	for _, name := range names {
		switch {
		case name == fyne.KeyTab:
			test.FocusNext(h.canvas)
		case h.canvas.Focused() == nil:
			h.canvas.OnTypedKey()(&fyne.KeyEvent{Name: name})
		default:
			h.canvas.Focused().TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
}

// shortcut types a combination, as the window's driver does: what has the
// keyboard gets it first.
func (h *harness) shortcut(name fyne.KeyName, modifier fyne.KeyModifier) {
	h.t.Helper()
	s := &desktop.CustomShortcut{KeyName: name, Modifier: modifier}
	if focused, ok := h.canvas.Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(s)
		return
	}
	h.app.takeShortcut(s) // as the canvas would; that of the test driver takes none
}

// typed types text into what has the keyboard.
func (h *harness) typed(text string) {
	h.t.Helper()
	if h.canvas.Focused() == nil {
		h.t.Fatalf("nothing has the keyboard; the trace is %v", h.trace)
	}
	test.Type(h.canvas.Focused(), text)
}

// at fails the test unless the last trace is the one wanted.
func (h *harness) at(want string) {
	h.t.Helper()
	if len(h.trace) == 0 || h.trace[len(h.trace)-1] != want {
		h.t.Fatalf("the window is at %v, want %q at the end", h.trace, want)
	}
}

// saw reports whether a trace was written.
func (h *harness) saw(name string) bool { return slices.Contains(h.trace, name) }

// shot writes a picture of the window where FAIRLEAD_SHOTS says, for looking at.
func (h *harness) shot(name string) {
	h.t.Helper()
	dir := os.Getenv("FAIRLEAD_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, h.canvas.Capture()); err != nil {
		h.t.Fatal(err)
	}
}
