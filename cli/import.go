package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"fairlead/connectors/transfer"
	"fairlead/workspace"
)

// importing is "import FILE" and "restore FILE".
type importing struct {
	*program
	restore, yes, leaveOut, dryRun bool
}

func newImport(p *program) *cobra.Command {
	o := &importing{program: p}
	cmd := &cobra.Command{
		Use:   "import FILE",
		Short: "Take connectors in from a file, after showing what would change",
		Long: `Take connectors in from a file that "fairleadctl export" or a spreadsheet wrote, as
JSON or CSV. It shows first what would change. Of connectors that are here already,
name and description are changed, and attachments added. Passwords and keys are
in no file: at a terminal those that are missing are asked for and tested in the end.`,
		Example: "  fairleadctl import connectors.csv --dry-run\n  fairleadctl import connectors.json --yes",
		Args:    arguments(1, "the name of a file"),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.start(cmd, args[0]) },
	}
	o.flags(cmd)
	return cmd
}

func newRestore(p *program) *cobra.Command {
	o := &importing{program: p, restore: true}
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Restore a backup, after showing what would change",
		Long: `Restore a backup into a registry, which may be empty: connectors, reports, drafts,
documents and the trail. It shows first what would change. What is here and not in
the backup stays. Passwords and keys that are still in the keyring go on
working; at a terminal those that are missing are asked for and tested in the end. Restore only
what you have saved yourself: the connectors in it decide where passwords go.`,
		Example: "  fairleadctl restore fairlead.json --dry-run\n  fairleadctl restore fairlead.json",
		Args:    arguments(1, "the name of a file"),
		RunE:    func(cmd *cobra.Command, args []string) error { return o.start(cmd, args[0]) },
	}
	o.flags(cmd)
	return cmd
}

func (o *importing) flags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVarP(&o.yes, "yes", "y", false, "do not ask")
	flags.BoolVar(&o.leaveOut, "leave-out", false, "leave out what is unusable, in conflict or a duplicate, and take in the rest")
	flags.BoolVar(&o.dryRun, "dry-run", false, "only show what would change")
}

func (o *importing) start(cmd *cobra.Command, path string) error {
	file, err := readTransfer(path)
	if err != nil {
		return err
	}
	return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, file) })
}

// readTransfer reads a file that is to be taken in.
func readTransfer(path string) (*transfer.File, error) {
	data, err := readFile("FILE", path, transfer.MaxSize)
	if err != nil {
		return nil, err
	}
	file, err := transfer.Read(bytes.NewReader(data))
	if problems, bad := errors.AsType[transfer.Problems](err); bad {
		return nil, badInput("Correct the file and run the command again. Nothing was changed.", "%s:\n%v", path, problems)
	}
	return file, err
}

func (o *importing) run(ctx context.Context, w *workspace.Workspace, file *transfer.File) error {
	plan, err := w.Target(o.restore).Plan(ctx, file)
	if err != nil {
		return err
	}
	object := asTransferJSON(plan)
	o.give(object)
	o.showPlan(plan)
	if plan.LeftOut() > 0 && !o.leaveOut {
		o.asking().Text("Nothing was changed. Put these right, or add --leave-out to take in the rest.")
		return errStatus(statusNotSo)
	}
	if o.dryRun {
		return nil
	}
	if !plan.Empty() {
		if err := o.confirm(ctx, o.yes, "taking them in", "Take them in?", "nothing was changed"); err != nil {
			return err
		}
	}
	if err := plan.Run(ctx); err != nil {
		return fmt.Errorf("%w (what was taken in so far stays; run the command again to go on)", err)
	}
	object.Done = true
	if !plan.Empty() {
		o.screen().Text("Done.")
	}
	return o.missing(ctx, w, plan, object)
}
