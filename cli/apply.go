package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"fairlead/plan"
	"fairlead/workspace"
)

// applying is "apply".
type applying struct {
	*program
	passwordStdin bool
	result        applied
}

func newApply(p *program) *cobra.Command {
	o := &applying{program: p}
	cmd := &cobra.Command{
		Use:   "apply [FILE]",
		Short: "Make the connectors that an estate lacks, as far as no human is needed",
		Long: `Make what "fairleadctl plan" shows as missing. Each connection is tested before it
is registered. What waits for somebody, such as for consent, becomes a draft with a
link to send. Nothing is deleted. Running it again goes on where it stopped, and
changes nothing where nothing is left.

The passwords of Exchange connectors come from the system's keyring, from the item
that "password-item" names in the environment (it belongs to the service "fairlead",
or "lab.fairlead" in the lab); else from standard input, a line for each Exchange
organisation in the order of the environment; else they are asked for.

Without FILE, the environment that "plan import" has stored is used.

Exit status: 0 everything that is needed works and nothing else is there, 1 something
waits for somebody or failed, 2 the file has mistakes, 3 it was stopped or could not
run.`,
		Example: `  fairleadctl apply estate.yaml
  fairleadctl apply estate.yaml --password-stdin < passwords.txt
  fairleadctl apply --json`,
		Args: upTo(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args) })
		},
	}
	cmd.Flags().BoolVar(&o.passwordStdin, "password-stdin", false, "read the passwords from standard input, a line for each Exchange organisation")
	return cmd
}

func (o *applying) run(ctx context.Context, w *workspace.Workspace, args []string) error {
	e, err := o.environment(ctx, w, args)
	if err != nil {
		return err
	}
	have, err := existing(ctx, w)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for _, step := range plan.New(e, w.Catalogue, have).Steps() {
		if ctx.Err() != nil {
			break
		}
		if step.Kind == plan.Make || step.Kind == plan.Finish && granted(step.Need) {
			maker := maker{o, w, step.Need, stop}
			o.result.add(maker.make(ctx))
		}
	}
	o.result.Stopped = ctx.Err() != nil
	return o.summary(context.WithoutCancel(ctx), w, e, args)
}

// granted reports whether the environment says that a connector's permissions were
// granted, and nobody has to sign in to see whether that is so.
func granted(n *plan.Need) bool {
	return len(n.Services) == 1 && slices.Contains(n.Tenant.Granted, n.Services[0]) && n.Tenant.Verifier == ""
}
