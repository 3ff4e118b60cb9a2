package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/wizard/page"
)

// testRows are the rows of a connection test: before it, while it runs, and as
// its report says. A row that has more to say opens.
type testRows struct {
	body *kit.Body
	card fyne.CanvasObject
	rows []*testRow
	box  *fyne.Container
	deep *kit.Button // the test in depth
}

func newTestRows(body *kit.Body, deepen func()) *testRows {
	t := &testRows{body: body, box: kit.Column(0), deep: kit.NewButton(deepWords, kit.Subtle, deepen)}
	t.card = kit.Column(kit.Gap2, kit.Card(t.box), kit.Row(kit.Middle, kit.Gap2, []float32{0, -1},
		kit.Small("Tested from this computer. The services connect from their own network."), t.deep))
	t.offerDeep(false)
	return t
}

// offerDeep shows the button of the test in depth, or hides it.
func (t *testRows) offerDeep(on bool) {
	if t.deep.Visible() != on {
		show(t.deep, on)
		t.card.Refresh()
	}
}

// show draws the rows of a view, if they are not there yet.
func (t *testRows) show(v page.View) {
	switch {
	case v.Report != nil:
		t.showReport(*v.Report)
	case len(t.rows) == 0 || t.ended():
		t.start(v.Rows)
	}
}

// ended reports whether the rows show a test that has ended.
func (t *testRows) ended() bool {
	for _, r := range t.rows {
		if r.result != nil {
			return true
		}
	}
	return false
}

// start draws rows that wait.
func (t *testRows) start(rows []check.Row) {
	t.rows, t.box.Objects = nil, nil
	for _, row := range rows {
		t.add(newTestRow(t, row.ID, row.Title))
	}
	t.box.Refresh()
}

func (t *testRows) add(r *testRow) {
	t.rows = append(t.rows, r)
	t.box.Add(r.item)
	t.box.Add(r.more)
}

// take draws news of one check.
func (t *testRows) take(e check.Event) {
	for _, r := range t.rows {
		if r.id == e.ID {
			r.take(e.Result)
		}
	}
}

// showReport draws the rows of a report.
func (t *testRows) showReport(report check.Report) {
	var rows []check.Row
	for _, c := range report.Checks {
		rows = append(rows, check.Row{ID: c.ID, Title: c.Title})
	}
	if !t.same(rows) {
		t.start(rows)
	}
	for i := range report.Checks {
		if t.rows[i].result == nil {
			t.rows[i].take(&report.Checks[i])
		}
	}
}

func (t *testRows) same(rows []check.Row) bool {
	if len(rows) != len(t.rows) {
		return false
	}
	for i, row := range rows {
		if t.rows[i].id != row.ID {
			return false
		}
	}
	return true
}

// openWorst opens the first row that failed and gives it the keyboard.
func (t *testRows) openWorst() {
	if r := t.worst(); r != nil && r.result.Verdict == check.Fail {
		r.open(true)
		kit.Focus(r.item)
	}
}

// worst is the row that gave the page its title: the first that failed, or else
// the first that warned, or nil.
func (t *testRows) worst() *testRow {
	for _, verdict := range []check.Verdict{check.Fail, check.Warn} {
		for _, r := range t.rows {
			if r.result != nil && r.result.Verdict == verdict {
				return r
			}
		}
	}
	return nil
}

// step gives the keyboard to the row above or below.
func (t *testRows) step(from *testRow, key fyne.KeyName) bool {
	by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[key]
	for i, r := range t.rows {
		if r == from && by != 0 && i+by >= 0 && i+by < len(t.rows) {
			kit.Focus(t.rows[i+by].item)
			return true
		}
	}
	return false
}

// progress says how far a test is.
func (t *testRows) progress() string {
	done := 0
	for _, r := range t.rows {
		if r.result != nil {
			done++
		}
	}
	return fmt.Sprintf("%d of %d answered", done, len(t.rows))
}
