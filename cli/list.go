package cli

import (
	"cmp"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/connectors"
)

// list is "list".
type list struct{ *program }

func newList(p *program) *cobra.Command {
	o := &list{program: p}
	return &cobra.Command{
		Use:     "list",
		Short:   "List the connectors and how their last test went",
		Long:    "List the registered connectors, with their state as the last test found it.",
		Example: "  fairleadctl list\n  fairleadctl list --json",
		Args:    arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			return o.run(ctx)
		},
	}
}

func (o *list) run(ctx context.Context) (err error) {
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	if !o.json {
		rows, err := rowsOf(ctx, w, connectors.Query{Sort: connectors.ByName})
		if err == nil {
			o.print(rows)
		}
		return err
	}
	all, err := w.Keeper.Registry.List(ctx) // whole: the object has the reports
	if err != nil {
		return err
	}
	object := listJSON{Connectors: []connectorJSON{}}
	for _, c := range all {
		object.Connectors = append(object.Connectors, asJSON(c))
	}
	o.give(object)
	return nil
}

func (p *program) print(rows []connectors.Row) {
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
