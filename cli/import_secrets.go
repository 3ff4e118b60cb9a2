package cli

import (
	"context"
	"errors"

	"fairlead/check"
	"fairlead/cli/keyboard"
	"fairlead/connectors"
	"fairlead/connectors/transfer"
	"fairlead/providers"
	"fairlead/workspace"
)

// missing names the connectors that were taken in and whose secrets are not here.
// At a terminal it asks for the passwords among them.
func (o *importing) missing(ctx context.Context, w *workspace.Workspace, plan *transfer.Plan, object *transferJSON) error {
	all, err := plan.Missing(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	o.asking().Text("Passwords and keys are in no file. These connectors wait for theirs:")
	for _, c := range all {
		o.asking().Indented("    ", "    ", c.Name+", which "+c.Credential.Holder+" held")
	}
	for _, c := range all {
		entered, err := o.enter(ctx, w, c)
		if err != nil {
			return err
		}
		if !entered {
			object.Missing = append(object.Missing, missingJSON{c.Name, c.Credential.Holder})
		}
	}
	if len(object.Missing) > 0 {
		o.asking().Text("Run the command again at a terminal to enter those that are still missing, or enter them in the window.")
	}
	return nil
}

// enter asks for the password of a connector, tests it, and keeps it if it works.
func (o *importing) enter(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (bool, error) {
	if !o.keyboard().IsTerminal() || c.Provider != "exchange" {
		return false, nil // a key is a file, which nobody types
	}
	o.asking().Prompt("Password of " + c.Name + " (not shown; Enter leaves it for later): ")
	typed, err := o.keyboard().Password(ctx)
	o.asking().Blank()
	if errors.Is(err, keyboard.ErrNoPassword) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	suite, err := w.Test(ctx, c, typed, providers.TestOptions{})
	if err != nil {
		return false, err
	}
	report := o.ask(ctx, suite)
	if report.Verdict() != check.Pass && report.Verdict() != check.Warn || !report.Complete() {
		o.screen().Diagnosis(report)
		return false, ctx.Err()
	}
	if _, err = w.Keeper.TakeOver(ctx, c, typed, report); err != nil {
		return false, err
	}
	o.asking().Text("%s works. Its password is in the keyring now.", c.Name)
	return true, nil
}
