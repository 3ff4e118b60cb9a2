package app

import (
	"image/color"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// beat is a transparent pixel that knows when the window is painted. Where
// OpenGL is missing Fyne opens no window and says nothing; a window whose pixel
// was never asked for is one of those.
type beat struct {
	raster  *canvas.Raster
	painted atomic.Bool
	waiting []func() // of the window's goroutine, which also paints
}

func newBeat() *beat {
	b := &beat{}
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
	b.painted.Store(true)
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

// watch calls dark when nothing is painted for a while.
func (b *beat) watch(patience time.Duration, dark func()) {
	time.AfterFunc(patience, func() {
		if !b.painted.Load() {
			dark()
		}
	})
}
