package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fairlead/connectors"
	"fairlead/connectors/postgres"
	"fairlead/workspace"
)

// team is the address of the team's registry; empty means the file. The lab has
// none, whatever the environment says.
func (p *program) team() (string, error) {
	if p.lab && p.registry != "" {
		return "", badInput("Leave one of them out.", "--lab keeps its connectors apart, in a file of its own, and --registry names another place")
	}
	team, err := workspace.TeamRegistry(p.registry, p.getenv)
	return team, badAddress(err)
}

// badAddress makes bad input of a refused address.
func badAddress(err error) error {
	if rule, ok := errors.AsType[*connectors.RuleError](err); ok {
		return badInput(rule.Hint, "%s", rule.Reason)
	}
	return err
}

func newRegistry(p *program) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "registry",
		Short: "Move the connectors to a registry that a team shares",
		Long: `The registry is a file of your own, or a PostgreSQL database that a team shares:
--registry postgres://USER@HOST:PORT/DATABASE, or the same in ` + workspace.RegistryVariable + `.
The password goes into PGPASSWORD or into the file .pgpass.`,
		Example: "  fairleadctl registry move --to postgres://fairlead@db.example/fairlead",
		Args:    subcommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newMove(p))
	return cmd
}

// move is "registry move".
type move struct {
	*program
	to  string
	yes bool
}

func newMove(p *program) *cobra.Command {
	o := &move{program: p}
	cmd := &cobra.Command{
		Use:   "move",
		Short: "Move connectors, reports and drafts to a team's registry",
		Long: `Copy the connectors, with the reports of their tests, and the drafts from the file
to a PostgreSQL database. It shows what it would do first. Passwords stay in your
keyring, and the file stays as it is. A move that was cut short goes on when it is
asked for again.`,
		Example: "  fairleadctl registry move --to postgres://fairlead@db.example/fairlead\n" +
			"  fairleadctl registry move --to postgres://fairlead@db.example/fairlead --yes --json",
		Args: arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			return o.run(ctx)
		},
	}
	cmd.Flags().StringVar(&o.to, "to", "", "the `address` of the database, postgres://USER@HOST:PORT/DATABASE")
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask")
	return cmd
}

// moveJSON is the object of "registry move".
type moveJSON struct {
	Moved     []string `json:"moved"`
	There     []string `json:"there"`
	Conflicts []string `json:"conflicts"`
	Reports   int      `json:"reports"`
	Drafts    int      `json:"drafts"`
}

func (o *move) run(ctx context.Context) (err error) {
	if o.lab {
		return badInput("Leave --lab out.", "what is simulated stays in the lab")
	}
	if o.to == "" {
		return badInput("Add --to postgres://USER@HOST:PORT/DATABASE.", "nothing says where to move to")
	}
	if err := workspace.CheckAddress("--to", o.to); err != nil {
		return badAddress(err)
	}
	if _, err := o.team(); err != nil { // a bad --registry, which may hold a password
		return err
	}
	w, err := o.openAt(ctx, o.registry) // the file, though the variable may name the new place already
	if err != nil {
		return err
	}
	defer closing(w, &err)
	to, err := postgres.Open(ctx, o.to)
	if err != nil {
		return err
	}
	defer func() { _ = to.Close() }()
	plan, err := connectors.PlanMove(ctx, w.Keeper.Registry, to)
	if err != nil {
		return err
	}
	o.tell(plan)
	if len(plan.Conflicts) > 0 {
		return notSo("Rename them or delete one of each, here or there, then run the command again. Nothing was moved.",
			"%d connectors are in the way of each other", len(plan.Conflicts))
	}
	if plan.Empty() {
		o.screen().Text("There is nothing to move.")
		return nil
	}
	if err := o.confirm(ctx, o.yes, "moving", "Move them?", "nothing was moved"); err != nil {
		return err
	}
	if err := plan.Run(ctx); err != nil {
		return fmt.Errorf("%w (what was moved so far stays there; run the command again to go on)", err)
	}
	o.screen().Text("Moved. Start with --registry, or set %s, from now on. The file stays as it is, as a backup, and must "+
		"not be used beside the new registry: both name the same passwords.", workspace.RegistryVariable)
	return nil
}

// tell shows what a move comes to.
func (o *move) tell(plan *connectors.Move) {
	object := moveJSON{Moved: []string{}, There: []string{}, Conflicts: []string{}, Reports: plan.Reports, Drafts: len(plan.Drafts)}
	s := o.screen()
	for _, c := range plan.Connectors {
		object.Moved = append(object.Moved, c.Name)
		s.Text("moves: %s", c.Name)
	}
	for _, c := range plan.There {
		object.There = append(object.There, c.Name)
		s.Text("is there already: %s", c.Name)
	}
	for _, conflict := range plan.Conflicts {
		object.Conflicts = append(object.Conflicts, conflict.Error())
		s.Text("cannot move: %s", conflict.Error())
	}
	s.Text("%d connectors, %d reports and %d drafts to move. Passwords stay in your keyring.",
		len(plan.Connectors), plan.Reports, len(plan.Drafts))
	o.give(object)
}
