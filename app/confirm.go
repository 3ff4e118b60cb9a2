package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// confirmation is a question that is asked before something is done.
type confirmation struct {
	Title   string
	Text    string              // what will happen
	Lines   []fyne.CanvasObject // what goes, one a line; may be empty
	Trouble *trouble            // instead of Text
	Verb    string              // on the button that does it
	Stay    string              // on the button that does not
	Then    func()
	Not     func() // it was not confirmed; may be nil
}

// confirm asks. The button that changes nothing has the keyboard.
func (a *App) confirm(c confirmation) {
	content := kit.Column(kit.Gap2)
	if c.Trouble != nil {
		content.Add(c.Trouble.content())
	} else {
		content.Add(kit.Plain(c.Text))
	}
	for _, line := range c.Lines {
		content.Add(line)
	}
	not := c.Not
	if not == nil {
		not = func() {}
	}
	var d *kit.Dialog
	stay := kit.NewButton(c.Stay, kit.Secondary, func() {
		d.Close()
		not()
	})
	do := kit.NewButton(c.Verb, kit.Danger, func() {
		d.Close()
		c.Then()
	})
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: c.Title, Content: content, Buttons: []*kit.Button{stay, do}, First: stay, Cancel: not,
	})
	a.trace("dialog:" + c.Verb)
}

// note is a trouble as it stands inside a screen.
func (t trouble) note() fyne.CanvasObject {
	text := t.Cause
	if t.Do != "" {
		text += " " + t.Do
	}
	return kit.Note(kit.ShapeFail, kit.Fails, t.What, kit.Plain(text))
}
