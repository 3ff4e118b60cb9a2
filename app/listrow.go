package app

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fairlead/app/kit"
)

// The columns of the list: shape, name, platform, state, when tested, menu.
func listColumns() []float32 { return []float32{16, 0, 136, 136, 84, 28} }

// rowHeight is the height of a row of the list.
const rowHeight float32 = 56

// rowView is what a row of the list is drawn into. It is used again for other
// rows as the list scrolls.
type rowView struct {
	widget.BaseWidget
	shape           *canvas.Image
	name, below     *kit.Text
	when            *kit.Text
	platform, words *kit.Clamp
	more            *kit.Spot
	content         fyne.CanvasObject
	current         bool
	onMenu          func(at fyne.CanvasObject)
}

func newRowView() *rowView {
	r := &rowView{
		shape: kit.Icon(kit.ShapeTodo, kit.Skipped), name: kit.NewLine(), below: kit.NewLine(),
		platform: kit.NewClamp(), words: kit.NewClamp(), when: kit.NewLine(),
	}
	r.more = kit.NewSpot(kit.ShapeMore, func() {
		if r.onMenu != nil {
			r.onMenu(r.more)
		}
	})
	r.content = kit.Inset(0, kit.Gap2, 0, kit.Gap3, kit.Row(kit.Middle, kit.Gap2, listColumns(),
		r.shape, kit.Column(0, r.name, r.below), r.platform, r.words, r.when, r.more))
	r.ExtendBaseWidget(r)
	return r
}

// set draws a row.
func (r *rowView) set(row listRow, now time.Time, current bool) {
	l := lookOfState(row.state)
	kit.SetIcon(r.shape, l.shape, l.colour)
	r.name.Set(kit.Span{Text: row.title})
	r.below.Set(kit.SmallSpan(row.below, kit.Muted))
	r.platform.Set(row.platform, kit.Ink)
	r.words.Set(row.words, l.colour)
	tested := ago(row.when, now)
	if row.draft != nil {
		tested = "saved " + ago(row.draft.Updated, now)
	}
	r.when.Set(kit.SmallSpan(tested, kit.Muted))
	r.current = current
	r.Refresh()
}

// CreateRenderer draws the row with a line above it, and the ring when it has
// the keyboard.
func (r *rowView) CreateRenderer() fyne.WidgetRenderer {
	return &rowRenderer{row: r, line: canvas.NewLine(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
}

type rowRenderer struct {
	row  *rowView
	line *canvas.Line
	ring *canvas.Rectangle
}

func (r *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight) }
func (r *rowRenderer) Destroy()           {}

func (r *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.line, r.row.content, r.ring}
}

func (r *rowRenderer) Layout(size fyne.Size) {
	r.line.Position1, r.line.Position2 = fyne.NewPos(0, 0), fyne.NewPos(size.Width, 0)
	r.row.content.Resize(size)
	r.ring.Move(fyne.NewPos(1, 1))
	r.ring.Resize(size.SubtractWidthHeight(2, 2))
}

func (r *rowRenderer) Refresh() {
	r.line.StrokeColor, r.line.StrokeWidth = theme.ColorForWidget(kit.Line, r.row), 1
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = theme.ColorForWidget(kit.Ring, r.row), 2, 6
	r.ring.Hidden = !r.row.current
	r.row.content.Refresh()
	canvas.Refresh(r.line)
	canvas.Refresh(r.ring)
}

// listHead names the columns.
func listHead() fyne.CanvasObject {
	columns := []fyne.CanvasObject{kit.Small("")}
	for _, name := range []string{"Name", "Platform", "State", "Tested", ""} {
		columns = append(columns, kit.Small(name))
	}
	return kit.Inset(kit.Gap2, kit.Gap2, kit.Gap2, kit.Gap3, kit.Row(kit.Middle, kit.Gap2, listColumns(), columns...))
}
