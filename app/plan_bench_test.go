package app

import (
	"context"
	"testing"

	"fairlead/plan"
)

// BenchmarkPlanScroll measures, by medians, what the window does for a frame that
// scrolls the grid of 10,000 tenants and seven services by a row, by a page, and
// by a page where every cell changes. The aims are 5 ms for a row and 16 ms for a
// page.
func BenchmarkPlanScroll(b *testing.B) {
	const many = 10_000
	h := open(b, setup{})
	if _, err := plan.Save(context.Background(), h.world.Keeper.Registry, manyTenants(many), 0); err != nil {
		b.Fatal(err)
	}
	s := h.toPlan()
	if len(s.lines) != many+1 {
		b.Fatalf("the grid has %d lines", len(s.lines))
	}
	scroll := func(rows float32) func() func() {
		return func() func() {
			at := s.list.GetScrollOffset() + rows*planRowHeight
			return func() { s.list.ScrollToOffset(at) }
		}
	}
	for name, rows := range map[string]float32{"row": 1, "page": 9} {
		b.Run(name, func(b *testing.B) { b.ReportMetric(medians(b, scroll(rows))[0], "ms") })
	}
	b.Run("page with the keyboard", func(b *testing.B) {
		took := medians(b, func() func() {
			at := s.list.At() + 9
			return func() { s.list.Go(at) }
		})
		b.ReportMetric(took[0], "ms")
	})
	states := []plan.State{plan.Works, plan.Fails, plan.Missing, plan.Untested, plan.Waiting}
	for i := range s.read.plan.Rows {
		for c := range s.read.plan.Rows[i].Cells {
			s.read.plan.Rows[i].Cells[c].State = states[(i+c)%len(states)]
		}
	}
	s.list.Refresh()
	b.Run("page of other states", func(b *testing.B) { b.ReportMetric(medians(b, scroll(9))[0], "ms") })
}
