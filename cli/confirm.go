package cli

import (
	"context"
	"strings"
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
	p.asking().Prompt(question + " [y/N] ")
	answer, err := p.keyboard().Line(ctx, nil)
	if err != nil {
		return err
	}
	if word := strings.ToLower(strings.TrimSpace(answer)); word != "y" && word != "yes" {
		return notSo("", "%s", notDone)
	}
	return nil
}
