package app

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"fairlead/app/kit"
	"fairlead/wizard/page"
)

// dropped takes the first of the files that were dropped on the window: a dialog
// that waits for one has it, or else a page of the wizard.
func (a *App) dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) == 0 || files[0].Scheme() != "file" {
		return
	}
	path := files[0].Path()
	s, ok := a.screen.(*wizardScreen)
	switch {
	case a.taking != nil:
		a.taking(path)
	case ok && a.window.Canvas().Overlays().Top() == nil:
		s.drop(path)
	}
}

// drop answers the page with a file.
func (s *wizardScreen) drop(path string) {
	if s.running != nil || s.view.Page.Dropped == nil {
		return
	}
	for key, value := range s.view.Page.Dropped(path) {
		s.journey.Set(key, value)
	}
	s.refresh()
	kit.Focus(s.bar.next)
}

// offerFiles puts a button beside the name of a file that picks one.
func (f *wizardField) offerFiles(s *wizardScreen, v page.FieldView) {
	choose := kit.NewButton("Choose …", kit.Secondary, nil)
	choose.OnPress = func() {
		s.app.pickFile(f.entry.Fill, func() { kit.Focus(f.entry) }, ".json")
	}
	choose.OnFocus = func() { s.page.body.Reveal(f.box) }
	f.field = kit.NewField(v.Label, v.Aside, v.Hint, kit.AtMost(kit.CardWidth,
		kit.Row(kit.Middle, kit.Gap2, []float32{kit.FieldWidth, -1, 0}, f.entry, choose, kit.Column(0))))
	f.box = f.field.Box
}

// pickFile lets a file be picked, by its endings, and then says that the dialog is
// gone.
func (a *App) pickFile(picked func(path string), closed func(), endings ...string) {
	files := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err == nil && file != nil {
			_ = file.Close() // whoever wants it reads it by its name
			picked(file.URI().Path())
		}
	}, a.window)
	files.SetFilter(storage.NewExtensionFileFilter(endings))
	files.SetOnClosed(func() {
		a.folder = nil
		closed()
	})
	a.folder = files
	files.Show()
}

// pickFolder lets a folder be picked for a file, and gives back the file's path
// there. It begins at the folder where the file would be.
func (a *App) pickFolder(path string, picked func(path string), closed func()) {
	folder := dialog.NewFolderOpen(func(into fyne.ListableURI, err error) {
		if err == nil && into != nil {
			picked(filepath.Join(into.Path(), filepath.Base(path)))
		}
	}, a.window)
	if here, err := storage.ListerForURI(storage.NewFileURI(filepath.Dir(path))); err == nil {
		folder.SetLocation(here)
	}
	folder.SetOnClosed(func() {
		a.folder = nil
		closed()
	})
	a.folder = folder
	folder.Show()
}
