package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/cli/keyboard"
	"fairlead/cli/prompt"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/wizard"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// create is "new".
type create struct {
	*program
	draft         string
	instead       string // the name of the connector whose place the new one takes
	answers       string
	printAnswers  bool
	passwordStdin bool
	faults        []string
}

func newNew(p *program) *cobra.Command {
	o := &create{program: p}
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Make a connector, step by step or from a file",
		Long: `Make a connector: answer the wizard's questions in this terminal, or give a file
of answers. The connection is tested before anything is registered.

What was typed is kept as a draft, without the password, page by page until the
connector is made; --draft goes on with it.`,
		Example: `  fairleadctl new
  fairleadctl new --lab
  fairleadctl new --draft 4RJQ
  fairleadctl new --instead-of "Head office"

  fairleadctl new --print-answers > answers.yaml
  fairleadctl new --answers answers.yaml --password-stdin < password.txt
  fairleadctl new --instead-of "Head office" --answers change.yaml --password-stdin < password.txt`,
		Args: arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.draft, "draft", "", "go on with the draft that has this `ID`")
	flags.StringVar(&o.instead, "instead-of", "", "begin with the answers of this `connector`, and take its place; it stays until you delete it; with --answers, those of the file win")
	flags.StringVar(&o.answers, "answers", "", "take the answers from this YAML `file`")
	flags.BoolVar(&o.passwordStdin, "password-stdin", false, "with --answers, read the password from standard input")
	flags.BoolVar(&o.printAnswers, "print-answers", false, "print an answers file to fill in")
	faultFlag(cmd, &o.faults, "switch on this `fault` of the lab, with --lab")
	return cmd
}

func (o *create) run(ctx context.Context) (err error) {
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
	switch {
	case o.printAnswers:
		return o.template(w)
	case o.answers != "":
		return o.fromFile(ctx, w, interrupts)
	}
	return o.interactive(ctx, w, interrupts)
}

// check refuses options that do not go together.
func (o *create) check() error {
	ways := 0
	for _, on := range []bool{o.draft != "", o.answers != "", o.printAnswers} {
		if on {
			ways++
		}
	}
	switch {
	case ways > 1:
		return badInput("Each is a way of its own to begin: choose one.", "--draft, --answers and --print-answers do not go together")
	case o.instead != "" && (o.draft != "" || o.printAnswers):
		return badInput("A draft knows whose place it takes.", "--instead-of goes with neither --draft nor --print-answers")
	case o.passwordStdin && o.answers == "":
		return badInput("Without --answers the wizard asks for the password itself.", "--password-stdin goes with --answers only")
	}
	return nil
}

// interactive asks everything in the terminal.
func (o *create) interactive(ctx context.Context, w *workspace.Workspace, interrupts <-chan struct{}) error {
	j, draft, err := o.begin(ctx, w)
	if err != nil {
		return err
	}
	for j != nil {
		drafting := w.Drafting(draft)
		dialogue := prompt.Wizard{
			Journey: j, Screen: o.asking(), Keyboard: o.keyboard(), Interrupts: interrupts, Attended: o.keyboard().IsTerminal(),
			Form: o.form(), Command: o.withFlags("fairleadctl new") + " --answers answers.yaml",
			Turned:  func() { keepMeanwhile(w, drafting, j) },
			Refused: func(r check.Report) bool { return signInRefused(w, j.Answers().Text(wizard.KeyProvider), r) },
		}
		if o.lab {
			dialogue.Banner = "LAB"
		}
		if err := dialogue.Run(ctx); err != nil {
			return o.leave(w, j, drafting, err)
		}
		// It is registered: that is said even when the program is told to end meanwhile.
		c, err := o.registered(context.WithoutCancel(ctx), w, j)
		if drop := drafting.Drop(); drop != nil {
			finish(w, drop)
		}
		if err == nil {
			err = o.takeOver(ctx, w, j, c, interrupts)
		}
		if err != nil {
			return err
		}
		if o.json {
			return nil // one object, and so one connector
		}
		j, draft = dialogue.After(ctx), ""
	}
	return nil
}

// signInRefused reports whether a test of a provider was refused its sign-in.
func signInRefused(w *workspace.Workspace, provider string, r check.Report) bool {
	p, ok := w.Provider(provider).(providers.SignsIn)
	return ok && p.Refused(r)
}

// keepMeanwhile writes the draft while the wizard goes on. Where that fails nothing is
// said yet: leaving the wizard tries again and says it.
func keepMeanwhile(w *workspace.Workspace, d *workspace.Drafting, j *page.Journey) {
	if write := d.Keep(j); write != nil {
		go finish(w, write)
	}
}

// finish writes or drops a draft, within saveTime. It runs also when the program is
// told to end. A draft that stays beside its connector can be deleted.
func finish(w *workspace.Workspace, write func(context.Context) error) {
	ctx, cancel := context.WithTimeout(context.Background(), saveTime)
	defer cancel()
	if err := write(ctx); err != nil {
		w.Log.Warn("the draft is not as it should be", "error", err)
	}
}

// begin starts the wizard, or goes on with a draft.
func (o *create) begin(ctx context.Context, w *workspace.Workspace) (j *page.Journey, draft string, err error) {
	if o.instead != "" {
		c, err := find(ctx, w, o.instead)
		if err != nil {
			return nil, "", err
		}
		return w.Replace(c), "", nil
	}
	if o.draft == "" {
		return page.Start(w.NewConnector()), "", nil
	}
	d, err := findDraft(ctx, w, o.draft)
	if err != nil {
		return nil, "", err
	}
	j, err = w.ResumeDraft(ctx, d.ID)
	return j, d.ID, err
}

// saveTime is how long keeping a draft may take when the program is told to
// end.
const saveTime = 5 * time.Second

// leave keeps a draft when the wizard ends early, and says why it ended.
func (o *create) leave(w *workspace.Workspace, j *page.Journey, draft *workspace.Drafting, why error) error {
	f := &fault{status: explain(why).status, what: why.Error(), cause: why}
	if err := o.keep(w, j, draft, f); err != nil {
		return err
	}
	switch {
	case errors.Is(why, prompt.ErrLeft):
		o.asking().Text("%s", f.hint)
		o.asking().Line("    %s", f.command)
		return nil
	case errors.Is(why, io.EOF):
		f.status, f.what = statusCannot, "the input ended before the wizard did"
	case errors.Is(why, keyboard.ErrInterrupted):
		f.what = "interrupted: nothing was registered"
	}
	return f
}

// keep saves what was answered and says in f how to go on with it.
func (o *create) keep(w *workspace.Workspace, j *page.Journey, draft *workspace.Drafting, f *fault) error {
	if !j.Begun() {
		f.hint = "Nothing was answered yet, so there is no draft."
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), saveTime)
	defer cancel()
	write, err := draft.Save(j)
	if err == nil {
		err = write(ctx)
	}
	if err != nil {
		return fmt.Errorf("keep the draft: %w", err)
	}
	id := draft.ID()
	o.give(struct {
		Draft string `json:"draft"`
	}{id})
	f.hint = "What was answered is kept as a draft, without the password. Go on with:"
	f.command = o.resume(ctx, w, id)
	return nil
}

// resume is the command that goes on with a draft.
func (o *create) resume(ctx context.Context, w *workspace.Workspace, id string) string {
	if all, err := w.Keeper.Registry.Drafts(ctx); err == nil {
		id = shortest(id, all)
	}
	return o.withFlags("fairleadctl new --draft " + id)
}

// registered gives the connector that a journey has made.
func (p *program) registered(ctx context.Context, w *workspace.Workspace, j *page.Journey) (connectors.Connector, error) {
	c, err := w.Keeper.Get(ctx, j.Answers().Text(wizard.KeyConnectorID))
	if err != nil {
		return c, fmt.Errorf("read the new connector back: %w", err)
	}
	p.give(asJSON(c))
	return c, nil
}
