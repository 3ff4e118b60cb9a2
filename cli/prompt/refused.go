package prompt

import (
	"context"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// A server locks an account after a few sign-ins that it refused. After one, Enter
// therefore leads to the secret that was refused, and the same one is sent again only
// after a question.

// spent is a secret that was refused, with what stood beside it: the account that it was
// sent for.
type spent struct {
	page, key string
	secret    secret.Secret
	beside    string
}

// signInCheck is the id of the check that sends a secret, in every connection test.
const signInCheck = "sign-in"

// refuses reports whether a test's sign-in was refused.
func (w *Wizard) refuses(r *check.Report) bool {
	switch {
	case r == nil:
		return false
	case w.Refused != nil:
		return w.Refused(*r)
	}
	return slices.ContainsFunc(r.Checks, func(c check.Result) bool { return c.ID == signInCheck && c.Verdict == check.Fail })
}

// sent is the secret that the current page's test sends: the last that was asked for on
// this page or one before it.
func (w *Wizard) sent() (s spent, field page.Field) {
	a, now := w.Journey.Answers(), w.Journey.View().Page.ID
	for _, p := range w.Journey.Flow().Pages(a) {
		if p.Fields != nil && (p.NotNeeded == nil || p.NotNeeded(a) == "") {
			fields := p.Fields(a)
			for _, f := range fields {
				if typed := a.Secret(f.Key); f.Kind == page.Secret && !typed.IsEmpty() {
					s, field = spent{p.ID, f.Key, typed, beside(fields, a)}, f
				}
			}
		}
		if p.ID == now {
			break
		}
	}
	return s, field
}

func beside(fields []page.Field, a *page.Answers) string {
	var all []string
	for _, f := range fields {
		if f.Kind != page.Secret && f.Kind != page.Note {
			all = append(all, f.Key, a.Text(f.Key))
		}
	}
	return strings.Join(all, "\n")
}

// tested takes note of what a test has said of the secret.
func (w *Wizard) tested(r *check.Report) {
	if w.refuses(r) {
		w.spent, _ = w.sent()
	}
}

// refused reports whether the secret that a test of the current page would send was
// refused, and how the field is called that it was typed in.
func (w *Wizard) refused() (label string, is bool) {
	action := w.Journey.View().Page.Action
	if w.spent.key == "" || action == nil || action.Test == nil {
		return "", false
	}
	now, field := w.sent()
	if now.key == "" {
		return "", false
	}
	same := now.page == w.spent.page && now.key == w.spent.key && now.beside == w.spent.beside && now.secret.Equal(w.spent.secret)
	return strings.ToLower(field.Label[:1]) + field.Label[1:], same
}

// retype opens the page where the refused secret was typed, and asks for it first.
func (w *Wizard) retype(ctx context.Context) (step, error) {
	s := w.spent
	if s.page == w.Journey.View().Page.ID {
		return w.ask(ctx, s.key)
	}
	steps := w.Journey.Steps()
	i := slices.IndexFunc(steps, func(step page.Step) bool { return step.ID == s.page })
	if !w.jump(i) {
		return wait, nil
	}
	w.first = s.key
	return opened, nil
}

// maySend asks before a secret is sent again that was refused.
func (w *Wizard) maySend(ctx context.Context) (bool, error) {
	label, is := w.refused()
	if !is {
		return true, nil
	}
	const why = "Each sign-in that is refused brings the account nearer to being locked."
	question := "Send the same " + label + " again? It was refused."
	if w.Form == nil {
		w.Screen.Text("%s", why)
		word, next, err := w.line(ctx, question+" [y/N] ", nil)
		return next == answered && isYes(strings.TrimSpace(word)), err
	}
	w.Screen.Blank()
	asking, stop := w.untilInterrupted(ctx)
	defer stop()
	yes, outcome, err := w.Form.Confirm(asking, form.Question{Title: question, Hint: why}, false)
	if err == nil && outcome == form.Leave {
		err = keyboard.ErrInterrupted
	}
	return yes && outcome == form.Answered, err
}

// tests reports whether going on would run the current page's test.
func (w *Wizard) tests(next step) bool {
	view := w.Journey.View()
	action := view.Page.Action
	return action != nil && action.Test != nil && (next == again || !view.Again)
}
