package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fairlead/app/kit"
)

// listFrame are the columns of a row: box of what is picked, shape, all that is
// text, menu. listColumns are those of the text: name, tenant, state, when tested,
// in the smallest window; name and state share what there is more.
func listFrame() []float32   { return []float32{20, 16, 0, 28} }
func listColumns() []float32 { return []float32{184, 132, 136, 112} }
func listGrow() []int        { return []int{0, 2} }

// inFrame puts what stands in a row, or in the head, into its columns.
func inFrame(box, shape, text, menu fyne.CanvasObject) *fyne.Container {
	return kit.Row(kit.Middle, kit.Gap2, listFrame(), box, shape, text, menu)
}

// rowHeight is the height of a row of the list.
const rowHeight float32 = 60

// rowView is what a row of the list is drawn into. It is used again for other
// rows as the list scrolls.
type rowView struct {
	widget.BaseWidget
	box              *kit.Spot
	shape            *canvas.Image
	name, below      *kit.Label
	remind           *kit.Label
	tenant, platform *kit.Label
	words            *kit.Clamp
	when, ends       *kit.Label
	more             *kit.Spot
	content          fyne.CanvasObject
	drawn            rowLook
	rows             int // lines of words that were drawn
	renderer         *rowRenderer
	onMenu           func()
	onPick           func()
}

func newRowView() *rowView {
	r := &rowView{
		shape: kit.Icon(kit.ShapeTodo, kit.Skipped), name: kit.NewLabel(), below: kit.NewLabel(), remind: kit.NewLabel(),
		tenant: kit.NewLabel(), platform: kit.NewLabel(), words: kit.NewClamp(), when: kit.NewLabel(), ends: kit.NewLabel(),
	}
	r.box = kit.NewSpot(kit.ShapeBoxOff, func() { r.onPick() })
	r.more = kit.NewSpot(kit.ShapeMore, func() { r.onMenu() })
	text := kit.Wider(kit.Middle, kit.Gap2, listColumns(), listGrow(), kit.Column(0, r.name, r.below),
		kit.Column(0, r.tenant, r.platform), r.words, kit.Column(0, r.when, r.ends))
	r.content = kit.Inset(0, kit.Gap2, 0, kit.Gap3, inFrame(r.box, r.shape, kit.Column(0, text, r.remind), r.more))
	r.ExtendBaseWidget(r)
	return r
}

// rowLook is all that a row looks like.
type rowLook struct {
	listLine
	current bool // it has the keyboard
	picking bool // there are boxes before the rows
	picked  bool
}

// set draws a row, unless it looks like that already. Only what has changed is
// drawn anew: a frame that scrolls changes many rows, and icons and the places of
// texts are dear.
func (r *rowView) set(l rowLook) {
	was := r.drawn
	if was == l {
		return
	}
	r.drawn = l
	if was.look != l.look {
		kit.SetIcon(r.shape, l.look.shape, l.look.colour)
	}
	r.name.Set(kit.Span{Text: l.title})
	r.below.Set(kit.SmallSpan(l.below, kit.Muted))
	r.tenant.Set(kit.Span{Text: l.tenant})
	if was.words != l.words || was.look.colour != l.look.colour {
		r.words.Set(l.words, l.look.colour)
	}
	r.when.Set(kit.SmallSpan(l.when, kit.Muted))
	if was.picked != l.picked {
		shape := kit.ShapeBoxOff
		if l.picked {
			shape = kit.ShapeBoxOn
		}
		r.box.SetShape(shape)
	}
	moved := setOr(r.remind, kit.SmallSpan(l.remind, kit.Warns))
	moved = setOr(r.platform, kit.SmallSpan(l.platform, kit.Muted)) || moved
	moved = setOr(r.ends, kit.SmallSpan(l.ends, l.endsColour)) || moved
	moved = hide(&r.box.Hidden, !l.picking) || moved
	moved = hide(&r.more.Hidden, l.title == "") || moved
	moved = r.words.Lines() != r.rows || moved
	r.rows = r.words.Lines()
	if moved || r.renderer == nil {
		r.Refresh()
	} else {
		r.renderer.paint()
	}
}

// hide hides an object or shows it, and reports whether that is a change.
func hide(hidden *bool, hide bool) (changed bool) {
	changed = *hidden != hide
	*hidden = hide
	return changed
}

// setOr sets a line that takes no room while it is empty.
// It reports whether it has begun to, or no longer does.
func setOr(l *kit.Label, s kit.Span) (moved bool) {
	moved = hide(&l.Hidden, s.Text == "")
	if !l.Hidden {
		l.Set(s)
	}
	return moved
}

// CreateRenderer draws the row with a line above it, on another ground when it
// is picked, and with the ring when it has the keyboard.
func (r *rowView) CreateRenderer() fyne.WidgetRenderer {
	r.renderer = &rowRenderer{
		row: r, line: canvas.NewLine(color.Transparent),
		ground: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent),
	}
	return r.renderer
}

type rowRenderer struct {
	row          *rowView
	line         *canvas.Line
	ground, ring *canvas.Rectangle
}

func (r *rowRenderer) MinSize() fyne.Size { return fyne.NewSize(0, rowHeight) }
func (r *rowRenderer) Destroy()           {}

func (r *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.line, r.row.content, r.ring}
}

func (r *rowRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.line.Position1, r.line.Position2 = fyne.NewPos(0, 0), fyne.NewPos(size.Width, 0)
	r.row.content.Resize(size)
	r.ring.Move(fyne.NewPos(1, 1))
	r.ring.Resize(size.SubtractWidthHeight(2, 2))
}

func (r *rowRenderer) Refresh() {
	r.row.content.Refresh()
	r.paint()
}

// paint draws what is around the content.
func (r *rowRenderer) paint() {
	r.line.StrokeColor, r.line.StrokeWidth = theme.ColorForWidget(kit.Line, r.row), 1
	r.ground.FillColor, r.ground.Hidden = theme.ColorForWidget(kit.Rail, r.row), !r.row.drawn.picked
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = theme.ColorForWidget(kit.Ring, r.row), 2, 6
	r.ring.Hidden = !r.row.drawn.current
	canvas.Refresh(r.ground)
	canvas.Refresh(r.line)
	canvas.Refresh(r.ring)
}
