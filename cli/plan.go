package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/plan"
	"fairlead/workspace"
)

// planning is "plan" and what stands below it.
type planning struct {
	*program
	migrate string
	moves   bool
}

func newPlan(p *program) *cobra.Command {
	o := &planning{program: p}
	cmd := &cobra.Command{
		Use:   "plan [FILE]",
		Short: "Show which connectors an estate needs, has and lacks",
		Long: `Hold an estate against the rules for connectors: which are needed, which work,
which are missing or not needed, and what is to be done in which order.

FILE describes the estate in YAML or CSV: "fairleadctl plan example" prints one.
Without FILE, the environment that "plan import" has stored is used.

Exit status: 0 everything that is needed works and nothing else is there, 1 there
is something to do, 2 the file has mistakes, 3 it could not run.`,
		Example: `  fairleadctl plan example > estate.yaml
  fairleadctl plan estate.yaml
  fairleadctl plan estate.yaml --migrate Contoso
  fairleadctl plan import estate.yaml
  fairleadctl plan --json`,
		Args: upTo(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.moves = cmd.Flags().Changed("migrate")
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.show(ctx, w, args) })
		},
	}
	cmd.Flags().StringVar(&o.migrate, "migrate", "", "show what changes once this hybrid `organisation` has moved all mailboxes to the cloud; \"\" means every one")
	cmd.AddCommand(o.newExample(), o.newStart(), o.newFind(), o.newImport(), o.newExport())
	return cmd
}

// upTo says that a command takes a number of arguments or fewer.
func upTo(n int, names string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		return arguments(min(len(args), n), names)(cmd, args)
	}
}

// environment reads the environment from a file, or from the registry where none
// is named.
func (p *program) environment(ctx context.Context, w *workspace.Workspace, args []string) (plan.Environment, error) {
	if len(args) == 0 {
		e, _, err := plan.Load(ctx, w.Keeper.Registry, w.Catalogue)
		if _, old := errors.AsType[*plan.Problems](err); old {
			return e, badInput(`"fairleadctl plan export" prints it, to be corrected and imported again.`, "%v", err)
		}
		if errors.Is(err, plan.ErrNoEnvironment) {
			return e, badInput(`Name a file, or store one with "fairleadctl plan import FILE".`, "%v", err)
		}
		return e, err
	}
	data, err := readFile("FILE", args[0], plan.MaxSize)
	if err != nil {
		return plan.Environment{}, err
	}
	e, err := plan.Read(args[0], data, w.Catalogue)
	if err != nil {
		return e, badInput("Correct the file and run the command again. Nothing was changed.", "%v", err)
	}
	return e, nil
}

// existing is what the registry holds.
func existing(ctx context.Context, w *workspace.Workspace) (plan.Existing, error) {
	list, err := w.Keeper.List(ctx)
	if err != nil {
		return plan.Existing{}, err
	}
	drafts, err := w.Keeper.Registry.Drafts(ctx)
	return plan.Existing{Connectors: list, Drafts: drafts}, err
}

// guide puts a plan's steps into words, for the file that it comes from.
func (p *program) guide(w *workspace.Workspace, made *plan.Plan, args []string) *plan.Guide {
	g := &plan.Guide{Plan: made, Catalogue: w.Catalogue, Providers: w.Providers, Env: w.Env, Flags: p.flags()}
	if len(args) > 0 {
		g.File = args[0]
	}
	return g
}

func (o *planning) show(ctx context.Context, w *workspace.Workspace, args []string) error {
	v, err := o.view(ctx, w, args, o.moves, o.migrate)
	if err != nil {
		return err
	}
	if v.migration != "" {
		o.screen().Text("%s", v.migration)
		o.screen().Blank()
	}
	g := o.guide(w, v.plan, args)
	o.give(planJSON(g, v.steps))
	o.grid(v.plan)
	o.readings(v.environment, w)
	o.steps(g, v.steps)
	if len(v.steps) > 0 {
		return errStatus(statusNotSo)
	}
	return nil
}

// grid writes what each tenant needs and has.
func (o *planning) grid(p *plan.Plan) {
	s := o.screen()
	if p.Environment.Title != "" {
		s.Title(p.Environment.Title)
	}
	s.Text("%s.", p.Totals)
	var organisation *plan.Organisation
	for i := range p.Rows {
		row := &p.Rows[i]
		if row.Organisation != organisation {
			organisation = row.Organisation
			rule := organisation.Situation()
			s.Blank()
			s.Title(organisation.Name)
			s.Text("%s. %s", rule.Title, rule.Applied().Text)
		}
		s.Blank()
		s.Text("%s", row.Name())
		for c := range row.Cells {
			cell := &row.Cells[c]
			if !cell.State.Needed() && cell.State != plan.Surplus && !slices.Contains(organisation.InUse(row.Tenant), p.Services[c].ID) {
				continue // it was not asked for
			}
			if cell.State == plan.Missing && cell.Connector == nil {
				s.Say(cell.State.Mark(), "%s: %s", p.Services[c].Name, cell.State)
				continue
			}
			s.Say(cell.State.Mark(), "%s: %s. %s", p.Services[c].Name, cell.State, p.Why(i, c))
		}
	}
	for _, c := range p.Outside {
		s.Blank()
		s.Text("%s is there too, for the tenant %s, which the environment does not name.", c.Name, c.Tenant)
	}
}

// readings writes where the guide can be read in several ways.
func (o *planning) readings(e plan.Environment, w *workspace.Workspace) {
	s := o.screen()
	for _, choice := range e.Choices(w.Catalogue) {
		s.Blank()
		s.Text("The guide can be read in two ways: %s (“%s”), for %s.", choice.Rule.Title, choice.Rule.Quote, strings.Join(choice.Organisations, ", "))
		for i, reading := range choice.Rule.Readings {
			how := "applied"
			if i > 0 {
				how = "not applied"
			}
			s.Indented("  - ", "    ", fmt.Sprintf("%s: %d needed. %s %s", how, choice.Needed[i], reading.Text, reading.Why))
		}
	}
}

// steps writes what is to be done, in order.
func (o *planning) steps(g *plan.Guide, steps []plan.Step) {
	s := o.screen()
	s.Blank()
	if len(steps) == 0 {
		s.Say(check.Pass, "Everything that is needed works, and nothing else is there.")
		return
	}
	s.Title("What is to be done, in this order")
	commands, first := []string(nil), 0
	for i := range steps {
		a := g.Advise(&steps[i])
		if i > 0 && !slices.Equal(commands, a.Commands) {
			o.commands(commands, first, i)
			first = i
		}
		commands = a.Commands
		s.Blank()
		s.Indented(fmt.Sprintf("%3d. ", i+1), "     ", a.Title+".")
		s.Markdown("     ", a.Why)
	}
	o.commands(commands, first, len(steps))
}

// commands writes what the steps from first up to end are done with. Several in a row
// may share it: then it stands apart from the last of them.
func (o *planning) commands(commands []string, first, end int) {
	s, indent := o.screen(), "       "
	if len(commands) > 0 && end-first > 1 {
		join := "to"
		if end-first == 2 {
			join = "and"
		}
		s.Blank()
		s.Text("One command for steps %d %s %d together:", first+1, join, end)
		indent = "    "
	}
	for _, command := range commands {
		s.Line("%s%s", indent, command)
	}
}
