package kit

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Label is one line in one style that ends in an ellipsis where it does not fit.
// It is for what is drawn often, such as the rows of a list: [Text], which can do
// more, takes many times as long.
type Label struct {
	widget.BaseWidget
	span Span
}

// NewLabel returns an empty label.
func NewLabel() *Label {
	l := &Label{}
	l.ExtendBaseWidget(l)
	return l
}

// Set changes what the label says, and how.
func (l *Label) Set(s Span) {
	if l.span != s {
		l.span = s
		l.Refresh()
	}
}

// CreateRenderer draws the line.
func (l *Label) CreateRenderer() fyne.WidgetRenderer {
	text := canvas.NewText("", color.Transparent)
	f := &face{objects: []fyne.CanvasObject{text}}
	dress := func() {
		name, size := l.span.Colour, l.span.Size
		if name == "" {
			name = Ink
		}
		if size == "" {
			size = theme.SizeNameText
		}
		text.Color, text.TextSize = colour(l, name), theme.SizeForWidget(size, l)
		text.TextStyle = fyne.TextStyle{Bold: l.span.Bold, Italic: l.span.Italic, Monospace: l.span.Mono}
	}
	measure := func(s string) fyne.Size { return fyne.MeasureText(s, text.TextSize, text.TextStyle) }
	f.min = func() fyne.Size {
		dress()
		return fyne.NewSize(0, measure("x").Height)
	}
	f.layout = func(size fyne.Size) {
		text.Text = shorten(l.span.Text, func(s string) bool { return measure(s).Width <= size.Width })
		text.Resize(size)
	}
	f.refresh = func() {
		dress()
		f.layout(l.Size())
		text.Refresh()
	}
	f.refresh()
	return f
}

// shorten cuts a line until it fits with an ellipsis.
func shorten(line string, fits func(string) bool) string {
	if fits(line) {
		return line
	}
	runes := []rune(line)
	most := sort.Search(len(runes), func(n int) bool { return !fits(string(runes[:n+1]) + "…") })
	return string(runes[:most]) + "…"
}
