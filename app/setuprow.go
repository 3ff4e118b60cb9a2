package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"fairlead/app/kit"
	domains "fairlead/wizard/setup"
)

// The heights of the table of domains.
const (
	setupRowHeight  float32 = 36
	setupHeadHeight float32 = 44
)

// setupColumns are the widths of the columns: the domain, then the sections.
func setupColumns() []float32 { return []float32{0, 66, 70, 66, 68, 84, 72} }

// setupHead names the columns.
func setupHead() fyne.CanvasObject {
	cells := []fyne.CanvasObject{kit.Small("Domain")}
	for _, section := range domains.Sections() {
		cells = append(cells, kit.Small(section.Title()))
	}
	row := kit.Inset(kit.Gap1, kit.Gap2, kit.Gap1, kit.Gap3, kit.Row(kit.Middle, kit.Gap1, setupColumns(), cells...))
	floor := canvas.NewRectangle(color.Transparent)
	floor.SetMinSize(fyne.NewSize(0, setupHeadHeight))
	return kit.Stack(floor, row)
}

func lookOfSection(s domains.State) look {
	switch s {
	case domains.Works:
		return look{kit.ShapePass, kit.Works}
	case domains.Warns:
		return look{kit.ShapeWarn, kit.Warns}
	case domains.Fails:
		return look{kit.ShapeFail, kit.Fails}
	case domains.Waits:
		return look{kit.ShapeLater, kit.Muted}
	case domains.Begun:
		return look{kit.ShapeNow, kit.Accent}
	}
	return look{kit.ShapeTodo, kit.Skipped}
}

// setupRow is what a domain is drawn into. It is used again for other domains as
// the table scrolls.
type setupRow struct {
	widget.BaseWidget
	content fyne.CanvasObject
	cells   []*setupCell
}

func newSetupRow() *setupRow {
	r := &setupRow{}
	var boxes []fyne.CanvasObject
	for range setupColumns() {
		cell := newSetupCell(len(boxes) > 0)
		r.cells, boxes = append(r.cells, cell), append(boxes, cell.box)
	}
	row := kit.Inset(2, kit.Gap2, 2, kit.Gap2, kit.Row(kit.Middle, kit.Gap1, setupColumns(), boxes...))
	r.content = kit.Fill(0, kit.Hairline(), row)
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer draws the row.
func (r *setupRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

// MinSize is the height of every row.
func (r *setupRow) MinSize() fyne.Size { return fyne.NewSize(0, setupRowHeight) }

// set draws a domain. column is the cell that has the keyboard, or -1.
func (r *setupRow) set(row domains.Row, live *lookState, column int) {
	r.cells[0].set(look{}, row.Domain, column == 0)
	for i, st := range row.Statuses {
		l, word := lookOfSection(st.State), string(st.State)
		if live.busy(row.Domain, st.Section) {
			l, word = look{kit.ShapeRunning, kit.Accent}, "looking"
		}
		r.cells[i+1].set(l, word, column == i+1)
	}
	r.Refresh()
}

// setupCell is a domain's name, or the state of a section.
type setupCell struct {
	box  *fyne.Container
	ring *canvas.Rectangle
	icon *canvas.Image // nil for the name
	text *kit.Text
}

func newSetupCell(section bool) *setupCell {
	c := &setupCell{ring: canvas.NewRectangle(color.Transparent), text: kit.NewLine()}
	c.ring.CornerRadius, c.ring.StrokeWidth = 6, 2
	inside := kit.Inset(kit.Gap1, 2, kit.Gap1, kit.Gap1, c.text)
	if section {
		c.icon = kit.Icon(kit.ShapeTodo, kit.Skipped)
		inside = kit.Inset(kit.Gap1, 0, kit.Gap1, 2, kit.Row(kit.Middle, kit.Gap1, []float32{14, 0}, c.icon, c.text))
	}
	c.box = kit.Stack(c.ring, inside)
	return c
}

func (c *setupCell) set(l look, text string, current bool) {
	if c.icon == nil {
		c.text.Set(kit.Span{Text: text})
	} else {
		kit.SetIcon(c.icon, l.shape, l.colour)
		c.text.Set(kit.SmallSpan(text, l.colour))
	}
	c.ring.StrokeColor = color.Transparent
	if current {
		c.ring.StrokeColor = theme.Color(kit.Ring)
	}
	c.ring.Refresh()
}
