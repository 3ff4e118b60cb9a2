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
	switch id, draft := s.at(row); {
	case draft != nil:
		s.resume(draft)
	case id != "":
		s.app.showDetails(id)
	}
}

// key takes the keys of a row: Space picks it, the menu key opens its menu,
// Delete deletes, and Escape picks nothing any more.
func (s *listScreen) key(row int, key fyne.KeyName) bool {
	id, draft := s.at(row)
	switch {
	case id == "":
		return false
	case key == desktop.KeyMenu, key == fyne.KeyF10, key == fyne.KeySpace && draft != nil:
		s.menu(row)
	case key == fyne.KeySpace:
		s.pick(row, kit.PickOne)
	case key == fyne.KeyDelete && len(s.picks.ids) > 0:
		s.deletePicked()
	case key == fyne.KeyDelete:
		s.delete(id, draft)
	case key == fyne.KeyEscape && s.picks.any() && s.picks.job == nil:
		s.unpick()
	default:
		return false
	}
	return true
}

// menu opens the menu of a row below it.
func (s *listScreen) menu(row int) {
	id, draft := s.at(row)
	if draft != nil {
		s.list.ShowMenu(row,
			kit.MenuItem{Text: "Resume", Action: func() { s.resume(draft) }},
			kit.MenuItem{Text: "Delete draft", Action: func() { s.delete(id, draft) }},
		)
		return
	}
	items := []kit.MenuItem{
		{Text: "Details", Action: func() { s.app.showDetails(id) }},
		{Text: "Test again", Action: func() { s.app.testAgain(id) }},
		{Text: "Edit", Action: func() {
			s.with(id, "The connector cannot be edited", func(c connectors.Connector) { s.app.edit(c, func() { s.app.showList(id) }) })
		}},
		{Text: "Delete", Action: func() { s.delete(id, nil) }},
		{Text: "Pick for several", Action: func() { s.pick(row, kit.PickOne) }},
	}
	if r, _ := s.rows.get(id); r.Tenant != "" && s.filter.tenant == "" {
		items = append(items, kit.MenuItem{Text: "Only this tenant", Action: func() { s.onlyTenant(r.Tenant) }})
	}
	s.list.ShowMenu(row, items...)
}

// with reads a connector whole before something is done with it.
func (s *listScreen) with(id, otherwise string, then func(connectors.Connector)) {
	here := s.app.here()
	work(s.app, func(ctx context.Context) (connectors.Connector, error) { return s.app.world.Keeper.Get(ctx, id) },
		func(c connectors.Connector, err error) {
			switch {
			case err != nil:
				s.app.showTrouble(explain(otherwise, err))
			case here():
				then(c)
			}
		})
}

func (s *listScreen) delete(id string, draft *connectors.Draft) {
	reload := func() { s.app.showList("") }
	if draft != nil {
		s.app.deleteDraft(*draft, reload)
		return
	}
	s.with(id, "The connector was not deleted", func(c connectors.Connector) {
		s.app.deleteConnector(c, func() { s.app.showCleanUp(id) })
	})
}

func (s *listScreen) resume(d *connectors.Draft) {
	here := s.app.here()
	if s.app.goOn(d.ID, func(j *page.Journey) { s.app.showWizard(j, d.ID) }) {
		return
	}
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
