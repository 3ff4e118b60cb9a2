package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairlead/connectors"
	"fairlead/workspace"
)

// drafts is "drafts" and what stands below it.
type drafts struct{ *program }

func newDrafts(p *program) *cobra.Command {
	o := &drafts{program: p}
	cmd := &cobra.Command{
		Use:   "drafts",
		Short: "List unfinished wizards, or delete one",
		Long: `List the wizards that have not come to their end. A draft holds the answers
without passwords. "fairleadctl new --draft ID" goes on with one; the first
letters of an ID will do.`,
		Example: "  fairleadctl drafts\n  fairleadctl new --draft 4RJQ\n  fairleadctl drafts delete 4RJQ",
		Args:    subcommand,
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.with(cmd, o.list) },
	}
	cmd.AddCommand(&cobra.Command{
		Use:     "list",
		Short:   "List unfinished wizards",
		Long:    "List the wizards that have not come to their end, newest first.",
		Example: "  fairleadctl drafts list\n  fairleadctl drafts list --json",
		Args:    arguments(0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.with(cmd, o.list) },
	}, &cobra.Command{
		Use:     "delete ID",
		Short:   "Delete a draft",
		Long:    "Delete a draft. The first letters of its ID will do.",
		Example: "  fairleadctl drafts delete 4RJQ",
		Args:    arguments(1, "the ID of a draft"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.delete(ctx, w, args[0]) })
		},
	})
	return cmd
}

type draftJSON struct {
	ID      string    `json:"id"`
	Title   string    `json:"title"`
	Page    string    `json:"page"`
	Updated time.Time `json:"updated"`
}

func (o *drafts) list(ctx context.Context, w *workspace.Workspace) error {
	all, err := w.Keeper.Registry.Drafts(ctx)
	if err != nil {
		return err
	}
	object := struct {
		Drafts []draftJSON `json:"drafts"`
	}{[]draftJSON{}}
	s := o.screen()
	if len(all) == 0 {
		s.Text("There is no draft.")
	}
	for _, d := range all {
		object.Drafts = append(object.Drafts, draftJSON{d.ID, d.Title, d.Page, d.Updated})
		short := shortest(d.ID, all)
		s.Indented(fmt.Sprintf("%-10s", short), strings.Repeat(" ", 10), d.Title+", kept on "+when(d.Updated))
	}
	o.give(object)
	return nil
}

// shortest is as much of a draft's ID as tells it from the others, at least
// four letters.
func shortest(id string, all []connectors.Draft) string {
	for n := 4; n < len(id); n++ {
		twins := 0
		for _, d := range all {
			if strings.HasPrefix(d.ID, id[:n]) {
				twins++
			}
		}
		if twins == 1 {
			return id[:n]
		}
	}
	return id
}

func (o *drafts) delete(ctx context.Context, w *workspace.Workspace, start string) error {
	d, err := findDraft(ctx, w, start)
	if err != nil {
		return err
	}
	if err := w.Keeper.Registry.DeleteDraft(ctx, d.ID); err != nil {
		return err
	}
	o.give(struct {
		Deleted string `json:"deleted"`
	}{d.ID})
	o.screen().Text("Deleted the draft: %s", d.Title)
	return nil
}

// findDraft returns the one draft whose ID begins with these letters, whatever
// their case.
func findDraft(ctx context.Context, w *workspace.Workspace, start string) (connectors.Draft, error) {
	all, err := w.Keeper.Registry.Drafts(ctx)
	if err != nil {
		return connectors.Draft{}, err
	}
	var found []connectors.Draft
	for _, d := range all {
		if start != "" && strings.HasPrefix(strings.ToLower(d.ID), strings.ToLower(start)) {
			found = append(found, d)
		}
	}
	hint := `"fairleadctl drafts" lists them.`
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return connectors.Draft{}, notSo(hint, "no draft has the ID %q", start)
	}
	return connectors.Draft{}, badInput(hint, "%d drafts have an ID that begins with %q", len(found), start)
}
