package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// Refuse shows why Fairlead cannot start, and returns once the window is closed.
func Refuse(a fyne.App, err error, o Options) {
	w := refuse(a, err, o)
	if o.Trace != nil {
		o.Trace("refused")
	}
	w.ShowAndRun()
}

func refuse(a fyne.App, err error, o Options) fyne.Window {
	a.Settings().SetTheme(themeFor(o.Variant))
	w := a.NewWindow("Fairlead")
	t := explain("Fairlead cannot start", err)
	text := kit.Column(kit.Gap3, kit.Title(t.What), t.content())
	quit := kit.NewButton("Close", kit.Primary, w.Close)
	w.SetPadded(false)
	w.SetContent(newBeat(o.Drawn).over(kit.Deck(kit.NewBody(kit.Inset(kit.Gap6, kit.Gap6, kit.Gap6, kit.Gap6, text)),
		kit.Row(kit.Middle, 0, []float32{0, -1}, kit.Column(0), quit))))
	w.Resize(fyne.NewSize(windowWidth*2/3, windowHeight*2/3))
	w.CenterOnScreen()
	kit.Focus(quit)
	return w
}
