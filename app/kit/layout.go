package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// The layouts here know that the height of text depends on its width. They ask
// what they hold for its height at a width before they give it room, so that a
// page stands right the first time it is drawn.

// flow is a layout that knows the height of what it holds at a width.
type flow interface {
	fyne.Layout
	height(objects []fyne.CanvasObject, width float32) float32
}

// tall is a widget that knows its height at a width.
type tall interface{ heightAt(width float32) float32 }

// heightFor returns the height that an object needs at a width.
func heightFor(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case *fyne.Container:
		if l, ok := o.Layout.(flow); ok {
			return l.height(o.Objects, width)
		}
	case tall:
		return o.heightAt(width)
	}
	return o.MinSize().Height
}

// Stack gives every object all the room.
func Stack(objects ...fyne.CanvasObject) *fyne.Container { return container.NewStack(objects...) }

// Column stacks objects with a gap between them, each as wide as the column.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&column{gap: gap}, objects...)
}

type column struct{ gap, width float32 }

func (c *column) height(objects []fyne.CanvasObject, width float32) (height float32) {
	for _, o := range objects {
		if o.Visible() {
			height += heightFor(o, width) + c.gap
		}
	}
	return max(0, height-c.gap)
}

func (c *column) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			size.Width = max(size.Width, o.MinSize().Width)
		}
	}
	size.Height = c.height(objects, max(c.width, size.Width))
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

// Inset puts space around an object.
func Inset(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&inset{top: top, right: right, bottom: bottom, left: left}, o)
}

type inset struct{ top, right, bottom, left, width float32 }

func (n *inset) height(objects []fyne.CanvasObject, width float32) float32 {
	return heightFor(objects[0], max(0, width-n.left-n.right)) + n.top + n.bottom
}

func (n *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := objects[0].MinSize().Width + n.left + n.right
	return fyne.NewSize(width, n.height(objects, max(n.width, width)))
}

func (n *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n.width = size.Width
	objects[0].Move(fyne.NewPos(n.left, n.top))
	objects[0].Resize(size.SubtractWidthHeight(n.left+n.right, n.top+n.bottom))
}

// AtMost keeps an object from growing wider than a width.
func AtMost(width float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&atMost{most: width}, o)
}

type atMost struct{ most, width float32 }

func (m *atMost) height(objects []fyne.CanvasObject, width float32) float32 {
	return heightFor(objects[0], min(m.most, width))
}

func (m *atMost) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := min(m.most, objects[0].MinSize().Width)
	return fyne.NewSize(width, m.height(objects, max(m.width, width)))
}

func (m *atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	m.width = size.Width
	objects[0].Move(fyne.Position{})
	objects[0].Resize(fyne.NewSize(min(m.most, size.Width), size.Height))
}
