// Package prompt walks through a wizard in a terminal. It draws what the journey's
// view says and knows no page by name. It asks with the fields of package form where
// the terminal can draw them, else with plain lines.
//
// With plain lines, what may be typed in place of an answer: "<" or "back" goes back,
// "?" explains, "save" keeps a draft and leaves, or "leave" where there are no drafts. A backslash before such a word
// makes it an answer. Where a secret is asked for, only "<" and "?" are
// commands, and an empty one leads to the others.
package prompt

import (
	"context"
	"errors"
	"slices"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

// ErrLeft says that the wizard was left on request before its end.
var ErrLeft = errors.New("the wizard was left before its end")

// Wizard is one walk through a flow in a terminal.
type Wizard struct {
	Journey  *page.Journey
	Screen   *screen.Screen
	Keyboard *keyboard.Keyboard
	// Interrupts are those of the person: the first while a task runs stops the
	// task, any other leaves the wizard. Nil when there can be none.
	Interrupts <-chan struct{}
	// Form asks where the terminal can draw; nil asks with lines, for scripts and for
	// screen readers.
	Form *form.Asker
	// Banner stands before the title of the flow, such as "LAB", or is empty.
	Banner string
	// Command is the command that takes the answers from the file answers.yaml, so that
	// the summary can show both; empty where there is none.
	Command string
	// Attended says that somebody sits at the keyboard, so that a line may be
	// read while an action runs. What a script pipes in is for the questions.
	Attended bool

	// Refused reports whether a test's sign-in was refused, so that the same secret is not
	// sent again unasked. Nil goes by the check whose id is "sign-in".
	Refused func(check.Report) bool

	// Turned is called once a page was left for another; it may be nil.
	Turned func()

	step   int    // place of the step that was drawn last
	jumped bool   // whether an earlier step was opened to change it
	first  string // key of the field that is asked first on the page that was opened; or empty
	spent  spent  // the secret that was refused last
}

// Run asks until the last page is shown. It returns nil when the wizard did
// what it is for, [ErrLeft] when "save" was typed, [keyboard.ErrInterrupted]
// after an interrupt or the end of ctx, and what the keyboard said when the
// input ended or was no text. The journey then holds everything that was answered.
func (w *Wizard) Run(ctx context.Context) error {
	if w.Form != nil {
		w.Form.Wizard = true
		w.Screen.Text("%s", w.keys())
	} else {
		w.Screen.Text(`Enter keeps what stands in [brackets]. "<" goes back, "?" explains, %s.`, w.word())
	}
	for {
		view := w.Journey.View()
		w.draw(view)
		if view.Page.Final {
			return nil
		}
		forward, err := w.visit(ctx)
		if err != nil {
			return err
		}
		if forward && w.jumped {
			w.jumped = w.catchUp()
		}
		if w.Turned != nil {
			w.Turned()
		}
	}
}

// catchUp goes forward over the steps that need nothing, after an earlier step
// was opened to change it, and reports whether there is more to go.
func (w *Wizard) catchUp() bool {
	steps := w.Journey.Steps()
	for i := len(steps) - 1; i >= 0 && steps[i].State != page.Now; i-- {
		if steps[i].Open {
			return w.Journey.Goto(steps[i].ID)
		}
	}
	return false
}

// step is what comes next on a page.
type step int

const (
	answered  step = iota // every field has an answer
	wait                  // something was shown: wait for a word
	explained             // what was asked was explained: ask again
	proceed               // do what Next does
	again                 // do it anew
	edit                  // ask the fields once more
	retype                // ask for the secret that was refused
	back
	moved  // Next has gone on
	opened // another page was asked for
)

// visit stays on a page until another one is shown, and reports whether Next
// has led there.
func (w *Wizard) visit(ctx context.Context) (forward bool, err error) {
	first := w.first
	w.first = ""
	next, err := w.ask(ctx, first)
	for err == nil {
		switch next {
		case answered:
			next = proceed
			if w.pauses() {
				next = wait
			}
		case wait, explained:
			next, err = w.bar(ctx)
		case proceed, again:
			next, err = w.run(ctx, next)
		case retype:
			next, err = w.retype(ctx)
		case edit:
			next, err = w.ask(ctx, "")
		case back:
			if w.Journey.Back() {
				return false, nil
			}
			w.Screen.Text("This is the first step. %s.", w.leaving())
			next, err = w.ask(ctx, "")
		case moved, opened:
			return next == moved, nil
		}
	}
	return false, err
}

// keys are those of the forms.
func (w *Wizard) keys() string {
	if w.undrafted() {
		return form.KeysUndrafted
	}
	return form.Keys
}

// word is the word that leaves, and what it does.
func (w *Wizard) word() string {
	if w.undrafted() {
		return `"leave" leaves`
	}
	return `"save" keeps a draft`
}

// undrafted reports whether nothing is kept of a wizard that is left before its end.
func (w *Wizard) undrafted() bool { return w.Journey.Flow().Undrafted }

// leaving says how to leave the wizard, and what becomes of it.
func (w *Wizard) leaving() string {
	switch {
	case !w.undrafted():
		return w.saving() + " keeps a draft and leaves"
	case w.Form != nil:
		return "Ctrl-C leaves"
	}
	return `"leave" leaves`
}

// saving is what keeps a draft.
func (w *Wizard) saving() string {
	if w.Form != nil {
		return "Ctrl-S"
	}
	return `"save"`
}

// run does what Next does, or does it anew. A test that would send a refused secret again
// is asked about first.
func (w *Wizard) run(ctx context.Context, next step) (step, error) {
	if w.tests(next) {
		if yes, err := w.maySend(ctx); err != nil || !yes {
			return wait, err
		}
	}
	if next == again {
		return w.act(ctx, w.Journey.Again())
	}
	return w.act(ctx, w.Journey.Next())
}

// act does what Next came to.
func (w *Wizard) act(ctx context.Context, m page.Move) (step, error) {
	if m.Task != nil {
		var err error
		if m, err = w.work(ctx, m.Task); err != nil {
			return wait, err
		}
	}
	switch {
	case m.Moved:
		return moved, nil
	case m.Focus != "":
		return w.ask(ctx, m.Focus)
	}
	return wait, nil
}

// pauses reports whether a page waits for a word before it goes on: where its
// fields are answered and Next would do more than go on, and where nothing was
// asked.
func (w *Wizard) pauses() bool {
	view := w.Journey.View()
	action := view.Page.Action
	if action != nil && (action.Verb != "" || action.Test != nil || action.Commit) {
		return true
	}
	return !asks(view)
}

// asks reports whether a page has anything to answer.
func asks(view page.View) bool {
	return slices.ContainsFunc(view.Fields, func(f page.FieldView) bool { return f.Kind != page.Note })
}
