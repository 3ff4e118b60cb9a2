package check

import (
	"context"
	"slices"
)

// Select is a suite of which only some checks are shown and reported. All of them
// are asked: those that are left out may be needed by the others.
func Select(s *Suite, ids ...string) *Suite {
	selected := &Suite{}
	for _, row := range s.Rows {
		if slices.Contains(ids, row.ID) {
			selected.Rows = append(selected.Rows, row)
		}
	}
	selected.run = func(ctx context.Context, emit func(Event)) Report {
		r := s.Run(ctx, func(e Event) {
			if slices.Contains(ids, e.ID) {
				emit(e)
			}
		})
		r.Checks = slices.DeleteFunc(r.Checks, func(c Result) bool { return !slices.Contains(ids, c.ID) })
		return r
	}
	return selected
}

// Then is a suite that hands its report over once it has run, before Run returns.
func Then(s *Suite, done func(Report)) *Suite {
	return &Suite{Rows: s.Rows, run: func(ctx context.Context, emit func(Event)) Report {
		r := s.Run(ctx, emit)
		done(r)
		return r
	}}
}
