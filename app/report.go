package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	plain "fairlead/cli/screen"
)

// reportText is a report as plain text, for a ticket. A report holds no secret.
func reportText(title string, r check.Report) string {
	var out bytes.Buffer
	s := plain.New(&out, func(string) string { return "" })
	s.Line("%s", title)
	s.Line("Connection test of %s", dateTime(r.Started))
	s.Blank()
	s.Verdicts(r)
	s.Diagnosis(r)
	s.Evidence(r)
	return out.String()
}

// saveReport asks where to, and writes a report there.
func (a *App) saveReport(title string, r check.Report) {
	text := reportText(title, r)
	path := kit.NewEntry()
	path.Fill(filepath.Join(reportFolder(), reportName(title, r)))
	field := kit.NewField("File", "", "Plain text, without the password. For a ticket, or for whoever looks after the server.", path)
	var d *kit.Dialog
	save := func() {
		file := path.Text
		work(a, func(context.Context) (struct{}, error) {
			return struct{}{}, writeNew(file, text)
		}, func(_ struct{}, err error) {
			if err != nil {
				field.Say(kit.Sentence(err.Error()), "")
				d.Refresh()
				kit.Focus(path)
				return
			}
			d.Close()
		})
	}
	path.OnSubmitted = func(string) { save() }
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Save the report", Content: field.Box, First: path, Width: 560,
		Buttons: []*kit.Button{
			kit.NewButton("Copy instead", kit.Subtle, func() {
				fyne.CurrentApp().Clipboard().SetContent(text)
				d.Close()
			}),
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Save", kit.Primary, save),
		},
	})
	a.trace("dialog:report")
}

// writeNew writes a file that was not there before.
func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case os.IsExist(err):
		return fmt.Errorf("there is a file of this name already; choose another name")
	case err != nil:
		return fmt.Errorf("the file cannot be written: %w", err)
	}
	if _, err := f.WriteString(text); err != nil {
		_ = f.Close()
		return fmt.Errorf("the file cannot be written: %w", err)
	}
	return f.Close()
}

// reportFolder is where reports go unless somebody says otherwise.
func reportFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	if documents := filepath.Join(home, "Documents"); isFolder(documents) {
		return documents
	}
	return home
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// reportName is a file name that sorts by date and says whose report it is.
func reportName(title string, r check.Report) string {
	plain := regexp.MustCompile(`[^a-z0-9.]+`).ReplaceAllString(strings.ToLower(title), "-")
	return fmt.Sprintf("fairlead-%s-%s.txt", strings.Trim(plain, "-."), r.Started.Local().Format("2006-01-02-150405"))
}
