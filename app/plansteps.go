package app

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"fairlead/app/kit"
	"fairlead/plan"
)

// planMove says whether a plan is for how things are, or for once organisations
// have moved all their mailboxes to the cloud.
type planMove struct {
	moves        bool
	organisation string // that moves; empty means every hybrid one
}

// noMove plans for how things are.
var noMove = planMove{}

// plan is what is to be done, in order, and in words what a move changes.
func (m planMove) plan(a *App, r planRead) (*plan.Plan, []plan.Step, string) {
	if m.moves {
		moved, err := plan.Migrate(r.environment, a.world.Catalogue, r.have, m.organisation)
		if err == nil { // else nothing is hybrid any more
			return moved.After, moved.Steps, moveWords(moved)
		}
	}
	return r.plan, r.plan.Steps(), ""
}

// moveWords say which connectors a move makes superfluous.
func moveWords(m *plan.Migration) string {
	var names []string
	for i := range m.Superfluous {
		names = append(names, m.Superfluous[i].Name)
	}
	if len(names) == 0 {
		return "Once the last mailbox has moved, every connector that is there is still needed."
	}
	return "Once the last mailbox has moved, these are not needed any more: " + strings.Join(names, ", ") + "."
}

// planSteps is the checklist: what is to be done, in an order that leaves no
// service without a connector. A step leaves the list when it was done.
type planSteps struct {
	app  *App
	from planSpot
	move planMove

	read  planRead
	moves []planMove // that can be picked, after none
	guide *plan.Guide
	steps []plan.Step

	head  *fyne.Container
	list  *kit.List
	place *fyne.Container
	total *kit.Text
	leave *kit.Button
	whole *fyne.Container // all above the bar
}

// planStepHeight is the height of a line of the checklist.
const planStepHeight float32 = 52

// showPlanSteps shows what is to be done, and goes back to a cell from there.
func (a *App) showPlanSteps(from planSpot, move planMove) {
	s := &planSteps{app: a, from: from, move: move}
	a.show(s)
	s.load()
}

func (s *planSteps) name() string { return "steps" }

func (s *planSteps) content() fyne.CanvasObject {
	s.head, s.total = kit.Column(kit.Gap3, kit.Title("What to do")), kit.Small("")
	s.list = kit.NewList(planStepHeight, func() int { return len(s.steps) }, func() fyne.CanvasObject { return newStepRow() }, s.draw)
	s.list.OnOpen, s.list.Keys = s.open, s.app.takeShortcut
	s.place = container.New(&tableLayout{height: func() float32 { return planStepHeight*float32(len(s.steps)) + 2 }}, kit.Column(0))
	s.whole = kit.Fill(kit.Gap3, s.head, s.place)
	page := kit.Inset(20, kit.Gap6, kit.Gap4, kit.Gap6, s.whole)
	s.leave = kit.NewButton("Back to the grid", kit.Subtle, s.back)
	book := kit.NewButton("Run book …", kit.Secondary, func() { s.app.saveRunBook(s.read, s.move) })
	bar := kit.Row(kit.Middle, kit.Gap2, []float32{-1, 0, -1}, s.leave, kit.Column(0), book)
	return kit.Split(sideWidth, s.app.sideBar("plan"), kit.Deck(page, bar))
}

func (s *planSteps) shown() {}

func (s *planSteps) load() {
	work(s.app, s.app.readPlan, func(r planRead, err error) {
		switch {
		case s.app.screen != screen(s):
		case err != nil || r.plan == nil:
			s.app.showPlan(s.from) // it says what is wrong
		default:
			s.read = r
			s.show()
		}
	})
}

// show shows the steps of how things are, or of a move.
func (s *planSteps) show() {
	p, steps, words := s.move.plan(s.app, s.read)
	s.guide, s.steps = s.app.guide(p), steps
	s.head.Objects = s.head.Objects[:1]
	if picker := s.movePicker(); picker != nil {
		s.head.Add(left(picker))
	}
	if words != "" {
		s.head.Add(kit.Plain(words))
	}
	first := fyne.Focusable(s.list)
	if len(steps) == 0 {
		first = s.leave // there is no list
		s.place.Objects = []fyne.CanvasObject{kit.Column(0, kit.Note(kit.ShapePass, kit.Works, "Nothing is left to do",
			kit.Plain("Everything that is needed works, and nothing else is there.")))}
	} else {
		s.total.Set(kit.SmallSpan("From top to bottom: so no service is ever without a connector. What was done leaves the list.", kit.Muted))
		s.place.Objects = []fyne.CanvasObject{kit.Card(s.list.Framed()), s.total}
	}
	s.whole.Refresh() // what stands above the list may have grown
	s.list.Go(s.list.At())
	kit.Focus(first)
	s.app.trace("steps:loaded")
}

// movePicker picks which organisation moves to the cloud; nil where none can.
func (s *planSteps) movePicker() *kit.Picker {
	names := []string{"As things are"}
	s.moves = []planMove{noMove}
	for i := range s.read.environment.Organisations {
		o := &s.read.environment.Organisations[i]
		if _, err := plan.Migrate(plan.Environment{Organisations: []plan.Organisation{*o}}, s.app.world.Catalogue, plan.Existing{}, o.Name); err == nil {
			names, s.moves = append(names, o.Name+" moves to the cloud"), append(s.moves, planMove{true, o.Name})
		}
	}
	if len(s.moves) == 1 {
		return nil
	}
	if len(s.moves) > 2 {
		names, s.moves = append(names, "All move to the cloud"), append(s.moves, planMove{moves: true})
	}
	picker := kit.NewPicker(names, func(i int) {
		s.move = s.moves[i]
		s.list.SetAt(0)
		s.show()
	})
	for i := range s.moves {
		if s.moves[i] == s.move {
			picker.Pick(i)
		}
	}
	return picker
}

// draw draws a step.
func (s *planSteps) draw(at int, o fyne.CanvasObject, current bool) {
	step := &s.steps[at]
	advice := s.guide.Advise(step)
	l := lookOfKind(step.Kind)
	o.(*stepRow).set(l, fmt.Sprintf("%d. %s", at+1, advice.Title), advice.Why, current)
}

// lookOfKind shows what a step is about: something to make, to mend, to take
// away, or to wait for.
func lookOfKind(k plan.Kind) look {
	switch k {
	case plan.Mend:
		return look{kit.ShapeFail, kit.Fails}
	case plan.Finish, plan.Move:
		return look{kit.ShapeLater, kit.Warns}
	case plan.Delete, plan.Detach, plan.Anew:
		return look{kit.ShapeWarn, kit.Warns}
	case plan.Keep:
		return look{kit.ShapeInfo, kit.Muted}
	}
	return look{kit.ShapeBoxOff, kit.Accent}
}

func (s *planSteps) back() { s.app.showPlan(s.from) }

func (s *planSteps) press(k shortcut) bool {
	if k.action == goBack {
		s.back()
	}
	return k.action == goBack
}

func (s *planSteps) scroll(bool) {}

func (s *planSteps) close(then func()) { then() }
