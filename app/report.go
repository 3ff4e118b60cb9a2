package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/report"
)

// copyReport puts a report on the clipboard as text, for a ticket.
func copyReport(d report.Document) { fyne.CurrentApp().Clipboard().SetContent(d.Text()) }

// copyReportButton is a button that copies a report and says that it did.
func copyReportButton(of func() report.Document) *kit.Button {
	b := kit.NewButton(copyWords, kit.Subtle, nil)
	b.OnPress = func() {
		copyReport(of())
		b.SetText("Copied")
	}
	return b
}

// copyWords and saveWords stand on the buttons of a report.
const (
	copyWords = "Copy report"
	saveWords = "Save report …"
)

// reportForms are the forms that a report can be saved in, and their files'
// endings.
var reportForms = [...]struct{ name, ending string }{
	{"Web page (.html)", ".html"}, {"Plain text (.txt)", ".txt"}, {"JSON (.json)", ".json"},
}

// saveDialog asks how and where to save a report.
type saveDialog struct {
	app      *App
	document report.Document
	path     *kit.Entry
	field    *kit.Field
	mask     *kit.Choice
	dialog   *kit.Dialog
	saving   bool
}

// saveReport asks how and where to, and writes a report there.
func (a *App) saveReport(d report.Document) {
	s := &saveDialog{app: a, document: d, path: kit.NewEntry()}
	s.path.Fill(filepath.Join(reportFolder(), report.FileName(d.Name, d.Report.Started, reportForms[0].ending)))
	s.path.OnSubmitted = func(string) { s.save() }
	browse := kit.NewButton("Folder …", kit.Secondary, s.browse)
	s.field = kit.NewField("File", "", "Without the password. For a ticket, or for whoever looks after the server.",
		kit.Row(kit.Top, kit.Gap2, []float32{0, -1}, s.path, browse))
	var forms []string
	for _, f := range reportForms {
		forms = append(forms, f.name)
	}
	form := kit.NewField("Form", "", "", left(kit.NewPicker(forms, s.pickForm)))
	region := kit.NewField("Addresses for the firewall", "", "The region from which the services connect to you.", left(s.regions()))
	s.mask = kit.NewChoice(kit.Box, kit.ChoiceText{
		Label: "Mask account names and mail addresses", Note: "s***@contoso.com instead of the name, everywhere in the report",
	})
	s.mask.OnToggle = func() { s.mask.Choose(!s.mask.Chosen()) }
	s.dialog = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Save the report", First: s.path, Width: 600,
		Content: kit.Column(kit.Gap4, s.field.Box, form.Box, region.Box, kit.Choices(s.mask)),
		Buttons: []*kit.Button{
			kit.NewButton("Copy instead", kit.Subtle, func() {
				copyReport(s.asked())
				s.dialog.Close()
			}),
			kit.NewButton("Cancel", kit.Secondary, func() { s.dialog.Close() }),
			kit.NewButton("Save", kit.Primary, s.save),
		},
	})
	a.trace("dialog:report")
}

// left keeps an object as narrow as it can be.
func left(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Row(kit.Top, 0, []float32{-1, 0}, o, kit.Column(0))
}

// regions picks whose addresses the report lists; the first entry is none.
func (s *saveDialog) regions() *kit.Picker {
	list := s.document.Regions.List
	names := []string{"List the regions"}
	for _, r := range list {
		names = append(names, r.Name)
	}
	return kit.NewPicker(names, func(i int) {
		s.document.Region = ""
		if i > 0 {
			s.document.Region = list[i-1].ID
		}
	})
}

// pickForm gives the file's name the ending of a form.
func (s *saveDialog) pickForm(i int) {
	ending := filepath.Ext(s.path.Text)
	if report.Known(s.path.Text) != nil {
		ending = ""
	}
	s.path.Fill(strings.TrimSuffix(s.path.Text, ending) + reportForms[i].ending)
}

// browse picks the folder; the file keeps its name.
func (s *saveDialog) browse() {
	s.app.pickFolder(s.path.Text, s.path.Fill, func() { kit.Focus(s.path) })
}

// asked is the report as the dialog says.
func (s *saveDialog) asked() report.Document {
	if s.mask.Chosen() {
		return s.document.Mask()
	}
	return s.document
}

// save writes the report, once however often Enter is pressed meanwhile.
func (s *saveDialog) save() {
	if s.saving {
		return
	}
	s.saving = true
	path, document := s.path.Text, s.asked()
	workSaying(s.app, slowFile, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, orGiveUp(ctx, func() error { return report.Write(path, document, false) })
	}, func(_ struct{}, err error) {
		s.saving = false
		if err == nil {
			s.dialog.Close()
			return
		}
		s.field.Say(kit.Sentence(unsaved(err)), "")
		s.dialog.Refresh()
		kit.Focus(s.path)
	})
}

// orGiveUp does something, or gives up when the context ends: the system lets
// nobody take back a write to a server that does not answer.
func orGiveUp(ctx context.Context, do func() error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// slowFile is said while a file is not written yet.
const slowFile = "The file is not written yet. The folder may be on a server that does not answer."

// unsaved says why a file was not saved.
func unsaved(err error) string {
	switch {
	case errors.Is(err, fs.ErrExist):
		return "there is a file of this name already; choose another name"
	case errors.Is(err, report.ErrFolder):
		return "there is a folder of this name; choose another name"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "Fairlead waits no longer. The file may still appear"
	}
	return err.Error()
}

// reportFolder is where reports go unless somebody says otherwise.
func reportFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	documents := filepath.Join(home, "Documents")
	if info, err := os.Stat(documents); err == nil && info.IsDir() {
		return documents
	}
	return home
}
