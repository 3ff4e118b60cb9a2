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
// Enter and Space choose it; Up and Down go to its neighbours.
type Choice struct {
	press
	mark   Mark
	chosen bool
	first  bool // in a list: no line above it
	label  *Text
	note   *Text
	barred string
}

// ChoiceText is what a choice says.
type ChoiceText struct{ Label, Note, Barred string }

// NewChoice returns a choice. One with a reason in Barred cannot be chosen and
// says why.
func NewChoice(mark Mark, text ChoiceText, onPress func()) *Choice {
	c := &Choice{mark: mark, barred: text.Barred, first: true}
	c.OnPress = onPress
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
	case c.disabled && c.barred != "":
		return ShapeSkip, Skipped
	case c.chosen:
		return shapes[c.mark][1], Accent
	}
	return shapes[c.mark][0], FieldLine
}

// CreateRenderer draws the choice.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	box, line, ring := canvas.NewRectangle(color.Transparent), canvas.NewLine(color.Transparent), newRing()
	ring.CornerRadius = radius
	shape, name := c.shape()
	icon := Icon(shape, name)
	text := Column(0, c.label, c.note)
	content := Inset(Gap2, Gap3, Gap2, Gap3, Row(Top, Gap3, []float32{iconSize, 0}, Inset(2, 0, 0, 0, icon), text))
	f := &face{objects: []fyne.CanvasObject{box, line, content, ring}}
	f.min = content.MinSize
	f.layout = func(size fyne.Size) {
		box.Resize(size)
		line.Position1, line.Position2 = fyne.NewPos(0, 0), fyne.NewPos(size.Width, 0)
		content.Resize(size)
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
		content.Refresh()
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

// step gives the keyboard to the next choice, up or down, that can be chosen.
func step(choices []*Choice, at int, key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyRight: 1, fyne.KeyUp: -1, fyne.KeyLeft: -1}[key]
	if by == 0 {
		return false
	}
	for i := at + by; i >= 0 && i < len(choices); i += by {
		if !choices[i].disabled {
			Focus(choices[i])
			break
		}
	}
	return true
}
