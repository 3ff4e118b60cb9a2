package app

import (
	"context"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"fairlead/app/kit"
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
	t      testing.TB
	app    *App
	world  *workspace.Workspace
	fake   *fakeProvider
	dir    string // where the registry is
	canvas fyne.Canvas
	trace  []string
	later  []func() // work that waits, when held
	held   bool
	now    time.Time
	timers []*timer // what is to run later
	closed bool
}

// options of a harness.
type setup struct {
	lab     bool
	variant string
	before  func(w *workspace.Workspace) // fills the registry
}

func open(t testing.TB, o setup) *harness {
	t.Helper()
	t.Setenv("TZ", "UTC")
	h := &harness{t: t, fake: &fakeProvider{}, dir: t.TempDir(), now: today}
	h.world = testWorld(t, h.fake, h.dir, o.lab)
	if o.before != nil {
		o.before(h.world)
	}
	a := test.NewTempApp(t)
	if o.variant == "" {
		o.variant = "light"
	}
	h.app = New(a, h.world, Options{
		Variant: o.variant, Now: func() time.Time { return h.now },
		UI: func(f func()) { f() },
		Spawn: func(f func()) {
			if h.held {
				h.later = append(h.later, f)
			} else {
				f()
			}
		},
		After: func(d time.Duration, f func()) func() {
			later := &timer{h.now.Add(d), f}
			h.timers = append(h.timers, later)
			return func() { h.stop(later) }
		},
		Trace: func(name string) { h.trace = append(h.trace, name) },
	})
	h.canvas = h.app.window.Canvas()
	h.app.window.Resize(fyne.NewSize(windowWidth, windowHeight))
	h.app.window.SetOnClosed(func() { h.closed = true })
	t.Cleanup(func() {
		if !h.closed {
			h.app.window.Close()
		}
	})
	return h
}

func testWorld(t testing.TB, p providers.Provider, dir string, inLab bool) *workspace.Workspace {
	t.Helper()
	registry, err := sqlite.Open(context.Background(), filepath.Join(dir, "connectors.db"))
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
		Log: slog.New(slog.DiscardHandler),
	}
	if inLab {
		w.Lab = &lab.Lab{}
	}
	return w
}

// timer is something that runs when its time has come.
type timer struct {
	due time.Time
	run func()
}

func (h *harness) stop(t *timer) {
	h.timers = slices.DeleteFunc(h.timers, func(other *timer) bool { return other == t })
}

// pass lets time go by.
func (h *harness) pass(d time.Duration) {
	end := h.now.Add(d)
	for len(h.timers) > 0 {
		next := slices.MinFunc(h.timers, func(a, b *timer) int { return a.due.Compare(b.due) })
		if next.due.After(end) {
			break
		}
		h.stop(next)
		h.now = next.due
		next.run()
	}
	h.now = end
}

// step does the first of the work that was held.
func (h *harness) step() {
	f := h.later[0]
	h.later = h.later[1:]
	f()
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
			h.canvas.FocusNext()
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

// root is what has to be answered first: the dialog or menu on top, or else the
// window's content.
func (h *harness) root() fyne.CanvasObject {
	if top := h.canvas.Overlays().Top(); top != nil {
		return top
	}
	return h.canvas.Content()
}

// visible returns every object that can be seen, in the order of drawing.
func (h *harness) visible() (all []fyne.CanvasObject) {
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		all = append(all, o)
		var inner []fyne.CanvasObject
		switch o := o.(type) {
		case *fyne.Container:
			inner = o.Objects
		case fyne.Widget:
			inner = test.WidgetRenderer(o).Objects()
		}
		for _, o := range inner {
			walk(o)
		}
	}
	walk(h.root())
	return all
}

// sees reports whether a text can be read, wherever it wraps.
func (h *harness) sees(text string) bool {
	var words []string
	for _, o := range h.visible() {
		if t, ok := o.(*canvas.Text); ok {
			words = append(words, strings.Fields(t.Text)...)
		}
	}
	return strings.Contains(strings.Join(words, ""), strings.Join(strings.Fields(text), ""))
}

// mustSee fails the test unless all the texts can be read.
func (h *harness) mustSee(texts ...string) {
	h.t.Helper()
	for _, text := range texts {
		if !h.sees(text) {
			h.t.Errorf("%q cannot be read at %v", text, h.trace[len(h.trace)-1])
		}
	}
}

// button returns a button that can be seen, by its text.
func (h *harness) button(text string) *kit.Button {
	h.t.Helper()
	for _, o := range h.visible() {
		if b, ok := o.(*kit.Button); ok && b.Text() == text {
			return b
		}
	}
	h.t.Fatalf("no button says %q", text)
	return nil
}

// press gives a button the keyboard and presses Enter.
func (h *harness) press(text string) {
	h.t.Helper()
	h.canvas.Focus(h.button(text))
	h.key(fyne.KeyReturn)
}

// entry returns the field that has the keyboard.
func (h *harness) entry() *kit.Entry {
	h.t.Helper()
	e, ok := h.canvas.Focused().(*kit.Entry)
	if !ok {
		h.t.Fatalf("%T has the keyboard, want a field", h.canvas.Focused())
	}
	return e
}

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
