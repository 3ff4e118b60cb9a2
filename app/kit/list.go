package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Pick is a way to pick rows for what is done with several at once.
type Pick int

// The ways to pick.
const (
	PickOne   Pick = iota // the row, or no longer: Space, Ctrl and a click
	PickStart             // where a range may start, unless one was picked before
	PickRange             // the rows from the last one that was picked: Shift and an arrow or a click
	PickAll               // Ctrl+A
)

// List is a list of rows of one height of which only those in sight exist, so
// that thousands cost what ten do. Up and Down, Home and End move, Enter opens.
type List struct {
	widget.List
	OnOpen func(row int)
	OnPick func(row int, how Pick)
	OnKey  func(row int, key fyne.KeyName) bool // keys beside those; true means taken
	OnRune func(r rune)                         // what is typed, beside spaces
	OnMove func(row int)                        // the keyboard has come to a row
	// Keys gets shortcuts beside Ctrl+A.
	Keys func(fyne.Shortcut) bool
	// Modifiers are the keys that are held down.
	Modifiers func() fyne.KeyModifier

	height  float32
	at      int
	focused bool
}

// NewList returns a list. update draws a row into what create made; current says
// that the row has the keyboard.
func NewList(height float32, length func() int, create func() fyne.CanvasObject, update func(row int, o fyne.CanvasObject, current bool)) *List {
	l := &List{height: height, Modifiers: modifiers}
	l.Length = length
	l.CreateItem = create
	l.UpdateItem = func(row int, o fyne.CanvasObject) { update(row, o, l.focused && row == l.at) }
	l.HideSeparators = true
	l.OnSelected = func(row int) {
		l.UnselectAll()
		l.Press(row)
	}
	l.ExtendBaseWidget(l)
	return l
}

// modifiers asks the driver, where it is one with a keyboard.
func modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// Framed returns the list without the space that Fyne puts between rows.
func (l *List) Framed() fyne.CanvasObject {
	return container.NewThemeOverride(l, sized{theme.Current(), map[fyne.ThemeSizeName]float32{
		theme.SizeNamePadding: 0, theme.SizeNameSelectionRadius: 0,
	}})
}

// At returns the row that has the keyboard, or would have it.
func (l *List) At() int { return l.at }

// SetAt says which row has the keyboard, and scrolls nowhere.
func (l *List) SetAt(row int) { l.at = max(0, min(row, l.Length()-1)) }

// Go moves to a row.
func (l *List) Go(row int) {
	l.SetAt(row)
	l.ScrollTo(l.at)
	l.Refresh()
	if l.OnMove != nil {
		l.OnMove(l.at)
	}
}

// Press is a click on a row: it opens it, or picks it while Ctrl or Shift is held
// down.
func (l *List) Press(row int) {
	held := l.Modifiers()
	l.at = row
	switch {
	case l.OnPick != nil && held&fyne.KeyModifierShift != 0:
		l.OnPick(row, PickRange)
	case l.OnPick != nil && held&fyne.KeyModifierShortcutDefault != 0:
		l.OnPick(row, PickOne)
	default:
		l.open()
	}
}

func (l *List) open() {
	if l.OnOpen != nil && l.at < l.Length() {
		l.OnOpen(l.at)
	}
}

// FocusGained shows which row has the keyboard.
func (l *List) FocusGained() {
	l.focused = true
	l.Go(l.at)
}

// FocusLost hides it.
func (l *List) FocusLost() {
	l.focused = false
	l.Refresh()
}

// TypedRune hands on what is typed. A space is a key here.
func (l *List) TypedRune(r rune) {
	if l.OnRune != nil && r != ' ' {
		l.OnRune(r)
	}
}

// TypedShortcut picks all rows with Ctrl+A, and hands on the rest.
func (l *List) TypedShortcut(s fyne.Shortcut) {
	if _, all := s.(*fyne.ShortcutSelectAll); all && l.OnPick != nil {
		l.OnPick(l.at, PickAll)
	} else if l.Keys != nil {
		l.Keys(s)
	}
}

// TypedKey moves, picks and opens.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	pageful := max(1, int(l.Size().Height/l.height)-1)
	switch e.Name {
	case fyne.KeyDown:
		l.move(l.at + 1)
	case fyne.KeyUp:
		l.move(l.at - 1)
	case fyne.KeyPageDown:
		l.move(l.at + pageful)
	case fyne.KeyPageUp:
		l.move(l.at - pageful)
	case fyne.KeyHome:
		l.move(0)
	case fyne.KeyEnd:
		l.move(l.Length() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open()
	default:
		if l.OnKey == nil || !l.OnKey(l.at, e.Name) {
			passOn(l, e)
		}
	}
}

// move goes to a row, and picks on the way there while Shift is held down.
func (l *List) move(row int) {
	from := l.at
	l.Go(row)
	if l.OnPick != nil && l.Modifiers()&fyne.KeyModifierShift != 0 {
		l.OnPick(from, PickStart)
		l.OnPick(l.at, PickRange)
	}
}
