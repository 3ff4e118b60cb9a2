package cli

import (
	"context"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/workspace"
)

// exporting is "export FILE".
type exporting struct {
	*program
	only  []string
	which selection
	force bool
}

func newExport(p *program) *cobra.Command {
	o := &exporting{program: p}
	cmd := &cobra.Command{
		Use:   "export FILE",
		Short: "Write connectors into a file, without their passwords",
		Long: `Write connectors into a file: as JSON, or as CSV for a spreadsheet, as the ending
of its name says. Everything is in it but passwords and keys. "fairleadctl import"
takes it in elsewhere. docs/export.md describes the form. The options of "list" say
which ones.`,
		Example: "  fairleadctl export connectors.csv\n" +
			"  fairleadctl export two.json --only \"Head office\" --only \"Branch\"\n" +
			"  fairleadctl export broken.csv --state fails --provider cloud",
		Args: arguments(1, "the name of a file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args[0]) })
		},
	}
	cmd.Flags().StringArrayVar(&o.only, "only", nil, "export the connector with this `name`; may be given several times")
	o.which.narrowing(cmd)
	o.which.searching(cmd)
	forceFlag(cmd, &o.force)
	return cmd
}

func (o *exporting) run(ctx context.Context, w *workspace.Workspace, path string) error {
	ending := strings.ToLower(filepath.Ext(path))
	if ending != ".json" && ending != ".csv" {
		return badInput("Name the file like connectors.json or connectors.csv.", "%s: the ending says neither JSON nor CSV", path)
	}
	if len(o.only) > 0 && o.which.narrows() {
		return badInput("Leave either out.", "--only names connectors, and --state, --service, --provider, --tenant and --search find them")
	}
	source := w.Source()
	if o.which.narrows() {
		var err error
		if source.IDs, err = o.which.some(ctx, w, "nothing was written"); err != nil {
			return err
		}
	}
	for _, name := range o.only {
		c, err := find(ctx, w, name)
		if err != nil {
			return err
		}
		source.IDs = append(source.IDs, c.ID)
	}
	write := source.Export
	if ending == ".csv" {
		write = source.CSV
	}
	if err := newFile(path, o.force, func(file io.Writer) error { return write(ctx, file) }); err != nil {
		return err
	}
	o.give(fileJSON{path})
	o.screen().Text("The connectors are in %s, without their passwords.", path)
	return nil
}

// fileJSON is the object of commands that write a file.
type fileJSON struct {
	File string `json:"file"`
}
