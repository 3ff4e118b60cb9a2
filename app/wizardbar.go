package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/report"
)

// wizardBar is the row of buttons below a page: leaving at the left, going on at
// the right, and between them what is going on.
type wizardBar struct {
	screen *wizardScreen
	row    *fyne.Container

	quit, copy, report, cancel, back, again, next *kit.Button

	line *kit.Text
}

func newWizardBar(s *wizardScreen) *wizardBar {
	b := &wizardBar{screen: s}
	b.quit = kit.NewButton("Save and quit", kit.Subtle, s.leaveForList)
	document := func() report.Document {
		a := s.journey.Answers()
		return s.app.world.ReportOfAnswers(s.journey.Flow().Label(a), a, *s.view.Report)
	}
	b.copy = copyReportButton(document)
	b.report = kit.NewButton(saveWords, kit.Subtle, func() { s.app.saveReport(document()) })
	show(b.copy, false) // until there is one
	show(b.report, false)
	b.line = kit.NewLine()
	b.cancel = kit.NewButton("Cancel", kit.Secondary, func() { s.running.stop() })
	b.back = kit.NewButton("Back", kit.Secondary, s.back)
	b.again = kit.NewButton("Run again", kit.Secondary, s.again)
	b.next = kit.NewButton("Next", kit.Primary, s.next)
	b.row = kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, -1, 0, -1, -1, -1, -1},
		b.quit, b.copy, b.report, kit.Inset(0, 0, 0, kit.Gap2, b.line), b.cancel, b.back, b.again, b.next)
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
	b.copy.SetText(copyWords)
	show(b.copy, v.Report != nil && !running)
	show(b.report, v.Report != nil && !running)
	show(b.cancel, running && !b.screen.running.saves)
	show(b.back, v.CanBack && !running)
	show(b.again, v.Again && !running)
	show(b.next, !running)
	if !running {
		b.line.Set()
	}
	b.row.Refresh()
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
