package app

import (
	"context"

	"fairlead/app/kit"
)

// pathDialog asks for the path of a file, and does something with it.
type pathDialog struct {
	app    *App
	ask    pathQuestion
	entry  *kit.Entry
	field  *kit.Field
	dialog *kit.Dialog
	busy   bool
}

// pathQuestion is what a pathDialog asks. Exactly one of Offer and Endings is set.
type pathQuestion struct {
	Title, Hint string
	Offer       string   // the path of a file to write
	Endings     []string // of the files to read
	Verb        string   // on the button
	Slow        string   // what is said while it takes long
	Do          func(ctx context.Context, path string) error
	Explain     func(error) string // puts an error of Do into words
	Then        func(path string)  // once it is done
}

// askPath asks for the path of a file until something could be done with it.
func (a *App) askPath(q pathQuestion) {
	p := &pathDialog{app: a, ask: q, entry: kit.NewEntry()}
	p.entry.Fill(q.Offer)
	p.entry.OnSubmitted = func(string) { p.do() }
	browse := kit.NewButton("Folder …", kit.Secondary, p.browse)
	if q.Endings != nil {
		browse.SetText("Choose …")
	}
	p.field = kit.NewField("File", "", q.Hint, kit.Row(kit.Top, kit.Gap2, []float32{0, -1}, p.entry, browse))
	p.dialog = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: q.Title, Content: p.field.Box, First: p.entry, Width: 600,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { p.dialog.Close() }),
			kit.NewButton(q.Verb, kit.Primary, p.do),
		},
	})
	a.trace("dialog:" + q.Verb)
}

func (p *pathDialog) browse() {
	back := func() { kit.Focus(p.entry) }
	if p.ask.Endings != nil {
		p.app.pickFile(p.entry.Fill, back, p.ask.Endings...)
	} else {
		p.app.pickFolder(p.entry.Text, p.entry.Fill, back)
	}
}

// do does it, once however often Enter is pressed meanwhile.
func (p *pathDialog) do() {
	if p.busy {
		return
	}
	p.busy = true
	path := p.entry.Text
	workSaying(p.app, p.ask.Slow, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.ask.Do(ctx, path)
	}, func(_ struct{}, err error) {
		p.busy = false
		if err == nil {
			p.dialog.Close()
			p.ask.Then(path)
			return
		}
		p.field.Say(kit.Sentence(p.ask.Explain(err)), "")
		p.dialog.Refresh()
		kit.Focus(p.entry)
	})
}
