package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Step is an entry at the left: a step of a wizard, or a place to go to.
type Step struct {
	press
	text     string
	shape    Shape // empty for none
	mark     fyne.ThemeColorName
	current  bool
	unneeded bool
}

// StepLook is how a step looks.
type StepLook struct {
	Text     string
	Shape    Shape
	Mark     fyne.ThemeColorName // the colour of the shape
	Current  bool
	Unneeded bool
}

// NewStep returns an entry; without onPress it cannot be pressed.
func NewStep(look StepLook, onPress func()) *Step {
	s := &Step{text: look.Text, shape: look.Shape, mark: look.Mark, current: look.Current, unneeded: look.Unneeded}
	s.OnPress = onPress
	s.disabled = onPress == nil
	s.become(s)
	return s
}

// CreateRenderer draws the entry.
func (s *Step) CreateRenderer() fyne.WidgetRenderer {
	const height float32 = 32
	box, ring := canvas.NewRectangle(color.Transparent), newRing()
	box.CornerRadius, ring.CornerRadius = radius, radius
	label := canvas.NewText(s.text, color.Transparent)
	label.TextStyle.Bold = s.current
	label.TextSize = theme.SizeForWidget(theme.SizeNameText, s)
	objects := []fyne.CanvasObject{box}
	left := Gap3
	if s.shape != "" {
		icon := Icon(s.shape, s.mark)
		icon.Move(fyne.NewPos(Gap2, (height-iconSize)/2))
		icon.Resize(fyne.NewSquareSize(iconSize))
		objects = append(objects, icon)
		left = Gap2 + iconSize + Gap2 + 2
	}
	f := &face{objects: append(objects, label, ring)}
	f.min = func() fyne.Size { return fyne.NewSize(left+Gap2, height) }
	fits := func(size fyne.Size) func(string) bool {
		return func(text string) bool {
			return fyne.MeasureText(text, label.TextSize, label.TextStyle).Width <= size.Width-left-Gap2
		}
	}
	f.layout = func(size fyne.Size) {
		box.Resize(size)
		label.Text = elide(s.text, fits(size))
		label.Move(fyne.NewPos(left, (size.Height-label.MinSize().Height)/2))
		placeRing(ring, size, -1)
	}
	f.refresh = func() {
		ink := Muted
		box.FillColor, box.StrokeColor, box.StrokeWidth = color.Transparent, color.Transparent, 0
		switch {
		case s.current:
			ink = Ink
			box.FillColor, box.StrokeColor, box.StrokeWidth = colour(s, Surface), colour(s, Line), 1
		case s.unneeded:
			ink = Skipped
		case s.hovered && !s.disabled:
			ink = Ink
			box.FillColor = colour(s, Line)
		}
		label.Color = colour(s, ink)
		showRing(ring, s, s.focused)
		for _, o := range f.objects {
			canvas.Refresh(o)
		}
	}
	f.refresh()
	return f
}
