package report

import (
	"time"

	"fairlead/check"
	"fairlead/cli/screen"
)

// bar is when a check was asked and for how long, in percent of the test.
type bar struct{ Left, Width float64 }

// tick is a mark of the time axis.
type tick struct {
	Left float64
	Text string
}

// barOf returns the bar of a check; one that was not asked has none.
func barOf(c check.Result, whole time.Duration) *bar {
	if c.Verdict == check.Skip || whole <= 0 {
		return nil
	}
	left := share(c.At, whole)
	return &bar{left, min(100-left, share(c.Took, whole))}
}

// ticks divides a span into at most five round steps.
func ticks(whole time.Duration) []tick {
	if whole < time.Millisecond {
		return nil
	}
	step := time.Millisecond
	for factors := []time.Duration{2, 5, 10}; whole/step > 5; {
		for _, f := range factors {
			if whole/(step*f) <= 5 {
				step *= f
				break
			} else if f == 10 {
				step *= 10
			}
		}
	}
	list := []tick{{0, "0"}}
	for at := step; at <= whole; at += step {
		list = append(list, tick{share(at, whole), screen.Span(at)})
	}
	return list
}

// share is a part of the whole in percent, from 0 to 100.
func share(part, whole time.Duration) float64 {
	return min(100, max(0, 100*float64(part)/float64(whole)))
}
