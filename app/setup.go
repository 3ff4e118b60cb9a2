package app

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fairlead/app/kit"
	domains "fairlead/wizard/setup"
)

// setupScreen is the table of the domains whose mail security is set up, with the
// state of each section.
type setupScreen struct {
	app    *App
	chosen string // the domain to go to
	all    []domains.Row
	rows   []domains.Row // what the search leaves
	column int           // that the keyboard is in: 0 is the name, then the sections
	live   lookState

	search *kit.Entry
	add    *kit.Button
	again  *kit.Button
	stop   *kit.Button
	list   *kit.List
	total  *kit.Text
	place  *fyne.Container // the table, or what stands in its place
}

// showSetup shows the table, at the row of a domain if there is one.
func (a *App) showSetup(domain string) {
	s := &setupScreen{app: a, chosen: domain}
	a.show(s)
	s.load()
}

func (s *setupScreen) name() string { return "setup" }

func (s *setupScreen) content() fyne.CanvasObject {
	s.search = kit.NewEntry()
	s.search.SetPlaceHolder("Search domains")
	s.search.Keys = s.app.takeShortcut
	s.search.OnChanged = func(string) { s.filter() }
	s.search.OnSubmitted = func(string) { kit.Focus(s.list) }
	s.add = kit.NewButton("Add a domain", kit.Primary, s.askDomain)
	s.again = kit.NewButton("Look again", kit.Secondary, s.lookAgain)
	s.stop = kit.NewButton("Stop", kit.Secondary, func() { s.live.stop() })
	s.stop.Hide()
	one := kit.NewButton("Check a domain", kit.Secondary, func() { s.app.showDomainCheck("") })
	s.list = kit.NewList(setupRowHeight, func() int { return len(s.rows) },
		func() fyne.CanvasObject { return newSetupRow() }, s.draw)
	s.list.OnOpen, s.list.OnKey, s.list.Keys = s.open, s.key, s.app.takeShortcut
	s.list.OnRune = func(r rune) { // whoever types wants to search
		kit.Focus(s.search)
		s.search.TypedRune(r)
	}
	s.total = kit.Small("")
	s.place = container.New(&tableLayout{height: s.tableHeight}, kit.Column(0))
	tools := kit.Row(kit.Middle, kit.Gap2, []float32{220, 0, -1, -1, -1, -1}, s.search, kit.Column(0), s.stop, s.again, one, s.add)
	return kit.Split(sideWidth, s.app.sideBar("setup"), kit.Inset(20, kit.Gap6, kit.Gap4, kit.Gap6, kit.Fill(kit.Gap3, tools, s.place)))
}

// shown waits for the rows: they decide what gets the keyboard.
func (s *setupScreen) shown() {}

// load reads the domains.
func (s *setupScreen) load() {
	work(s.app, func(ctx context.Context) ([]domains.Row, error) {
		return s.app.world.Setup().Table(ctx)
	}, func(rows []domains.Row, err error) {
		if s.app.screen != screen(s) {
			return
		}
		if err != nil {
			s.showInstead(explain("The domains cannot be read", err).note())
			kit.Focus(s.add)
			return
		}
		s.all = rows
		s.filter()
		s.goToChosen()
		s.app.trace("setup:loaded")
	})
}

func (s *setupScreen) goToChosen() {
	if len(s.rows) == 0 {
		kit.Focus(s.add)
		return
	}
	s.list.Go(max(0, slices.IndexFunc(s.rows, func(r domains.Row) bool { return r.Domain == s.chosen })))
	kit.Focus(s.list)
}

// filter leaves the domains that hold what is searched for.
func (s *setupScreen) filter() {
	words := strings.ToLower(strings.TrimSpace(s.search.Text))
	s.rows = nil
	for _, r := range s.all {
		if strings.Contains(r.Domain, words) {
			s.rows = append(s.rows, r)
		}
	}
	show(s.again, len(s.all) > 0 && !s.live.running())
	switch {
	case len(s.rows) > 0:
		s.total.Set(kit.SmallSpan(setupTotal(len(s.rows), len(s.all)), kit.Muted))
		s.place.Objects = []fyne.CanvasObject{kit.Card(kit.Fill(0, setupHead(), s.list.Framed())), s.total}
		s.list.Go(0)
		s.place.Refresh()
	case len(s.all) > 0:
		s.showInstead(kit.Column(kit.Gap1, kit.Heading("Nothing matches"), kit.Quiet("No domain holds these letters. Search for less.")))
	default:
		s.showInstead(emptySetup())
	}
}

func setupTotal(shown, all int) string {
	line := count(all, "domain") + ". Arrows move, Enter opens, F5 looks again at all."
	if shown < all {
		line = count(shown, "row") + " of " + line
	}
	return line
}

// emptySetup is what stands there before there is a domain.
func emptySetup() fyne.CanvasObject {
	return kit.Card(kit.Inset(kit.Gap8, kit.Gap8, kit.Gap8, kit.Gap8, kit.AtMost(kit.TextWidth, kit.Column(kit.Gap2,
		kit.Title("No domains yet"),
		kit.Quiet("The set-up of a domain's mail security has six sections: account, domain validation, mail routing, directory, "+
			"anti-spoofing and journaling. Each is done in any sitting, in the order that loses no mail. Fairlead looks from outside "+
			"at what is really in place, and changes nothing."),
	))))
}

func (s *setupScreen) showInstead(o fyne.CanvasObject) {
	s.place.Objects = []fyne.CanvasObject{kit.Column(0, o)}
	s.place.Refresh()
}

// tableHeight is how high the table wants to be with all its rows.
func (s *setupScreen) tableHeight() float32 {
	return setupHeadHeight + setupRowHeight*float32(len(s.rows)) + 2
}

func (s *setupScreen) draw(row int, o fyne.CanvasObject, current bool) {
	column := -1
	if current {
		column = s.column
	}
	o.(*setupRow).set(s.rows[row], &s.live, column)
}

// open opens a domain, at the section that the keyboard is in.
func (s *setupScreen) open(row int) {
	section := domains.Section("")
	if s.column > 0 {
		section = domains.Sections()[s.column-1]
	}
	s.app.showDomain(s.rows[row].Domain, section)
}

// key moves between the sections, and removes a domain.
func (s *setupScreen) key(row int, key fyne.KeyName) bool {
	switch {
	case key == fyne.KeyLeft:
		s.column = max(0, s.column-1)
	case key == fyne.KeyRight:
		s.column = min(len(domains.Sections()), s.column+1)
	case key == fyne.KeyDelete && row < len(s.rows):
		s.app.removeDomain(s.rows[row].Domain, func() { s.app.showSetup("") })
	default:
		return false
	}
	s.list.Refresh()
	return true
}

func (s *setupScreen) press(k shortcut) bool {
	switch k.action {
	case findText:
		kit.Focus(s.search)
	case lookAgain:
		s.lookAgain()
	default:
		return false
	}
	return true
}

func (s *setupScreen) scroll(bool) {}

func (s *setupScreen) close(then func()) {
	s.left()
	then()
}

// left is called when another screen takes the place.
func (s *setupScreen) left() { s.live.stop() }
