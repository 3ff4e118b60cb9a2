package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// face is a renderer made of a few functions, so that a small widget need not
// declare a type for it.
type face struct {
	objects []fyne.CanvasObject
	min     func() fyne.Size
	layout  func(fyne.Size)
	refresh func()
}

func (f *face) MinSize() fyne.Size           { return f.min() }
func (f *face) Layout(size fyne.Size)        { f.layout(size) }
func (f *face) Objects() []fyne.CanvasObject { return f.objects }
func (f *face) Destroy()                     {}
func (f *face) Refresh()                     { f.refresh() }

// newRing returns the focus ring, hidden.
func newRing() *canvas.Rectangle {
	ring := canvas.NewRectangle(color.Transparent)
	ring.StrokeWidth = ringWidth
	ring.CornerRadius = radius + ringOutside
	ring.Hide()
	return ring
}

// placeRing lays the focus ring around a widget of a size.
func placeRing(ring *canvas.Rectangle, size fyne.Size, outside float32) {
	ring.Move(fyne.NewPos(-outside, -outside))
	ring.Resize(size.AddWidthHeight(2*outside, 2*outside))
}

// showRing shows the focus ring of a widget while it has the focus.
func showRing(ring *canvas.Rectangle, w fyne.Widget, focused bool) {
	ring.StrokeColor = colour(w, Ring)
	ring.Hidden = !focused
	ring.Refresh()
}
