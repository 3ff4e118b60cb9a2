package app

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fairlead/app/kit"
)

// shortcut is what a combination of keys asks for.
type shortcut struct {
	action shortcutAction
	number int // of a step, from 1
}

type shortcutAction int

const (
	goBack shortcutAction = iota + 1
	goOn
	goToStep
	findText
	lookAgain
	quit
)

// shortcuts are the combinations of the window. On macOS Option and an arrow
// move by words inside a field, so Back has the system's own combination there.
func shortcuts() map[desktop.CustomShortcut]shortcut {
	ctrl := fyne.KeyModifierShortcutDefault
	back := desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt}
	if runtime.GOOS == "darwin" {
		back = desktop.CustomShortcut{KeyName: fyne.KeyLeftBracket, Modifier: ctrl}
	}
	keys := map[desktop.CustomShortcut]shortcut{
		back: {action: goBack},
		{KeyName: fyne.KeyReturn, Modifier: ctrl}: {action: goOn},
		{KeyName: fyne.KeyEnter, Modifier: ctrl}:  {action: goOn},
		{KeyName: fyne.KeyF, Modifier: ctrl}:      {action: findText},
		{KeyName: fyne.KeyR, Modifier: ctrl}:      {action: lookAgain},
		{KeyName: fyne.KeyQ, Modifier: ctrl}:      {action: quit},
	}
	for i, key := range []fyne.KeyName{
		fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6, fyne.Key7, fyne.Key8, fyne.Key9,
	} {
		keys[desktop.CustomShortcut{KeyName: key, Modifier: ctrl}] = shortcut{action: goToStep, number: i + 1}
	}
	return keys
}

// listenToKeys takes the shortcuts where no widget does, and the keys that
// nothing has a use for.
func (a *App) listenToKeys() {
	c := a.window.Canvas()
	for keys := range shortcuts() {
		c.AddShortcut(&keys, func(s fyne.Shortcut) { a.takeShortcut(s) })
	}
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		switch e.Name {
		case fyne.KeyEscape:
			if a.folder != nil {
				a.folder.Hide() // Fyne's dialogs do not know the key
			} else {
				kit.Escape(c)
			}
		case fyne.KeyF5:
			if c.Overlays().Top() == nil {
				a.screen.press(shortcut{action: lookAgain})
			}
		case fyne.KeyPageUp, fyne.KeyPageDown:
			if c.Overlays().Top() == nil {
				a.screen.scroll(e.Name == fyne.KeyPageDown)
			} else {
				kit.ScrollDialog(c, e.Name == fyne.KeyPageDown)
			}
		}
	})
}

// takeShortcut does what a shortcut asks for, unless a dialog is open.
func (a *App) takeShortcut(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok || a.window.Canvas().Overlays().Top() != nil {
		return false
	}
	k, ok := shortcuts()[*custom]
	if ok && k.action == quit {
		a.close()
		return true
	}
	return ok && a.screen.press(k)
}
