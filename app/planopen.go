package app

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/plan"
	"fairlead/wizard/page"
)

// at is the cell with the keyboard, or none.
func (s *planScreen) at() planSpot {
	if row := s.list.At(); row < len(s.lines) && s.lines[row].row >= 0 && s.column < len(s.columns) {
		return s.spot(s.lines[row].row, s.columns[s.column])
	}
	return planSpot{}
}

// key moves from column to column.
func (s *planScreen) key(_ int, key fyne.KeyName) bool {
	switch key {
	case fyne.KeyLeft:
		s.column = max(0, s.column-1)
	case fyne.KeyRight:
		s.column = min(len(s.columns)-1, s.column+1)
	case fyne.KeySpace:
		s.open(s.list.At(), s.column)
		return true
	default:
		return false
	}
	s.list.Refresh()
	s.explain()
	return true
}

// explain says below the grid why the cell with the keyboard is as it is.
func (s *planScreen) explain() { s.explainCell(s.list.At(), s.column) }

func (s *planScreen) explainCell(at, column int) {
	if at < 0 || at >= len(s.lines) {
		s.why.Set(kit.SmallSpan("No tenant matches.", kit.Muted))
		return
	}
	line := s.lines[at]
	if line.row < 0 {
		s.why.Set(boldSmall(line.organisation.Name),
			kit.SmallSpan(". Enter changes its tenants, services and where its mailboxes are.", kit.Muted))
		return
	}
	p, c := s.read.plan, s.columns[column]
	row := &p.Rows[line.row]
	_, word := planLook(row.Cells[c].State)
	tenant := row.Tenant.Tenant
	if len(p.Environment.Organisations) > 1 { // its line may be far above
		tenant += " of " + row.Organisation.Name
	}
	s.why.Set(boldSmall(fmt.Sprintf("%s in %s: %s. ", p.Services[c].Name, tenant, word)),
		kit.SmallSpan(p.Why(line.row, c), kit.Muted))
}

func boldSmall(text string) kit.Span {
	s := kit.SmallSpan(text, kit.Ink)
	s.Bold = true
	return s
}

// hover explains what the mouse is over, and then again what has the keyboard.
func (s *planScreen) hover(at, column int, over bool) {
	if over {
		s.explainCell(at, column)
	} else {
		s.explain()
	}
}

// tapped is a click on a cell.
func (s *planScreen) tapped(at, column int) {
	s.column = column
	s.list.Go(at)
	kit.Focus(s.list)
	s.open(at, column)
}

// open does what a cell asks for: a missing one is made, an unfinished one goes
// on, an existing one is shown. The others say why.
func (s *planScreen) open(at, column int) {
	if at >= len(s.lines) {
		return
	}
	line := s.lines[at]
	if line.row < 0 {
		s.app.editOrganisation(s.read, line.organisation.Name)
		return
	}
	p, c := s.read.plan, s.columns[column]
	cell, spot := &p.Rows[line.row].Cells[c], s.spot(line.row, c)
	home := func() { s.app.showPlan(spot) }
	switch {
	case cell.State == plan.Waiting:
		s.app.finishNeed(&p.Needs[cell.Need], home)
	case cell.State == plan.Missing && cell.Connector == nil:
		s.app.makeNeed(&p.Needs[cell.Need], home)
	case cell.Connector != nil && cell.State != plan.Missing:
		s.app.showDetailsFrom(cell.Connector.ID, home)
	default:
		s.sayWhy(line.row, c)
	}
}

// makeNeed opens the wizard with what the plan knows of a connector that is
// needed, and goes home from it.
func (a *App) makeNeed(n *plan.Need, home func()) {
	j := page.Start(a.world.NewConnector()).Follow(page.Follow{Preset: n.Answers()})
	a.showWizardFrom(j, "", home)
}

// showWizardFrom opens the wizard for somebody who comes from elsewhere than the
// list, and goes home there.
func (a *App) showWizardFrom(j *page.Journey, draft string, home func()) {
	s := a.newWizard(j, draft)
	s.home = home
	a.show(s)
}

// showDetailsFrom shows a connector to somebody who comes from elsewhere than the
// list, and goes home there.
func (a *App) showDetailsFrom(id string, home func()) {
	s := &detailsScreen{app: a, id: id, home: home}
	a.show(s)
	s.bar.back.SetText("Back to the plan")
	s.load()
}

// finishNeed goes on with the draft of a connector that is needed.
func (a *App) finishNeed(n *plan.Need, home func()) {
	here, id := a.here(), n.Draft.ID
	if a.goOn(id, func(j *page.Journey) { a.showWizardFrom(j, id, home) }) {
		return
	}
	work(a, func(ctx context.Context) (*page.Journey, error) { return a.world.ResumeDraft(ctx, id) },
		func(j *page.Journey, err error) {
			switch {
			case err != nil:
				a.showTrouble(explain("The draft cannot be resumed", err))
			case here():
				a.showWizardFrom(j, id, home)
			}
		})
}

// sayWhy says why a cell needs nothing or can have nothing, by which words of the
// guide, and how else those can be read.
func (s *planScreen) sayWhy(row, column int) {
	p := s.read.plan
	r := &p.Rows[row]
	cell := &r.Cells[column]
	content := kit.Column(kit.Gap3, kit.Plain(p.Why(row, column)))
	for _, o := range ruleWords(cell.Rule) {
		content.Add(o)
	}
	buttons := []*kit.Button{}
	var d *kit.Dialog
	if cell.Connector != nil { // it is there, and does not serve the service
		id, spot := cell.Connector.ID, s.spot(row, column)
		buttons = append(buttons, kit.NewButton("Open the connector", kit.Secondary, func() {
			d.Close()
			s.app.showDetailsFrom(id, func() { s.app.showPlan(spot) })
		}))
	}
	buttons = append(buttons, kit.NewButton("Close", kit.Primary, func() { d.Close() }))
	d = kit.ShowDialog(s.app.window.Canvas(), kit.DialogText{
		Title: p.Services[column].Name + ", " + r.Name(), Content: content, Buttons: buttons, Width: 600,
	})
	s.app.trace("dialog:why")
}

// ruleWords are the words of the guide that a rule rests on, and its readings
// where there are several.
func ruleWords(rule *plan.Rule) []fyne.CanvasObject {
	if rule == nil {
		return nil
	}
	words := []fyne.CanvasObject{kit.Column(0, kit.Heading(rule.Title), kit.Small(rule.Source))}
	if rule.Quote != "" {
		words = append(words, kit.Quiet("“"+rule.Quote+"”"))
	}
	if !rule.Ambiguous() {
		return words
	}
	for i, reading := range rule.Readings {
		shape, colour, heading := kit.ShapePass, kit.Works, "The reading that is applied"
		if i > 0 {
			shape, colour, heading = kit.ShapeSkip, kit.Skipped, "Another reading"
		}
		words = append(words, kit.Note(shape, colour, heading, kit.Plain(reading.Text+" "+reading.Why)))
	}
	return words
}
