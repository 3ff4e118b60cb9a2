package cli

import (
	"context"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/workspace"
)

// past is "history NAME".
type past struct {
	*program
	verbose bool
}

func newHistory(p *program) *cobra.Command {
	o := &past{program: p}
	cmd := &cobra.Command{
		Use:   "history NAME",
		Short: "Show a connector's tests: when it broke, and what changed",
		Long: `Show the reports of a connector that are kept, newest first, and what changed from
each test to the next one: checks that came to something else, and facts.`,
		Example:           "  fairleadctl history \"Head office\"\n  fairleadctl history \"Head office\" --json",
		Args:              arguments(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args[0]) })
		},
	}
	cmd.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "list tests in which nothing changed, too")
	return cmd
}

// historyJSON is the object of "history".
type historyJSON struct {
	Connector string       `json:"connector"`
	Turned    *time.Time   `json:"turned"` // since when it works, or fails, as it does now; null where it always did
	Reports   []reportJSON `json:"reports"`
}

// reportJSON is one report, and what changed since the one before it.
type reportJSON struct {
	Report  check.Report       `json:"report"`
	Changes []resultChangeJSON `json:"changes"`
}

type resultChangeJSON struct {
	Check  string `json:"check"` // its id; empty for a fact
	Title  string `json:"title"`
	Before string `json:"before"`
	After  string `json:"after"`
}

func (o *past) run(ctx context.Context, w *workspace.Workspace, name string) error {
	c, err := find(ctx, w, name)
	if err != nil {
		return err
	}
	reports, err := w.Keeper.Registry.Reports(ctx, c.ID)
	if err != nil {
		return err
	}
	object := historyJSON{Connector: c.Name, Reports: []reportJSON{}}
	s := o.screen()
	s.Title(c.Name)
	switch turned := check.Turned(reports); {
	case len(reports) == 0:
		s.Text("It was never tested.")
	case turned >= 0:
		at := reports[turned].Started
		object.Turned = &at
		s.Text("%s since %s; the test before, %s, came to something else.", doesNow(reports[0]), when(at), when(reports[turned+1].Started))
	default:
		s.Text("%s in all %d tests that are kept.", doesNow(reports[0]), len(reports))
	}
	for i, report := range reports {
		one := reportJSON{Report: report, Changes: []resultChangeJSON{}}
		if i+1 < len(reports) {
			for _, change := range check.Compare(reports[i+1], report) {
				one.Changes = append(one.Changes, resultChangeJSON{change.ID, change.Title, change.Before, change.After})
			}
		}
		object.Reports = append(object.Reports, one)
		if i == 0 || i == len(reports)-1 || len(one.Changes) > 0 || o.verbose {
			s.Say(report.Verdict(), "%s  %s", when(report.Started), report.Title())
		}
		for _, change := range one.Changes {
			s.Indented("    ", "    ", changed(change))
		}
	}
	o.give(object)
	return nil
}

func doesNow(r check.Report) string {
	if r.Verdict() == check.Fail {
		return "It fails"
	}
	return "It works"
}

// changed is a change in words.
func changed(c resultChangeJSON) string {
	switch {
	case c.Before == "":
		return c.Title + ": new, " + c.After
	case c.After == "":
		return c.Title + ": not there any more, before " + c.Before
	}
	return c.Title + ": " + c.Before + "; now " + c.After
}

// trail is "events [NAME]".
type trail struct {
	*program
	limit int
}

func newEvents(p *program) *cobra.Command {
	o := &trail{program: p}
	cmd := &cobra.Command{
		Use:   "events [NAME]",
		Short: "Show who did what to connectors, and when",
		Long: `Show the audit trail, newest first: of one connector, by its name or, once it is
deleted, by its id; or of all of them.`,
		Example:           "  fairleadctl events\n  fairleadctl events \"Head office\" --limit 10 --json",
		Args:              upTo(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args) })
		},
	}
	cmd.Flags().IntVar(&o.limit, "limit", 100, "show the last `number`; 0 shows all")
	return cmd
}

type eventJSON struct {
	At        time.Time            `json:"at"`
	By        string               `json:"by"`
	Kind      connectors.EventKind `json:"kind"`
	Connector string               `json:"connector"` // its id
	Name      string               `json:"name"`
	Detail    string               `json:"detail"`
}

func (o *trail) run(ctx context.Context, w *workspace.Workspace, args []string) error {
	if o.limit < 0 {
		return badInput("0 shows all.", "--limit takes no negative number")
	}
	id := ""
	if len(args) > 0 {
		c, err := w.Keeper.Find(ctx, args[0])
		if id = c.ID; err != nil {
			id = args[0] // one that is deleted, by its id
		}
	}
	events, err := w.Keeper.Registry.Events(ctx, id, "", o.limit)
	if err != nil {
		return err
	}
	if len(events) == 0 && id != "" {
		return notSo(`"fairleadctl events" shows all.`, "nothing is known of %q", args[0])
	}
	list := []eventJSON{}
	for _, e := range events {
		list = append(list, eventJSON{e.At, e.By, e.Kind, e.Connector, e.Name, e.Detail})
		line := []string{when(e.At), string(e.Kind), e.Name}
		if e.Detail != "" && e.Detail != e.Name {
			line = append(line, e.Detail)
		}
		o.screen().Indented("", "    ", strings.Join(append(line, "by "+e.By), " · "))
	}
	o.give(struct {
		Events []eventJSON `json:"events"`
	}{list})
	return nil
}
