package kit

import (
	"image/color"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Entry is a field for one line of text.
type Entry struct {
	widget.Entry
	OnFocus func()
	OnLeave func() // it lost the keyboard
	// Keys gets shortcuts first; true means taken. Fyne's entry would swallow
	// those that it does not know.
	Keys func(fyne.Shortcut) bool
	// OnKey gets keys first; true means taken.
	OnKey func(fyne.KeyName) bool

	ring  *canvas.Rectangle
	edge  *canvas.Rectangle // in the colour of a failure while the text is wrong
	wrong bool
	show  *Button // of a password
	look  func()  // brings it in sight; may be nil
}

// NewEntry returns a field for a line of text.
func NewEntry() *Entry {
	e := &Entry{}
	e.Scroll = fyne.ScrollHorizontalOnly
	e.ExtendBaseWidget(e)
	return e
}

// NewPassword returns a field for a password, with a button that shows what was
// typed.
func NewPassword() *Entry {
	e := &Entry{}
	e.Scroll = fyne.ScrollHorizontalOnly
	e.Password = true
	e.show = NewSmallButton("Show", e.reveal)
	e.ActionItem = Inset(5, Gap1, 5, 0, e.show)
	e.ExtendBaseWidget(e)
	return e
}

// Fill puts a text into the field, with the caret behind it.
func (e *Entry) Fill(text string) {
	e.SetText(text)
	e.CursorColumn = utf8.RuneCountInString(text)
	e.Refresh()
}

// IsPassword reports whether the field is for a password, shown or not.
func (e *Entry) IsPassword() bool { return e.show != nil }

func (e *Entry) reveal() {
	e.Password = !e.Password
	e.show.SetText("Show")
	if !e.Password {
		e.show.SetText("Hide")
	}
	e.Refresh()
}

// Forget empties the field without a word to OnChanged, and hides what is typed
// next. A password does not stay in a widget that nobody looks at.
func (e *Entry) Forget() {
	e.OnChanged = nil
	e.SetText("")
	if !e.Password && e.show != nil {
		e.reveal()
	}
}

// SetWrong marks the text as wrong, or as right again.
func (e *Entry) SetWrong(wrong bool) {
	if e.wrong != wrong {
		e.wrong = wrong
		e.Refresh()
	}
}

// CreateRenderer draws Fyne's entry and the focus ring around it.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	e.ring, e.edge = newRing(), canvas.NewRectangle(color.Transparent)
	e.edge.CornerRadius, e.edge.StrokeWidth, e.edge.Hidden = radius, 1, true
	return &entryFace{e.Entry.CreateRenderer(), e}
}

type entryFace struct {
	fyne.WidgetRenderer
	entry *Entry
}

func (f *entryFace) Objects() []fyne.CanvasObject {
	return append(f.WidgetRenderer.Objects(), f.entry.edge, f.entry.ring)
}

func (f *entryFace) Layout(size fyne.Size) {
	f.WidgetRenderer.Layout(size)
	f.entry.edge.Resize(size)
	placeRing(f.entry.ring, size, ringOutside)
}

func (f *entryFace) Refresh() {
	f.entry.edge.StrokeColor, f.entry.edge.Hidden = colour(f.entry, Fails), !f.entry.wrong
	f.entry.edge.Refresh()
	f.WidgetRenderer.Refresh()
}

// MinSize is that of a button, so that fields and buttons line up.
func (f *entryFace) MinSize() fyne.Size {
	return f.WidgetRenderer.MinSize().Max(fyne.NewSize(0, LineHeight))
}

// FocusGained shows the focus ring.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	e.showRing(true)
	if e.OnFocus != nil {
		e.OnFocus()
	}
	if e.look != nil {
		e.look()
	}
}

func (e *Entry) revealBy(reveal func()) {
	e.look = reveal
	if e.show != nil {
		e.show.revealBy(reveal)
	}
}

// FocusLost hides the focus ring and says that the field was left.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	e.showRing(false)
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

func (e *Entry) showRing(focused bool) {
	if e.ring != nil {
		showRing(e.ring, e, focused)
	}
}

// TypedKey passes on the keys that a line of text has no use for.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(key.Name) {
		return
	}
	switch key.Name {
	case fyne.KeyEscape, fyne.KeyPageUp, fyne.KeyPageDown:
		passOn(e, key)
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedShortcut lets the window have its shortcuts, and keeps what is pasted to
// a line.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if paste, ok := s.(*fyne.ShortcutPaste); ok {
		s = &fyne.ShortcutPaste{Clipboard: oneLine{paste.Clipboard}}
	}
	if e.Keys == nil || !e.Keys(s) {
		e.Entry.TypedShortcut(s)
	}
}

// mostPasted is how much of a pasted text is taken, in characters. It is more
// than any field allows, so that the field says that the text is too long, and
// less than what would keep the window busy.
const mostPasted = 4096

// oneLine is a clipboard whose content fits a field: without the line break at
// the end that terminals and tables leave there, and not a whole file.
type oneLine struct{ fyne.Clipboard }

func (o oneLine) Content() string {
	text := strings.TrimRight(o.Clipboard.Content(), "\r\n")
	if len(text) > mostPasted*utf8.UTFMax {
		text = text[:mostPasted*utf8.UTFMax] // at least as many characters as are kept
	}
	runes := []rune(text)
	return string(runes[:min(len(runes), mostPasted)])
}
