package kit

import (
	"fyne.io/fyne/v2"
)

// The layouts here know that the height of text depends on its width: they give
// an object its width first and ask for its height afterwards, so that a page
// stands right the first time it is drawn.

// heightFor returns the height that an object needs at a width.
func heightFor(o fyne.CanvasObject, width float32) float32 {
	if o.Size().Width != width {
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
	}
	return o.MinSize().Height
}

// Column stacks objects with a gap between them, each as wide as the column.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return fyne.NewContainerWithLayout(&column{gap: gap}, objects...)
}

type column struct{ gap, width float32 }

func (c *column) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	first := true
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := o.MinSize().Height
		if c.width > 0 {
			height = heightFor(o, c.width)
		}
		if !first {
			height += c.gap
		}
		first = false
		size.Height += height
		size.Width = max(size.Width, o.MinSize().Width)
	}
	return size
}

func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	c.width = size.Width
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		height := heightFor(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, height))
		y += height + c.gap
	}
}

// Align says where the objects of a row stand.
type Align int

// The alignments.
const (
	Top Align = iota
	Middle
)

// Row puts objects side by side in columns of given widths; a width of 0 takes
// what is left, and a negative one what its object needs.
func Row(align Align, gap float32, widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return fyne.NewContainerWithLayout(&row{align: align, gap: gap, widths: widths}, objects...)
}

type row struct {
	align  Align
	gap    float32
	widths []float32
	width  float32
}

// shares returns the width of each column; objects that are hidden get none.
func (r *row) shares(objects []fyne.CanvasObject, width float32) []float32 {
	shares := make([]float32, len(objects))
	left, flexible, seen := width, 0, 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		seen++
		switch {
		case r.widths[i] > 0:
			shares[i] = r.widths[i]
		case r.widths[i] < 0:
			shares[i] = o.MinSize().Width
		default:
			flexible++
		}
		left -= shares[i]
	}
	left -= r.gap * float32(max(0, seen-1))
	for i, o := range objects {
		if o.Visible() && r.widths[i] == 0 {
			shares[i] = max(0, left/float32(flexible))
		}
	}
	return shares
}

func (r *row) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	shares := r.shares(objects, r.width)
	seen := 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		seen++
		height := o.MinSize().Height
		if r.width > 0 {
			height = heightFor(o, shares[i])
		}
		size.Height = max(size.Height, height)
		if r.widths[i] == 0 {
			size.Width += o.MinSize().Width
		} else {
			size.Width += shares[i]
		}
	}
	size.Width += r.gap * float32(max(0, seen-1))
	return size
}

func (r *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	x := float32(0)
	for i, share := range r.shares(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		height := heightFor(o, share)
		y := float32(0)
		if r.align == Middle {
			y = (size.Height - height) / 2
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(share, height))
		x += share + r.gap
	}
}

// Inset puts space around an object.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return fyne.NewContainerWithLayout(&inset{top: top, right: right, bottom: bottom, left: left}, o)
}

type inset struct{ top, right, bottom, left, width float32 }

func (n *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if n.width > 0 {
		size.Height = heightFor(objects[0], max(0, n.width-n.left-n.right))
	}
	return size.AddWidthHeight(n.left+n.right, n.top+n.bottom)
}

func (n *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n.width = size.Width
	objects[0].Move(fyne.NewPos(n.left, n.top))
	objects[0].Resize(size.SubtractWidthHeight(n.left+n.right, n.top+n.bottom))
}

// AtMost keeps an object from growing wider than a width.
func AtMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return fyne.NewContainerWithLayout(&atMost{most: width}, o)
}

type atMost struct{ most, width float32 }

func (m *atMost) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	if m.width > 0 {
		size.Height = heightFor(objects[0], min(m.most, m.width))
	}
	size.Width = min(size.Width, m.most)
	return size
}

func (m *atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	m.width = size.Width
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(min(m.most, size.Width), size.Height))
}
