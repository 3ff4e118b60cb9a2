package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
)

// tests are the reports that are kept: since when it is as it is, and what each
// test found that the one before had not.
func (s *detailsScreen) tests() []fyne.CanvasObject {
	reports := s.past.reports
	if len(reports) == 0 {
		return []fyne.CanvasObject{kit.Quiet("It was never tested.")}
	}
	turned := check.Turned(reports)
	box := kit.Column(0)
	for i := range reports {
		var changes []check.Change
		if i+1 < len(reports) {
			changes = check.Compare(reports[i+1], reports[i])
		}
		item, more := s.pastTest(reports[i], changes, i == 0)
		box.Add(item)
		box.Add(more)
		if i == turned {
			item.OnPress()
		}
	}
	return []fyne.CanvasObject{kit.Plain(sinceWhen(reports, turned)), kit.Card(box)}
}

// sinceWhen says how long the connector is as it is.
func sinceWhen(reports []check.Report, turned int) string {
	now, before := "It works", "failed"
	if reports[0].Verdict() == check.Fail {
		now, before = "It fails", "did not fail"
	}
	if turned < 0 {
		if len(reports) == 1 {
			return now + " in the one test that is kept."
		}
		return fmt.Sprintf("%s in all %d tests that are kept.", now, len(reports))
	}
	return fmt.Sprintf("%s since %s. The test before, %s, %s.", now, dateTime(reports[turned].Started), dateTime(reports[turned+1].Started), before)
}

// pastTest is the row of a report, and what opens below it.
func (s *detailsScreen) pastTest(r check.Report, changes []check.Change, first bool) (*kit.Item, *fyne.Container) {
	l := lookOfVerdict(r.Verdict())
	look := kit.ItemLook{Shape: l.shape, Mark: l.colour, Title: dateTime(r.Started), Summary: r.Title(), Opens: true}
	if len(changes) > 0 {
		look.Summary += ", " + count(len(changes), "change")
	}
	more := kit.Column(0)
	more.Hide()
	item := kit.NewItem(look, first, nil)
	item.OnPress = func() {
		look.Open = !look.Open
		item.Set(look)
		more.Objects = nil
		if look.Open {
			more.Objects = []fyne.CanvasObject{s.pastReport(r, changes)}
		}
		show(more, look.Open)
		s.body.Settle()
	}
	return item, more
}

func (s *detailsScreen) pastReport(r check.Report, changes []check.Change) fyne.CanvasObject {
	column := kit.Column(kit.Gap1, kit.Small(kit.Sentence(r.Headline())))
	if len(changes) == 0 {
		column.Add(kit.Small("Nothing changed from the test before, as far as that is kept."))
	}
	for _, c := range changes {
		l := lookOfVerdict(c.Verdict)
		column.Add(kit.Row(kit.Top, kit.Gap2, []float32{16, 0}, kit.Icon(l.shape, l.colour),
			kit.NewText(kit.Span{Text: c.Title, Bold: true}, kit.Span{Text: "  " + changeWords(c), Colour: kit.Muted})))
	}
	save := kit.NewSmallButton("Save this report …", func() {
		s.app.saveReport(s.app.world.Report(s.connector.Name, s.connector.Provider, s.connector.Settings, r))
	})
	column.Add(left(save))
	return kit.Inset(kit.Gap1, kit.Gap4, kit.Gap3, 36, column)
}

func changeWords(c check.Change) string {
	switch {
	case c.Before == "":
		return "new: " + c.After
	case c.After == "":
		return "not there any more; before: " + c.Before
	}
	return c.Before + "; now " + c.After
}
