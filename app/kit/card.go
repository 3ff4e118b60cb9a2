package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Panel is a rectangle behind an object, in colours of the theme.
type Panel struct {
	widget.BaseWidget
	content    fyne.CanvasObject
	fill, line fyne.ThemeColorName // empty means none
	radius     float32
}

// Card puts an object on a bordered surface.
func Card(o fyne.CanvasObject) *Panel {
	return newPanel(Inset(1, 1, 1, 1, o), Surface, Line, 8)
}

// Plate puts an object on a plain ground of a colour.
func Plate(name fyne.ThemeColorName, o fyne.CanvasObject) *Panel { return newPanel(o, name, "", 0) }

// Outline puts a border of a colour around an object.
func Outline(name fyne.ThemeColorName, o fyne.CanvasObject) *Panel {
	return newPanel(o, "", name, radius)
}

func newPanel(o fyne.CanvasObject, fill, line fyne.ThemeColorName, radius float32) *Panel {
	p := &Panel{content: o, fill: fill, line: line, radius: radius}
	p.ExtendBaseWidget(p)
	return p
}

func (p *Panel) heightAt(width float32) float32 { return heightFor(p.content, width) }

// CreateRenderer draws the panel.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	box := canvas.NewRectangle(color.Transparent)
	box.CornerRadius = p.radius
	f := &face{objects: []fyne.CanvasObject{box, p.content}, min: p.content.MinSize}
	f.layout = func(size fyne.Size) {
		box.Resize(size)
		p.content.Resize(size)
	}
	f.refresh = func() {
		box.FillColor = colour(p, p.fill)
		if p.line != "" {
			box.StrokeColor, box.StrokeWidth = colour(p, p.line), 1
		}
		box.Refresh()
		p.content.Refresh()
	}
	f.refresh()
	return f
}

// Hairline is a line one pixel thick, from edge to edge.
func Hairline() *Panel {
	return newPanel(canvas.NewRectangle(color.Transparent), Line, "", 0).atLeast(1)
}

func (p *Panel) atLeast(side float32) *Panel {
	p.content.(*canvas.Rectangle).SetMinSize(fyne.NewSquareSize(side))
	return p
}
