package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Tabs are the names of parts of a page, one of which is shown. Left and Right go
// to the neighbours, Enter and Space show one.
type Tabs struct {
	Box    *fyne.Container
	tabs   []*Tab
	onPick func(int)
}

// Tab is one of several [Tabs].
type Tab struct {
	press
	text   string
	chosen bool
}

// NewTabs returns tabs with the first one chosen.
func NewTabs(texts []string, onPick func(int)) *Tabs {
	t := &Tabs{onPick: onPick}
	var widths []float32
	var objects []fyne.CanvasObject
	for i, text := range texts {
		tab := &Tab{text: text, chosen: i == 0}
		tab.OnPress = func() { onPick(i) }
		tab.OnKey = func(key fyne.KeyName) bool { return t.step(i, key) }
		tab.become(tab)
		t.tabs = append(t.tabs, tab)
		widths, objects = append(widths, -1), append(objects, tab)
	}
	t.Box = Row(Middle, Gap4, append(widths, 0), append(objects, Column(0))...)
	return t
}

// Choose shows which one is chosen.
func (t *Tabs) Choose(i int) {
	for n, tab := range t.tabs {
		tab.chosen = n == i
		tab.Refresh()
	}
}

// Focus gives one the keyboard.
func (t *Tabs) Focus(i int) { Focus(t.tabs[i]) }

func (t *Tabs) step(at int, key fyne.KeyName) bool {
	to := at + map[fyne.KeyName]int{fyne.KeyRight: 1, fyne.KeyLeft: -1}[key]
	if to == at || to < 0 || to >= len(t.tabs) {
		return false
	}
	Focus(t.tabs[to])
	return true
}

// Text is the tab's name.
func (t *Tab) Text() string { return t.text }

// CreateRenderer draws the name, underlined where it is chosen.
func (t *Tab) CreateRenderer() fyne.WidgetRenderer {
	label, line, ring := canvas.NewText(t.text, color.Transparent), canvas.NewRectangle(color.Transparent), newRing()
	ring.CornerRadius = radius
	f := &face{objects: []fyne.CanvasObject{label, line, ring}}
	const under float32 = 2
	f.min = func() fyne.Size {
		bold := canvas.NewText(t.text, color.Transparent) // as wide as when it is chosen
		bold.TextStyle.Bold = true
		return bold.MinSize().AddWidthHeight(0, Gap2)
	}
	f.layout = func(size fyne.Size) {
		label.Resize(label.MinSize())
		line.Resize(fyne.NewSize(size.Width, under))
		line.Move(fyne.NewPos(0, size.Height-under))
		placeRing(ring, size, ringOutside)
	}
	f.refresh = func() {
		label.TextStyle.Bold, label.Color = t.chosen, colour(t, Muted)
		line.FillColor = color.Transparent
		if t.chosen {
			label.Color, line.FillColor = colour(t, Ink), colour(t, Accent)
		} else if t.hovered {
			label.Color = colour(t, Ink)
		}
		showRing(ring, t, t.focused)
		label.Refresh()
		line.Refresh()
	}
	f.refresh()
	return f
}
