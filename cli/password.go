package cli

import (
	"context"
	"errors"
	"io"

	"fairlead/cli/keyboard"
	"fairlead/connectors"
	"fairlead/secret"
	"fairlead/workspace"
)

// secretOf reads the secret of a connector: its password, or its key.
func (p *program) secretOf(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (secret.Secret, error) {
	if key := w.KeyOf(c); key != "" {
		return p.key(ctx, key)
	}
	return p.password(ctx, "Password of "+c.Name)
}

// key reads a key of several lines: from standard input, or, at a terminal, what is
// pasted or the name of a file, without showing it.
func (p *program) key(ctx context.Context, label string) (secret.Secret, error) {
	keys := p.keyboard()
	if keys.IsTerminal() {
		p.asking().Text("The connector needs the %s. Paste the whole JSON, from { to }, or type the name of its file.", label)
		p.asking().Prompt("Key or file (not shown): ")
	}
	s, err := keys.Document(ctx, nil)
	if keys.IsTerminal() {
		p.asking().Blank()
	}
	if errors.Is(err, io.EOF) || err == nil && s.IsEmpty() {
		return s, badInput("Standard input is the JSON file of the key, or its name.", "no key was given; needed is the %s", label)
	}
	return s, err
}

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
