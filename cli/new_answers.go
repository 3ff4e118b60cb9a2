package cli

import (
	"bytes"
	"context"

	"fairlead/check"
	"fairlead/cli/answers"
	"fairlead/cli/screen"
	"fairlead/secret"
	"fairlead/wizard"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// template prints an answers file to fill in.
func (o *create) template(w *workspace.Workspace) error {
	var text bytes.Buffer
	if err := answers.Template(&text, "fairleadctl new", w.NewConnector()); err != nil {
		return err
	}
	return o.printAnswersFile(&text)
}

// printAnswersFile prints an answers file.
func (p *program) printAnswersFile(text *bytes.Buffer) error {
	p.give(struct {
		Answers string `json:"answers"`
	}{text.String()})
	if p.json {
		return nil
	}
	_, err := text.WriteTo(p.out)
	return err
}

// fromFile makes a connector from a file of answers. The first interrupt stops
// it: there is nobody to ask what to do then.
func (o *create) fromFile(ctx context.Context, w *workspace.Workspace, interrupts <-chan struct{}) error {
	file, err := readAnswers(o.answers)
	if err != nil {
		return err
	}
	j, err := o.journey(ctx, w, file)
	if err != nil {
		return err
	}
	if err := file.Check(j.Flow(), o.passwordStdin || o.keyboard().IsTerminal()); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		select {
		case <-interrupts:
			stop()
		case <-ctx.Done():
		}
	}()
	report, err := answers.Walk(ctx, j, answers.Filled{File: file, Secret: o.secrets(ctx)}, o.screen(), o.errScreen())
	if err != nil {
		o.give(report)
		return err
	}
	c, err := o.registered(ctx, w, j)
	if err != nil {
		return err
	}
	o.screen().Say(check.Pass, "Registered: %s", c.Name)
	return o.takeOver(ctx, w, j, c, nil)
}

// journey is the one that the answers lead. Where it takes the place of a connector, what
// the file does not say is as that one has it.
func (o *create) journey(ctx context.Context, w *workspace.Workspace, file *answers.File) (*page.Journey, error) {
	if o.instead == "" {
		return page.Start(w.NewConnector()), nil
	}
	old, err := find(ctx, w, o.instead)
	if err != nil {
		return nil, err
	}
	filled := w.Replace(old)
	var text bytes.Buffer
	if err := answers.Write(&text, filled, "fairleadctl new"); err != nil {
		return nil, err
	}
	rest, err := answers.Parse(old.Name, text.Bytes())
	if err != nil {
		return nil, err
	}
	file.Rest(rest)
	j := page.Start(filled.Flow()) // from the first page: the file may answer any
	j.Set(wizard.KeyReplaces, old.ID)
	return j, nil
}

// errScreen is standard error, for what a person must read wherever the output
// goes.
func (p *program) errScreen() *screen.Screen { return screen.New(p.errOut, p.getenv) }

// secrets reads each secret once.
func (o *create) secrets(ctx context.Context) func(page.FieldView) (secret.Secret, error) {
	known := map[string]secret.Secret{}
	return func(f page.FieldView) (secret.Secret, error) {
		if s, ok := known[f.Key]; ok {
			return s, nil
		}
		s, err := o.password(ctx, f.Label)
		if err == nil {
			known[f.Key] = s
		}
		return s, err
	}
}

// readAnswers reads and parses an answers file.
func readAnswers(name string) (*answers.File, error) {
	data, err := readFile("--answers", name, answers.MaxSize)
	if err != nil {
		return nil, err
	}
	parsed, err := answers.Parse(name, data)
	if err != nil {
		return nil, badInput("Correct the file and run the command again. Nothing was registered.", "%v", err)
	}
	return parsed, nil
}
