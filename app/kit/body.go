package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Body is the part of a page that may be longer than the window. It keeps what
// has the keyboard in sight.
type Body struct {
	widget.BaseWidget
	scroll  *container.Scroll
	content fyne.CanvasObject
}

// NewBody returns a body around its content.
func NewBody(content fyne.CanvasObject) *Body {
	b := &Body{scroll: container.NewVScroll(content), content: content}
	b.ExtendBaseWidget(b)
	b.follow(content)
	return b
}

// follower is what takes the keyboard, and asks to be brought in sight whenever it
// gets it.
type follower interface{ revealBy(reveal func()) }

// follow follows the keyboard to all that an object holds.
func (b *Body) follow(o fyne.CanvasObject) {
	if f, ok := o.(follower); ok {
		f.revealBy(func() { b.Reveal(o) })
	}
	for _, inner := range held(o) {
		b.follow(inner)
	}
}

// held is what an object holds, as far as things are put together here.
func held(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case *Panel:
		return []fyne.CanvasObject{o.content}
	}
	return nil
}

// FocusFirst gives the keyboard to the first thing in an object that takes it, and
// reports whether there is one.
func FocusFirst(o fyne.CanvasObject) bool {
	first, ok := firstOf(o).(fyne.Focusable)
	if ok {
		Focus(first)
	}
	return ok
}

// firstOf is the first thing in an object that takes the keyboard, or nil.
func firstOf(o fyne.CanvasObject) fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	able, ok := o.(interface {
		fyne.Focusable
		fyne.Disableable
	})
	if ok && !able.Disabled() {
		return o
	}
	for _, inner := range held(o) {
		if first := firstOf(inner); first != nil {
			return first
		}
	}
	return nil
}

// CreateRenderer draws the content in a scroll.
func (b *Body) CreateRenderer() fyne.WidgetRenderer {
	f := &face{objects: []fyne.CanvasObject{b.scroll}, min: b.scroll.MinSize}
	f.layout = func(size fyne.Size) {
		b.follow(b.content)
		heightFor(b.content, size.Width)
		b.scroll.Resize(size)
	}
	f.refresh = func() { b.scroll.Refresh() }
	return f
}

// Settle lays the content out anew after something in it changed its height.
func (b *Body) Settle() {
	b.follow(b.content)
	width := b.Size().Width
	if width == 0 {
		return // not laid out yet
	}
	b.content.Resize(fyne.NewSize(width, b.content.MinSize().Height))
	b.content.Resize(fyne.NewSize(width, max(b.content.MinSize().Height, b.Size().Height)))
	b.scroll.Refresh()
}

// Reveal scrolls until an object inside is in sight, its top before its bottom.
func (b *Body) Reveal(o fyne.CanvasObject) {
	top, found := below(b.content, o)
	if !found {
		return
	}
	bottom := top + o.Size().Height
	height := b.scroll.Size().Height
	offset := b.scroll.Offset.Y
	if bottom+Gap4 > offset+height {
		offset = bottom + Gap4 - height
	}
	if top-Gap1 < offset {
		offset = top - Gap1 // room for the focus ring, and no sliver of what stands above
		if o == firstOf(b.content) && bottom+Gap4 <= height {
			offset = 0 // nothing above takes the keyboard: this is the way to see it
		}
	}
	b.scrollTo(offset)
}

// below returns how far an object stands below the top of another one that
// holds it. The driver knows that only of what it has drawn already.
func below(holder, o fyne.CanvasObject) (float32, bool) {
	if holder == o {
		return 0, true
	}
	for _, inner := range held(holder) {
		if y, found := below(inner, o); found {
			return inner.Position().Y + y, true
		}
	}
	return 0, false
}

// Top scrolls to the top.
func (b *Body) Top() { b.scrollTo(0) }

// Page scrolls by a window's height, up or down.
func (b *Body) Page(down bool) {
	by := b.scroll.Size().Height - Gap8
	if !down {
		by = -by
	}
	b.scrollTo(b.scroll.Offset.Y + by)
}

func (b *Body) scrollTo(offset float32) {
	most := max(0, b.content.MinSize().Height-b.scroll.Size().Height)
	b.scroll.ScrollToOffset(fyne.NewPos(0, min(max(0, offset), most)))
}

// AtMost returns the body in a place that is as high as its content, and at most
// so high.
func (b *Body) AtMost(height float32) fyne.CanvasObject {
	return container.New(&bodyPlace{body: b, most: height}, b)
}

type bodyPlace struct {
	body        *Body
	most, width float32
}

func (p *bodyPlace) height(_ []fyne.CanvasObject, width float32) float32 {
	return min(p.most, heightFor(p.body.content, width))
}

func (p *bodyPlace) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := p.body.content.MinSize().Width
	return fyne.NewSize(width, p.height(objects, max(p.width, width)))
}

func (p *bodyPlace) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	p.width = size.Width
	objects[0].Resize(size)
}
