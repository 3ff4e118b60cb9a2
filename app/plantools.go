package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
)

// planTools are the numbers, fields and buttons above the grid.
type planTools struct {
	screen           *planScreen
	search           *kit.Entry
	estate, book, do *kit.Button
	filters          *fyne.Container
	box              *fyne.Container
}

func newPlanTools(s *planScreen) *planTools {
	t := &planTools{screen: s, search: kit.NewEntry()}
	t.search.SetPlaceHolder("Search tenant, organisation")
	t.search.Keys = s.app.takeShortcut
	t.search.OnChanged = func(text string) {
		s.filter.search = text
		s.narrow()
	}
	t.search.OnSubmitted = func(string) { kit.Focus(s.list) }
	which := kit.NewPicker([]string{"All tenants", "To do"}, func(i int) {
		s.filter.open = i == 1
		s.narrow()
	})
	t.do = kit.NewButton("What to do", kit.Primary, func() { s.app.showPlanSteps(s.at(), noMove) })
	t.book = kit.NewButton("Run book …", kit.Secondary, func() { s.app.saveRunBook(s.read, noMove) })
	t.estate = kit.NewButton("Estate …", kit.Secondary, s.estateMenu)
	t.filters = kit.Row(kit.Middle, kit.Gap2, []float32{0, -1, -1, -1, -1}, t.search, which, t.estate, t.book, t.do)
	t.box = kit.Column(kit.Gap3, s.totals, t.filters)
	t.filters.Hide()
	return t
}

// update shows the tools once there is something to use them for.
func (t *planTools) update() {
	show(t.filters, t.screen.read.plan != nil && len(t.screen.read.environment.Organisations) > 0)
	t.box.Refresh()
}

// narrow shows what the filter leaves.
func (s *planScreen) narrow() {
	s.lines = s.filter.lines(s.read.plan)
	s.list.Go(0)
	s.explain()
	s.place.Refresh()
}

// estateMenu offers what can be done with the estate as a whole.
func (s *planScreen) estateMenu() {
	kit.ShowMenu(s.tools.estate,
		kit.MenuItem{Text: "Add an organisation", Action: func() { s.app.editOrganisation(s.read, "") }},
		kit.MenuItem{Text: "Read from a file …", Action: func() { s.app.readEstate(s.read) }},
		kit.MenuItem{Text: "Start anew from the connectors …", Action: s.startFromConnectors},
	)
}
