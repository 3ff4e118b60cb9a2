package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

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
	return container.New(&row{align: align, gap: gap, widths: widths}, objects...)
}

// Wider returns a row whose columns of given numbers share what is left beyond all
// widths, and what is lacking, evenly.
func Wider(align Align, gap float32, widths []float32, grow []int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&row{align: align, gap: gap, widths: widths, grow: grow}, objects...)
}

type row struct {
	align  Align
	gap    float32
	widths []float32
	grow   []int // columns that share what is left
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
	for _, i := range r.grow {
		shares[i] = max(0, shares[i]+left/float32(len(r.grow)))
	}
	return shares
}

func (r *row) height(objects []fyne.CanvasObject, width float32) (height float32) {
	for i, share := range r.shares(objects, width) {
		if objects[i].Visible() {
			height = max(height, heightFor(objects[i], share))
		}
	}
	return height
}

func (r *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, seen := float32(0), 0
	for i, share := range r.shares(objects, 0) {
		if !objects[i].Visible() {
			continue
		}
		if seen++; r.widths[i] == 0 || slices.Contains(r.grow, i) {
			share = objects[i].MinSize().Width
		}
		width += share
	}
	width += r.gap * float32(max(0, seen-1))
	return fyne.NewSize(width, r.height(objects, max(r.width, width)))
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
