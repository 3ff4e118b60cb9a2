// Package kit holds the theme and the few widgets that Fyne lacks or has in a
// shape that this window cannot use. It knows nothing of mail or connectors.
//
// Why not Fyne's own:
//
//   - [Button], [Choice], [Step], [Item] and [Picker] answer Enter as well as
//     Space and wear a focus ring of two pixels; Fyne's answer Space only, or
//     nothing, and tint.
//   - [Entry] hands shortcuts that it does not know to the window; Fyne's
//     swallows them, so that Alt+Left would not go back from a field.
//   - [Text] has no padding and a known height for a width, so that spacing can
//     be kept to steps of four. [Clamp] wraps and is cut, which Fyne's text
//     does one of.
//   - [Dialog] answers Esc and Enter; Fyne's dialogs answer neither.
//   - [Body] scrolls to what has the focus; Fyne's scroll does not.
package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The steps of the spacing grid, in device-independent pixels.
const (
	Gap1 float32 = 4
	Gap2 float32 = 8
	Gap3 float32 = 12
	Gap4 float32 = 16
	Gap6 float32 = 24
	Gap8 float32 = 32
)

// Sizes that several widgets share.
const (
	FieldWidth  float32 = 360 // the widest a field gets
	TextWidth   float32 = 560 // about 72 characters of body text
	CardWidth   float32 = 640 // the widest a card of choices or a note gets
	LineHeight  float32 = 36  // of a button and of a field
	radius      float32 = 6
	ringWidth   float32 = 2
	ringOutside float32 = 3 // how far the focus ring stands outside its widget
)

// colour looks a theme colour up as w sees it; no name is transparent.
func colour(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	return theme.ColorForWidget(name, w)
}

// Canvas returns the canvas that shows an object, or nil. The driver knows what
// it has drawn already; for what is to be drawn next there is but one window.
func Canvas(o fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	if windows := driver.AllWindows(); len(windows) == 1 {
		return windows[0].Canvas()
	}
	return nil
}

// Focus gives an object of the window the keyboard.
func Focus(o fyne.Focusable) {
	if c := Canvas(o.(fyne.CanvasObject)); c != nil {
		c.Focus(o)
	}
}
