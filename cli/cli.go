// Package cli is the terminal program: one command a file, each with its
// options and a function that runs it.
//
// Exit status: 0 it worked and every check passed, perhaps with warnings; 1 a
// check failed, or what was asked about is not so; 2 bad usage or input; 3 it
// could not run. With --json exactly one object goes to standard output,
// whatever happens.
package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/cobra"

	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/cli/screen"
	"fairlead/keyring"
	"fairlead/network"
	"fairlead/workspace"
)

// The exit statuses.
const (
	statusGood     = 0
	statusNotSo    = 1
	statusBadInput = 2
	statusCannot   = 3
)

// Main runs the program with the arguments after its name and returns the exit
// status.
func Main(args []string, in io.Reader, out, errOut io.Writer) int {
	p := &program{in: in, out: out, errOut: errOut, getenv: os.Getenv, catch: true}
	return p.run(args)
}

// program is one run of the terminal program: where it reads and writes, and
// what every command may be told.
type program struct {
	in          io.Reader
	out, errOut io.Writer
	getenv      func(string) string
	keyring     keyring.Keyring      // instead of the system's
	network     *network.Network     // instead of the system's
	catch       bool                 // a crash goes into a file
	world       *workspace.Workspace // that the menu has opened; nil without it

	dir      string // where the registry is
	registry string // the address of one that a team shares
	own      string // a folder with services of the administrator's own
	proxy    string // how the cloud is reached
	trusted  string // a file of authorities
	plain    bool   // ask with plain lines, also in a terminal that can draw
	quiet    bool   // say nothing but what went wrong
	lab      bool
	json     bool
	lang     string

	keys       *keyboard.Keyboard
	show       *screen.Screen
	understood bool   // the arguments were good
	command    string // the path of the command that runs

	object any  // what --json prints in the end
	given  bool // it was printed already
}

func (p *program) run(args []string) int {
	root := newRoot(p)
	root.SetArgs(args)
	root.SetIn(p.in)
	root.SetErr(p.errOut)
	p.json = wantsJSON(args)
	if !p.json {
		root.SetOut(p.out)
		return p.finish(p.execute(root))
	}
	var text bytes.Buffer // help and completion, which are put into the object
	root.SetOut(&text)
	return p.finishJSON(p.execute(root), &text)
}

// execute runs a command. What goes wrong before it begins is bad usage.
func (p *program) execute(root *cobra.Command) error {
	root.InitDefaultCompletionCmd() // which remembers where to write
	if completion, _, err := root.Find([]string{"completion"}); err == nil {
		completion.Args, completion.RunE = subcommand, func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	err := root.ExecuteContext(context.Background())
	if _, known := errors.AsType[*fault](err); err != nil && !p.understood && !known {
		return badInput(`"fairleadctl --help" lists what there is.`, "%v", err)
	}
	return err
}

func newRoot(p *program) *cobra.Command {
	root := &cobra.Command{
		Use:   "fairleadctl",
		Short: "Make, test and look after connectors to mail platforms",
		Long: `Fairlead makes connectors between a mail platform (Exchange on-premises, Microsoft
365, Google Workspace) and the services that need it, proves that they work, says
exactly what is wrong where they do not, and registers them.

Exit status: 0 it worked, 1 a check failed or what was asked about is not so,
2 bad usage or input, 3 it could not run.`,
		Example: `  fairleadctl new                  make a connector, step by step
  fairleadctl new --lab            the same in a simulated world, to try it out
  fairleadctl test "Head office"   test a connector again
  fairleadctl demo                 see everything once, without a question`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          subcommand,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if p.json || p.form() == nil {
				return cmd.Help()
			}
			return p.showMenu(cmd.Context())
		},

		PersistentPreRun: func(cmd *cobra.Command, _ []string) { p.understood, p.command = true, cmd.CommandPath() },
	}
	flags := root.PersistentFlags()
	flags.StringVar(&p.dir, "data", "", "keep the registry in this `folder` instead of the system's place")
	flags.StringVar(&p.registry, "registry", "", "use the registry that a team shares, at this `address`: postgres://USER@HOST/DATABASE")
	flags.StringVar(&p.own, "catalogue", "", "read services of your own from this `folder`, beside those built in")
	flags.StringVar(&p.proxy, "proxy", "", "reach the cloud through this `proxy`, such as proxy.contoso.com:8080; none for none")
	flags.StringVar(&p.trusted, "ca-file", "", "trust the authorities in this PEM `file`, beside those of this computer")
	flags.BoolVar(&p.lab, "lab", false, "use the simulated world; its connectors are kept apart")
	flags.BoolVar(&p.plain, "accessible", false, "ask with plain lines, for screen readers; ACCESSIBLE=1 in the environment says the same")
	flags.BoolVarP(&p.quiet, "quiet", "q", false, "say nothing but what went wrong; the exit status tells the rest")
	flags.BoolVar(&p.json, "json", false, "print one JSON object instead of text")
	flags.StringVar(&p.lang, "lang", "", "show the wizard's pages in another `language`, such as de")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		newNew(p), newList(p), newShow(p), newTest(p), newEdit(p), newDelete(p), newDrafts(p), newRegistry(p),
		newCheck(p), newSetup(p), newPlan(p), newApply(p), newRunbook(p), newDoctor(p), newLab(p), newDemo(p), newVersion(p),
		newRotate(p), newAttach(p), newDetach(p), newHistory(p), newEvents(p), newCleanup(p),
		newExport(p), newImport(p), newBackup(p), newRestore(p), newReminders(p), newDomain(p), newManual(p),
	)
	return root
}

// keyboard is where a person or a script types.
func (p *program) keyboard() *keyboard.Keyboard {
	if p.keys == nil {
		p.keys = keyboard.New(p.in)
	}
	return p.keys
}

// screen is where text goes that a person reads: nowhere with --json.
func (p *program) screen() *screen.Screen {
	if p.show == nil {
		out := p.out
		if p.json || p.quiet {
			out = io.Discard
		}
		p.show = screen.New(out, p.getenv)
	}
	return p.show
}

// asking is where questions go: standard output, or standard error where that
// is kept for the object.
func (p *program) asking() *screen.Screen {
	if p.json || p.quiet {
		return screen.New(p.errOut, p.getenv)
	}
	return p.screen()
}

// form asks where the terminal can draw; it is nil where questions are plain lines:
// for scripts, for screen readers, and on terminals that cannot.
func (p *program) form() *form.Asker {
	out := p.asking()
	file, ok := p.in.(*os.File)
	if !ok || !p.keyboard().IsTerminal() || !out.Draws() || p.plain || p.getenv("ACCESSIBLE") != "" {
		return nil
	}
	a := &form.Asker{In: file, Out: p.out, Width: out.Width(), Colour: out.Coloured(), Page: out}
	if p.json || p.quiet {
		a.Out = p.errOut
	}
	return a
}

// errStatus ends the program with a status when everything has been said.
type errStatus int

func (errStatus) Error() string { return "the answer was no" }

// statusOf is the exit status for an error.
func statusOf(err error) int {
	var status errStatus
	switch {
	case err == nil:
		return statusGood
	case errors.As(err, &status):
		return int(status)
	}
	return explain(err).status
}
