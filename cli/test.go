package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/cli/prompt"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/secret"
	"fairlead/workspace"
)

// retest is "test NAME…".
type retest struct {
	*program
	names         []string
	all           bool
	which         selection // of them all
	parallel      int
	passwordStdin bool
	verbose       bool
	options       providers.TestOptions
	faults        []string
}

// How many connectors are tested at once, and the most that may be: each test
// holds a few connections open.
const (
	usualParallel = 8
	mostParallel  = 64
)

func newTest(p *program) *cobra.Command {
	o := &retest{program: p}
	cmd := &cobra.Command{
		Use:   "test NAME…",
		Short: "Test connectors again and record the reports",
		Long: `Test registered connectors again and record the reports. The password comes from
the keyring. Where it has none, the password is asked for at a terminal, or comes
on standard input with --password-stdin; it is not stored. Of a connector with a
key, that is the key's JSON file, or its name.

Several connectors, or all of them, are tested a few at a time, with one line for
each as it ends and nobody asked for a password. Those that sign in to a server
with the same name are tested one after the other, and the rest of them not at
all once that name was refused, so that the account is not locked. With --all the
options of "list" say which ones.

Ctrl-C keeps what is done. The exit status is 1 if any of several failed, else 3
if any could not be tested; and 3 if the tests were stopped. With --json the
object has one line for each connector.`,
		Example: `  fairleadctl test "Exchange, example.com"
  fairleadctl test "Exchange, example.com" --json
  fairleadctl test "Exchange, example.com" --deep
  fairleadctl test "Exchange, example.com" --password-stdin < password.txt
  fairleadctl test "Google Workspace, example.com" --password-stdin < key.json
  fairleadctl test --all --parallel 16
  fairleadctl test --all --state fails --service continuity`,
		Args:              o.arguments,
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			o.names = args
			return o.run(ctx)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.all, "all", false, "test every connector")
	o.which.narrowing(cmd)
	o.which.searching(cmd)
	flags.IntVar(&o.parallel, "parallel", usualParallel, "test this `number` of connectors at once")
	flags.BoolVar(&o.passwordStdin, "password-stdin", false, "read the password from standard input, and do not ask the keyring")
	depthFlags(cmd, &o.options)
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "show what the server said")
	faultFlag(cmd, &o.faults, "switch on this `fault` of the lab, with --lab")
	return cmd
}

// arguments takes names, or --all and none.
func (o *retest) arguments(cmd *cobra.Command, names []string) error {
	switch {
	case !o.all && o.which.narrows():
		return badInput("Add --all, and leave names out.", "--state, --service, --provider, --tenant and --search say which of all to test")
	case !o.all && len(names) == 0:
		return badInput("Add --all to test every connector.", "%s needs the name of a connector", cmd.CommandPath())
	case o.all && len(names) > 0:
		return badInput("Leave out either.", "--all tests every connector, and names stand there too")
	case o.parallel < 1 || o.parallel > mostParallel:
		return badInput("8 suits most computers.", "--parallel takes a number from 1 to %d", mostParallel)
	case o.passwordStdin && o.many(names):
		return badInput("Test one connector at a time.", "--password-stdin gives the password of one connector")
	}
	return nil
}

// many says whether this is about more than one connector, which changes what
// is shown.
func (o *retest) many(names []string) bool { return o.all || len(names) > 1 }

func (o *retest) run(ctx context.Context) (err error) {
	w, err := o.open(ctx, o.faults...)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	if o.many(o.names) {
		return (&batch{o, w}).run(ctx)
	}
	c, err := find(ctx, w, o.names[0])
	if err != nil {
		return err
	}
	report, err := o.test(ctx, w, c)
	if err != nil {
		return err
	}
	o.say(report, o.verbose)
	if err := record(ctx, w, c, report); err != nil {
		return err
	}
	return outcome(ctx, report)
}

// test tests one connector. Whoever sits at the terminal is told what there is to
// do elsewhere, such as to sign in.
func (o *retest) test(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (check.Report, error) {
	told, say := prompt.Latest()
	attended := o.keyboard().IsTerminal()
	if attended {
		o.options.Say = say
	}
	suite, err := o.suite(ctx, w, c)
	if err != nil {
		return check.Report{}, err
	}
	dialogue := prompt.Wizard{Screen: o.asking(), Keyboard: o.keyboard(), Attended: attended}
	return dialogue.Test(ctx, suite, told, o.screen()), nil
}

// suite makes the test, with the keyring's password or the one that is given.
func (o *retest) suite(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (*check.Suite, error) {
	var typed secret.Secret
	if o.passwordStdin {
		var err error
		if typed, err = o.secretOf(ctx, w, c); err != nil {
			return nil, err
		}
	}
	suite, err := w.Test(ctx, c, typed, o.options)
	if !errors.Is(err, workspace.ErrNeedsPassword) || !o.keyboard().IsTerminal() {
		return suite, err
	}
	o.asking().Text("The keyring does not have the secret of this connector. It is used once and not stored.")
	if typed, err = o.secretOf(ctx, w, c); err != nil {
		return nil, err
	}
	return w.Test(ctx, c, typed, o.options)
}
