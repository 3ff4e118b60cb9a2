package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	domains "fairlead/wizard/setup"
)

// domainSection is a section of a domain: a line, and below it, once it is opened,
// the way into it and what was seen.
type domainSection struct {
	screen *domainScreen
	status domains.Status
	item   *kit.Item
	more   *fyne.Container
	begin  *kit.Button
	rows   *testRows // nil until there is something to see
}

func newDomainSection(s *domainScreen, st domains.Status, first bool) *domainSection {
	d := &domainSection{screen: s, status: st, more: kit.Column(0)}
	d.more.Hide()
	d.item = kit.NewItem(kit.ItemLook{Title: st.Section.Title(), Opens: true}, first, func() { d.open(!d.item.Look().Open) })
	d.item.OnKey = func(key fyne.KeyName) bool { return s.step(d, key) }
	d.begin = kit.NewButton("", kit.Secondary, func() { s.walk(st.Section) })
	d.set(st)
	return d
}

// set draws how the section stands.
func (d *domainSection) set(st domains.Status) {
	d.status = st
	l, look := lookOfSection(st.State), d.item.Look()
	look.Shape, look.Mark, look.Quiet = l.shape, l.colour, st.State == domains.ToDo
	look.Bold = st.State == domains.Fails || st.State == domains.Warns
	look.Summary = stateWords(st)
	look.Figure = ""
	if !st.Looked.IsZero() {
		look.Figure = since(st.Looked, d.screen.app.opts.Now())
	}
	d.item.Set(look)
	d.begin.SetText(map[domains.State]string{domains.ToDo: "Begin", domains.Begun: "Go on"}[st.State])
	if d.begin.Text() == "" {
		d.begin.SetText("Open")
	}
}

// stateWords say how a section stands: the state, and what there is to add.
func stateWords(st domains.Status) string {
	if st.State == domains.ToDo || st.State == domains.Begun {
		return string(st.State)
	}
	return fmt.Sprintf("%s: %s", st.State, st.Words)
}

// open shows or hides the way into the section and what was seen.
func (d *domainSection) open(on bool) {
	look := d.item.Look()
	look.Open = on
	d.item.Set(look)
	if on && len(d.more.Objects) == 0 {
		d.build()
	}
	show(d.more, on)
	d.screen.body.Settle()
	if on {
		d.screen.body.Reveal(d.more)
		d.screen.body.Reveal(d.item)
	}
}

func (d *domainSection) build() {
	buttons := []fyne.CanvasObject{d.begin}
	if _, needed := d.screen.kept.Connector(); needed && d.status.Section == domains.Directory {
		buttons = append(buttons, kit.NewButton("Open the Microsoft 365 wizard", kit.Secondary, d.screen.connect))
	}
	widths := make([]float32, len(buttons), len(buttons)+1)
	for i := range widths {
		widths[i] = -1
	}
	column := kit.Column(kit.Gap3, kit.Row(kit.Middle, kit.Gap2, append(widths, 0), append(buttons, kit.Column(0))...))
	if d.status.Report != nil {
		column.Add(d.tests().card)
		d.rows.showReport(*d.status.Report)
	}
	d.more.Objects = []fyne.CanvasObject{kit.Inset(kit.Gap2, kit.Gap3, kit.Gap4, 36, column)}
	if d.rows != nil {
		if worst := d.rows.worst(); worst != nil {
			worst.open(true)
		}
	}
}

// tests are the rows of what was seen.
func (d *domainSection) tests() *testRows {
	if d.rows == nil {
		d.rows = newTestRows(d.screen.body, func() {})
	}
	return d.rows
}

// step gives the keyboard to the section above or below.
func (s *domainScreen) step(from *domainSection, key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[key]
	for i, d := range s.sections {
		if d == from && by != 0 && i+by >= 0 && i+by < len(s.sections) {
			kit.Focus(s.sections[i+by].item)
			return true
		}
	}
	return false
}

// lookAgain looks again at every section of the domain. Verdicts stand in the rows
// as they come.
func (s *domainScreen) lookAgain() {
	if s.live.running() || s.kept == nil {
		return
	}
	s.app.trace("busy:domain")
	s.app.look(&s.live, []string{s.domain}, s.hear, s.looked)
	if s.live.running() {
		s.updateBar()
		s.say("Looking …")
		kit.Focus(s.stop)
	}
}

// hear draws news of a section.
func (s *domainScreen) hear(n lookNews) {
	d := s.find(n.section)
	switch {
	case d == nil:
	case n.rows != nil:
		look := d.item.Look()
		look.Shape, look.Mark, look.Summary = kit.ShapeRunning, kit.Accent, "looking"
		d.item.Set(look)
		if d.rows != nil {
			d.rows.start(n.rows)
			s.body.Settle()
		}
	case n.event != nil && d.rows != nil:
		d.rows.take(*n.event)
	case n.kept != nil:
		s.kept = n.kept
		d.set(s.app.world.Setup().Status(n.kept, n.section))
		s.say(fmt.Sprintf("Looked at %s …", count(s.live.seen, "section")))
	}
}

// looked draws the sections as they stand now: some depend on what others found.
func (s *domainScreen) looked() {
	for i, st := range s.app.world.Setup().Statuses(s.kept) {
		s.sections[i].set(st)
	}
	s.updateBar()
	line := "There is nothing to look at yet: no section with a test is done."
	if s.live.seen > 0 {
		line = fmt.Sprintf("Looked again at %s.", count(s.live.seen, "section"))
	}
	s.say(line)
	s.body.Settle()
	kit.Focus(s.again)
	s.body.Reveal(s.line)
	if len(s.live.problems) > 0 {
		s.app.showTrouble(explain("Not all could be looked at", s.live.problems[0]))
	}
	s.app.trace("done:domain")
}
