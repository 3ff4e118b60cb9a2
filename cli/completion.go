package cli

import (
	"github.com/spf13/cobra"

	"fairlead/connectors"
	"fairlead/lab"
	"fairlead/workspace"
)

// completeNames offers the names of the connectors to the shell. What goes
// wrong stays silent: the shell has no place for it.
func (p *program) completeNames(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	ctx, stop := until(cmd.Context())
	defer stop()
	team, err := p.team()
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	w, err := workspace.Open(ctx, workspace.Options{Lab: p.lab, Dir: p.dir, Registry: team, Keyring: p.keyring})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	defer w.Close() //nolint:errcheck // nothing was written
	rows, err := w.Rows(ctx, connectors.Query{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	var names []cobra.Completion
	for _, r := range rows {
		names = append(names, r.Name)
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// faultFlag adds --fault, whose values the shell can complete.
func faultFlag(cmd *cobra.Command, faults *[]string, usage string) {
	cmd.Flags().StringArrayVar(faults, "fault", nil, usage)
	complete(cmd, "fault", func() []cobra.Completion {
		var list []cobra.Completion
		for _, f := range lab.AllFaults() {
			list = append(list, cobra.CompletionWithDesc(f.Name, f.Title))
		}
		return list
	})
}

// complete offers the values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, values func() []cobra.Completion) {
	err := cmd.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return values(), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // the flag does not exist: a mistake in the command's declaration
	}
}
