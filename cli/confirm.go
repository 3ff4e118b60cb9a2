package cli

import (
	"context"
	"strings"

	"fairlead/cli/form"
	"fairlead/cli/keyboard"
)

// confirm asks whether something is really to be done, unless the answer was
// given beforehand. Another answer than yes comes back as what was not done.
func (p *program) confirm(ctx context.Context, yes bool, doing, question, notDone string) error {
	if yes {
		return nil
	}
	if !p.keyboard().IsTerminal() {
		return badInput("Add --yes.", "%s wants a confirmation, and nobody can be asked", doing)
	}
	sure, err := p.sure(ctx, question)
	if err == nil && !sure {
		return notSo("", "%s", notDone)
	}
	return err
}

// sure asks a question whose answer is no, unless somebody says yes.
func (p *program) sure(ctx context.Context, question string) (bool, error) {
	if ask := p.form(); ask != nil {
		p.asking().Blank()
		said, outcome, err := ask.Confirm(ctx, form.Question{Title: question}, false)
		if outcome == form.Leave && err == nil {
			err = keyboard.ErrInterrupted // a form reads Ctrl-C as a key, not as a signal
		}
		return said && outcome == form.Answered, err
	}
	p.asking().Prompt(question + " [y/N] ")
	answer, err := p.keyboard().Line(ctx, nil)
	word := strings.ToLower(strings.TrimSpace(answer))
	return word == "y" || word == "yes", err
}
