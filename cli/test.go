package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/workspace"
)

// retest is "test NAME".
type retest struct {
	*program
	name          string
	passwordStdin bool
	verbose       bool
	options       providers.TestOptions
	faults        []string
}

func newTest(p *program) *cobra.Command {
	o := &retest{program: p}
	cmd := &cobra.Command{
		Use:   "test NAME",
		Short: "Test a connector again and record the report",
		Long: `Test a registered connector again and record the report. The password comes from
the keyring. Where it has none, the password is asked for at a terminal, or comes
on standard input with --password-stdin; it is not stored.`,
		Example: `  fairleadctl test "Exchange, example.com"
  fairleadctl test "Exchange, example.com" --json
  fairleadctl test "Exchange, example.com" --deep
  fairleadctl test "Exchange, example.com" --password-stdin < password.txt`,
		Args:              arguments(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			o.name = args[0]
			return o.run(ctx)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.passwordStdin, "password-stdin", false, "read the password from standard input, and do not ask the keyring")
	depthFlags(cmd, &o.options)
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "show what the server said")
	faultFlag(cmd, &o.faults, "switch on this `fault` of the lab, with --lab")
	return cmd
}

func (o *retest) run(ctx context.Context) (err error) {
	w, err := o.open(ctx, o.faults...)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	c, err := find(ctx, w, o.name)
	if err != nil {
		return err
	}
	suite, err := o.suite(ctx, w, c)
	if err != nil {
		return err
	}
	report := o.ask(ctx, suite)
	o.say(report, o.verbose)
	if err := record(ctx, w, c, report); err != nil {
		return err
	}
	return outcome(ctx, report)
}

// suite makes the test, with the keyring's password or the one that is given.
func (o *retest) suite(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (*check.Suite, error) {
	var typed secret.Secret
	if o.passwordStdin {
		var err error
		if typed, err = o.password(ctx, "Password of "+c.Name); err != nil {
			return nil, err
		}
	}
	suite, err := w.Test(ctx, c, typed, o.options)
	if !errors.Is(err, workspace.ErrNeedsPassword) || !o.keyboard().IsTerminal() {
		return suite, err
	}
	o.asking().Text("The keyring does not have the password of this connector. It is used once and not stored.")
	if typed, err = o.password(ctx, "Password"); err != nil {
		return nil, err
	}
	return w.Test(ctx, c, typed, o.options)
}
