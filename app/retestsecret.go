package app

import (
	"context"

	"fairlead/app/kit"
	"fairlead/providers"
	"fairlead/secret"
)

// askSecret asks for what the connector signs in with.
func (s *detailsScreen) askSecret(o providers.TestOptions) {
	if key := s.app.world.KeyOf(s.connector); key != "" {
		s.askKey(key, o)
		return
	}
	s.askPassword(o)
}

// askKey asks for a key, for this test only: pasted, or as a file.
func (s *detailsScreen) askKey(key string, o providers.TestOptions) {
	entry := kit.NewPassword()
	field := kit.NewField("Key", "the whole JSON, or the name of its file", "For this test only. It is not kept.", entry)
	var d *kit.Dialog
	forget := func() {
		s.app.taking = nil
		entry.Forget()
	}
	done := func() {
		d.Close()
		forget()
	}
	s.app.taking = entry.Fill
	refuse := func(why string) {
		field.Say(kit.Sentence(why), "")
		d.Refresh()
		kit.Focus(entry)
	}
	test := func() {
		if entry.Text == "" {
			refuse("paste the key, or choose its file")
			return
		}
		given := secret.New(entry.Text)
		work(s.app, func(context.Context) (secret.Secret, error) {
			return s.app.world.ReadKey(s.connector, given)
		}, func(read secret.Secret, err error) {
			if err != nil {
				refuse(err.Error())
				return
			}
			done()
			s.prepare(read, o)
		})
	}
	entry.OnSubmitted = func(string) { test() }
	choose := kit.NewButton("Choose file …", kit.Secondary, func() {
		s.app.pickFile(func(path string) { entry.Fill(path) }, func() { kit.Focus(entry) }, ".json")
	})
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title:   "The key is needed",
		Content: kit.Column(kit.Gap3, kit.Plain("No keyring that Fairlead can read here holds the "+key+"."), field.Box),
		First:   entry, Cancel: forget,
		Buttons: []*kit.Button{
			choose,
			kit.NewButton("Cancel", kit.Secondary, done),
			kit.NewButton("Test", kit.Primary, test),
		},
	})
	s.app.trace("dialog:key")
}
