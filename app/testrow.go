package app

import (
	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	plain "fairlead/cli/screen"
)

// testRow is one check: a line, and below it, once it is opened, what to do.
type testRow struct {
	id     string
	rows   *testRows
	item   *kit.Item
	more   *fyne.Container // below the line; empty and hidden while closed
	result *check.Result   // nil until the check ended
}

func newTestRow(t *testRows, id, title string) *testRow {
	r := &testRow{id: id, rows: t, more: kit.Column(0)}
	r.more.Hide()
	look := kit.ItemLook{Shape: kit.ShapeTodo, Mark: kit.Skipped, Title: title, Quiet: true, Summary: "waiting"}
	r.item = kit.NewItem(look, len(t.rows) == 0, func() { r.open(!r.item.Look().Open) })
	r.item.OnKey = func(key fyne.KeyName) bool { return t.step(r, key) }
	return r
}

// take draws that the check started, or what it came to.
func (r *testRow) take(result *check.Result) {
	r.result = result
	look := r.item.Look()
	if result == nil {
		look.Shape, look.Mark, look.Summary, look.Quiet = kit.ShapeRunning, kit.Accent, "running", false
		r.item.Set(look)
		return
	}
	l := lookOfVerdict(result.Verdict)
	look.Shape, look.Mark, look.Summary = l.shape, l.colour, plain.Clean(result.Summary)
	look.Bold = result.Verdict == check.Fail || result.Verdict == check.Warn
	look.Quiet = result.Verdict == check.Skip
	if result.Verdict != check.Skip {
		look.Figure = took(result.Took)
	}
	look.Opens = len(result.Diagnoses) > 0 || result.Evidence != "" || len(result.Summary) > 60
	r.item.Set(look)
}

// open shows or hides what there is to say, and keeps it in sight.
func (r *testRow) open(on bool) {
	look := r.item.Look()
	if !look.Opens || r.result == nil {
		return
	}
	look.Open = on
	r.item.Set(look)
	r.more.Objects = nil
	if on {
		r.more.Objects = []fyne.CanvasObject{remedy(*r.result, r.rows.worst() == r, r.rows.body)}
	}
	show(r.more, on)
	r.rows.body.Settle()
	if on {
		r.rows.body.Reveal(r.more)
		r.rows.body.Reveal(r.item)
	}
}
