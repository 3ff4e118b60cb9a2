// Package app is Fairlead's window.
//
// The rules of the window:
//
//   - A screen draws what the model says (a [page.Journey], a [check.Report], the
//     list of connectors) and hands in what was typed. It decides how things
//     look and nothing else.
//   - One screen a file. A constructor newXScreen builds it; its fields are the
//     widgets that change.
//   - Whatever takes time goes through [work]: it runs elsewhere, and its result
//     comes back through one call on the window's goroutine. No widget is
//     touched anywhere else.
//   - A state is a shape, a colour and a word, never a colour alone.
//   - Everything can be done by keyboard. Tab follows the reading order, Enter
//     goes on, Esc closes a dialog and nothing else, and what has the keyboard
//     wears a ring. Next is never switched off: it says what is missing.
//   - A password leaves its field for the journey's memory as it is typed, and
//     the field is emptied when its page is left. It is never put back.
//   - Distances are steps of four; beside the title there are two sizes of text.
//
// Nothing here imports fyne.io/fyne/v2/app, which needs cgo and a display, so
// that the window can be built and tested without either.
package app

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"

	"fairlead/app/kit"
	"fairlead/workspace"
)

// The size that the window opens with. Everything can be seen at it.
const (
	windowWidth  float32 = 900
	windowHeight float32 = 620
)

// Options say how the window behaves.
type Options struct {
	Variant string // "light", "dark", or empty for what the system prefers
	// Trace gets the name of each screen and wizard page once it stands in the
	// window, and of each state that somebody may wait for. It may be nil.
	Trace func(name string)
	// Painted makes Trace wait until what it names has been painted.
	Painted bool
	// Drawn is called once the first frame has been painted. It may be nil.
	Drawn func()
	// Terminal gives a command of the terminal program the options that lead it to the
	// same world; nil means that there are none.
	Terminal func(command string) string
	// UI runs something on the window's goroutine; nil means fyne.Do. Spawn runs
	// something elsewhere; nil means a new goroutine. Tests run both at once.
	UI, Spawn func(func())
	// After runs something later, unless it is stopped first; nil means
	// time.AfterFunc.
	After func(time.Duration, func()) (stop func())
	Now   func() time.Time // nil means time.Now
}

// App is the window and what it shows.
type App struct {
	world  *workspace.Workspace
	window fyne.Window
	opts   Options
	ctx    context.Context // ends with the window
	end    context.CancelFunc
	screen screen
	listed listPlace // where the list was left
	beat   *beat
	waits  map[string]*wait   // wizards that were left while they wait, by draft
	folder *dialog.FileDialog // while a folder or a file is being picked
	taking func(path string)  // what a dialog does with a file that is dropped
}

// screen is what the window shows, edge to edge.
type screen interface {
	name() string // for the trace
	content() fyne.CanvasObject
	shown() // it stands in the window now: give something the keyboard
	// press gets the shortcuts of keys.go while no dialog is open.
	press(k shortcut) bool
	// scroll moves by a window's height.
	scroll(down bool)
	// close is asked before the window closes; it calls then when it may.
	close(then func())
}

// leaver is a screen that has something to end when another takes its place.
type leaver interface{ left() }

// New makes the window on an application, and shows the list of connectors.
func New(a fyne.App, w *workspace.Workspace, o Options) *App {
	a.Settings().SetTheme(themeFor(o.Variant))
	if o.UI == nil {
		o.UI = fyne.Do
	}
	if o.Spawn == nil {
		o.Spawn = func(f func()) { go f() }
	}
	if o.After == nil {
		o.After = func(d time.Duration, f func()) func() {
			timer := time.AfterFunc(d, f)
			return func() { timer.Stop() }
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Trace == nil {
		o.Trace = func(string) {}
	}
	app := &App{world: w, opts: o, window: a.NewWindow(windowTitle(w)), beat: newBeat(o.Drawn)}
	app.ctx, app.end = context.WithCancel(context.Background())
	app.window.SetMaster()
	app.window.SetPadded(false)
	app.window.SetCloseIntercept(app.close)
	app.listenToKeys()
	app.window.SetOnDropped(app.dropped)
	app.window.Resize(fyne.NewSize(windowWidth, windowHeight))
	app.window.CenterOnScreen()
	app.showList("")
	return app
}

// Run shows the window and returns once it is closed.
func (a *App) Run() { a.window.ShowAndRun() }

func themeFor(variant string) fyne.Theme {
	t := kit.NewTheme()
	switch variant {
	case "light":
		return t.Fixed(theme.VariantLight)
	case "dark":
		return t.Fixed(theme.VariantDark)
	}
	return t
}

func windowTitle(w *workspace.Workspace) string {
	if w.Lab != nil {
		return "Fairlead (LAB)"
	}
	return "Fairlead"
}

// show puts a screen into the window.
func (a *App) show(s screen) {
	if old, ok := a.screen.(leaver); ok {
		old.left()
	}
	a.screen = s
	a.world.Log.Info("shown", "screen", s.name())
	a.window.SetContent(a.beat.over(s.content()))
	a.trace(s.name())
	s.shown()
}

func (a *App) trace(name string) {
	if a.opts.Painted {
		a.beat.after(func() { a.opts.Trace(name) })
	} else {
		a.opts.Trace(name)
	}
}

// close ends the program when the screen agrees.
func (a *App) close() {
	a.screen.close(func() {
		a.end()
		a.window.Close()
	})
}
