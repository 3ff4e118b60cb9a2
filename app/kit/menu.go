package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// MenuItem is one thing in a menu.
type MenuItem struct {
	Text   string
	Action func()
}

// ShowMenu opens a menu below an object. Up, Down, Enter and Esc work in it.
func ShowMenu(below fyne.CanvasObject, items ...MenuItem) {
	showMenu(below, fyne.CurrentApp().Driver().AbsolutePositionForObject(below), below.Size(), items)
}

// ShowMenu opens a menu below a row, wherever that has scrolled to.
func (l *List) ShowMenu(row int, items ...MenuItem) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	at.Y += float32(row)*l.height - l.GetScrollOffset()
	showMenu(l, at, fyne.NewSize(l.Size().Width, l.height), items)
}

// showMenu opens a menu below what is at a place of a size, or above it where
// there is no room: Fyne would lay it over what it belongs to.
func showMenu(of fyne.CanvasObject, at fyne.Position, size fyne.Size, items []MenuItem) {
	c := Canvas(of)
	if c == nil {
		return
	}
	menu := fyne.NewMenu("")
	for _, item := range items {
		menu.Items = append(menu.Items, fyne.NewMenuItem(item.Text, item.Action))
	}
	popUp := widget.NewPopUpMenu(menu, c)
	needs := popUp.MinSize()
	x := max(at.X, at.X+size.Width-needs.Width)
	y := at.Y + size.Height + Gap1
	if above := at.Y - Gap1 - needs.Height; y+needs.Height+Gap1 > c.Size().Height && above >= 0 {
		y = above
	}
	popUp.ShowAtPosition(fyne.NewPos(x, y))
	popUp.ActivateNext()
}

// Picker is a button that shows what is picked and opens a menu to pick another.
type Picker struct {
	press
	texts  []string
	picked int
}

// NewPicker returns a picker with the first text picked.
func NewPicker(texts []string, onPick func(index int)) *Picker {
	p := &Picker{texts: texts}
	p.OnPress = func() {
		var items []MenuItem
		for i, text := range texts {
			items = append(items, MenuItem{text, func() {
				p.picked = i
				p.Refresh()
				onPick(i)
			}})
		}
		ShowMenu(p, items...)
	}
	p.OnKey = func(key fyne.KeyName) bool {
		if key == fyne.KeyDown {
			p.OnPress()
		}
		return key == fyne.KeyDown
	}
	p.become(p)
	return p
}

// Pick shows a text as picked, and tells nobody.
func (p *Picker) Pick(index int) {
	p.picked = index
	p.Refresh()
}

// Picked is the index of the text that is picked.
func (p *Picker) Picked() int { return p.picked }

// CreateRenderer draws the picker.
func (p *Picker) CreateRenderer() fyne.WidgetRenderer {
	box, ring := canvas.NewRectangle(colour(p, Surface)), newRing()
	box.CornerRadius, box.StrokeWidth = radius, 1
	label, icon := canvas.NewText("", colour(p, Ink)), Icon(ShapeDown, Muted)
	widest := float32(0)
	for _, text := range p.texts {
		label.Text = text
		widest = max(widest, label.MinSize().Width)
	}
	f := &face{objects: []fyne.CanvasObject{box, label, icon, ring}}
	f.min = func() fyne.Size { return fyne.NewSize(Gap3+widest+Gap2+iconSize+Gap2, LineHeight) }
	f.layout = func(size fyne.Size) {
		box.Resize(size)
		label.Move(fyne.NewPos(Gap3, (size.Height-label.MinSize().Height)/2))
		icon.Resize(fyne.NewSquareSize(iconSize))
		icon.Move(fyne.NewPos(size.Width-Gap2-iconSize, (size.Height-iconSize)/2))
		placeRing(ring, size, ringOutside)
	}
	f.refresh = func() {
		label.Text, label.Color = p.texts[p.picked], colour(p, Ink)
		box.FillColor, box.StrokeColor = colour(p, Surface), colour(p, FieldLine)
		if p.hovered {
			box.FillColor = colour(p, Rail)
		}
		showRing(ring, p, p.focused)
		label.Refresh()
		box.Refresh()
		icon.Refresh()
	}
	f.refresh()
	return f
}
