package app

import (
	"image/color"
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fairlead/app/kit"
)

// planRowHeight is the height of a line of the grid, planHeadHeight that of the
// head, planNameWidth the width of the tenants' names before the cells.
const (
	planRowHeight  float32 = 44
	planHeadHeight float32 = 58
	planNameWidth  float32 = 150
)

// planRoomy is how many columns have room for a long word, longestWord the
// letters that a narrower one has.
const (
	planRoomy   = 5
	longestWord = 11
)

// planRow is what a line of the grid is drawn into. It is used again for other
// lines as the list scrolls.
type planRow struct {
	widget.BaseWidget
	at          int        // the line that it shows
	title, rule *kit.Label // of an organisation
	name, below *kit.Label // of a tenant
	cells       []*planCell
	wide        *fyne.Container // an organisation
	narrow      *fyne.Container // a tenant
	group       bool
	current     bool // an organisation that has the keyboard
}

func newPlanRow(s *planScreen) *planRow {
	r := &planRow{title: kit.NewLabel(), rule: kit.NewLabel(), name: kit.NewLabel(), below: kit.NewLabel()}
	var objects []fyne.CanvasObject
	for i := range s.columns {
		c := newPlanCell(func() { s.tapped(r.at, i) }, func(over bool) { s.hover(r.at, i, over) })
		r.cells = append(r.cells, c)
		objects = append(objects, c)
	}
	r.wide = kit.Inset(kit.Gap1, kit.Gap3, 0, kit.Gap3, kit.Column(0, r.title, r.rule))
	r.narrow = inPlanColumns(kit.Column(0, r.name, r.below), objects)
	r.wide.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// inPlanColumns puts what stands in a line, or in the head, into its columns.
func inPlanColumns(name fyne.CanvasObject, cells []fyne.CanvasObject) *fyne.Container {
	widths := append([]float32{planNameWidth}, make([]float32, len(cells))...)
	row := kit.Row(kit.Middle, 0, widths, append([]fyne.CanvasObject{name}, cells...)...)
	return kit.Inset(0, kit.Gap1, 0, kit.Gap3, row)
}

// drawHead names the columns.
func (s *planScreen) drawHead() {
	var names []fyne.CanvasObject
	for _, c := range s.columns {
		text := kit.Small("")
		name := s.read.plan.Services[c].Name
		if len(s.columns) > planRoomy {
			name = hyphenated(name)
		}
		text.SetCentre(kit.SmallSpan(name, kit.Muted))
		names = append(names, text)
	}
	head := kit.Inset(kit.Gap1, 0, kit.Gap1, 0, inPlanColumns(kit.Small("Tenant"), names))
	s.head.Objects = []fyne.CanvasObject{container.New(planHead{}, head)}
	s.head.Refresh()
}

// planHead is a layout of one height, whatever wraps in it.
type planHead struct{}

func (planHead) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, planHeadHeight) }

func (planHead) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }

// hyphenated breaks long words, of a name that has a narrow column only.
func hyphenated(name string) string {
	words := strings.Fields(name)
	for i, word := range words {
		runes := []rune(word)
		if len(runes) <= longestWord {
			continue
		}
		at := 1 + slices.IndexFunc(runes[1:], unicode.IsUpper)
		if at <= 1 {
			at = longestWord - 2
		}
		words[i] = string(runes[:at]) + "- " + string(runes[at:])
	}
	return strings.Join(words, " ")
}

// tableHeight is how high the grid wants to be with all its lines.
func (s *planScreen) tableHeight() float32 {
	return planHeadHeight + planRowHeight*float32(len(s.lines)) + 2
}

// draw draws a line of the grid. What a row shows draws itself anew where it
// changes, the row only where it changes as a whole.
func (s *planScreen) draw(at int, o fyne.CanvasObject, current bool) {
	r, line := o.(*planRow), s.lines[at]
	r.at = at
	group := line.row < 0
	if group {
		rule := line.organisation.Situation()
		r.title.Set(kit.Span{Text: line.organisation.Name, Bold: true})
		r.rule.Set(kit.SmallSpan(rule.Title+". "+rule.Applied().Text, kit.Muted))
	} else {
		row := &s.read.plan.Rows[line.row]
		r.name.Set(kit.Span{Text: row.Tenant.Tenant})
		r.below.Set(kit.SmallSpan(row.Platform, kit.Muted))
		for i, c := range r.cells {
			c.set(row.Cells[s.columns[i]].State, current && i == s.column)
		}
	}
	if r.group != group || r.current != (group && current) {
		r.group, r.current = group, group && current
		r.wide.Hidden, r.narrow.Hidden = !group, group
		r.Refresh()
	}
}

// CreateRenderer draws the line with a rule above it.
func (r *planRow) CreateRenderer() fyne.WidgetRenderer {
	renderer := &planRowRenderer{
		row: r, line: canvas.NewLine(color.Transparent),
		ground: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent),
	}
	renderer.Refresh() // a row that stays a tenant's is not drawn as a whole again
	return renderer
}

type planRowRenderer struct {
	row          *planRow
	line         *canvas.Line
	ground, ring *canvas.Rectangle
}

func (r *planRowRenderer) MinSize() fyne.Size { return fyne.NewSize(0, planRowHeight) }
func (r *planRowRenderer) Destroy()           {}

func (r *planRowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.line, r.row.wide, r.row.narrow, r.ring}
}

func (r *planRowRenderer) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.line.Position1, r.line.Position2 = fyne.NewPos(0, 0), fyne.NewPos(size.Width, 0)
	r.row.wide.Resize(size)
	r.row.narrow.Resize(size)
	r.ring.Move(fyne.NewPos(1, 1))
	r.ring.Resize(size.SubtractWidthHeight(2, 2))
}

func (r *planRowRenderer) Refresh() {
	r.line.StrokeColor, r.line.StrokeWidth = theme.ColorForWidget(kit.Line, r.row), 1
	r.ground.FillColor, r.ground.Hidden = theme.ColorForWidget(kit.Rail, r.row), !r.row.group
	r.ring.StrokeColor, r.ring.StrokeWidth, r.ring.CornerRadius = theme.ColorForWidget(kit.Ring, r.row), 2, 6
	r.ring.Hidden = !r.row.current
	r.row.wide.Refresh()
	r.row.narrow.Refresh()
	canvas.Refresh(r.ground)
	canvas.Refresh(r.line)
	canvas.Refresh(r.ring)
}
