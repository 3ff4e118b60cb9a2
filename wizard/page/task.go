package page

import (
	"context"
	"errors"
	"fmt"

	"fairlead/check"
)

// Task is what a page has to do before Next may leave it. It works on a copy of
// the answers, so it may run on any goroutine while the page is still shown.
type Task struct {
	Busy     string // what is going on
	page     Page
	answers  *Answers
	revision string
	suite    *check.Suite
}

// Result is what a task came to. Hand it to [Journey.Finish].
type Result struct {
	Changes Changes
	Report  *check.Report
	Err     error
}

// ErrStopped is the error of a task that was cancelled.
var ErrStopped = errors.New("stopped")

// task makes the task of a page; test makes its connection test, or is nil.
func (j *Journey) task(p Page, test func(*Answers) *check.Suite) *Task {
	t := &Task{Busy: p.Action.Busy, page: p, answers: j.answers.clone(), revision: j.answers.revision(p.Action.Inputs)}
	if test != nil {
		t.suite = test(t.answers)
	}
	return t
}

// Rows returns the checks of a connection test, to be drawn before it runs, or
// nothing when the task is no test.
func (t *Task) Rows() []check.Row {
	if t.suite == nil {
		return nil
	}
	return t.suite.Rows
}

// IsTest reports whether the task is a connection test.
func (t *Task) IsTest() bool { return t.suite != nil }

// Commits reports whether the task writes what cannot be taken back. Wait for
// its result even when the program is told to end.
func (t *Task) Commits() bool { return t.page.Action.Commit }

// Run does the work. It returns soon after ctx ends. say gets what the
// action tells of itself, emit gets the verdicts of a test; either may be nil, and both are
// called on the goroutines of the task.
func (t *Task) Run(ctx context.Context, say func(Progress), emit func(check.Event)) Result {
	if say == nil {
		say = func(Progress) {}
	}
	if t.suite != nil {
		report := t.suite.Run(ctx, emit)
		return Result{Report: &report, Err: stopError(ctx)}
	}
	if t.page.Action.Run == nil {
		return Result{Err: errors.New("the answers on the pages before do not fit together; go back and look at them")}
	}
	changes, err := t.page.Action.Run(ctx, t.answers, say)
	if err != nil && ctx.Err() != nil && !t.page.Action.Commit {
		err = stopError(ctx)
	}
	return Result{Changes: changes, Err: err}
}

// lookAgain is the error of [LookAgain].
type lookAgain struct{ error }

func (l *lookAgain) Unwrap() error { return l.error }

// LookAgain marks the error of an action: what was found about this computer
// before it no longer holds, so the pages that looked look again.
func LookAgain(err error) error { return &lookAgain{err} }

func (j *Journey) forgetLocal() {
	for _, p := range j.pages() {
		if p.Action != nil && p.Action.Local {
			delete(j.done, p.ID)
		}
	}
}

func stopError(ctx context.Context) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ErrStopped
	}
	return ctx.Err()
}

// Finish takes a task's result in. A pass moves on to the next page; a test
// stays, so that its report can be read, unless it was asked to go on.
func (j *Journey) Finish(t *Task, r Result) Move {
	if j.committed {
		return Move{}
	}
	if t.IsTest() {
		before, had := j.outcomes[t.page.ID]
		if errors.Is(r.Err, ErrStopped) && had && before.revision == t.revision {
			return Move{} // one in depth was stopped: the usual one still counts
		}
		j.outcomes[t.page.ID] = outcome{t.revision, r.Report}
		j.freshen()
		return Move{}
	}
	if r.Err != nil {
		if errors.Is(r.Err, ErrStopped) {
			delete(j.failure, t.page.ID) // of an attempt before this one
		} else {
			j.failure[t.page.ID] = r.Err
		}
		if again := (*lookAgain)(nil); errors.As(r.Err, &again) {
			j.forgetLocal()
		}
		if waiting(r.Err) != nil {
			j.take(r.Changes)
		}
		return Move{}
	}
	if !t.page.Action.Commit && t.revision != j.answers.revision(t.page.Action.Inputs) {
		return Move{} // what it found belongs to answers that have changed since
	}
	j.take(r.Changes)
	delete(j.failure, t.page.ID)
	j.done[t.page.ID] = t.revision
	if t.page.Action.Commit {
		j.committed = true
		clear(j.answers.secrets) // they have gone where they belong
	}
	if j.current != t.page.ID {
		return Move{}
	}
	j.advance()
	return Move{Moved: true}
}

func (j *Journey) take(c Changes) {
	for key, value := range c {
		j.answers.Set(key, value)
	}
	j.freshen()
}

// Again forgets what the current page's action found, so that Next does it
// anew: "Run again".
func (j *Journey) Again() Move {
	delete(j.outcomes, j.current)
	delete(j.done, j.current)
	j.freshen()
	return j.Next()
}

// failText is what is shown when an action failed.
// refused reports whether an error is about what was answered, so that the same
// answers come to it again.
func refused(err error) bool {
	_, is := errors.AsType[interface {
		error
		Refusal()
	}](err)
	return is
}

func failText(err error) string {
	if err == nil {
		return ""
	}
	return fmt.Sprint(err)
}
