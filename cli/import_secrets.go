package cli

import (
	"context"
	"errors"
	"strings"

	"fairlead/check"
	"fairlead/cli/keyboard"
	"fairlead/connectors"
	"fairlead/connectors/transfer"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/workspace"
)

// missing names the connectors that were taken in and whose secrets are not here.
// At a terminal it asks for them.
func (o *importing) missing(ctx context.Context, w *workspace.Workspace, plan *transfer.Plan, object *transferJSON) error {
	all, err := plan.Missing(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	o.asking().Text("Passwords and keys are in no file. These connectors wait for theirs:")
	for _, c := range all {
		o.asking().Indented("    ", "    ", c.Name+": "+workspace.WhoHeld(c))
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

// enter asks for the secret of a connector, tests it, and keeps it if it works.
func (o *importing) enter(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (bool, error) {
	if !o.keyboard().IsTerminal() {
		return false, nil
	}
	if err := w.Testable(c); err != nil { // nothing could come of it; the rest is asked for all the same
		o.asking().Say(check.Fail, "It cannot be asked for. %v", err)
		return false, nil
	}
	o.asking().Blank()
	o.asking().Text("%s: look where its %s goes.", c.Name, strings.ToLower(w.SecretName(c)))
	for _, d := range w.Settings(c) {
		o.asking().Indented("    ", "    ", d.Label+": "+d.Value)
	}
	given, err := o.missingSecret(ctx, w, c)
	if err != nil || given.IsEmpty() {
		return false, err
	}
	s, err := w.ReadKey(c, given)
	if err != nil { // another file was named: the rest is asked for all the same
		o.asking().Say(check.Fail, "%v", err)
		return false, nil
	}
	suite, err := w.Test(ctx, c, given, providers.TestOptions{})
	if err != nil {
		return false, err
	}
	report := o.ask(ctx, suite)
	if report.Verdict() != check.Pass && report.Verdict() != check.Warn || !report.Complete() {
		o.screen().Diagnosis(report)
		return false, ctx.Err()
	}
	if _, err = w.Keeper.TakeOver(ctx, c, s, report); err != nil {
		return false, err
	}
	o.asking().Text("%s works. Its %s is in the keyring now.", c.Name, strings.ToLower(w.SecretName(c)))
	return true, nil
}

// missingSecret reads the password of a connector, or its key; nothing leaves it for
// later.
func (o *importing) missingSecret(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (s secret.Secret, err error) {
	if key := w.KeyOf(c); key != "" {
		o.asking().Text("%s needs the %s. Paste the whole JSON, from { to }, or type the name of its file.", c.Name, key)
		o.asking().Prompt("Key or file (not shown; Enter leaves it for later): ")
		s, err = o.keyboard().Document(ctx, nil)
	} else {
		o.asking().Prompt("Password of " + c.Name + " (not shown; Enter leaves it for later): ")
		s, err = o.keyboard().Password(ctx)
	}
	o.asking().Blank()
	if errors.Is(err, keyboard.ErrNoPassword) {
		return secret.Secret{}, nil
	}
	return s, err
}
