package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Order is how the rows below a header are sorted by it.
type Order int

// The orders.
const (
	Unsorted Order = iota
	Ascending
	Descending
)

// Header is the name of a column that sorts by it when it is pressed.
type Header struct {
	press
	text  string
	order Order
}

// NewHeader returns a header.
func NewHeader(text string, onPress func()) *Header {
	h := &Header{text: text}
	h.OnPress = onPress
	h.become(h)
	return h
}

// Text is the column's name.
func (h *Header) Text() string { return h.text }

// SetOrder shows how the rows are sorted.
func (h *Header) SetOrder(o Order) {
	if h.order != o {
		h.order = o
		h.Refresh()
	}
}

// CreateRenderer draws the name, and an arrow behind it where it sorts.
func (h *Header) CreateRenderer() fyne.WidgetRenderer {
	label, ring, arrow := canvas.NewText(h.text, colour(h, Muted)), newRing(), Icon(ShapeDown, Ink)
	ring.CornerRadius = radius
	label.TextSize = theme.SizeForWidget(theme.SizeNameCaptionText, h)
	const side float32 = 12
	f := &face{objects: []fyne.CanvasObject{label, arrow, ring}}
	f.min = func() fyne.Size { return label.MinSize().AddWidthHeight(side, 0) }
	f.layout = func(size fyne.Size) {
		label.Move(fyne.NewPos(0, (size.Height-label.MinSize().Height)/2))
		arrow.Resize(fyne.NewSquareSize(side))
		arrow.Move(fyne.NewPos(label.MinSize().Width+1, (size.Height-side)/2))
		placeRing(ring, size, ringOutside)
	}
	f.refresh = func() {
		label.Color = colour(h, Muted)
		if h.order != Unsorted || h.hovered {
			label.Color = colour(h, Ink)
		}
		shape := ShapeDown
		if h.order == Ascending {
			shape = ShapeUp
		}
		SetIcon(arrow, shape, Ink)
		arrow.Hidden = h.order == Unsorted
		showRing(ring, h, h.focused)
		label.Refresh()
	}
	f.refresh()
	return f
}
