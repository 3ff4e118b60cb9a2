package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Weight says how much a button matters on its page.
type Weight int

// The weights. A page has one primary button.
const (
	Secondary Weight = iota
	Primary
	Subtle // no border, in the accent colour
	Danger // a primary button that takes something away
)

// Button is a button that answers Enter and Space.
type Button struct {
	press
	text   string
	weight Weight
	small  bool
}

// NewButton returns a button.
func NewButton(text string, weight Weight, onPress func()) *Button {
	b := &Button{text: text, weight: weight}
	b.OnPress = onPress
	b.become(b)
	return b
}

// NewSmallButton returns a subtle button in small text, for use inside a card
// or a field.
func NewSmallButton(text string, onPress func()) *Button {
	b := NewButton(text, Subtle, onPress)
	b.small = true
	return b
}

// Text returns what stands on the button.
func (b *Button) Text() string { return b.text }

// SetText changes what stands on the button.
func (b *Button) SetText(text string) {
	if b.text != text {
		b.text = text
		b.Refresh()
	}
}

// CreateRenderer draws the button.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	box := canvas.NewRectangle(color.Transparent)
	box.CornerRadius = radius
	ring := newRing()
	label := canvas.NewText(b.text, color.Transparent)
	label.TextStyle.Bold = true
	padding := Gap4
	outside := ringOutside
	switch {
	case b.small:
		padding, outside = Gap2, 0
		label.TextSize = theme.SizeForWidget(theme.SizeNameCaptionText, b)
	case b.weight == Subtle:
		padding = Gap2
	}
	f := &face{objects: []fyne.CanvasObject{box, label, ring}}
	f.min = func() fyne.Size {
		size := label.MinSize()
		if b.small {
			return fyne.NewSize(size.Width+2*padding, size.Height+2*Gap1)
		}
		return fyne.NewSize(size.Width+2*padding, LineHeight)
	}
	f.layout = func(size fyne.Size) {
		box.Resize(size)
		text := label.MinSize()
		label.Move(fyne.NewPos((size.Width-text.Width)/2, (size.Height-text.Height)/2))
		label.Resize(text)
		placeRing(ring, size, outside)
	}
	f.refresh = func() {
		label.Text = b.text
		b.dress(box, label)
		showRing(ring, b, b.focused)
		f.layout(b.Size())
		box.Refresh()
		label.Refresh()
	}
	f.refresh()
	return f
}

// dress gives box and label the colours of the button's weight and state.
func (b *Button) dress(box *canvas.Rectangle, label *canvas.Text) {
	fill, line, ink := Surface, Line, Ink
	if b.hovered && !b.disabled {
		fill = Rail
	}
	switch b.weight {
	case Primary:
		fill, line, ink = Accent, Accent, OnAccent
		if b.hovered && !b.disabled {
			fill, line = AccentH, AccentH
		}
	case Danger:
		fill, line, ink = Fails, Fails, OnAccent
	case Subtle:
		ink = Accent
	}
	if b.disabled {
		fill, line, ink = Rail, Line, Muted
	}
	box.FillColor, box.StrokeColor, box.StrokeWidth = colour(b, fill), colour(b, line), 1
	if b.weight == Subtle {
		box.StrokeWidth = 0
		if !b.hovered || b.disabled {
			box.FillColor = color.Transparent
		}
	}
	label.Color = colour(b, ink)
}
