package app

import (
	"context"
	"path/filepath"

	"fairlead/app/kit"
	"fairlead/report"
	"fairlead/workspace/cleanup"
)

// save asks where to, and writes a list there for whoever does it.
func (s *cleanUpScreen) save(list *cleanup.Checklist) {
	path := kit.NewEntry()
	path.Fill(filepath.Join(reportFolder(), report.FileName("clean-up "+list.Connector, s.app.opts.Now(), ".html")))
	field := kit.NewField("File", "", "The ending says how: .html is a page to print, .md is Markdown for a ticket or a wiki.", path)
	var d *kit.Dialog
	write := func() {
		name := path.Text
		work(s.app, func(context.Context) (struct{}, error) {
			data, err := list.File(name)
			if err != nil {
				return struct{}{}, err
			}
			return struct{}{}, report.Save(name, data, false)
		}, func(_ struct{}, err error) {
			if err == nil {
				d.Close()
				return
			}
			field.Say(kit.Sentence(unsaved(err)), "")
			d.Refresh()
			kit.Focus(path)
		})
	}
	path.OnSubmitted = func(string) { write() }
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title: "Save the list", Content: field.Box, First: path, Width: 600,
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Save", kit.Primary, write),
		},
	})
	s.app.trace("dialog:clean-up")
}
