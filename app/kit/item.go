package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Item is a row of a table that may open: a shape, a title, a summary, a figure
// at the right.
type Item struct {
	press
	look    ItemLook
	first   bool
	content fyne.CanvasObject // once it is drawn
}

// ItemLook is what an item shows.
type ItemLook struct {
	Shape   Shape
	Mark    fyne.ThemeColorName // the colour of the shape
	Title   string
	Bold    bool
	Quiet   bool // in the muted colour
	Summary string
	Figure  string
	Opens   bool // there is more to see
	Open    bool // it is shown now: the summary is shown whole
}

// NewItem returns an item. The first of a table has no line above it.
func NewItem(look ItemLook, first bool, onPress func()) *Item {
	i := &Item{look: look, first: first}
	i.OnPress = onPress
	i.become(i)
	return i
}

// Set changes what the item shows.
func (i *Item) Set(look ItemLook) {
	i.look = look
	i.Refresh()
}

// Look returns what the item shows.
func (i *Item) Look() ItemLook { return i.look }

func (i *Item) heightAt(width float32) float32 {
	if i.content == nil {
		return i.MinSize().Height
	}
	return heightFor(i.content, width)
}

// CreateRenderer draws the item. With its line it is 24 high, so that a whole
// connection test is seen at once.
func (i *Item) CreateRenderer() fyne.WidgetRenderer {
	box, line, ring := canvas.NewRectangle(color.Transparent), canvas.NewLine(color.Transparent), newRing()
	ring.CornerRadius = radius
	icon, arrow := Icon(i.look.Shape, i.look.Mark), Icon(ShapeRight, Muted)
	arrow.SetMinSize(fyne.NewSquareSize(12))
	title, summary, figure := NewLine(), NewLine(), NewText()
	i.content = Inset(2, Gap2, 3, Gap3, Row(Top, Gap2, []float32{iconSize, 176, 0, 60, 12},
		Inset(2, 0, 0, 0, icon), title, Inset(2, 0, 0, 0, summary), Inset(2, 0, 0, 0, figure), Inset(4, 0, 0, 0, arrow)))
	f := &face{objects: []fyne.CanvasObject{box, line, i.content, ring}, min: i.content.MinSize}
	f.layout = func(size fyne.Size) {
		box.Resize(size)
		line.Position1, line.Position2 = fyne.NewPos(0, 0), fyne.NewPos(size.Width, 0)
		i.content.Resize(size)
		placeRing(ring, size, -1)
	}
	f.refresh = func() {
		look := i.look
		ink := Ink
		if look.Quiet {
			ink = Muted
		}
		SetIcon(icon, look.Shape, look.Mark)
		title.Set(Span{Text: look.Title, Bold: look.Bold, Colour: ink})
		summary.Wrap(look.Open)
		summary.Set(SmallSpan(look.Summary, Muted))
		figure.SetRight(SmallSpan(look.Figure, Muted))
		SetIcon(arrow, map[bool]Shape{false: ShapeRight, true: ShapeDown}[look.Open], Muted)
		arrow.Hidden = !look.Opens
		box.FillColor = color.Transparent
		if i.hovered && look.Opens {
			box.FillColor = colour(i, Rail)
		}
		line.StrokeColor, line.StrokeWidth, line.Hidden = colour(i, Line), 1, i.first
		showRing(ring, i, i.focused)
		i.content.Refresh()
		box.Refresh()
		line.Refresh()
	}
	f.refresh()
	return f
}
