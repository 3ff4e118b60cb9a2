package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/report"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

// wizardBar is the row of buttons below a page: leaving at the left, going on at
// the right, and between them what is going on.
type wizardBar struct {
	screen *wizardScreen
	row    *fyne.Container

	quit, command, copy, report, cancel, back, again, next *kit.Button

	after *fyne.Container // what may be done next, on the final page

	line *kit.Text
}

func newWizardBar(s *wizardScreen) *wizardBar {
	b := &wizardBar{screen: s}
	b.quit = kit.NewButton("Save and quit", kit.Subtle, s.leaveForList)
	document := func() report.Document {
		a := s.journey.Answers()
		return s.app.world.ReportOfAnswers(s.journey.Flow().Label(a), a, *s.view.Report)
	}
	b.command = kit.NewButton(commandWords, kit.Subtle, func() { s.app.showCommand(s.journey) })
	b.copy = copyReportButton(document)
	b.report = kit.NewButton(saveWords, kit.Subtle, func() { s.app.saveReport(document()) })
	show(b.copy, false) // until there is one
	show(b.report, false)
	b.line = kit.NewLine()
	b.cancel = kit.NewButton("Cancel", kit.Secondary, func() { s.running.stop() })
	b.back = kit.NewButton("Back", kit.Secondary, s.back)
	b.again = kit.NewButton("Run again", kit.Secondary, s.again)
	b.next = kit.NewButton("Next", kit.Primary, s.next)
	b.after = kit.Stack()
	b.row = kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, -1, -1, 0, -1, -1, -1, -1, -1},
		b.quit, b.command, b.copy, b.report, kit.Inset(0, 0, 0, kit.Gap2, b.line), b.cancel, b.back, b.again, b.after, b.next)
	return b
}

// update shows the buttons that the page has a use for.
func (b *wizardBar) update() {
	v, running := b.screen.view, b.screen.running != nil
	b.quit.SetText("Cancel")
	if b.screen.journey.Begun() {
		b.quit.SetText("Save and quit")
	}
	b.next.SetText(v.Verb)
	b.cancel.SetText("Cancel")
	if v.Page.Action != nil && v.Page.Action.Test != nil {
		b.cancel.SetText("Stop")
	}
	show(b.quit, !v.Committed && !running)
	after := v.After
	if b.screen.home != nil {
		after = nil // it goes on where it came from
	}
	show(b.command, canCommand(v) && len(after) == 0 && b.screen.journey.Flow().ID == wizard.FlowNew && !running)
	b.copy.SetText(copyWords)
	show(b.copy, v.Report != nil && !running)
	show(b.report, v.Report != nil && !running)
	show(b.cancel, running && !b.screen.running.saves)
	show(b.back, v.CanBack && !running)
	show(b.again, v.Again && !running)
	show(b.next, !running)
	b.offer(after)
	if !running {
		b.line.Set()
	}
	b.row.Refresh()
}

// offer puts what may be done next beside the button that ends the wizard.
func (b *wizardBar) offer(after []page.Follow) {
	show(b.after, len(after) > 0)
	b.after.Objects = nil
	if len(after) == 0 {
		return
	}
	var widths []float32
	var buttons []fyne.CanvasObject
	for _, f := range after {
		widths = append(widths, -1)
		buttons = append(buttons, kit.NewButton(f.Label, kit.Secondary, func() {
			b.screen.app.showWizard(b.screen.journey.Follow(f), "")
		}))
	}
	b.after.Objects = []fyne.CanvasObject{kit.Row(kit.Middle, kit.Gap2, widths, buttons...)}
}

func (b *wizardBar) say(text string) {
	b.line.Set(kit.Span{Text: text, Colour: kit.Muted})
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}
