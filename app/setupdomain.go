package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/wizard/page"
	domains "fairlead/wizard/setup"
)

// domainScreen is the set-up of one domain: its six sections, each with how it
// stands, what was seen, and the way into it.
type domainScreen struct {
	app    *App
	domain string
	at     domains.Section // to be opened; may be empty
	kept   *domains.Domain
	live   lookState

	sections []*domainSection
	place    *fyne.Container
	body     *kit.Body
	line     *kit.Text       // below the title
	row      *fyne.Container // of buttons

	back, remove, check, stop, again, next *kit.Button
}

// showDomain shows the set-up of a domain, with a section opened if one is named.
func (a *App) showDomain(domain string, section domains.Section) {
	s := &domainScreen{app: a, domain: domain, at: section}
	a.show(s)
	s.load()
}

func (s *domainScreen) name() string { return "domain" }

func (s *domainScreen) content() fyne.CanvasObject {
	s.place, s.line = kit.Stack(), kit.NewLine()
	s.back = kit.NewButton("Back", kit.Subtle, s.toTable)
	s.remove = kit.NewButton("Remove", kit.Secondary, func() { s.app.removeDomain(s.domain, func() { s.app.showSetup("") }) })
	s.check = kit.NewButton("Check the DNS", kit.Secondary, func() { s.app.showDomainCheck(s.domain) })
	s.stop = kit.NewButton("Stop", kit.Secondary, func() { s.live.stop() })
	s.again = kit.NewButton("Look again", kit.Secondary, s.lookAgain)
	s.next = kit.NewButton("Go on", kit.Primary, s.goOn)
	s.row = kit.Row(kit.Middle, kit.Gap2, []float32{-1, 0, -1, -1, -1, -1, -1},
		s.back, kit.Column(0), s.remove, s.check, s.stop, s.again, s.next)
	s.updateBar()
	return kit.Split(sideWidth, s.app.sideBar("setup"), kit.Deck(s.place, s.row))
}

func (s *domainScreen) shown() { kit.Focus(s.back) }

// load reads the domain anew and draws it.
func (s *domainScreen) load() {
	work(s.app, func(ctx context.Context) (*domains.Domain, error) {
		return s.app.world.Setup().Open(ctx, s.domain)
	}, func(d *domains.Domain, err error) {
		switch {
		case s.app.screen != screen(s):
		case err != nil:
			s.app.showSetup("")
			s.app.showTrouble(explain("The domain cannot be shown", err))
		default:
			s.kept = d
			s.draw()
			s.app.trace("domain:loaded")
		}
	})
}

func (s *domainScreen) draw() {
	table := kit.Column(0)
	s.say("Six sections, each done in any sitting. What is seen is seen from this computer.")
	column := kit.Column(kit.Gap4, kit.Column(kit.Gap1, kit.Title(s.domain), s.line), kit.Card(table))
	s.body = kit.NewBody(kit.Inset(20, kit.Gap6, kit.Gap6, kit.Gap6, column))
	s.sections = nil
	for i, st := range s.app.world.Setup().Statuses(s.kept) {
		section := newDomainSection(s, st, i == 0)
		s.sections = append(s.sections, section)
		table.Add(section.item)
		table.Add(section.more)
	}
	s.place.Objects = []fyne.CanvasObject{s.body}
	s.place.Refresh()
	s.body.Settle()
	s.updateBar()
	if at := s.find(s.at); at != nil {
		at.open(true)
		kit.Focus(at.begin)
		return
	}
	kit.Focus(s.next)
}

// say says below the title what is going on.
func (s *domainScreen) say(text string) { s.line.Set(kit.Span{Text: text, Colour: kit.Muted}) }

// find is a section by its id, or nil.
func (s *domainScreen) find(id domains.Section) *domainSection {
	i := slices.IndexFunc(s.sections, func(d *domainSection) bool { return d.status.Section == id })
	if i < 0 {
		return nil
	}
	return s.sections[i]
}

// toDo is the section to go on with: the first that fails, or is not done.
func (s *domainScreen) toDo() *domainSection {
	for _, wanted := range [][]domains.State{{domains.Begun, domains.ToDo, domains.Fails}, {domains.Warns, domains.Waits}} {
		for _, d := range s.sections {
			if slices.Contains(wanted, d.status.State) {
				return d
			}
		}
	}
	return nil
}

// updateBar shows the buttons that there is a use for.
func (s *domainScreen) updateBar() {
	running, next := s.live.running(), s.toDo()
	if next != nil {
		s.next.SetText("Next: " + next.status.Section.Title())
	}
	show(s.back, !running)
	show(s.remove, !running && s.kept != nil)
	show(s.check, !running && s.kept != nil)
	show(s.again, !running && s.kept != nil)
	show(s.next, !running && next != nil)
	show(s.stop, running)
	s.row.Refresh()
}

func (s *domainScreen) goOn() {
	if next := s.toDo(); next != nil {
		s.walk(next.status.Section)
	}
}

// walk goes through a section with the wizard, and comes back here.
func (s *domainScreen) walk(section domains.Section) {
	if s.live.running() || s.kept == nil {
		return
	}
	a, name := s.app, s.domain
	setup, here := a.world.Setup(), a.here()
	work(a, func(ctx context.Context) (*page.Journey, error) {
		d, err := setup.Open(ctx, name)
		if err != nil {
			return nil, err
		}
		return setup.Journey(ctx, d, section)
	}, func(j *page.Journey, err error) {
		switch {
		case err != nil:
			a.showTrouble(explain("The section cannot be opened", err))
		case here():
			keep := func(ctx context.Context) error {
				_, err := setup.Keep(ctx, name, section, j)
				return err
			}
			s := a.newWizard(j, "")
			s.keep, s.home = keep, func() { a.showDomain(name, section) }
			a.show(s)
		}
	})
}

// connect opens the wizard for the connector that reads the directory.
func (s *domainScreen) connect() {
	if preset, needed := s.kept.Connector(); needed {
		j := page.Start(s.app.world.NewConnector()).Follow(page.Follow{Preset: preset})
		connector := s.app.newWizard(j, "")
		connector.home = func() { s.app.showDomain(s.domain, domains.Directory) }
		s.app.show(connector)
	}
}

func (s *domainScreen) toTable() {
	if !s.live.running() {
		s.app.showSetup(s.domain)
	}
}

func (s *domainScreen) press(k shortcut) bool {
	switch {
	case k.action == goBack:
		s.toTable()
	case k.action == goOn:
		s.goOn()
	case k.action == lookAgain:
		s.lookAgain()
	case k.action == goToStep && k.number <= len(s.sections):
		s.walk(s.sections[k.number-1].status.Section)
	default:
		return false
	}
	return true
}

func (s *domainScreen) scroll(down bool) {
	if s.body != nil {
		s.body.Page(down)
	}
}

func (s *domainScreen) close(then func()) {
	s.left()
	then()
}

// left is called when another screen takes the place.
func (s *domainScreen) left() { s.live.stop() }
