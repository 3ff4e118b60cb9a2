package app

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/wizard/page"
)

// wizardPage draws one page: the title, why, its fields, and its test if it has
// one.
type wizardPage struct {
	screen  *wizardScreen
	content *fyne.Container
	body    *kit.Body // what scrolls below the title
	title   *kit.Text
	why     *kit.Text
	said    [2]string       // title and why, as they stand there now
	failure *fyne.Container // or what the page waits for
	fields  *fyne.Container
	drawn   []*wizardField
	test    *testRows // nil without a test
	going   *progressCard
}

func newWizardPage(s *wizardScreen) *wizardPage {
	p := &wizardPage{screen: s, title: kit.Title(""), why: kit.Quiet("")}
	p.fields = kit.Column(gapOf(s.view))
	p.failure = kit.Column(0)
	head := kit.Column(kit.Gap1, p.title, kit.AtMost(kit.TextWidth, p.why))
	column := kit.Column(kit.Gap4, p.fields)
	p.body = kit.NewBody(kit.Inset(kit.Gap1, kit.Gap6, kit.Gap6, kit.Gap6, column))
	p.content = kit.Fill(kit.Gap3, kit.Inset(20, kit.Gap6, 0, kit.Gap6, head), p.body)
	if a := s.view.Page.Action; a != nil && a.Test != nil {
		p.test = newTestRows(p.body, s.testInDepth)
		column.Add(p.test.card)
	}
	p.going = newProgressCard(s.app, p.body, s.bar.cancel, s.bar.say)
	column.Add(p.going.box)
	column.Add(p.failure)
	p.failure.Hide()
	return p
}

// gapOf is the distance between fields: lines of a summary stand closer.
func gapOf(v page.View) float32 {
	if len(v.Fields) > 0 && v.Fields[0].Edit != "" {
		return kit.Gap2
	}
	return kit.Gap4
}

// update draws what the view says. Fields that did not change stay the widgets
// that they are, so that whoever types in one is not disturbed.
func (p *wizardPage) update(v page.View) {
	p.head(v)
	old := map[string]*wizardField{}
	for _, f := range p.drawn {
		old[f.key] = f
	}
	changed := len(p.drawn) != len(v.Fields)
	var drawn []*wizardField
	var boxes []fyne.CanvasObject
	for i, fv := range v.Fields {
		f := old[fv.Key]
		if f == nil || f.form != formOf(fv) {
			f = newWizardField(p.screen, fv)
		}
		changed = changed || p.drawn[i] != f
		delete(old, fv.Key)
		changed = f.update(fv) || changed
		drawn, boxes = append(drawn, f), append(boxes, f.box)
	}
	for _, f := range old {
		f.forget()
	}
	p.drawn = drawn
	if changed {
		p.fields.Objects = boxes
		show(p.fields, len(boxes) > 0)
		p.fields.Refresh()
		p.body.Settle()
	}
	if p.test != nil {
		p.test.show(v)
		p.test.offerDeep(v.Deeper)
	}
}

// head draws the title and the line below it. After a test they say how it
// went; when the page's action failed, why.
func (p *wizardPage) head(v page.View) {
	title, why := v.Page.Title, v.Page.Why
	if p.test != nil && v.Report != nil {
		title, why = v.Report.Title(), kit.Sentence(headline(*v.Report))
		if p.screen.keep != nil {
			title = domainTitle(*v.Report)
		}
	}
	if p.said != [2]string{title, why} {
		p.said = [2]string{title, why}
		p.title.Set(kit.TitleSpan(title))
		p.why.Set(kit.Span{Text: why, Colour: kit.Muted})
		p.content.Refresh()
	}
	var stopped fyne.CanvasObject
	switch {
	case v.Waiting != nil:
		stopped = kit.Note(kit.ShapeLater, kit.Muted, v.Waiting.Headline(p.screen.app.opts.Now()),
			kit.Plain(kit.Sentence(v.Waiting.Error())+" "+rhythm(v.Waiting.Every)+"You may close this: what you answered is kept as a draft."))
	case v.Failure != "":
		stopped = kit.Note(kit.ShapeFail, kit.Fails, "That did not work", kit.Plain(kit.Sentence(v.Failure)))
	case p.failure.Hidden:
		return
	}
	p.failure.Objects = nil
	if stopped != nil {
		p.failure.Objects = []fyne.CanvasObject{stopped}
	}
	show(p.failure, stopped != nil)
	p.body.Settle()
}

// rhythm says how often the window looks again by itself.
func rhythm(every time.Duration) string {
	switch every {
	case 0:
		return ""
	case time.Minute:
		return "It is checked every minute until this window is closed. "
	}
	return fmt.Sprintf("It is checked every %.0f minutes until this window is closed. ", every.Minutes())
}

// revealFailure scrolls to what went wrong with the page's action, if it did.
func (p *wizardPage) revealFailure() {
	if p.failure.Visible() {
		p.body.Reveal(p.failure)
	}
}

// focusFirst gives the first field that is wrong or still lacks an answer the
// keyboard, or else the first one. False means that there is none.
func (p *wizardPage) focusFirst() bool {
	for i, f := range p.drawn {
		if (f.wrong || lacking(p.screen.view.Fields[i])) && f.focus() {
			return true
		}
	}
	return p.focusFrom(0)
}

// lacking reports whether a field must be answered and is not.
func lacking(v page.FieldView) bool {
	switch {
	case v.Optional || v.Kind == page.Note || v.Kind == page.Checkbox:
		return false
	case v.Kind == page.Secret:
		return !v.HasSecret
	case v.Kind == page.Choice:
		return len(v.Chosen) == 0
	}
	return v.Value == ""
}

func (p *wizardPage) focusFrom(i int) bool {
	for _, f := range p.drawn[i:] {
		if f.focus() {
			return true
		}
	}
	return false
}

// focusAfter gives the field after another the keyboard.
func (p *wizardPage) focusAfter(key string) bool {
	for i, f := range p.drawn {
		if f.key == key {
			return p.focusFrom(i + 1)
		}
	}
	return false
}

func (p *wizardPage) focus(key string) {
	for _, f := range p.drawn {
		if f.key == key {
			f.focus()
		}
	}
}

// freeze keeps the fields as they are while a task works on a copy of them.
func (p *wizardPage) freeze(on bool) {
	for _, f := range p.drawn {
		f.freeze(on)
	}
}

// forget empties the password fields.
func (p *wizardPage) forget() {
	for _, f := range p.drawn {
		f.forget()
	}
}

// formOf sums up everything about a field but its answer and what is said about
// it. A field whose form changes is drawn anew.
func formOf(v page.FieldView) string {
	return fmt.Sprint(v.Key, v.Kind, v.Label, v.Aside, v.Hint, v.Placeholder, v.Tone, v.Many, v.Edit, v.Copy, v.Link, v.LinkLabel, v.Options)
}

// headline sums up a test, and says whence it was seen: the services connect
// from their own network.
func headline(r check.Report) string {
	if !r.Complete() {
		return r.Headline()
	}
	return r.Headline() + ", seen from this computer"
}
