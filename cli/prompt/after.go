package prompt

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/wizard/page"
)

// After offers what may be done once the wizard is over, and returns the journey
// that was chosen, or nil.
func (w *Wizard) After(ctx context.Context) *page.Journey {
	after := w.Journey.View().After
	if len(after) == 0 || !w.Attended {
		return nil
	}
	w.Screen.Blank()
	if w.Form != nil {
		return w.pickAfter(ctx, after)
	}
	w.Screen.Title("What next?")
	for i, f := range after {
		w.Screen.Indented(fmt.Sprintf("%3d  ", i+1), "     ", f.Label)
	}
	w.Screen.Blank()
	w.Screen.Words([]string{"Enter: done", "a number: go on with that"})
	for {
		w.Screen.Prompt("> ")
		line, err := w.Keyboard.Line(ctx, w.Interrupts)
		word := strings.TrimSpace(line)
		if err != nil || word == "" {
			return nil
		}
		if n, err := strconv.Atoi(word); err == nil && n >= 1 && n <= len(after) {
			return w.Journey.Follow(after[n-1])
		}
		w.Screen.Say(check.Fail, "%q is not on the list: type a number from 1 to %d, or nothing.", word, len(after))
	}
}

// pickAfter is After with a form.
func (w *Wizard) pickAfter(ctx context.Context, after []page.Follow) *page.Journey {
	options := []form.Option{{Value: "", Label: "Done"}}
	for i, f := range after {
		options = append(options, form.Option{Value: strconv.Itoa(i), Label: f.Label})
	}
	ctx, stop := w.untilInterrupted(ctx)
	defer stop()
	chosen, outcome, err := w.Form.Choose(ctx, form.Question{Title: "What next?"}, options, "", func(string) error { return nil })
	i, none := strconv.Atoi(chosen)
	if err != nil || outcome != form.Answered || none != nil {
		return nil
	}
	return w.Journey.Follow(after[i])
}
