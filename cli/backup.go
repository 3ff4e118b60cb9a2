package cli

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"fairlead/workspace"
)

// backup is "backup FILE".
type backup struct {
	*program
	reports int
	force   bool
}

func newBackup(p *program) *cobra.Command {
	o := &backup{program: p}
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Save everything in the registry into one file, without passwords",
		Long: `Save everything in the registry into one file of JSON, also while it is in use:
connectors, reports, drafts, documents and the trail. Passwords and keys stay in the
keyring. "fairleadctl restore" brings it back. docs/export.md describes the form.`,
		Example: "  fairleadctl backup fairlead.json\n  fairleadctl backup fairlead.json --force --reports 5",
		Args:    arguments(1, "the name of a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args[0]) })
		},
	}
	cmd.Flags().IntVar(&o.reports, "reports", 0, "save at most this `number` of reports of each connector; 0 saves all")
	forceFlag(cmd, &o.force)
	return cmd
}

func (o *backup) run(ctx context.Context, w *workspace.Workspace, path string) error {
	if o.reports < 0 {
		return badInput("0 saves all.", "--reports takes a number from 0 on")
	}
	source := w.Source()
	source.Reports = o.reports
	if err := newFile(path, o.force, func(file io.Writer) error { return source.Backup(ctx, file) }); err != nil {
		return err
	}
	o.give(fileJSON{path})
	o.screen().Text("Everything is in %s, but for passwords and keys. \"fairleadctl restore\" brings it back.", path)
	return nil
}
