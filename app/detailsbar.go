package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/report"
)

// detailsBar is the row of buttons below the details of a connector.
type detailsBar struct {
	screen *detailsScreen
	row    *fyne.Container

	back, copy, report, more, edit, stop, test *kit.Button

	line *kit.Text
}

func newDetailsBar(s *detailsScreen) *detailsBar {
	b := &detailsBar{screen: s, line: kit.NewLine()}
	b.back = kit.NewButton("Back to the list", kit.Subtle, s.toList)
	document := func() report.Document { return s.app.world.ReportOf(s.connector) }
	b.copy = copyReportButton(document)
	b.report = kit.NewButton(saveWords, kit.Subtle, func() { s.app.saveReport(document()) })
	b.more = kit.NewButton("⋯", kit.Secondary, func() { s.menu(b.more) })
	b.edit = kit.NewButton("Edit", kit.Secondary, func() { s.app.edit(s.connector, s.load) })
	b.stop = kit.NewButton("Stop", kit.Secondary, func() { s.running.stop() })
	b.test = kit.NewButton("Test again", kit.Primary, s.testAgain)
	b.row = kit.Row(kit.Middle, kit.Gap2, []float32{-1, -1, -1, 0, -1, -1, -1, -1},
		b.back, b.copy, b.report, kit.Inset(0, 0, 0, kit.Gap2, b.line), b.more, b.edit, b.stop, b.test)
	b.update()
	return b
}

// update shows the buttons that there is a use for.
func (b *detailsBar) update() {
	running, loaded := b.screen.running != nil, b.screen.connector.ID != ""
	show(b.back, !running)
	b.copy.SetText(copyWords)
	show(b.copy, !running && b.screen.connector.LastTest != nil)
	show(b.report, !running && b.screen.connector.LastTest != nil)
	show(b.more, !running && loaded)
	show(b.edit, !running && loaded)
	show(b.stop, running)
	show(b.test, !running && loaded)
	b.line.Set()
	b.row.Refresh()
}

func (b *detailsBar) say(text string) { b.line.Set(kit.Span{Text: text, Colour: kit.Muted}) }
