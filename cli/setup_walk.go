package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/cli/answers"
	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/cli/prompt"
	"fairlead/cli/screen"
	"fairlead/secret"
	"fairlead/wizard/page"
	"fairlead/wizard/setup"
)

// interactive shows how the sections stand, asks which one to go through, and goes
// through it, until that is enough.
func (o *domainSetup) interactive(ctx context.Context, s *setup.Setup, interrupts <-chan struct{}) error {
	if o.section != "" {
		if err := o.walk(ctx, s, setup.Section(o.section), interrupts); err != nil {
			return err
		}
		return o.state(ctx, s, nil)
	}
	for {
		if o.form() == nil { // a form shows it itself
			if err := o.state(ctx, s, nil); err != nil {
				return err
			}
		}
		section, err := o.choose(ctx, s, interrupts)
		if section == "" && err == nil && o.form() != nil {
			return o.state(ctx, s, nil)
		}
		if section == "" || err != nil {
			return err
		}
		if err := o.walk(ctx, s, section, interrupts); err != nil {
			return err
		}
	}
}

// choose asks for a section; none ends the command.
func (o *domainSetup) choose(ctx context.Context, s *setup.Setup, interrupts <-chan struct{}) (setup.Section, error) {
	d, err := s.Open(ctx, o.domain)
	if err != nil {
		return "", err
	}
	sections := setup.Sections()
	next := setup.Section("")
	for _, st := range s.Statuses(d) {
		if st.State == setup.ToDo || st.State == setup.Begun || st.State == setup.Fails {
			next = st.Section
			break
		}
	}
	if ask := o.form(); ask != nil {
		return o.pick(ctx, ask, s.Statuses(d), next)
	}
	words := []string{"a number: go to that section", "done: leave"}
	if next != "" {
		words = append([]string{"Enter: " + next.Title()}, words...)
	}
	for {
		o.asking().Words(words)
		o.asking().Prompt("> ")
		line, err := o.keyboard().Line(ctx, interrupts)
		if errors.Is(err, io.EOF) || errors.Is(err, keyboard.ErrInterrupted) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		word := strings.ToLower(strings.TrimSpace(line))
		n, noNumber := strconv.Atoi(word)
		switch {
		case word == "done" || word == "" && next == "":
			return "", nil
		case word == "":
			return next, nil
		case noNumber == nil && n >= 1 && n <= len(sections):
			return sections[n-1], nil
		}
		o.asking().Say(check.Fail, "%q is not on the list: type a number from 1 to %d, or done.", word, len(sections))
	}
}

// pick is choose with a form.
func (o *domainSetup) pick(ctx context.Context, ask *form.Asker, statuses []setup.Status, next setup.Section) (setup.Section, error) {
	var options []form.Option
	for _, st := range statuses {
		options = append(options, form.Option{Value: string(st.Section), Label: ask.Row(screen.Shape(verdictOfSection(st.State)) + " " + st.Section.Title() + ": " + st.Words)})
	}
	options = append(options, form.Option{Value: "", Label: "Leave"})
	o.asking().Blank()
	chosen, outcome, err := ask.Choose(ctx, form.Question{Title: "Which section of " + o.domain + "?"}, options, string(next), anything)
	if err != nil || outcome != form.Answered {
		return "", err
	}
	return setup.Section(chosen), nil
}

// walk goes through a section and keeps what came of it, however it ends.
func (o *domainSetup) walk(ctx context.Context, s *setup.Setup, section setup.Section, interrupts <-chan struct{}) error {
	d, err := s.Open(ctx, o.domain)
	if err != nil {
		return err
	}
	j, err := s.Journey(ctx, d, section)
	if err != nil {
		return err
	}
	dialogue := prompt.Wizard{
		Journey: j, Screen: o.asking(), Keyboard: o.keyboard(), Interrupts: interrupts, Attended: o.keyboard().IsTerminal(),
		Form: o.form(), Command: o.withFlags("fairleadctl setup "+o.domain) + " --answers answers.yaml",
	}
	if o.lab {
		dialogue.Banner = "LAB"
	}
	why := dialogue.Run(ctx)
	if err := o.keep(s, section, j); err != nil {
		return err
	}
	switch {
	case why == nil:
		return nil
	case errors.Is(why, prompt.ErrLeft):
		o.asking().Text("What was answered is kept.")
		return nil
	}
	f := &fault{status: explain(why).status, what: why.Error(), cause: why}
	f.hint, f.command = "What was answered is kept. Go on with:", fmt.Sprintf("fairleadctl setup %s --section %s", o.domain, section)
	if o.lab {
		f.command += " --lab"
	}
	if errors.Is(why, io.EOF) {
		f.status, f.what = statusCannot, "the input ended before the section did"
	}
	return f
}

// keep keeps a journey, also when the program is told to end.
func (o *domainSetup) keep(s *setup.Setup, section setup.Section, j *page.Journey) error {
	ctx, cancel := context.WithTimeout(context.Background(), saveTime)
	defer cancel()
	_, err := s.Keep(ctx, o.domain, section, j)
	return err
}

// fromFile goes through the sections that a file has answers for. A test that fails
// does not keep the other sections from being done.
func (o *domainSetup) fromFile(ctx context.Context, s *setup.Setup) error {
	file, err := readAnswers(o.answers)
	if err != nil {
		return err
	}
	var names []string
	for _, section := range setup.Sections() {
		names = append(names, string(section))
	}
	if err := file.OnlyUnder(names); err != nil {
		return err
	}
	failed := false
	for _, section := range inTurn() {
		part := file.Under(string(section))
		if part == nil {
			continue
		}
		o.screen().Title(section.Title())
		err := o.fill(ctx, s, section, part)
		if errors.Is(err, answers.ErrTestFailed) {
			failed = true
		} else if err != nil {
			return err
		}
	}
	if failed {
		return o.state(ctx, s, errStatus(statusNotSo))
	}
	return o.state(ctx, s, nil)
}

// inTurn are the sections in an order in which each has what it needs: the gates of
// mail routing ask what the others have found.
func inTurn() []setup.Section {
	rest := slices.DeleteFunc(setup.Sections(), func(s setup.Section) bool { return s == setup.Routing })
	return append(rest, setup.Routing)
}

// fill goes through a section with the answers of a file.
func (o *domainSetup) fill(ctx context.Context, s *setup.Setup, section setup.Section, file *answers.File) error {
	d, err := s.Open(ctx, o.domain)
	if err != nil {
		return err
	}
	if err := file.Without(setup.KeySteps).Check(s.Flow(d, section), o.passwordStdin || o.keyboard().IsTerminal()); err != nil {
		return err
	}
	j, err := s.Journey(ctx, d, section)
	if err != nil {
		return err
	}
	first := j.Flow().Pages(j.Answers())[0].ID
	for j.View().Page.ID != first && j.Back() { // the file answers from the beginning
	}
	_, why := answers.Walk(ctx, j, answers.Filled{File: file, Secret: func(f page.FieldView) (secret.Secret, error) {
		return o.password(ctx, f.Label)
	}}, o.screen(), o.errScreen())
	if err := o.keep(s, section, j); err != nil {
		return err
	}
	return why
}

// again looks again at every section that can be looked at without a question.
func (o *domainSetup) again(ctx context.Context, s *setup.Setup) error {
	d, err := s.Open(ctx, o.domain)
	if err != nil {
		return err
	}
	looked, failed := false, false
	for _, section := range setup.Sections() {
		suite := s.Look(d, section)
		if suite == nil {
			continue
		}
		looked = true
		o.screen().Title(section.Title())
		rows := o.screen().Rows(suite.Rows)
		report := suite.Run(ctx, rows.Show)
		o.screen().Status("")
		o.screen().Diagnosis(report)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := s.Looked(ctx, o.domain, section, report); err != nil {
			return err
		}
		failed = failed || report.Verdict() == check.Fail
	}
	switch {
	case !looked:
		return notSo(fmt.Sprintf(`"fairleadctl setup %s" begins.`, o.domain), "nothing of %s is set up yet that could be looked at", o.domain)
	case failed:
		return o.state(ctx, s, errStatus(statusNotSo))
	}
	return o.state(ctx, s, nil)
}

// template prints an answers file to fill in, of every section or of one.
func (o *domainSetup) template(s *setup.Setup, d *setup.Domain) error {
	var flows []page.Flow
	for _, section := range inTurn() {
		if o.section == "" || o.section == string(section) {
			flows = append(flows, s.Flow(d, section))
		}
	}
	var text bytes.Buffer
	if err := answers.Template(&text, "fairleadctl setup "+o.domain, flows...); err != nil {
		return err
	}
	return o.printAnswersFile(&text)
}
