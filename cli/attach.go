package cli

import (
	"bytes"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"fairlead/connectors"
	"fairlead/connectors/transfer"
	"fairlead/workspace"
)

// attaching is "attach" and "detach".
type attaching struct {
	*program
	detach        bool
	service, task string
	file, from    string
}

func newAttach(p *program) *cobra.Command {
	o := &attaching{program: p}
	cmd := &cobra.Command{
		Use:   "attach [NAME]",
		Short: "Note which service tasks use a connector",
		Long: `Note that a task of a service uses a connector. While there is one, the connector
cannot be deleted. A list comes from a file of CSV or JSON with the columns service,
task and connector: either all of it is attached or nothing. --all-of moves the tasks
of another connector here, each attached before it is detached there.`,
		Example: `  fairleadctl attach "Head office" --service continuity --task "Nightly check"
  fairleadctl attach --from tasks.csv
  fairleadctl attach "Head office (new)" --all-of "Head office"`,
		Args:              upTo(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args) })
		},
	}
	o.flags(cmd)
	cmd.Flags().StringVar(&o.file, "from", "", "attach what this `file` lists: .csv or .json")
	cmd.Flags().StringVar(&o.from, "all-of", "", "move the tasks of this `connector` here")
	return cmd
}

func newDetach(p *program) *cobra.Command {
	o := &attaching{program: p, detach: true}
	cmd := &cobra.Command{
		Use:               "detach NAME",
		Short:             "Note that a service task uses a connector no longer",
		Long:              "Note that a task of a service uses a connector no longer.",
		Example:           "  fairleadctl detach \"Head office\" --service continuity --task \"Nightly check\"",
		Args:              arguments(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args) })
		},
	}
	o.flags(cmd)
	return cmd
}

func (o *attaching) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.service, "service", "", "the `id` of the service, such as continuity")
	cmd.Flags().StringVar(&o.task, "task", "", "the `name` of its task")
}

func (o *attaching) run(ctx context.Context, w *workspace.Workspace, args []string) error {
	if o.file != "" {
		if len(args) > 0 || o.service != "" || o.task != "" || o.from != "" {
			return badInput("Leave the rest out.", "--from FILE says everything")
		}
		return o.fromFile(ctx, w)
	}
	if len(args) == 0 {
		return badInput("Add the name of the connector, or --from FILE.", "nothing says what the task uses")
	}
	c, err := find(ctx, w, args[0])
	if err != nil {
		return err
	}
	if o.from != "" {
		return o.move(ctx, w, c)
	}
	if o.service == "" || o.task == "" {
		return badInput("Give --service and --task.", "nothing says which task it is")
	}
	use, change, done := connectors.Attachment{Service: o.service, Task: o.task}, w.Keeper.Attach, "Attached"
	if o.detach {
		change, done = w.Keeper.Detach, "Detached"
	}
	if err := change(ctx, c.ID, use); err != nil {
		return err
	}
	o.screen().Text("%s: %s of %s, %s", done, o.task, o.service, c.Name)
	return o.giveAnew(ctx, w, c.ID)
}

func (o *attaching) giveAnew(ctx context.Context, w *workspace.Workspace, id string) error {
	c, err := w.Keeper.Get(ctx, id)
	if err == nil {
		o.give(asJSON(c))
	}
	return err
}

// move moves all tasks of another connector.
func (o *attaching) move(ctx context.Context, w *workspace.Workspace, to connectors.Connector) error {
	from, err := find(ctx, w, o.from)
	if err != nil {
		return err
	}
	n, err := w.Keeper.MoveAttachments(ctx, from.ID, to.ID)
	if err != nil {
		return err
	}
	o.screen().Text("Moved %s from %s to %s.", tasks(n), from.Name, to.Name)
	return o.giveAnew(ctx, w, to.ID)
}

func (o *attaching) fromFile(ctx context.Context, w *workspace.Workspace) error {
	data, err := readFile("--from", o.file, transfer.MaxUses)
	if err != nil {
		return err
	}
	uses, err := transfer.ReadUses(bytes.NewReader(data))
	if problems, bad := errors.AsType[transfer.Problems](err); bad {
		return badInput("Correct the file and run the command again. Nothing was changed.", "%s:\n%v", o.file, problems)
	}
	if err != nil {
		return err
	}
	n, err := w.Keeper.AttachAll(ctx, uses)
	if err != nil {
		return notSo("Correct the file and run the command again.", "nothing was attached: %v", err)
	}
	o.give(struct {
		Listed   int `json:"listed"`
		Attached int `json:"attached"`
	}{len(uses), n})
	o.screen().Text("%d tasks are listed, %d of them are new.", len(uses), n)
	return nil
}
