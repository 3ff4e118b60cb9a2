package app

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/wizard"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// wizardScreen walks through a journey: the steps at the left, the page, the
// buttons below.
type wizardScreen struct {
	app      *App
	journey  *page.Journey
	drafting *workspace.Drafting
	keep     func(context.Context) error // keeps the answers instead of a draft; may be nil
	home     func()                      // where it came from; nil for the list

	view    page.View
	steps   []page.Step
	left    *fyne.Container // the steps, and below them the lab
	rail    *fyne.Container
	lab     *fyne.Container // what works in the lab
	road    string          // the platform whose samples stand there
	place   *fyne.Container // holds the page
	page    *wizardPage
	bar     *wizardBar
	running *running // nil while nothing runs
	unwait  func()   // stops what looks again later; nil while nothing does
}

// newConnector begins the wizard.
func (a *App) newConnector() { a.showWizard(page.Start(a.world.NewConnector()), "") }

func (a *App) showWizard(j *page.Journey, draft string) {
	a.show(a.newWizard(j, draft))
}

// newWizard is the screen of a journey; an empty draft means that there is none yet.
func (a *App) newWizard(j *page.Journey, draft string) *wizardScreen {
	return &wizardScreen{app: a, journey: j, drafting: a.world.Drafting(draft)}
}

func (s *wizardScreen) name() string { return "wizard" }

func (s *wizardScreen) content() fyne.CanvasObject {
	s.rail = kit.Column(2)
	s.place = kit.Stack()
	s.bar = newWizardBar(s)
	s.lab = kit.Column(0)
	s.left = kit.Inset(kit.Gap4, kit.Gap3, kit.Gap3, kit.Gap3, kit.Ends(
		kit.Column(kit.Gap2, kit.Inset(kit.Gap1, kit.Gap2, kit.Gap1, kit.Gap2, kit.Heading(s.journey.Flow().Title)), s.rail),
		s.lab))
	s.drawLab()
	return kit.Split(railWidth, s.left, kit.Deck(s.place, s.bar.row))
}

func (s *wizardScreen) shown() {
	s.turn()
	if s.drafting.ID() == "" { // one that is filled in already
		s.keepDraft()
	}
}

// turn draws the page that the journey is at, and gives its first field the
// keyboard.
func (s *wizardScreen) turn() {
	if s.page != nil {
		s.page.forget()
	}
	s.view = s.journey.View()
	s.page = newWizardPage(s)
	s.place.Objects = []fyne.CanvasObject{s.page.content}
	s.place.Refresh()
	s.refresh()
	s.page.body.Settle()
	s.app.trace("page:" + s.view.Page.ID)
	if !s.page.focusFirst() {
		kit.Focus(s.bar.next)
	}
	s.lookAgainLater()
}

// refresh draws what may have changed on the same page: problems and advice,
// the steps, the buttons.
func (s *wizardScreen) refresh() {
	s.view = s.journey.View()
	s.page.update(s.view)
	s.bar.update()
	if steps := s.journey.Steps(); !slices.Equal(steps, s.steps) || len(s.rail.Objects) == 0 {
		s.steps = steps
		s.drawSteps()
	}
	if road := s.journey.Answers().Text(wizard.KeyProvider); road != s.road {
		s.road = road
		s.drawLab()
	}
}

// drawLab names what works in the lab on the road that was taken.
func (s *wizardScreen) drawLab() {
	s.lab.Objects = []fyne.CanvasObject{s.app.labBox(labSamples(s.road))}
	s.left.Refresh() // the box may need more room
}

func (s *wizardScreen) drawSteps() {
	s.rail.Objects = nil
	for _, step := range s.steps {
		l := lookOfStep(step, s.journey.Committed())
		text := step.Name
		if step.State == page.Unneeded {
			text += " (not needed)"
		}
		var open func()
		if step.Open && s.running == nil {
			open = func() { s.goTo(step.ID) }
		}
		s.rail.Add(kit.NewStep(kit.StepLook{
			Text: text, Shape: l.shape, Mark: l.colour, Current: step.State == page.Now, Unneeded: step.State == page.Unneeded,
		}, open))
	}
	s.rail.Refresh()
}

// set hands in what was typed or chosen.
func (s *wizardScreen) set(key string, value any) {
	if s.running == nil {
		s.journey.Set(key, value)
		s.refresh()
	}
}

// leave validates a field that was left.
func (s *wizardScreen) leave(key string) {
	if s.running == nil {
		s.journey.Leave(key)
		s.refresh()
	}
}

// submit is Enter in a field: on to the next one, and from the last one to the
// next page.
func (s *wizardScreen) submit(key string) {
	if !s.page.focusAfter(key) {
		s.next()
	}
}

// next goes on, or says what is missing.
func (s *wizardScreen) next() {
	switch {
	case s.running != nil:
	case s.view.Page.Final && s.keep != nil:
		s.leaveForList()
	case s.view.Page.Final:
		s.goHome(s.made())
	default:
		s.follow(s.journey.Next())
	}
}

// goHome shows where the journey came from, or a row of the list.
func (s *wizardScreen) goHome(id string) {
	if s.home != nil {
		s.home()
	} else {
		s.app.showList(id)
	}
}

// follow does what a move of the journey came to.
func (s *wizardScreen) follow(m page.Move) {
	switch {
	case m.Task != nil:
		s.run(m.Task)
	case m.Moved:
		s.turn()
		s.keepDraft()
	default:
		s.refresh()
		s.page.body.Settle()
		s.page.focus(m.Focus)
		s.page.revealFailure()
		s.app.trace("stay:" + s.view.Page.ID)
	}
}

func (s *wizardScreen) back() {
	if s.running == nil && s.journey.Back() {
		s.turn()
		s.keepDraft()
	}
}

// again runs the test of the page anew.
func (s *wizardScreen) again() {
	if s.running == nil {
		s.follow(s.journey.Again())
	}
}

// testInDepth asks, and runs the test of the page in depth.
func (s *wizardScreen) testInDepth() {
	if s.running == nil {
		s.app.askDeep(s.journey.Answers().Text(wizard.KeyProvider), func() { s.follow(s.journey.Deeper()) })
	}
}

func (s *wizardScreen) goTo(id string) {
	if s.running == nil && s.journey.Goto(id) {
		s.turn()
		s.keepDraft()
	}
}

func (s *wizardScreen) press(k shortcut) bool {
	switch {
	case k.action == goBack:
		s.back()
	case k.action == goOn:
		s.next()
	case k.action == goToStep && k.number <= len(s.steps):
		s.goTo(s.steps[k.number-1].ID)
	default:
		return false
	}
	return true
}

func (s *wizardScreen) scroll(down bool) { s.page.body.Page(down) }
