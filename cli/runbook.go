package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fairlead"
	"fairlead/plan"
	"fairlead/workspace"
)

// handing is "runbook".
type handing struct {
	*program
	path    string
	force   bool
	migrate string
	moves   bool
}

func newRunbook(p *program) *cobra.Command {
	o := &handing{program: p}
	cmd := &cobra.Command{
		Use:   "runbook [FILE]",
		Short: "Write the plan as a page to hand over",
		Long: `Write what "fairleadctl plan" shows as one page that needs nothing beside itself, or
as Markdown: the estate, the rules, each step with what it needs, its commands and
links, and the last test of every connector. No secret is in it.

Without FILE, the environment that "plan import" has stored is used.`,
		Example: "  fairleadctl runbook estate.yaml -o contoso.html\n  fairleadctl runbook estate.yaml --migrate Contoso -o move.md",
		Args:    upTo(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.moves = cmd.Flags().Changed("migrate")
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args) })
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.path, "output", "o", "", "write to this `file`; its ending says how: .html or .md")
	flags.StringVar(&o.migrate, "migrate", "", "plan the move of this hybrid `organisation` to the cloud; \"\" means every one")
	forceFlag(cmd, &o.force)
	return cmd
}

func (o *handing) run(ctx context.Context, w *workspace.Workspace, args []string) error {
	form, known := map[string]func(*plan.RunBook) ([]byte, error){
		".html": (*plan.RunBook).HTML, ".htm": (*plan.RunBook).HTML, ".md": (*plan.RunBook).Markdown,
	}[strings.ToLower(filepath.Ext(o.path))]
	if !known {
		return badInput("Name the file like runbook.html or runbook.md.", "-o: the name of a run book's file ends in .html or .md")
	}
	v, err := o.view(ctx, w, args, o.moves, o.migrate)
	if err != nil {
		return err
	}
	book := plan.NewRunBook(o.guide(w, v.plan, args), v.steps, w.Network.Now(), fairlead.Version())
	book.Migration = v.migration
	data, err := form(book)
	if err != nil {
		return err
	}
	if err := newFile(o.path, o.force, func(out io.Writer) error { _, err := out.Write(data); return err }); err != nil {
		return err
	}
	o.give(struct {
		RunBook string      `json:"runbook"`
		Totals  plan.Totals `json:"totals"`
	}{o.path, v.plan.Totals})
	o.screen().Text("The run book is in %s.", o.path)
	return nil
}

// view is a plan with its steps: as things are, or for a move to the cloud.
type view struct {
	environment plan.Environment
	plan        *plan.Plan
	steps       []plan.Step
	migration   string // what changes; empty where nothing moves
}

func (p *program) view(ctx context.Context, w *workspace.Workspace, args []string, moves bool, migrate string) (view, error) {
	e, err := p.environment(ctx, w, args)
	if err != nil {
		return view{}, err
	}
	have, err := existing(ctx, w)
	if err != nil {
		return view{}, err
	}
	if !moves {
		made := plan.New(e, w.Catalogue, have)
		return view{e, made, made.Steps(), ""}, nil
	}
	m, err := plan.Migrate(e, w.Catalogue, have, migrate)
	if err != nil {
		return view{}, badInput(`Name a hybrid organisation of the file, or give --migrate "" for all.`, "%v", err)
	}
	return view{m.After.Environment, m.After, m.Steps, fmt.Sprintf("Once the last mailbox has moved. Not needed then: %s.", orNone(m.Superfluous))}, nil
}
