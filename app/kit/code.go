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
	button.OnPress = func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		button.SetText("Copied")
	}
	line := Row(Top, Gap2, []float32{0, 60}, Inset(3, 0, 3, 0, words), button)
	return newPanel(Inset(Gap1, Gap1, Gap1, Gap2, line), Surface, Line, 4)
}

// Evidence shows raw lines that can be selected and copied.
func Evidence(text string) fyne.CanvasObject {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapBreak
	label.Selectable = true
	label.SizeName = theme.SizeNameCaptionText
	label.TextStyle.Monospace = true
	return newPanel(label, Surface, Line, 4)
}
