package check

import (
	"errors"
	"slices"
)

// Met says that a cause applies to an error that is, or wraps, one of targets.
func Met[S any](targets ...error) func(S, error) bool {
	return func(_ S, err error) bool {
		return slices.ContainsFunc(targets, func(target error) bool { return errors.Is(err, target) })
	}
}

// Otherwise says that a cause applies to an error that none of the others
// explain. A cause that only warns, or only tells, explains no error.
func Otherwise[S any](others ...*Cause[S]) func(S, error) bool {
	return func(state S, err error) bool {
		return err != nil && !slices.ContainsFunc(others, func(c *Cause[S]) bool {
			return c.Verdict == Fail && c.When(state, err)
		})
	}
}
