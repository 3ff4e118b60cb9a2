package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Code shows commands to be typed elsewhere, with a button that copies them.
func Code(text string) fyne.CanvasObject {
	words := NewText(Span{Text: text, Mono: true, Size: theme.SizeNameCaptionText})
	button := NewSmallButton("Copy", nil)
	copies(button, text)
	line := Row(Top, Gap2, []float32{0, 60}, Inset(3, 0, 3, 0, words), button)
	return newPanel(Inset(Gap1, Gap1, Gap1, Gap2, line), Surface, Line, 4)
}

// NewCopyButton returns a button that copies a text and says that it did.
func NewCopyButton(words, text string) *Button {
	b := NewButton(words, Secondary, nil)
	copies(b, text)
	return b
}

func copies(b *Button, text string) {
	b.OnPress = func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		b.SetText("Copied")
	}
}

// rawText is text that can be selected and copied.
type rawText struct{ widget.Label }

// Evidence shows raw lines that can be selected and copied.
func Evidence(text string) fyne.CanvasObject {
	r := &rawText{}
	r.Text = text
	r.Wrapping = fyne.TextWrapBreak
	r.Selectable = true
	r.SizeName = theme.SizeNameCaptionText
	r.TextStyle.Monospace = true
	r.ExtendBaseWidget(r)
	return newPanel(r, Surface, Line, 4)
}

func (r *rawText) heightAt(width float32) float32 {
	if r.Size().Width != width {
		r.Resize(fyne.NewSize(width, r.Size().Height))
	}
	return r.MinSize().Height
}
