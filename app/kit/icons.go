package kit

import (
	"bytes"
	"embed"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// Shape is the name of one of the window's own icons, a file in icons.
type Shape string

// The shapes. Each state has its own, so that colour is never the only sign.
const (
	ShapePass      Shape = "pass"
	ShapeWarn      Shape = "warn"
	ShapeFail      Shape = "fail"
	ShapeSkip      Shape = "skip"
	ShapeTodo      Shape = "todo"
	ShapeNow       Shape = "now"
	ShapeRunning   Shape = "running"
	ShapeAttention Shape = "attention"
	ShapeInfo      Shape = "info"
	ShapeLater     Shape = "later"
	ShapeBarred    Shape = "barred"
	ShapeMore      Shape = "more"
	ShapeDown      Shape = "down"
	ShapeUp        Shape = "up"
	ShapeRight     Shape = "right"
	ShapeRadioOff  Shape = "radio-off"
	ShapeRadioOn   Shape = "radio-on"
	ShapeBoxOff    Shape = "box-off"
	ShapeBoxOn     Shape = "box-on"
)

// Resource returns the shape in a colour of the theme.
func (s Shape) Resource(name fyne.ThemeColorName) fyne.Resource { return glyph{s, name} }

// glyph is a shape in a colour of the theme that is current whenever it is
// drawn. Fyne's own themed resources colour areas only, and not lines.
type glyph struct {
	shape Shape
	name  fyne.ThemeColorName
}

func (g glyph) hex() string {
	r, green, b, _ := theme.Color(g.name).RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, green>>8, b>>8)
}

// Name differs by colour, since Fyne keeps drawn icons by name.
func (g glyph) Name() string { return string(g.shape) + g.hex() + ".svg" }

// Content returns the file with its black replaced. A shape without a file is a
// mistake in this package that its test finds; it is drawn as nothing.
func (g glyph) Content() []byte {
	data, err := iconFiles.ReadFile("icons/" + string(g.shape) + ".svg")
	if err != nil {
		return nil
	}
	return bytes.ReplaceAll(data, []byte("#000000"), []byte(g.hex()))
}

// iconSize is the side of an icon beside text.
const iconSize float32 = 16

// painted is a glyph of an image with the name under which it was drawn last.
type painted struct {
	glyph
	as string
}

func (s Shape) painted(name fyne.ThemeColorName) painted {
	g := glyph{s, name}
	return painted{g, g.Name()}
}

// Icon returns an image of a shape at the size of text.
func Icon(s Shape, name fyne.ThemeColorName) *canvas.Image {
	image := canvas.NewImageFromResource(s.painted(name))
	image.FillMode = canvas.ImageFillContain
	image.SetMinSize(fyne.NewSquareSize(iconSize))
	return image
}

// SetIcon changes what an image made by [Icon] shows. It reads the file only where
// that is something else, or in another colour: a frame that scrolls has many.
func SetIcon(image *canvas.Image, s Shape, name fyne.ThemeColorName) {
	if p := s.painted(name); image.Resource != fyne.Resource(p) {
		image.Resource = p
		image.Refresh()
	}
}
