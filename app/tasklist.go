package app

import (
	"context"
	"errors"
	"fmt"
	"os"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/connectors/transfer"
)

// askTaskList takes in a list of tasks: all of it, or nothing.
func (a *App) askTaskList(done func()) {
	path := kit.NewEntry()
	field := kit.NewField("File", "CSV or JSON", "With the columns service, task and connector, which is the connector's name.", path)
	var d *kit.Dialog
	take := func() {
		name := path.Text
		work(a, func(ctx context.Context) (taken, error) { return a.takeTasks(ctx, name) }, func(t taken, err error) {
			if err != nil {
				field.Say(kit.Sentence(err.Error()), "")
				d.Refresh()
				kit.Focus(path)
				return
			}
			d.Close()
			done()
			a.showDone("The list was taken in", fmt.Sprintf("%s listed, %d of them new.", count(t.listed, "task"), t.added))
		})
	}
	path.OnSubmitted = func(string) { take() }
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Take in a list of tasks", First: path, Width: 560,
		Content: kit.Column(kit.Gap4, kit.Plain("It may name tasks of any connector. Where one of them cannot be attached, none is."), field.Box),
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Take in", kit.Primary, take),
		},
	})
	a.trace("dialog:tasks")
}

// taken is what a list came to.
type taken struct{ listed, added int }

func (a *App) takeTasks(ctx context.Context, path string) (taken, error) {
	if path == "" {
		return taken{}, errors.New("name the file, or choose it")
	}
	info, err := os.Stat(path)
	if err != nil {
		return taken{}, err
	}
	if !info.Mode().IsRegular() {
		return taken{}, errors.New("this is not a file")
	}
	file, err := os.Open(path)
	if err != nil {
		return taken{}, err
	}
	defer file.Close() //nolint:errcheck // it was only read
	var uses []connectors.Use
	if uses, err = transfer.ReadUses(file); err != nil {
		return taken{}, err
	}
	added, err := a.world.Keeper.AttachAll(ctx, uses)
	return taken{len(uses), added}, err
}

// showDone says that something was done.
func (a *App) showDone(title, text string) {
	var d *kit.Dialog
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: title, Content: kit.Plain(text),
		Buttons: []*kit.Button{kit.NewButton("Close", kit.Primary, func() { d.Close() })},
	})
}
