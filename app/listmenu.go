package app

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/wizard/page"
)

// open opens a row: the details of a connector, or a draft where it was left.
func (s *listScreen) open(row int) {
	if c := s.rows[row].connector; c != nil {
		s.app.showDetails(c.ID)
	} else {
		s.resume(s.rows[row].draft)
	}
}

// key takes the keys of a row: Space and the menu key open its menu, Delete
// deletes.
func (s *listScreen) key(row int, key fyne.KeyName) bool {
	if row >= len(s.rows) {
		return false
	}
	switch key {
	case fyne.KeySpace, desktop.KeyMenu:
		s.menu(row, s.list)
	case fyne.KeyDelete:
		s.delete(s.rows[row])
	default:
		return false
	}
	return true
}

// menu opens the menu of a row below an object.
func (s *listScreen) menu(row int, at fyne.CanvasObject) {
	r := s.rows[row]
	if r.draft != nil {
		kit.ShowMenu(at,
			kit.MenuItem{Text: "Resume", Action: func() { s.resume(r.draft) }},
			kit.MenuItem{Text: "Delete draft", Action: func() { s.delete(r) }},
		)
		return
	}
	kit.ShowMenu(at,
		kit.MenuItem{Text: "Details", Action: func() { s.open(row) }},
		kit.MenuItem{Text: "Test again", Action: func() { s.app.testAgain(r.connector.ID) }},
		kit.MenuItem{Text: "Edit", Action: func() { s.app.edit(*r.connector, func() { s.app.showList(r.id) }) }},
		kit.MenuItem{Text: "Delete", Action: func() { s.delete(r) }},
	)
}

func (s *listScreen) delete(r listRow) {
	reload := func() { s.app.showList("") }
	if r.draft != nil {
		s.app.deleteDraft(*r.draft, reload)
	} else {
		s.app.deleteConnector(*r.connector, reload)
	}
}

func (s *listScreen) resume(d *connectors.Draft) {
	here := s.app.here()
	work(s.app, func(ctx context.Context) (*page.Journey, error) { return s.app.world.ResumeDraft(ctx, d.ID) },
		func(j *page.Journey, err error) {
			if err != nil {
				s.app.showTrouble(explain("The draft cannot be resumed", err))
				return
			}
			if here() {
				s.app.showWizard(j, d.ID)
			}
		})
}
