package cli

import (
	"cmp"
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/workspace"
)

// list is "list [WORDS…]".
type list struct {
	*program
	selection
}

func newList(p *program) *cobra.Command {
	o := &list{program: p}
	cmd := &cobra.Command{
		Use:   "list [WORDS…]",
		Short: "List the connectors and how their last test went",
		Long: `List the registered connectors, with their state as the last test found it. Words
search: those are listed that have all of them in their name, description, tenant,
service, provider, platform or state.`,
		Example: `  fairleadctl list
  fairleadctl list contoso --state fails
  fairleadctl list --provider cloud --service continuity --sort tested --desc
  fairleadctl list --state expiring --sort expires --limit 10 --json`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.words = strings.Join(args, " ")
			return o.with(cmd, o.run)
		},
		ValidArgsFunction: cobra.NoFileCompletions,
	}
	o.narrowing(cmd)
	o.ordering(cmd)
	return cmd
}

func (o *list) run(ctx context.Context, w *workspace.Workspace) error {
	ids, total, err := o.ids(ctx, w)
	if err != nil {
		return err
	}
	if o.json {
		object := listJSON{Connectors: []connectorJSON{}, Total: total}
		err := o.whole(ctx, w, ids, func(c connectors.Connector) error {
			one, err := successorJSON(ctx, w, c)
			object.Connectors = append(object.Connectors, one)
			return err
		})
		o.give(object)
		return err
	}
	rows, err := w.Keeper.Registry.Rows(ctx, ids)
	if err != nil {
		return err
	}
	places, err := placesOf(ctx, w, rows)
	if err != nil {
		return err
	}
	if len(rows) == 0 && o.narrows() {
		o.screen().Text(`None of the connectors is what was asked for. "fairleadctl list" shows them all.`)
		return nil
	}
	o.printAll(rows, places)
	if total > len(ids) {
		o.screen().Blank()
		o.screen().Text("These are %d of %d.", len(ids), total)
	}
	return nil
}

// whole calls do with the connectors that have these ids, with reports and tasks. Those that are gone
// meanwhile are left out.
func (o *list) whole(ctx context.Context, w *workspace.Workspace, ids []string, do func(connectors.Connector) error) error {
	if !o.narrows() && o.limit == 0 { // all: in one go, which is faster with many
		all, err := w.Keeper.Registry.List(ctx)
		if err != nil {
			return err
		}
		byID := make(map[string]connectors.Connector, len(all))
		for _, c := range all {
			byID[c.ID] = c
		}
		for _, id := range ids {
			if c, there := byID[id]; there {
				if err := do(c); err != nil {
					return err
				}
			}
		}
		return nil
	}
	for _, id := range ids {
		c, err := w.Keeper.Get(ctx, id)
		if errors.Is(err, connectors.ErrNotFound) {
			continue
		}
		if err == nil {
			err = do(c)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// print lists connectors of which none was replaced.
func (p *program) print(rows []connectors.Row) { p.printAll(rows, nil) }

// printAll lists connectors. places has, by the id of one that was replaced, the name of the
// connector that has its place.
func (p *program) printAll(rows []connectors.Row, places map[string]string) {
	s := p.screen()
	if len(rows) == 0 {
		s.Text(`There is no connector yet. "fairleadctl new" makes one.`)
		return
	}
	for _, r := range rows {
		s.Say(verdictOf(r.State), "%s", r.Name)
		facts := []string{r.Words, cmp.Or(r.Platform, r.Provider), r.Tenant}
		if !r.Tested.IsZero() {
			facts = append(facts, "tested "+when(r.Tested))
		}
		s.Indented("    ", "    ", strings.Join(facts, " · "))
		if r.Replaced {
			s.Indented("    ", "    ", replacedBy(places[r.ID]))
		}
	}
}

// verdictOf is the verdict whose mark a state carries.
func verdictOf(s connectors.State) check.Verdict {
	switch s {
	case connectors.Works:
		return check.Pass
	case connectors.Warns:
		return check.Warn
	case connectors.Fails:
		return check.Fail
	}
	return check.Skip
}
