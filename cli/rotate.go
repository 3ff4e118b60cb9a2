package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/cli/answers"
	"fairlead/cli/prompt"
	"fairlead/connectors"
	"fairlead/secret"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// rotating is "rotate NAME".
type rotating struct {
	*program
	name          string
	passwordStdin bool
	takeOver      bool
	faults        []string
}

func newRotate(p *program) *cobra.Command {
	o := &rotating{program: p}
	cmd := &cobra.Command{
		Use:   "rotate NAME",
		Short: "Give a connector a new password or key",
		Long: `Give a connector a new password or key. It is tested first; the old one stays in use
until the new one works, and is deleted then. Of a connector with a key, standard
input is the key's JSON file, or its name.

A connector whose password somebody else holds, or that is missing since it came
from a file, is taken over with --take-over: from then on it is in your keyring.`,
		Example: `  fairleadctl rotate "Head office"
  fairleadctl rotate "Head office" --password-stdin < password.txt
  fairleadctl rotate "Head office" --take-over`,
		Args:              arguments(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name = args[0]
			return o.run(cmd.Context())
		},
	}
	cmd.Flags().BoolVar(&o.passwordStdin, "password-stdin", false, "read the new password from standard input, and ask nothing")
	cmd.Flags().BoolVar(&o.takeOver, "take-over", false, "take the connector over from whoever holds its password")
	faultFlag(cmd, &o.faults, "switch on this `fault` of the lab, with --lab")
	return cmd
}

func (o *rotating) run(ctx context.Context) (err error) {
	ctx, interrupts, stop := attended(ctx)
	defer stop()
	w, err := o.open(ctx, o.faults...)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	c, err := find(ctx, w, o.name)
	if err != nil {
		return err
	}
	flow, err := w.Rotation(c)
	if err != nil {
		return err
	}
	if held := c.Credential.Holder; !o.takeOver && (c.Credential.Missing() || held != w.Keeper.Holder) {
		return notSo("Add --take-over: from then on it is in your keyring.", "the password of %q is held by %s", c.Name, held)
	}
	j := page.Start(flow)
	if o.passwordStdin || !o.keyboard().IsTerminal() {
		err = o.walk(ctx, w, c, j)
	} else {
		dialogue := prompt.Wizard{
			Journey: j, Screen: o.asking(), Keyboard: o.keyboard(), Interrupts: interrupts, Attended: true, Form: o.form(),
			Refused: func(r check.Report) bool { return signInRefused(w, c.Provider, r) },
		}
		err = dialogue.Run(ctx)
	}
	if err != nil {
		return unrotated(err)
	}
	if c, err = w.Keeper.Get(context.WithoutCancel(ctx), c.ID); err != nil {
		return err
	}
	o.give(asJSON(c))
	o.screen().Say(check.Pass, "The new one is in use: %s. It is in %s.", c.Name, c.Credential.Keyring)
	return nil
}

// walk goes through the journey with the secret from standard input.
func (o *rotating) walk(ctx context.Context, w *workspace.Workspace, c connectors.Connector, j *page.Journey) error {
	if !o.passwordStdin {
		return badInput("Pipe it on standard input: add --password-stdin.", "the new password is needed, and nobody can be asked")
	}
	given, err := o.secretOf(ctx, w, c)
	if err != nil {
		return err
	}
	report, err := answers.Walk(ctx, j, theNewOne{given}, o.screen(), o.errScreen())
	if err != nil {
		o.give(report)
	}
	return err
}

// theNewOne answers the one field that asks for a secret.
type theNewOne struct{ secret.Secret }

func (s theNewOne) Answer(f page.FieldView) (any, error) {
	if f.Kind != page.Secret {
		return nil, nil
	}
	return s.Secret, nil
}

func (theNewOne) Refused(_ page.Page, f page.FieldView) error {
	return badInput("Nothing was changed.", "%s", f.Problem)
}

// unrotated says why the old secret is still in use.
func unrotated(err error) error {
	const kept = "the old one stays in use"
	switch {
	case errors.Is(err, answers.ErrTestFailed):
		return notSo("Do what the diagnosis above says, then run the command again.", "the new one does not work: %s", kept)
	case errors.Is(err, prompt.ErrLeft):
		return notSo("", "left: %s", kept)
	}
	if _, known := errors.AsType[*fault](err); known {
		return err
	}
	return fmt.Errorf("%w (%s)", err, kept)
}
