package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// List is a list of rows of one height of which only those in sight exist, so
// that thousands cost what ten do. Up and Down, Home and End move, Enter opens.
type List struct {
	widget.List
	OnOpen func(row int)
	OnKey  func(row int, key fyne.KeyName) bool // keys beside those; true means taken
	OnRune func(r rune)                         // what is typed, beside spaces

	height  float32
	at      int
	focused bool
}

// NewList returns a list. update draws a row into what create made; current says
// that the row has the keyboard.
func NewList(height float32, length func() int, create func() fyne.CanvasObject, update func(row int, o fyne.CanvasObject, current bool)) *List {
	l := &List{height: height}
	l.Length = length
	l.CreateItem = create
	l.UpdateItem = func(row int, o fyne.CanvasObject) { update(row, o, l.focused && row == l.at) }
	l.HideSeparators = true
	l.OnSelected = func(row int) {
		l.UnselectAll()
		l.at = row
		l.open()
	}
	l.ExtendBaseWidget(l)
	return l
}

// Framed returns the list without the space that Fyne puts between rows.
func (l *List) Framed() fyne.CanvasObject {
	return container.NewThemeOverride(l, sized{theme.Current(), map[fyne.ThemeSizeName]float32{
		theme.SizeNamePadding: 0, theme.SizeNameSelectionRadius: 0,
	}})
}

// Go moves to a row.
func (l *List) Go(row int) {
	l.at = max(0, min(row, l.Length()-1))
	l.ScrollTo(l.at)
	l.Refresh()
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

// TypedKey moves and opens.
func (l *List) TypedKey(e *fyne.KeyEvent) {
	pageful := max(1, int(l.Size().Height/l.height)-1)
	switch e.Name {
	case fyne.KeyDown:
		l.Go(l.at + 1)
	case fyne.KeyUp:
		l.Go(l.at - 1)
	case fyne.KeyPageDown:
		l.Go(l.at + pageful)
	case fyne.KeyPageUp:
		l.Go(l.at - pageful)
	case fyne.KeyHome:
		l.Go(0)
	case fyne.KeyEnd:
		l.Go(l.Length() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		l.open()
	default:
		if l.OnKey == nil || !l.OnKey(l.at, e.Name) {
			passOn(l, e)
		}
	}
}
