package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Split puts a rail of a fixed width, a line, and the rest side by side.
func Split(width float32, rail, rest fyne.CanvasObject) *fyne.Container {
	return container.New(&split{width}, Plate(Rail, rail), Hairline(), rest)
}

type split struct{ width float32 }

func (s *split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rail, rest := objects[0].MinSize(), objects[2].MinSize()
	return fyne.NewSize(s.width+1+rest.Width, max(rail.Height, rest.Height))
}

func (s *split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(s.width, size.Height))
	objects[1].Move(fyne.NewPos(s.width, 0))
	objects[1].Resize(fyne.NewSize(1, size.Height))
	objects[2].Move(fyne.NewPos(s.width+1, 0))
	objects[2].Resize(fyne.NewSize(size.Width-s.width-1, size.Height))
}

// Deck puts a bar of buttons, 60 pixels high, below the rest.
func Deck(rest, bar fyne.CanvasObject) *fyne.Container {
	return container.New(&deck{60}, rest, Plate(Surface, Inset(12, Gap6, 12, Gap4, bar)), Hairline())
}

// ShowBar shows the bar of a deck or hides it; the rest takes its room then.
func ShowBar(deck *fyne.Container, on bool) {
	for _, o := range deck.Objects[1:] {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	deck.Refresh()
}

type deck struct{ bar float32 }

func (d *deck) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rest, bar := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(rest.Width, bar.Width), rest.Height+d.bar)
}

func (d *deck) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := size.Height - d.bar
	if !objects[1].Visible() {
		top = size.Height
	}
	objects[0].Resize(fyne.NewSize(size.Width, top))
	objects[1].Move(fyne.NewPos(0, top))
	objects[1].Resize(fyne.NewSize(size.Width, d.bar))
	objects[2].Move(fyne.NewPos(0, top))
	objects[2].Resize(fyne.NewSize(size.Width, 1))
}

// Ends puts one object at the top and another at the bottom.
func Ends(top, bottom fyne.CanvasObject) *fyne.Container {
	return container.New(ends{}, top, bottom)
}

type ends struct{}

func (ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	top, bottom := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(top.Width, bottom.Width), top.Height+bottom.Height)
}

func (ends) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(size.Width, heightFor(objects[0], size.Width)))
	height := heightFor(objects[1], size.Width)
	objects[1].Resize(fyne.NewSize(size.Width, height))
	objects[1].Move(fyne.NewPos(0, size.Height-height))
}

// Fill puts one object above another that takes the height that is left.
func Fill(gap float32, top, rest fyne.CanvasObject) *fyne.Container {
	return container.New(&fill{gap: gap}, top, rest)
}

type fill struct{ gap float32 }

func (l *fill) MinSize(objects []fyne.CanvasObject) fyne.Size {
	top, rest := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(top.Width, rest.Width), top.Height+l.gap+rest.Height)
}

func (l *fill) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := heightFor(objects[0], size.Width)
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[1].Move(fyne.NewPos(0, height+l.gap))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-height-l.gap)))
}
