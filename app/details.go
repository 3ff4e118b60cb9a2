package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/workspace"
)

// detailsScreen shows one connector, and tests it again.
type detailsScreen struct {
	app       *App
	id        string
	connector connectors.Connector
	begin     func() // what to do once the connector is there; may be nil
	home      func() // where to go back to; nil for the list

	past detailsPast
	part detailsPart

	place     *fyne.Container
	tabs      *kit.Tabs
	bar       *detailsBar
	body      *kit.Body
	rows      *testRows
	head      *fyne.Container   // how the last test went, in words
	note      fyne.CanvasObject // that it was replaced, and what is left to do; may be nil
	uses      taskButtons
	going     *progressCard // what a test asks for elsewhere
	running   *running
	preparing bool // the password is being fetched for a test
}

func (a *App) showDetails(id string) { a.openDetails(&detailsScreen{app: a, id: id}) }

// testAgain shows a connector and tests it at once.
func (a *App) testAgain(id string) {
	s := &detailsScreen{app: a, id: id}
	s.begin = s.testAgain
	a.openDetails(s)
}

// showTasks shows the tasks of a connector.
func (a *App) showTasks(id string) {
	if s, ok := a.screen.(*detailsScreen); ok && s.id == id {
		s.show(partTasks)
		return
	}
	s := &detailsScreen{app: a, id: id}
	s.begin = func() { s.show(partTasks) }
	a.openDetails(s)
}

func (a *App) openDetails(s *detailsScreen) {
	a.show(s)
	s.load()
}

func (s *detailsScreen) name() string { return "details" }

func (s *detailsScreen) content() fyne.CanvasObject {
	s.place = kit.Stack()
	s.bar = newDetailsBar(s)
	return kit.Split(sideWidth, s.app.sideBar("connectors"), kit.Deck(s.place, s.bar.row))
}

func (s *detailsScreen) shown() { kit.Focus(s.bar.back) }

// load reads the connector anew and draws it.
func (s *detailsScreen) load() { s.loadThen(func() {}) }

// loadThen is load after an action. What had the keyboard is drawn anew: follow
// gives it to what is next.
func (s *detailsScreen) loadThen(follow func()) {
	work(s.app, s.read, func(past detailsPast, err error) {
		switch {
		case s.app.screen != screen(s):
		case err != nil:
			s.app.showList("")
			s.app.showTrouble(explain("The connector cannot be shown", err))
		default:
			s.connector, s.past = past.connector, past
			s.draw()
			follow()
			s.app.trace("details:loaded")
			if begin := s.begin; begin != nil {
				s.begin = nil
				begin()
			}
		}
	})
}

func (s *detailsScreen) draw() {
	c := s.connector
	title := kit.Column(kit.Gap1, kit.Title(c.Name))
	if c.Description != "" {
		title.Add(kit.AtMost(kit.TextWidth, kit.Quiet(c.Description)))
	}
	s.head = kit.Column(kit.Gap1)
	column := kit.Column(kit.Gap4, title, s.head)
	s.body = kit.NewBody(kit.Inset(20, kit.Gap6, kit.Gap6, kit.Gap6, column))
	s.going = newProgressCard(s.app, s.body, s.bar.stop, s.bar.say)
	s.rows = newTestRows(s.body, s.testInDepth)
	s.drawHead()
	if s.note = s.replacedNote(); s.note != nil {
		column.Add(s.note)
	}
	s.tabs = kit.NewTabs(detailsParts(&c), func(i int) { s.show(detailsPart(i)) })
	s.tabs.Choose(int(s.part))
	column.Add(s.tabs.Box)
	for _, o := range s.partObjects() {
		column.Add(o)
	}
	s.place.Objects = []fyne.CanvasObject{s.body}
	s.place.Refresh()
	s.body.Settle()
	s.bar.update()
	if worst := s.rows.worst(); worst != nil && s.part == partOverview {
		worst.open(true)
		s.body.Top() // which connector it is, and how it is
	}
}

// overview are the settings and the last test: what is wrong comes first.
func (s *detailsScreen) overview() []fyne.CanvasObject {
	c := s.connector
	if c.LastTest != nil {
		s.rows.showReport(*c.LastTest)
		s.rows.offerDeep(len(s.app.deepAsks(c.Provider)) > 0)
	} else {
		s.rows.card.Hide()
	}
	facts := kit.Card(kit.Inset(kit.Gap3, kit.Gap4, kit.Gap3, kit.Gap4, s.facts()))
	test := kit.Column(kit.Gap4, s.going.box, s.rows.card)
	if s.rows.worst() != nil {
		return []fyne.CanvasObject{test, facts}
	}
	return []fyne.CanvasObject{facts, test}
}

// drawHead says how the last test went.
func (s *detailsScreen) drawHead() {
	state, words := s.connector.State()
	l := lookOfState(state)
	line := kit.Row(kit.Middle, kit.Gap2, []float32{16, 0}, kit.Icon(l.shape, l.colour),
		kit.NewText(kit.Span{Text: words, Bold: true, Colour: l.colour}))
	s.head.Objects = []fyne.CanvasObject{line}
	if r := s.connector.LastTest; r != nil {
		s.head.Add(kit.Small(fmt.Sprintf("Tested %s. %s", dateTime(r.Started), kit.Sentence(r.Headline()))))
	}
	s.head.Refresh()
}

// facts are the settings, the services and where the password is.
func (s *detailsScreen) facts() fyne.CanvasObject {
	c := s.connector
	table := kit.Column(kit.Gap1,
		detailLine("Platform", platformOf(s.app.world, &c)),
		detailLine("Services", strings.Join(s.app.world.Catalogue.Names(c.Services), ", ")),
	)
	for _, d := range s.app.world.Settings(c) {
		table.Add(detailLine(d.Label, d.Value))
	}
	for _, line := range s.app.holder(c) {
		table.Add(line)
	}
	for _, use := range c.Attachments {
		table.Add(detailLine("Used by", s.app.world.Catalogue.Names([]string{use.Service})[0]+": "+use.Task))
	}
	table.Add(detailLine("Registered", dateTime(c.Created)))
	return table
}

// holder says where the secret is and who holds it, also where that is somebody
// else.
func (a *App) holder(c connectors.Connector) []fyne.CanvasObject {
	at := c.Credential
	who := at.Holder + ", since " + dateTime(at.Since)
	switch {
	case at.Missing():
		return []fyne.CanvasObject{detailLine(a.world.SecretName(c), "missing here, since the connector came from a file. "+
			kit.Sentence(workspace.WhoHeld(c))+" Enter it in the menu.")}
	case at.Key == "":
		return nil
	case at.Holder != "" && at.Holder != a.world.Keeper.Holder:
		who += ". Change it in the menu to take the connector over."
	}
	lines := []fyne.CanvasObject{detailLine(a.world.SecretName(c), credentialPlace(at))}
	if at.Holder != "" {
		lines = append(lines, detailLine("Held by", who))
	}
	return lines
}

// credentialPlace says where a password is.
func credentialPlace(c connectors.Credential) string {
	if c.Session {
		return "kept in memory until Fairlead closes"
	}
	return fmt.Sprintf("%s, item %s", c.Keyring, c.Key)
}

func (s *detailsScreen) toList() {
	switch {
	case s.running != nil:
	case s.home != nil:
		s.home()
	default:
		s.app.showList(s.id)
	}
}

func (s *detailsScreen) press(k shortcut) bool {
	switch k.action {
	case goBack:
		s.toList()
	case goOn:
		s.testAgain()
	case goToStep:
		if k.number > int(partTimeline)+1 {
			return false
		}
		s.show(detailsPart(k.number - 1))
	default:
		return false
	}
	return true
}

func (s *detailsScreen) scroll(down bool) {
	if s.body != nil {
		s.body.Page(down)
	}
}

func (s *detailsScreen) close(then func()) {
	if s.running != nil {
		s.running.stop()
	}
	then()
}
