package cli

import (
	"context"
	"errors"
	"io"

	"fairlead/cli/keyboard"
	"fairlead/secret"
)

// password reads a password: the first line of standard input without its
// ending, or, at a terminal, what is typed without being shown.
func (p *program) password(ctx context.Context, label string) (secret.Secret, error) {
	keys := p.keyboard()
	if keys.IsTerminal() {
		p.asking().Prompt(label + " (not shown): ")
	}
	s, err := keys.Password(ctx)
	if keys.IsTerminal() {
		p.asking().Blank()
	}
	hint := "The first line of standard input is the password."
	switch {
	case errors.Is(err, io.EOF):
		return s, badInput(hint, "no password came on standard input")
	case errors.Is(err, keyboard.ErrNoPassword):
		return s, badInput(hint+" Was a whole file piped in?", "%v", err)
	}
	return s, err
}
