package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/plan"
	"fairlead/workspace"
)

// withFile opens the workspace for a command whose standard output is a file:
// whatever else there is to say goes to standard error.
func (p *program) withFile(cmd *cobra.Command, run func(context.Context, *workspace.Workspace) error) error {
	if !p.json {
		p.show = p.errScreen()
	}
	return p.with(cmd, run)
}

// printed gives an environment as a file.
func (p *program) printed(text string) error {
	p.give(struct {
		Environment string `json:"environment"`
	}{text})
	if p.json {
		return nil
	}
	_, err := p.out.Write([]byte(text))
	return err
}

func (o *planning) newExample() *cobra.Command {
	return &cobra.Command{
		Use:     "example",
		Short:   "Print an environment to fill in",
		Long:    "Print an environment in YAML, with a remark on every key, to be filled in. With --lab\nit is one of the lab's, which needs no filling in.",
		Example: "  fairleadctl plan example > estate.yaml",
		Args:    arguments(0, ""),
		RunE: func(*cobra.Command, []string) error {
			if o.lab {
				return o.printed(inLab.Replace(plan.Example))
			}
			return o.printed(plan.Example)
		},
	}
}

// inLab puts the lab's tenants in the place of the example's.
var inLab = strings.NewReplacer("contoso.com", "contoso.example", "contoso.us", "gcc.contoso.example", "gcc-high", "gcc",
	"C01234567", "C03kt1m66", "ben@fabrikam.com", "anna@workspace.contoso.example")

func (o *planning) newStart() *cobra.Command {
	return &cobra.Command{
		Use:   "start",
		Short: "Print the environment that the registered connectors tell of",
		Long: `Print an environment in YAML that is started from the connectors that are
registered: their tenants, joined by mail domain, and the services that use them.
Look it over: where mailboxes are is a guess.`,
		Example: "  fairleadctl plan start > estate.yaml",
		Args:    arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withFile(cmd, func(ctx context.Context, w *workspace.Workspace) error {
				list, err := w.Keeper.List(ctx)
				if err != nil {
					return err
				}
				if len(list) == 0 {
					return notSo(`"fairleadctl plan example" prints an environment to fill in.`, "there is no connector to start from")
				}
				text, err := plan.FromConnectors(list).YAML()
				if err != nil {
					return err
				}
				return o.printed(string(text))
			})
		},
	}
}

func (o *planning) newFind() *cobra.Command {
	return &cobra.Command{
		Use:   "find DOMAIN",
		Short: "Find out what a mail domain has: tenant, cloud, mail hosts, Exchange",
		Long: `Look up a mail domain without signing in anywhere: its Microsoft 365 tenant and
cloud by openid-configuration, where its mail goes by its MX records, its Exchange by
Autodiscover. What is found is printed as an organisation for the environment.`,
		Example: "  fairleadctl plan find contoso.com",
		Args:    arguments(1, "a mail domain"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.withFile(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.find(ctx, w, args[0]) })
		},
	}
}

func (o *planning) find(ctx context.Context, w *workspace.Workspace, domain string) error {
	facts, err := plan.Discover(ctx, plan.NewLookups(w.Network, w.Catalogue.Clouds), domain)
	if err != nil {
		return badInput("Type a domain such as contoso.com.", "%v", err)
	}
	notes := facts.Notes
	if facts.EWSGuess {
		notes = append(notes, "Exchange may be at "+facts.EWS+". "+facts.Source)
	}
	if len(facts.Mail) > 0 {
		notes = append(notes, "Mail goes to "+strings.Join(facts.Mail, ", ")+".")
	}
	text := ""
	for _, note := range notes {
		text += "# " + note + "\n"
	}
	found := facts.Organisation()
	if len(found.Tenants) > 0 {
		environment, err := plan.Environment{Organisations: []plan.Organisation{found}}.YAML()
		if err != nil {
			return err
		}
		text += string(environment)
	}
	return o.printed(text)
}

func (o *planning) newImport() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE",
		Short: "Store an environment in the registry",
		Long: `Check an environment and store it in the registry, in place of the one that is
there. "plan", "apply" and "runbook" use it where no file is named, and so does the
window.`,
		Example: "  fairleadctl plan import estate.yaml",
		Args:    arguments(1, "one file"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error {
				e, err := o.environment(ctx, w, args)
				if err != nil {
					return err
				}
				if _, err := plan.Save(ctx, w.Keeper.Registry, e, 0); err != nil {
					return err
				}
				o.give(struct {
					Stored int `json:"tenants"`
				}{e.Tenants()})
				o.screen().Text("Stored: an environment with %d tenants.", e.Tenants())
				return nil
			})
		},
	}
}

func (o *planning) newExport() *cobra.Command {
	asCSV := false
	cmd := &cobra.Command{
		Use:     "export",
		Short:   "Print the stored environment",
		Long:    "Print the environment that the registry keeps, in YAML or CSV.",
		Example: "  fairleadctl plan export > estate.yaml\n  fairleadctl plan export --csv > estate.csv",
		Args:    arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return o.withFile(cmd, func(ctx context.Context, w *workspace.Workspace) error {
				e, _, err := plan.Load(ctx, w.Keeper.Registry, w.Catalogue)
				if _, old := errors.AsType[*plan.Problems](err); err != nil && !old {
					return err // one that no longer fits can be printed, to be corrected
				}
				write := e.YAML
				if asCSV {
					write = e.CSV
				}
				text, err := write()
				if err != nil {
					return err
				}
				return o.printed(string(text))
			})
		},
	}
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV, for a spreadsheet")
	return cmd
}
