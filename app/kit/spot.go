package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Spot is a small icon that the mouse can press. It never has the keyboard: what
// it does must have a key of its own.
type Spot struct {
	widget.BaseWidget
	shape   Shape
	onPress func()
	hovered bool
}

// NewSpot returns a spot.
func NewSpot(s Shape, onPress func()) *Spot {
	p := &Spot{shape: s, onPress: onPress}
	p.ExtendBaseWidget(p)
	return p
}

// SetShape changes the icon.
func (p *Spot) SetShape(s Shape) {
	p.shape = s
	p.Refresh()
}

// Tapped presses it.
func (p *Spot) Tapped(*fyne.PointEvent) { p.onPress() }

// MouseIn lights it up.
func (p *Spot) MouseIn(*desktop.MouseEvent) { p.hover(true) }

// MouseMoved does nothing.
func (p *Spot) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts it out.
func (p *Spot) MouseOut() { p.hover(false) }

func (p *Spot) hover(over bool) {
	p.hovered = over
	p.Refresh()
}

// Cursor is a pointing hand.
func (p *Spot) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer draws the icon in the middle of a square.
func (p *Spot) CreateRenderer() fyne.WidgetRenderer {
	icon := Icon(p.shape, Muted)
	f := &face{objects: []fyne.CanvasObject{icon}}
	f.min = func() fyne.Size { return fyne.NewSquareSize(28) }
	f.layout = func(size fyne.Size) {
		icon.Resize(fyne.NewSquareSize(iconSize))
		icon.Move(fyne.NewPos((size.Width-iconSize)/2, (size.Height-iconSize)/2))
	}
	f.refresh = func() {
		name := Muted
		if p.hovered {
			name = Ink
		}
		SetIcon(icon, p.shape, name)
	}
	return f
}
