package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/wizard/setup"
	"fairlead/workspace"
)

// domainSetup is "setup" and what stands below it.
type domainSetup struct {
	*program
	domain        string
	section       string
	answers       string
	printAnswers  bool
	passwordStdin bool
	look          bool
	faults        []string
}

func newSetup(p *program) *cobra.Command {
	o := &domainSetup{program: p}
	cmd := &cobra.Command{
		Use:   "setup DOMAIN",
		Short: "Set a domain's mail security up, section by section",
		Long: `Set the mail security of a domain up: account, domain validation, mail routing,
directory, anti-spoofing, journaling. Each section is done in any sitting. What is
answered and found is kept in the registry, without passwords.

With --json, and without --answers, it prints how the sections stand and asks
nothing. In an answers file, keys begin with the name of their section; those that
it has are walked through.`,
		Example: `  fairleadctl setup contoso.com
  fairleadctl setup contoso.com --section routing
  fairleadctl setup contoso.com --answers setup.yaml --password-stdin < password.txt
  fairleadctl setup contoso.com --print-answers > setup.yaml
  fairleadctl setup contoso.com --look
  fairleadctl setup contoso.com --json
  fairleadctl setup list`,
		Args: arguments(1, "the name of a domain"),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.domain = args[0]
			return o.run(cmd.Context())
		},
	}
	var names []string
	for _, s := range setup.Sections() {
		names = append(names, string(s))
	}
	flags := cmd.Flags()
	flags.StringVar(&o.section, "section", "", "go to this `section`: "+strings.Join(names, ", "))
	flags.StringVar(&o.answers, "answers", "", "take the answers from this YAML `file`")
	flags.BoolVar(&o.passwordStdin, "password-stdin", false, "with --answers, read the directory's password from standard input")
	flags.BoolVar(&o.printAnswers, "print-answers", false, "print an answers file to fill in, for every section or the one of --section")
	flags.BoolVar(&o.look, "look", false, "look again at everything that was set up, without questions")
	faultFlag(cmd, &o.faults, "switch on this `fault` of the lab, with --lab")
	cmd.AddCommand(&cobra.Command{
		Use:     "list",
		Short:   "List the domains and how their sections stand",
		Long:    "List the domains that are set up, each with its six sections as they were last seen.",
		Example: "  fairleadctl setup list\n  fairleadctl setup list --json",
		Args:    arguments(0, ""),
		RunE:    func(cmd *cobra.Command, _ []string) error { return o.list(cmd.Context()) },
	})
	return cmd
}

func (o *domainSetup) run(ctx context.Context) (err error) {
	if err := o.check(); err != nil {
		return err
	}
	o.quiet = o.quiet || o.printAnswers // the file is all that goes out
	ctx, interrupts, stop := attended(ctx)
	defer stop()
	w, err := o.open(ctx, o.faults...)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	s := w.Setup()
	d, err := s.Open(ctx, o.domain)
	if err != nil {
		return badInput("", "%v", err)
	}
	o.domain = d.Name
	switch {
	case o.printAnswers:
		return o.template(s, d)
	case o.answers != "":
		return o.fromFile(ctx, s)
	case o.look:
		return o.again(ctx, s)
	case o.json && o.section == "":
		return o.state(ctx, s, nil)
	}
	return o.interactive(ctx, s, interrupts)
}

// check refuses options that do not go together.
func (o *domainSetup) check() error {
	switch {
	case o.answers != "" && o.section != "" || o.look && (o.answers != "" || o.section != ""):
		return badInput("Each is a way of its own: choose one.", "--section, --answers and --look do not go together")
	case o.printAnswers && (o.answers != "" || o.look):
		return badInput("Each is a way of its own: choose one.", "--print-answers, --answers and --look do not go together")
	case o.passwordStdin && o.answers == "":
		return badInput("Without --answers the password is asked for.", "--password-stdin goes with --answers only")
	case o.section != "" && !slices.Contains(setup.Sections(), setup.Section(o.section)):
		return badInput(`"fairleadctl setup --help" lists them.`, "there is no section %q", o.section)
	}
	return nil
}

// statusJSON is how a section stands, for scripts.
type statusJSON struct {
	Section setup.Section `json:"section"`
	Title   string        `json:"title"`
	State   setup.State   `json:"state"`
	Words   string        `json:"words"`
	Report  *check.Report `json:"report"`
}

type setupJSON struct {
	Domain   string       `json:"domain"`
	Sections []statusJSON `json:"sections"`
}

func domainOf(name string, statuses []setup.Status, reports bool) setupJSON {
	object := setupJSON{Domain: name}
	for _, st := range statuses {
		row := statusJSON{Section: st.Section, Title: st.Section.Title(), State: st.State, Words: st.Words}
		if reports {
			row.Report = st.Report
		}
		object.Sections = append(object.Sections, row)
	}
	return object
}

// state gives and shows how the sections stand; why is an error that came before.
func (o *domainSetup) state(ctx context.Context, s *setup.Setup, why error) error {
	d, err := s.Open(context.WithoutCancel(ctx), o.domain)
	if err != nil {
		return err
	}
	statuses := s.Statuses(d)
	o.give(domainOf(d.Name, statuses, true))
	o.screen().Title(d.Name)
	for i, st := range statuses {
		o.sectionLine(fmt.Sprintf("%d ", i+1), st)
	}
	return why
}

func (o *domainSetup) sectionLine(number string, st setup.Status) {
	o.screen().Say(verdictOfSection(st.State), "%s%s: %s", number, st.Section.Title(), st.Words)
}

// verdictOfSection is the verdict whose mark a state carries.
func verdictOfSection(s setup.State) check.Verdict {
	switch s {
	case setup.Works:
		return check.Pass
	case setup.Warns:
		return check.Warn
	case setup.Fails:
		return check.Fail
	}
	return check.Skip
}

func (o *domainSetup) list(ctx context.Context) error {
	ctx, stop := until(ctx)
	defer stop()
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	err = o.listAll(ctx, w)
	return err
}

func (o *domainSetup) listAll(ctx context.Context, w *workspace.Workspace) error {
	rows, err := w.Setup().Table(ctx)
	if err != nil {
		return err
	}
	object := struct {
		Domains []setupJSON `json:"domains"`
	}{[]setupJSON{}}
	if len(rows) == 0 {
		o.screen().Text(`No domain is set up yet. "fairleadctl setup DOMAIN" begins.`)
	}
	for _, row := range rows {
		object.Domains = append(object.Domains, domainOf(row.Domain, row.Statuses, false))
		o.screen().Title(row.Domain)
		for _, st := range row.Statuses {
			o.sectionLine("", st)
		}
	}
	o.give(object)
	return nil
}
