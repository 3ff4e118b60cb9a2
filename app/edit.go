package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// editDialog changes the name and the description of a connector, which is all
// that can be changed.
type editDialog struct {
	app               *App
	connector         connectors.Connector // as it was seen
	name, description *kit.Entry
	nameField         *kit.Field
	dialog            *kit.Dialog
	done              func()
}

func (a *App) edit(c connectors.Connector, done func()) {
	e := &editDialog{app: a, connector: c, name: kit.NewEntry(), description: kit.NewEntry(), done: done}
	e.fill()
	e.nameField = kit.NewField("Name", "", "", e.name)
	descriptionField := kit.NewField("Description", "optional", "", e.description)
	e.name.OnSubmitted = func(string) { kit.Focus(e.description) }
	e.description.OnSubmitted = func(string) { e.save(e.connector.Version) }
	why := kit.Small("Everything else was proven by the test, so it stays as it is. " +
		"For another server or account, choose “Change something else” in the menu.")
	e.dialog = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Edit name and description", First: e.name,
		Content: kit.Column(kit.Gap4, e.nameField.Box, descriptionField.Box, why),
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { e.dialog.Close() }),
			kit.NewButton("Save", kit.Primary, func() { e.save(e.connector.Version) }),
		},
	})
	a.trace("dialog:edit")
}

func (e *editDialog) fill() {
	e.name.Fill(e.connector.Name)
	e.description.Fill(e.connector.Description)
}

// save saves what was typed over a version of the connector; 0 is whichever there
// is.
func (e *editDialog) save(version int) {
	a, id, name, description := e.app, e.connector.ID, e.name.Text, e.description.Text
	here := a.here()
	work(a, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, a.world.Keeper.Edit(ctx, id, name, description, version)
	}, func(_ struct{}, err error) {
		changed, meanwhile := errors.AsType[*connectors.ChangedError](err)
		switch {
		case err == nil:
			e.dialog.Close()
			if here() {
				e.done()
			}
		case meanwhile:
			e.changed(changed)
		default:
			t := explain("", err)
			e.nameField.Say(t.Cause+" "+t.Do, "")
			e.dialog.Refresh()
			kit.Focus(e.name)
		}
	})
}

// changed says that somebody else was quicker, and lets choose whose words count.
func (e *editDialog) changed(by *connectors.ChangedError) {
	var d *kit.Dialog
	reload := kit.NewButton("Reload", kit.Primary, func() {
		d.Close()
		e.reload()
	})
	overwrite := kit.NewButton("Overwrite", kit.Danger, func() {
		d.Close()
		e.save(0)
	})
	d = kit.ShowDialog(e.app.window.Canvas(), kit.DialogText{
		Title: "Changed by somebody else", First: reload,
		Content: kit.Column(kit.Gap2,
			kit.Plain(fmt.Sprintf("%s changed it %s.", cmp.Or(by.By, "Somebody else"), justNow(ago(by.At, e.app.opts.Now())))),
			kit.Plain("Reload to see that change first; what you typed is lost. Overwrite to keep what you typed; that change is lost.")),
		Buttons: []*kit.Button{kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }), overwrite, reload},
	})
	e.app.trace("dialog:changed")
}

// reload shows what the other one has written.
func (e *editDialog) reload() {
	work(e.app, func(ctx context.Context) (connectors.Connector, error) {
		return e.app.world.Keeper.Get(ctx, e.connector.ID)
	}, func(c connectors.Connector, err error) {
		if err != nil {
			e.dialog.Close()
			e.app.showTrouble(explain("The connector cannot be read", err))
			return
		}
		e.connector = c
		e.fill()
		kit.Focus(e.name)
		e.app.trace("dialog:reloaded")
	})
}

// justNow is how long something is past, in the middle of a sentence.
func justNow(ago string) string {
	if ago == "now" {
		return "just now"
	}
	return ago
}
