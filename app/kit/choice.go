package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Mark is the kind of mark that a choice carries.
type Mark int

// The marks.
const (
	Radio Mark = iota // one of several
	Box               // any of several, or yes and no
)

// Choice is one thing that can be chosen: a mark, a label, a line below it.
// Space chooses it, Enter chooses it and goes on from what is chosen already, Up,
// Down, Home and End go to the others.
type Choice struct {
	press
	OnToggle func() // it was chosen, or chosen no longer
	OnEnter  func() // Enter on what is chosen already: go on

	mark   Mark
	chosen bool
	first  bool // in a list: no line above it
	label  *Text
	note   *Text
	barred bool

	content fyne.CanvasObject // once it is drawn
}

// ChoiceText is what a choice says.
type ChoiceText struct{ Label, Note, Barred string }

// NewChoice returns a choice. One with a reason in Barred cannot be chosen and
// says why.
func NewChoice(mark Mark, text ChoiceText) *Choice {
	c := &Choice{mark: mark, barred: text.Barred != "", first: true}
	c.OnPress = c.toggle
	ink := Ink
	note := text.Note
	if text.Barred != "" {
		ink, note, c.disabled = Muted, text.Barred, true
	}
	c.label = NewText(Span{Text: text.Label, Colour: ink})
	c.note = NewText(SmallSpan(note, Muted))
	c.note.Hidden = note == ""
	c.become(c)
	return c
}

// Chosen reports whether it is chosen.
func (c *Choice) Chosen() bool { return c.chosen }

func (c *Choice) toggle() {
	if c.OnToggle != nil {
		c.OnToggle()
	}
}

// TypedKey chooses with Space; Enter on what is chosen already goes on.
func (c *Choice) TypedKey(e *fyne.KeyEvent) {
	enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
	if enter && c.chosen && c.OnEnter != nil {
		c.OnEnter()
		return
	}
	c.press.TypedKey(e)
}

// Freeze keeps it from being changed for a while.
func (c *Choice) Freeze(on bool) { c.enable(!on && !c.barred) }

// Choose sets whether it is chosen.
func (c *Choice) Choose(on bool) {
	if c.chosen != on {
		c.chosen = on
		c.Refresh()
	}
}

func (c *Choice) shape() (Shape, fyne.ThemeColorName) {
	shapes := map[Mark][2]Shape{Radio: {ShapeRadioOff, ShapeRadioOn}, Box: {ShapeBoxOff, ShapeBoxOn}}
	switch {
	case c.barred:
		return ShapeSkip, Skipped
	case c.chosen:
		return shapes[c.mark][1], Accent
	}
	return shapes[c.mark][0], FieldLine
}

func (c *Choice) heightAt(width float32) float32 {
	if c.content == nil {
		return c.MinSize().Height
	}
	return heightFor(c.content, width)
}

// CreateRenderer draws the choice.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	box, line, ring := canvas.NewRectangle(color.Transparent), canvas.NewLine(color.Transparent), newRing()
	ring.CornerRadius = radius
	shape, name := c.shape()
	icon := Icon(shape, name)
	text := Column(0, c.label, c.note)
	c.content = Inset(Gap2, Gap3, Gap2, Gap3, Row(Top, Gap3, []float32{iconSize, 0}, Inset(2, 0, 0, 0, icon), text))
	f := &face{objects: []fyne.CanvasObject{box, line, c.content, ring}}
	f.min = c.content.MinSize
	f.layout = func(size fyne.Size) {
		box.Resize(size)
		line.Position1, line.Position2 = fyne.NewPos(0, 0), fyne.NewPos(size.Width, 0)
		c.content.Resize(size)
		placeRing(ring, size, -1)
	}
	f.refresh = func() {
		shape, name := c.shape()
		SetIcon(icon, shape, name)
		box.FillColor = color.Transparent
		if c.hovered && !c.disabled {
			box.FillColor = colour(c, Rail)
		}
		line.StrokeColor, line.StrokeWidth, line.Hidden = colour(c, Line), 1, c.first
		showRing(ring, c, c.focused)
		c.content.Refresh()
		box.Refresh()
		line.Refresh()
	}
	f.refresh()
	return f
}

// Choices puts choices into one card, joins them by the arrow keys and returns
// the card.
func Choices(choices ...*Choice) fyne.CanvasObject {
	column := Column(0)
	for i, c := range choices {
		c.first = i == 0
		c.OnKey = func(key fyne.KeyName) bool { return step(choices, i, key) }
		column.Add(c)
	}
	return Card(column)
}

// step gives the keyboard to the next choice, up or down, that can be chosen, or to
// the first or last; of those that exclude each other it chooses that one.
func step(choices []*Choice, at int, key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{
		fyne.KeyDown: 1, fyne.KeyRight: 1, fyne.KeyUp: -1, fyne.KeyLeft: -1, fyne.KeyHome: 1, fyne.KeyEnd: -1,
	}[key]
	if by == 0 {
		return false
	}
	from := at + by
	switch key {
	case fyne.KeyHome:
		from = 0
	case fyne.KeyEnd:
		from = len(choices) - 1
	}
	for i := from; i >= 0 && i < len(choices); i += by {
		if c := choices[i]; !c.disabled {
			Focus(c)
			if c.mark == Radio && i != at {
				c.toggle()
			}
			break
		}
	}
	return true
}
