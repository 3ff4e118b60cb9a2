package prompt

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// line reads one line and takes out the commands: it returns answered with the
// line, or back, or explained.
func (w *Wizard) line(ctx context.Context, prompt string, f *page.FieldView) (string, step, error) {
	w.Screen.Prompt(prompt)
	text, err := w.Keyboard.Line(ctx, w.Interrupts)
	if !w.Keyboard.IsTerminal() || err != nil {
		w.Screen.Line("%s", text) // a pipe shows nothing by itself
	}
	if err != nil {
		return "", wait, err
	}
	switch word := strings.TrimSpace(text); word {
	case "<", "back":
		return "", back, nil
	case "?", "help":
		w.explain(f)
		return "", explained, nil
	case "save", "leave":
		if word == "save" || w.undrafted() {
			return "", wait, ErrLeft
		}
	case `\<`, `\back`, `\?`, `\help`, `\save`:
		return word[1:], answered, nil
	case `\leave`:
		if w.undrafted() {
			return word[1:], answered, nil
		}
	}
	return text, answered, nil
}

// secret asks for a secret. Only "<" and "?" alone are commands there: any
// other word may be a password. Nothing typed leads to the commands.
func (w *Wizard) secret(ctx context.Context, f page.FieldView) (step, error) {
	prompt := "> "
	if f.HasSecret {
		prompt = "> [typed before; Enter keeps it] "
	}
	w.Screen.Prompt(prompt)
	read := w.Keyboard.Secret
	if f.Long {
		read = w.Keyboard.Document
	}
	typed, err := read(ctx, w.Interrupts)
	w.Screen.Blank() // the line break was not shown either
	switch {
	case err != nil:
		return wait, err
	case typed.Equal(secret.New("<")):
		return back, nil
	case typed.Equal(secret.New("?")):
		w.explain(&f)
		return explained, nil
	case !typed.IsEmpty():
		old := w.Journey.Answers().Secret(f.Key)
		w.Journey.Set(f.Key, typed)
		return w.left(f, old)
	case f.HasSecret || f.Optional:
		return answered, nil
	}
	leave := "save"
	if w.undrafted() {
		leave = "leave"
	}
	_, next, err := w.line(ctx, fmt.Sprintf(`Nothing was typed. Enter asks again; "<", "?" and %q may be typed here: `, leave), &f)
	if next == answered {
		next = wait // whatever was typed here, it was not the secret
	}
	return next, err
}

// bar waits for a word before the page is left, or after something was shown.
func (w *Wizard) bar(ctx context.Context) (step, error) {
	view := w.Journey.View()
	verb := view.Verb
	if view.Failure != "" {
		verb = "try again"
	}
	if w.Form != nil {
		return w.pick(ctx, view, verb)
	}
	change := view.Refused && asks(view) // trying again with the same answers comes to the same
	words := []string{"Enter: " + verb}
	if change {
		words[0] = "Enter: change answers"
	}
	label, refused := w.refused()
	if refused = refused && view.Report != nil; refused {
		words[0] = "Enter: type the " + label + " again"
	}
	if view.Again || refused {
		words = append(words, "r: run again")
	}
	if asks(view) && !change {
		words = append(words, "e: change answers")
	}
	if slices.ContainsFunc(view.Fields, func(f page.FieldView) bool { return f.Edit != "" }) {
		words = append(words, "a number: change that step")
	}
	if w.sums(view) {
		words = append(words, "a: as an answers file")
	}
	if view.CanBack {
		words = append(words, "<: back")
	}
	w.Screen.Blank()
	leave := "save: draft"
	if w.undrafted() {
		leave = "leave: leave"
	}
	w.Screen.Words(append(words, leave, "?: explain"))
	word, next, err := w.line(ctx, "> ", nil)
	if err != nil || next != answered {
		return next, err
	}
	return w.barWord(view, strings.ToLower(strings.TrimSpace(word)))
}

func (w *Wizard) barWord(view page.View, word string) (step, error) {
	if n, err := strconv.Atoi(word); err == nil {
		if w.jump(n - 1) {
			return opened, nil
		}
		w.Screen.Say(check.Fail, `Step %s cannot be opened now. "?" lists the steps.`, word)
		return wait, nil
	}
	_, refused := w.refused()
	refused = refused && view.Report != nil
	switch {
	case word == "" && refused:
		return retype, nil
	case word == "" && view.Refused && asks(view):
		return edit, nil
	case word == "":
		return proceed, nil
	case word == "r" && (view.Again || refused):
		return again, nil
	case word == "e" && asks(view):
		return edit, nil
	case word == "a" && w.sums(view):
		return wait, w.asCommand()
	}
	w.Screen.Say(check.Fail, "%q means nothing here.", word)
	return wait, nil
}

// jump opens a step by its place, if it can be opened now.
func (w *Wizard) jump(i int) bool {
	steps := w.Journey.Steps()
	if i < 0 || i >= len(steps) || !w.Journey.Goto(steps[i].ID) {
		return false
	}
	w.jumped = i < w.step
	return true
}
