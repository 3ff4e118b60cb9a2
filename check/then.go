package check

import "context"

// Then returns the suite with somebody who is told its report once it has ended.
func (s *Suite) Then(tell func(Report)) *Suite {
	return &Suite{Rows: s.Rows, run: func(ctx context.Context, emit func(Event)) Report {
		report := s.run(ctx, emit)
		tell(report)
		return report
	}}
}
