package app

import (
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/wizard/page"
)

// drawNote draws a remark. One that sums up a page becomes a small table with a
// way back to that page.
func (f *wizardField) drawNote(s *wizardScreen, v page.FieldView) {
	if v.Edit != "" && v.Tone == page.Plain {
		f.box = summary(v, func() { s.goTo(v.Edit) })
		return
	}
	l := lookOfTone(v.Tone)
	body := kit.Markdown(v.Hint)
	if v.Copy != "" {
		body.Add(kit.Code(v.Copy))
	}
	if v.Link != "" {
		body.Add(s.app.newLink(v.LinkLabel, v.Link, s.page.body).box)
	}
	if v.Edit != "" {
		body.Add(left(kit.NewButton("Go to "+s.stepName(v.Edit), kit.Secondary, func() { s.goTo(v.Edit) })))
	}
	f.box = kit.AtMost(kit.CardWidth, kit.Note(l.shape, l.colour, v.Label, body))
}

// stepName is what a page is called at the left.
func (s *wizardScreen) stepName(id string) string {
	for _, step := range s.journey.Steps() {
		if step.ID == id {
			return step.Name
		}
	}
	return id
}

// summary draws lines of the form "label: value" as a table below the name of
// their page.
func summary(v page.FieldView, edit func()) fyne.CanvasObject {
	table := kit.Column(2)
	for line := range strings.SplitSeq(v.Hint, "\n") {
		label, value, _ := strings.Cut(line, ": ")
		if label == v.Label {
			label = "" // it stands at the left already
		}
		table.Add(kit.Row(kit.Top, kit.Gap2, []float32{128, 0}, kit.Quiet(label), kit.Plain(value)))
	}
	row := kit.Row(kit.Top, kit.Gap2, []float32{96, 0, -1}, kit.Heading(v.Label), table, kit.NewSmallButton("Edit", edit))
	return kit.Column(kit.Gap2, row, kit.Hairline())
}

// detailLine is a line of a table of two columns.
func detailLine(label, value string) fyne.CanvasObject {
	return kit.Row(kit.Top, kit.Gap3, []float32{120, 0}, kit.Quiet(label), kit.Plain(value))
}
