package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// Note says something in a box: a shape, a heading, and a text below it.
func Note(s Shape, name fyne.ThemeColorName, heading string, body fyne.CanvasObject) fyne.CanvasObject {
	text := Column(2)
	if heading != "" {
		text.Add(Heading(heading))
	}
	text.Add(body)
	icon := Inset(2, 0, 0, 0, Icon(s, name))
	return Edge(name, Inset(Gap2, Gap3, Gap2, Gap3, Row(Top, Gap2, []float32{iconSize, 0}, icon, text)))
}

// Edge puts an object on the rail's ground with a coloured edge at the left.
func Edge(name fyne.ThemeColorName, o fyne.CanvasObject) fyne.CanvasObject {
	p := newPanel(o, Rail, "", 4)
	edge := newPanel(canvas.NewRectangle(color.Transparent), name, "", 0).atLeast(3)
	return container.New(&edged{}, p, edge)
}

// edged lays the second object, 3 pixels wide, over the left edge of the first.
type edged struct{ width float32 }

func (e *edged) height(objects []fyne.CanvasObject, width float32) float32 {
	return heightFor(objects[0], width)
}

func (e *edged) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[0].MinSize().Width
	return fyne.NewSize(width, e.height(objects, max(e.width, width)))
}

func (e *edged) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	e.width = size.Width
	objects[0].Resize(size)
	objects[1].Resize(fyne.NewSize(3, size.Height))
}
