package app

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fairlead/app/kit"
	"fairlead/plan"
)

// planScreen is the grid of an estate: a row for each tenant, a column for each
// service, and how each cell stands. Only the rows in sight exist.
type planScreen struct {
	app  *App
	read planRead
	goTo planSpot // the cell to begin at

	columns []int      // of the plan, those that are shown
	lines   []planLine // what the filter leaves
	column  int        // with the keyboard, in columns

	filter planFilter
	totals *kit.Text
	tools  *planTools
	head   *fyne.Container
	list   *kit.List
	size   *kit.Text // how many tenants there are
	why    *kit.Text // about the cell with the keyboard
	place  *fyne.Container
	whole  *fyne.Container // all above the bar with why
	deck   *fyne.Container // both
}

// planSpot is a cell of the grid: a service in a tenant.
type planSpot struct{ provider, tenant, service string }

// showPlan shows the plan, at a cell if there is one.
func (a *App) showPlan(at planSpot) {
	s := &planScreen{app: a, goTo: at}
	a.show(s)
	s.load()
}

func (s *planScreen) name() string { return "plan" }

func (s *planScreen) content() fyne.CanvasObject {
	s.totals, s.size, s.why = kit.NewText(kit.TitleSpan("Plan")), kit.Small(""), kit.Small("")
	s.tools = newPlanTools(s)
	s.head = kit.Column(0)
	s.list = kit.NewList(planRowHeight, func() int { return len(s.lines) }, func() fyne.CanvasObject { return newPlanRow(s) }, s.draw)
	s.list.OnOpen = func(row int) { s.open(row, s.column) }
	s.list.OnKey, s.list.OnMove, s.list.Keys = s.key, func(int) { s.explain() }, s.app.takeShortcut
	s.list.OnRune = func(r rune) { // whoever types wants to search
		kit.Focus(s.tools.search)
		s.tools.search.TypedRune(r)
	}
	s.place = container.New(&tableLayout{height: s.tableHeight}, kit.Column(0))
	s.whole = kit.Fill(kit.Gap3, s.tools.box, s.place)
	page := kit.Inset(20, kit.Gap6, kit.Gap4, kit.Gap6, s.whole)
	s.deck = kit.Deck(page, kit.Inset(0, 0, 0, kit.Gap2, s.why))
	return kit.Split(sideWidth, s.app.sideBar("plan"), s.deck)
}

// shown waits for the plan: it decides what gets the keyboard.
func (s *planScreen) shown() {}

// load reads the estate and what exists, and shows the grid.
func (s *planScreen) load() {
	work(s.app, s.app.readPlan, func(read planRead, err error) {
		if s.app.screen != screen(s) {
			return
		}
		if err != nil {
			s.showInstead(s.lost(err))
			return
		}
		s.read = read
		s.show()
	})
}

// show shows the grid, or what there is to say instead.
func (s *planScreen) show() {
	s.tools.update()
	switch {
	case s.read.problems != nil:
		s.showInstead(s.unfit())
	case s.read.plan == nil || len(s.read.environment.Organisations) == 0:
		s.showInstead(s.begin())
	default:
		s.showGrid()
	}
	s.app.trace("plan:loaded")
}

func (s *planScreen) showGrid() {
	p := s.read.plan
	s.totals.Set(kit.TitleSpan(p.Totals.String()))
	s.columns = planColumns(p)
	s.lines = s.filter.lines(p)
	s.drawHead()
	kit.ShowBar(s.deck, true)
	s.size.Set(kit.SmallSpan(s.sizeWords(), kit.Muted))
	s.place.Objects = []fyne.CanvasObject{kit.Card(kit.Fill(0, s.head, s.list.Framed())), s.size}
	s.whole.Refresh()
	row, column := s.find(s.goTo)
	s.column = column
	s.list.Go(row)
	kit.Focus(s.list)
}

// planColumns are the services that somebody uses, or that a connector is there
// for.
func planColumns(p *plan.Plan) []int {
	var columns []int
	for i := range p.Services {
		asked := slices.ContainsFunc(p.Rows, func(r plan.Row) bool {
			return r.Cells[i].State == plan.Surplus || slices.Contains(r.Organisation.InUse(r.Tenant), p.Services[i].ID)
		})
		if asked {
			columns = append(columns, i)
		}
	}
	return columns
}

// find is the place of a cell; where it is not there, of the first one.
func (s *planScreen) find(at planSpot) (row, column int) {
	row = slices.IndexFunc(s.lines, func(l planLine) bool {
		return l.row >= 0 && s.spot(l.row, 0).provider == at.provider && s.spot(l.row, 0).tenant == at.tenant
	})
	if row < 0 {
		row = slices.IndexFunc(s.lines, func(l planLine) bool { return l.row >= 0 })
	}
	column = slices.IndexFunc(s.columns, func(c int) bool { return s.read.plan.Services[c].ID == at.service })
	return max(0, row), max(0, column)
}

// spot names a cell of the plan.
func (s *planScreen) spot(row, column int) planSpot {
	t := s.read.plan.Rows[row].Tenant
	return planSpot{t.Provider, t.Tenant, s.read.plan.Services[column].ID}
}

func (s *planScreen) sizeWords() string {
	e := s.read.environment
	words := count(e.Tenants(), "tenant") + " in " + count(len(e.Organisations), "organisation")
	if outside := len(s.read.plan.Outside); outside > 0 {
		words += "; " + count(outside, "connector") + " of tenants that the estate does not name"
	}
	return words
}

// showInstead shows something in place of the grid, with the button that has the
// keyboard.
func (s *planScreen) showInstead(o fyne.CanvasObject, first *kit.Button) {
	s.why.Set()
	kit.ShowBar(s.deck, false)
	s.place.Objects = []fyne.CanvasObject{kit.Column(0, o)}
	s.whole.Refresh()
	kit.Focus(first)
}

func (s *planScreen) press(k shortcut) bool {
	switch k.action {
	case findText:
		kit.Focus(s.tools.search)
	case goOn:
		s.app.showPlanSteps(s.at(), noMove)
	default:
		return false
	}
	return true
}

func (s *planScreen) scroll(bool) {}

func (s *planScreen) close(then func()) { then() }
