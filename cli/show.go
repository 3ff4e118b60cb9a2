package cli

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/workspace"
)

// show is "show NAME".
type show struct {
	*program
	name    string
	verbose bool
	file    reportFile
}

func newShow(p *program) *cobra.Command {
	o := &show{program: p}
	cmd := &cobra.Command{
		Use:   "show NAME",
		Short: "Show a connector and its last test",
		Long:  "Show everything about a connector except its password, and the report of its last test.",
		Example: `  fairleadctl show "Exchange, example.com" --verbose
  fairleadctl show "Exchange, example.com" --report report.html --mask --region eu`,
		Args:              arguments(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			o.name = args[0]
			return o.run(ctx)
		},
	}
	cmd.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "show what the server said in the last test")
	reportFlags(cmd, &o.file)
	return cmd
}

func (o *show) run(ctx context.Context) (err error) {
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	if err := o.file.check(w.Catalogue.Regions); err != nil {
		return err
	}
	c, err := find(ctx, w, o.name)
	if err != nil {
		return err
	}
	permissions, unknown := w.Permissions(c)
	object, err := successorJSON(ctx, w, c)
	if err != nil {
		return err
	}
	o.give(showJSON{object, permissions})
	o.details(w, c)
	o.replaced(c, object.ReplacedBy)
	o.permissions(permissions, unknown)
	if c.LastTest == nil {
		if o.file.path != "" {
			return notSo(fmt.Sprintf(`"fairleadctl test %q" tests it.`, c.Name), "%q was never tested, so there is no report", c.Name)
		}
		return nil
	}
	s := o.screen()
	s.Blank()
	s.Title("Last test, " + when(c.LastTest.Started))
	s.Verdicts(*c.LastTest)
	s.Diagnosis(*c.LastTest)
	if o.verbose {
		s.Evidence(*c.LastTest)
	}
	return o.writeReport(o.file, w.ReportOf(c))
}

func (o *show) details(w *workspace.Workspace, c connectors.Connector) {
	s := o.screen()
	state, words := c.State()
	s.Title(c.Name)
	if c.Description != "" {
		s.Text("%s", c.Description)
	}
	s.Say(verdictOf(state), "%s", words)
	s.Blank()
	lines := []providers.Detail{
		{Label: "Platform", Value: cmp.Or(c.Platform, c.Provider)},
		{Label: "Organisation", Value: c.Tenant},
		{Label: "Services", Value: strings.Join(w.Catalogue.Names(c.Services), ", ")},
	}
	lines = append(lines, w.Settings(c)...)
	if c.Credential.Key != "" {
		lines = append(lines, providers.Detail{Label: w.SecretName(c), Value: where(c.Credential)})
	}
	lines = append(lines, providers.Detail{Label: "Created", Value: when(c.Created)})
	for _, a := range c.Attachments {
		lines = append(lines, providers.Detail{Label: "Used by", Value: strings.Join(w.Catalogue.Names([]string{a.Service}), "") + ": " + a.Task})
	}
	for _, line := range lines {
		s.Indented(fmt.Sprintf("%-16s", line.Label), strings.Repeat(" ", 16), line.Value)
	}
}

// where says where a password is kept.
func where(c connectors.Credential) string {
	if c.Session {
		return "in the memory of the program that registered it, and gone once that has ended"
	}
	return fmt.Sprintf("in %s of %s since %s", c.Keyring, c.Holder, when(c.Since))
}

// when writes a moment in local time, to the minute.
func when(t time.Time) string { return t.Local().Format("2006-01-02 15:04") }
