package app

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/cli/answers"
	"fairlead/connectors"
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
	a.showCommands("The same as a command", j)
}

// showCommandsOf shows the commands of the terminal program that look after a
// connector, and the file of answers that would make it again.
func (a *App) showCommandsOf(c connectors.Connector) {
	name := fmt.Sprintf("%q", c.Name)
	lines := []string{a.command("fairleadctl test " + name)}
	if !c.Credential.None() {
		lines = append(lines, a.command("fairleadctl rotate "+name))
	}
	lines = append(lines, a.command("fairleadctl export connector.json --only "+name))
	a.showCommands(c.Name+" as commands", a.world.Answered(c), lines...)
}

// command is a command of the terminal program that leads to the same connectors.
func (a *App) command(line string) string {
	if a.opts.Terminal != nil {
		return a.opts.Terminal(line)
	}
	return line
}

// showCommands shows commands, and the one that makes a connector from a file of the
// answers of a journey.
func (a *App) showCommands(title string, j *page.Journey, lines ...string) {
	line := a.command("fairleadctl new") + " --answers answers.yaml"
	var file bytes.Buffer
	if err := answers.Write(&file, j, line); err != nil {
		a.showTrouble(explain("The answers cannot be shown", err))
		return
	}
	lines = append(lines, answers.Command(j, line))
	copyWhat, shown := "Copy command", kit.Column(kit.Gap1)
	if len(lines) > 1 {
		copyWhat = "Copy commands"
	}
	for _, l := range lines {
		shown.Add(kit.Plain(l))
	}
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
		Title: title, Width: 600, First: path,
		Content: kit.Column(kit.Gap4, shown, field.Box),
		Buttons: []*kit.Button{
			clip(copyWhat, strings.Join(lines, "\n")), clip("Copy answers", file.String()),
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
