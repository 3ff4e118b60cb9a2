package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// Dialog is a card over the window that has to be answered first. Esc cancels
// it, Enter presses the button that has the keyboard.
type Dialog struct {
	widget.BaseWidget
	card   fyne.CanvasObject
	canvas fyne.Canvas
	before fyne.Focusable // what had the keyboard
	cancel func()
	scroll func(down bool)
}

// DialogText is what a dialog says and offers.
type DialogText struct {
	Title   string
	Content fyne.CanvasObject
	Buttons []*Button       // left to right
	First   fyne.Focusable  // gets the keyboard; nil means the last button
	Cancel  func()          // what Esc does after the dialog is closed; may be nil
	Width   float32         // 0 means 480
	Scroll  func(down bool) // what Page Up and Page Down do; may be nil
}

// ShowDialog shows a dialog.
func ShowDialog(c fyne.Canvas, t DialogText) *Dialog {
	if t.Width == 0 {
		t.Width = 480
	}
	d := &Dialog{canvas: c, before: c.Focused(), cancel: t.Cancel, scroll: t.Scroll}
	buttons := []fyne.CanvasObject{layout.NewSpacer()}
	widths := []float32{0}
	for _, b := range t.Buttons {
		buttons, widths = append(buttons, b), append(widths, -1)
	}
	body := Column(Gap3, Title(t.Title), t.Content, Inset(Gap2, 0, 0, 0, Row(Middle, Gap2, widths, buttons...)))
	d.card = container.New(&exactly{t.Width},
		newPanel(Inset(20, Gap6, 20, Gap6, body), Surface, Line, 8))
	d.ExtendBaseWidget(d)
	d.Resize(c.Size())
	c.Overlays().Add(d)
	if t.First == nil {
		t.First = t.Buttons[len(t.Buttons)-1]
	}
	c.Focus(t.First)
	return d
}

// Close takes the dialog away and gives the keyboard back.
func (d *Dialog) Close() {
	d.canvas.Overlays().Remove(d)
	if d.before != nil {
		d.canvas.Focus(d.before)
	}
}

// Escape closes the dialog on top of a canvas as Esc does; false means that
// there is none.
func Escape(c fyne.Canvas) bool {
	d, ok := c.Overlays().Top().(*Dialog)
	if !ok {
		return false
	}
	d.Close()
	if d.cancel != nil {
		d.cancel()
	}
	return true
}

// ScrollDialog scrolls what the dialog on top of a canvas shows.
func ScrollDialog(c fyne.Canvas, down bool) {
	if d, ok := c.Overlays().Top().(*Dialog); ok && d.scroll != nil {
		d.scroll(down)
	}
}

// CreateRenderer draws the card in the middle of the shaded window.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	shade := canvas.NewRectangle(colour(d, Shade))
	f := &face{objects: []fyne.CanvasObject{shade, d.card}, min: d.card.MinSize}
	f.layout = func(size fyne.Size) {
		shade.Resize(size)
		width := min(d.card.MinSize().Width, size.Width)
		height := min(heightFor(d.card, width), size.Height)
		d.card.Resize(fyne.NewSize(width, height))
		d.card.Move(fyne.NewPos((size.Width-width)/2, max(0, (size.Height-height)*2/5)))
	}
	f.refresh = func() {
		shade.FillColor = colour(d, Shade)
		f.layout(d.Size())
		d.card.Refresh()
	}
	return f
}

// exactly gives an object a width.
type exactly struct{ width float32 }

func (e *exactly) height(objects []fyne.CanvasObject, _ float32) float32 {
	return heightFor(objects[0], e.width)
}

func (e *exactly) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(e.width, e.height(objects, e.width))
}

func (e *exactly) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
