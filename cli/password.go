package cli

import (
	"context"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairlead/secret"
	"fairlead/wizard/page"
)

// password reads a password: the first line of standard input without its
// ending, or, at a terminal, what is typed without being shown.
func (p *program) password(ctx context.Context, label string) (secret.Secret, error) {
	keys := p.keyboard()
	if keys.IsTerminal() {
		p.asking().Prompt(label + " (not shown): ")
	}
	s, err := keys.Secret(ctx, nil)
	if keys.IsTerminal() {
		p.asking().Blank()
	}
	switch {
	case errors.Is(err, io.EOF):
		return s, badInput("Pipe it: its first line is the password.", "no password came on standard input")
	case err != nil:
		return s, err
	}
	return s, checkPassword(s)
}

// checkPassword refuses what cannot be a password. The wizard's field does the
// same.
func checkPassword(s secret.Secret) error {
	value := s.Reveal()
	switch {
	case value == "":
		return badInput("The first line of standard input is the password.", "the password is empty")
	case utf8.RuneCountInString(value) > page.MaxText:
		return badInput("Was a whole file piped in?", "the password has more than %d characters", page.MaxText)
	case strings.ContainsFunc(value, unicode.IsControl):
		return badInput("Type it by hand once: something was copied along with it.", "the password holds a control character")
	}
	return nil
}
