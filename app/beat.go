package app

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fairlead/app/kit"
)

// beat is a transparent pixel that knows when the window is painted. Where
// OpenGL is missing Fyne opens no window and says nothing; a window whose pixel
// was never asked for is one of those.
type beat struct {
	raster  *canvas.Raster
	waiting []func() // of the window's goroutine, which also paints
}

// newBeat returns a beat that calls drawn with the first frame; drawn may be nil.
func newBeat(drawn func()) *beat {
	b := &beat{}
	if drawn != nil {
		b.waiting = append(b.waiting, drawn)
	}
	b.raster = canvas.NewRasterWithPixels(func(x, y, _, _ int) color.Color {
		if x == 0 && y == 0 {
			b.paint()
		}
		return color.Transparent
	})
	b.raster.Resize(fyne.NewSquareSize(1))
	return b
}

func (b *beat) paint() {
	waiting := b.waiting
	b.waiting = nil
	for _, f := range waiting {
		f()
	}
}

// after calls f once the window has been painted the next time.
func (b *beat) after(f func()) {
	b.waiting = append(b.waiting, f)
	b.raster.Refresh()
}

// over lays the pixel over a window's content.
func (b *beat) over(content fyne.CanvasObject) fyne.CanvasObject {
	return kit.Stack(content, container.NewWithoutLayout(b.raster))
}
