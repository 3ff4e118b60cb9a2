package app

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"fairlead/app/kit"
	"fairlead/wizard/page"
)

// progressCard stands on a page while something runs there and there is something
// to do elsewhere: an address to open, a code to type there, an address to bring
// back.
type progressCard struct {
	app  *App
	body *kit.Body         // of the page
	stop *kit.Button       // stops what runs
	say  func(line string) // writes beside the buttons of the page

	box   *fyne.Container
	told  page.Progress
	still func() // stops the countdown; may be nil
	drawn page.Errand
	text  *kit.Text
	left  *kit.Text
	entry *kit.Entry
}

func newProgressCard(a *App, body *kit.Body, stop *kit.Button, say func(line string)) *progressCard {
	c := &progressCard{app: a, body: body, stop: stop, say: say, box: kit.Column(0), text: kit.Heading(""), left: kit.NewLine()}
	c.box.Hide()
	return c
}

// hear shows what is told, and every second how much of its time is left. What
// needs more than a line stands on the card. ui runs a function while it is still
// about the same run.
func (c *progressCard) hear(p page.Progress, ui func(func())) {
	c.told = p
	c.quiet()
	c.show()
	line := p.Text + " … " + p.Left(c.app.opts.Now())
	if p.Text == "" || p.Errand() != (page.Errand{}) {
		line = "" // there is nothing to say, or the card says it
	}
	c.say(line)
	if !p.Until.IsZero() {
		c.still = c.app.opts.After(time.Second, func() { ui(func() { c.hear(c.told, ui) }) })
	}
}

// quiet stops the countdown.
func (c *progressCard) quiet() {
	if c.still != nil {
		c.still()
		c.still = nil
	}
}

// show draws what is told. As long as that is the same, the widgets stay what they
// are.
func (c *progressCard) show() {
	c.text.Set(kit.Span{Text: c.told.Text, Bold: true})
	c.left.SetRight(kit.Span{Text: c.told.Left(c.app.opts.Now()), Colour: kit.Muted})
	errand := c.told.Errand()
	if errand == c.drawn {
		c.body.Settle() // the text may take more lines than before
		return
	}
	c.drawn = errand
	c.hide()
	var first fyne.Focusable = c.stop
	if errand != (page.Errand{}) {
		first = c.build(errand)
		c.box.Show()
	}
	c.body.Settle()
	c.body.Reveal(c.box)
	kit.Focus(first)
	if c.box.Visible() {
		c.app.trace("errand:" + c.app.screen.name())
	}
}

// hide takes the card away, and with it what was pasted.
func (c *progressCard) hide() {
	if c.entry != nil {
		c.entry.Forget()
		c.entry = nil
	}
	c.box.Objects = nil
	c.box.Hide()
}

// end takes the card away for good.
func (c *progressCard) end() {
	c.quiet()
	c.hide()
	c.drawn, c.told = page.Errand{}, page.Progress{}
}

// build fills the card and returns what is to have the keyboard.
func (c *progressCard) build(errand page.Errand) (first fyne.Focusable) {
	column := kit.Column(kit.Gap3, kit.Row(kit.Top, kit.Gap2, []float32{0, 96}, c.text, c.left))
	if errand.Link != "" {
		words := "Open again"
		if errand.Code != "" {
			words = "Open in the browser"
		}
		l := c.app.newLink(words, errand.Link, c.body)
		column.Add(kit.NewLine(kit.Span{Text: errand.Link, Mono: true, Size: theme.SizeNameCaptionText, Colour: kit.Muted}))
		column.Add(l.box)
		first = l.first
	}
	if errand.Code != "" {
		button := kit.NewCopyButton("Copy code", errand.Code)
		code := kit.NewLine(kit.Span{Text: errand.Code, Mono: true, Size: theme.SizeNameHeadingText})
		width := 1 + fyne.MeasureText(errand.Code, theme.Size(theme.SizeNameHeadingText), fyne.TextStyle{Monospace: true}).Width
		column.Add(kit.NewField("Code", "to be typed there", "",
			kit.Row(kit.Middle, kit.Gap4, []float32{width, -1, 0}, code, button, kit.Column(0))).Box)
		button.OnFocus = func() { c.body.Reveal(c.box) }
		if first == nil {
			first = button
		}
	}
	if errand.Paste {
		column.Add(c.pasteField())
		if first == nil {
			first = c.entry
		}
	}
	c.box.Objects = []fyne.CanvasObject{kit.Card(kit.Inset(kit.Gap3, kit.Gap4, kit.Gap4, kit.Gap4, column))}
	return first
}

// pasteField takes the address that a browser elsewhere ends at.
func (c *progressCard) pasteField() fyne.CanvasObject {
	c.entry = kit.NewEntry()
	c.entry.SetPlaceHolder("http://…")
	entry := c.entry
	button := kit.NewButton("Use it", kit.Secondary, nil)
	field := kit.NewField("No browser here?", "", "Open the link on another computer. At the end its browser shows an "+
		"address that it cannot open: paste it here.", kit.Row(kit.Top, kit.Gap2, []float32{0, -1}, entry, button))
	hand := func() {
		err := c.told.Paste(entry.Text)
		entry.SetWrong(err != nil)
		if err == nil {
			entry.SetText("") // it may hold what nobody else should read
			field.Say("", "Taken. One moment.")
		} else {
			field.Say(kit.Sentence(err.Error()), "")
		}
		c.body.Settle()
		c.body.Reveal(field.Box)
	}
	button.OnPress = hand
	entry.OnSubmitted = func(string) { hand() }
	entry.Keys = c.app.takeShortcut
	reveal := func() { c.body.Reveal(field.Box) }
	entry.OnFocus, button.OnFocus = reveal, reveal
	return field.Box
}
