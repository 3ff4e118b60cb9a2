package app

import (
	"context"

	"fairlead/app/kit"
	"fairlead/connectors"
)

// edit changes the name and the description of a connector, which is all that
// can be changed.
func (a *App) edit(c connectors.Connector, done func()) {
	name, description := kit.NewEntry(), kit.NewEntry()
	name.Fill(c.Name)
	description.Fill(c.Description)
	nameField := kit.NewField("Name", "", "", name)
	descriptionField := kit.NewField("Description", "optional", "", description)
	var d *kit.Dialog
	save := func() {
		newName, newDescription := name.Text, description.Text
		here := a.here()
		work(a, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, a.world.Keeper.Edit(ctx, c.ID, newName, newDescription, c.Version)
		}, func(_ struct{}, err error) {
			if err == nil {
				d.Close()
				if here() {
					done()
				}
				return
			}
			t := explain("", err)
			nameField.Say(t.Cause+" "+t.Do, "")
			d.Refresh()
			kit.Focus(name)
		})
	}
	name.OnSubmitted = func(string) { kit.Focus(description) }
	description.OnSubmitted = func(string) { save() }
	why := kit.Small("Everything else was proven by the test, so it stays as it is. " +
		"For another server or account, make a new connector.")
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: "Edit name and description", First: name,
		Content: kit.Column(kit.Gap4, nameField.Box, descriptionField.Box, why),
		Buttons: []*kit.Button{
			kit.NewButton("Cancel", kit.Secondary, func() { d.Close() }),
			kit.NewButton("Save", kit.Primary, save),
		},
	})
	a.trace("dialog:edit")
}
