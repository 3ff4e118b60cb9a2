package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fairlead/app/kit"
	"fairlead/plan"
)

// planLook is how a state of the grid is shown, and in which word.
func planLook(s plan.State) (l look, word string) {
	switch s {
	case plan.Works:
		return look{kit.ShapePass, kit.Works}, "works"
	case plan.Fails:
		return look{kit.ShapeFail, kit.Fails}, "fails"
	case plan.Missing:
		return look{kit.ShapeTodo, kit.Warns}, "missing"
	case plan.Untested:
		return look{kit.ShapeAttention, kit.Warns}, "untested"
	case plan.Waiting:
		return look{kit.ShapeLater, kit.Warns}, "waits"
	case plan.Surplus:
		return look{kit.ShapeWarn, kit.Warns}, "surplus"
	case plan.Impossible:
		return look{kit.ShapeBarred, kit.Skipped}, "impossible"
	}
	return look{kit.ShapeSkip, kit.Skipped}, "not needed"
}

// planCell is one cell: a shape, and a word below it. The mouse can press it; the
// keyboard belongs to the list.
type planCell struct {
	widget.BaseWidget
	state   plan.State
	current bool
	press   func()
	over    func(bool)
}

func newPlanCell(press func(), over func(bool)) *planCell {
	c := &planCell{press: press, over: over}
	c.ExtendBaseWidget(c)
	return c
}

func (c *planCell) set(s plan.State, current bool) {
	if c.state != s || c.current != current {
		c.state, c.current = s, current
		c.Refresh()
	}
}

// Tapped opens the cell.
func (c *planCell) Tapped(*fyne.PointEvent) { c.press() }

// MouseIn, MouseMoved and MouseOut say what the mouse is over.
func (c *planCell) MouseIn(*desktop.MouseEvent) { c.over(true) }

// MouseMoved does nothing.
func (c *planCell) MouseMoved(*desktop.MouseEvent) {}

// MouseOut says that the mouse has left.
func (c *planCell) MouseOut() { c.over(false) }

// Cursor is a pointing hand.
func (c *planCell) Cursor() desktop.Cursor { return desktop.PointerCursor }

// CreateRenderer draws the cell.
func (c *planCell) CreateRenderer() fyne.WidgetRenderer {
	r := &cellRenderer{
		cell: c, icon: kit.Icon(kit.ShapeSkip, kit.Skipped), word: canvas.NewText("", color.Transparent),
		ring: canvas.NewRectangle(color.Transparent),
	}
	r.word.Alignment = fyne.TextAlignCenter
	r.Refresh()
	return r
}

type cellRenderer struct {
	cell *planCell
	icon *canvas.Image
	word *canvas.Text
	ring *canvas.Rectangle
}

func (r *cellRenderer) MinSize() fyne.Size { return fyne.NewSize(0, planRowHeight) }
func (r *cellRenderer) Destroy()           {}

func (r *cellRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.icon, r.word, r.ring}
}

func (r *cellRenderer) Layout(size fyne.Size) {
	side, line := r.icon.MinSize().Width, r.word.MinSize().Height
	top := (size.Height - side - line) / 2
	r.icon.Resize(fyne.NewSquareSize(side))
	r.icon.Move(fyne.NewPos((size.Width-side)/2, top))
	r.word.Resize(fyne.NewSize(size.Width, line))
	r.word.Move(fyne.NewPos(0, top+side))
	r.ring.Move(fyne.NewPos(1, 2))
	r.ring.Resize(size.SubtractWidthHeight(2, 4))
}

func (r *cellRenderer) Refresh() {
	l, word := planLook(r.cell.state)
	kit.SetIcon(r.icon, l.shape, l.colour)
	r.word.Text, r.word.Color = word, theme.ColorForWidget(l.colour, r.cell)
	r.word.TextSize = theme.SizeForWidget(theme.SizeNameCaptionText, r.cell)
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = theme.ColorForWidget(kit.Ring, r.cell), 2, 6
	r.ring.Hidden = !r.cell.current
	canvas.Refresh(r.word)
	canvas.Refresh(r.ring)
}
