package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is what everything that can be pressed has in common: the mouse, the
// keyboard, the focus, and being disabled. Widgets embed it.
type press struct {
	widget.BaseWidget
	OnPress func()
	OnFocus func()                  // it got the keyboard
	OnKey   func(fyne.KeyName) bool // keys beside Enter and Space; true means taken

	self     fyne.Focusable
	reveal   func() // brings it in sight; may be nil
	focused  bool
	hovered  bool
	disabled bool
}

// become finishes a widget that embeds press.
func (p *press) become(self interface {
	fyne.Widget
	fyne.Focusable
},
) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// Tapped presses it with the mouse, and gives it the keyboard.
func (p *press) Tapped(*fyne.PointEvent) {
	if p.disabled {
		return
	}
	Focus(p.self)
	p.press()
}

func (p *press) press() {
	if !p.disabled && p.OnPress != nil {
		p.OnPress()
	}
}

// TypedKey presses it with Enter or Space.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.press()
	default:
		if p.OnKey == nil || !p.OnKey(e.Name) {
			passOn(p.self.(fyne.CanvasObject), e)
		}
	}
}

// passOn hands a key that a widget has no use for to the window.
func passOn(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := Canvas(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// TypedRune does nothing: there is nothing to type into.
func (p *press) TypedRune(rune) {}

// FocusGained shows the focus ring.
func (p *press) FocusGained() {
	p.focused = true
	p.Refresh()
	if p.OnFocus != nil {
		p.OnFocus()
	}
	if p.reveal != nil {
		p.reveal()
	}
}

func (p *press) revealBy(reveal func()) { p.reveal = reveal }

// FocusLost hides the focus ring.
func (p *press) FocusLost() {
	p.focused = false
	p.Refresh()
}

// MouseIn, MouseMoved and MouseOut follow the mouse.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hover(true) }

// MouseMoved does nothing.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut follows the mouse.
func (p *press) MouseOut() { p.hover(false) }

func (p *press) hover(over bool) {
	p.hovered = over
	p.Refresh()
}

// Cursor is a pointing hand over what can be pressed.
func (p *press) Cursor() desktop.Cursor {
	if p.disabled {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// Enable lets it be pressed.
func (p *press) Enable() { p.enable(true) }

// Disable keeps it from being pressed and takes it out of the Tab order.
func (p *press) Disable() { p.enable(false) }

func (p *press) enable(on bool) {
	if p.disabled == !on {
		return
	}
	p.disabled = !on
	p.Refresh()
}

// Disabled reports whether it can be pressed.
func (p *press) Disabled() bool { return p.disabled }
