package app

import (
	"fairlead/app/kit"
)

// moreMenu offers what concerns all connectors.
func (s *listScreen) moreMenu() {
	export := "Export all …"
	if len(s.picks.ids) > 0 {
		export = "Export what is picked …"
	}
	kit.ShowMenu(s.tools.more,
		kit.MenuItem{Text: "Reminders …", Action: s.showReminders},
		kit.MenuItem{Text: export, Action: s.exportPicked},
		kit.MenuItem{Text: "Import …", Action: func() { s.takeIn(false) }},
		kit.MenuItem{Text: "Back up …", Action: s.backUp},
		kit.MenuItem{Text: "Restore …", Action: func() { s.takeIn(true) }},
		kit.MenuItem{Text: "Enter missing passwords …", Action: s.lookForMissing},
	)
}

// tell says in a dialog that something is done.
func (a *App) tell(title, text string) {
	var d *kit.Dialog
	d = kit.ShowDialog(a.window.Canvas(), kit.DialogText{
		Title: title, Content: kit.Plain(text),
		Buttons: []*kit.Button{kit.NewButton("Close", kit.Primary, func() { d.Close() })},
	})
	a.trace("dialog:told")
}
