package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/cli/answers"
	"fairlead/wizard/page"
)

// commandWords stand on the button that shows the same as a command.
const commandWords = "As a command"

// canCommand reports whether what was answered can be shown as a command: on the
// summary, and once it was done.
func canCommand(v page.View) bool {
	return v.Page.Final || v.Page.Action != nil && v.Page.Action.Commit
}

// showCommand shows the command of the terminal program that does what a journey does,
// and the file of answers for it, to be copied or saved.
func (a *App) showCommand(j *page.Journey) {
	line := "fairleadctl new"
	if a.opts.Terminal != nil {
		line = a.opts.Terminal(line)
	}
	line += " --answers answers.yaml"
	var file bytes.Buffer
	if err := answers.Write(&file, j, line); err != nil {
		a.showTrouble(explain("The answers cannot be shown", err))
		return
	}
	line = answers.Command(j, line)
	path := kit.NewEntry()
	path.Fill(filepath.Join(reportFolder(), "answers.yaml"))
	field := kit.NewField("File", "", "The answers, without a password. The command reads the password from standard input.", path)
	var d *kit.Dialog
	clip := func(name, text string) *kit.Button {
		b := kit.NewButton(name, kit.Subtle, nil)
		b.OnPress = func() {
			fyne.CurrentApp().Clipboard().SetContent(text)
			b.SetText("Copied")
		}
		return b
	}
	save := kit.NewButton("Save", kit.Primary, func() {
		name := path.Text
		workSaying(a, slowFile, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, orGiveUp(ctx, func() error { return saveNew(name, file.Bytes()) })
		}, func(_ struct{}, err error) {
			if err == nil {
				d.Close()
				return
			}
			field.Say(kit.Sentence(unsaved(err)), "")
			d.Refresh()
			kit.Focus(path)
		})
	})
	path.OnSubmitted = func(string) { save.OnPress() }
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "The same as a command", Width: 600, First: path,
		Content: kit.Column(kit.Gap4, kit.Plain(line), field.Box),
		Buttons: []*kit.Button{
			clip("Copy command", line), clip("Copy answers", file.String()),
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }), save,
		},
	})
	a.trace("dialog:command")
}

// saveNew writes a file where there is none yet.
func saveNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
