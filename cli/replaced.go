package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/connectors"
	"fairlead/wizard"
	"fairlead/wizard/page"
	"fairlead/workspace"
)

// successor is the connector that has the place of one that was replaced. It has no id where
// there is none, or where that one is gone as well.
func successor(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (connectors.Connector, error) {
	if !c.Replaced {
		return connectors.Connector{}, nil
	}
	by, err := w.Keeper.Successor(ctx, c)
	if errors.Is(err, connectors.ErrNotFound) {
		err = nil
	}
	return by, err
}

// successorJSON is a connector as an object, with the one that has its place.
func successorJSON(ctx context.Context, w *workspace.Workspace, c connectors.Connector) (connectorJSON, error) {
	object := asJSON(c)
	by, err := successor(ctx, w, c)
	if by.ID != "" {
		object.ReplacedBy = &namedJSON{by.ID, by.Name}
	}
	return object, err
}

// placesOf are the names of the connectors that have the places of those that were replaced,
// by the ids of these.
func placesOf(ctx context.Context, w *workspace.Workspace, rows []connectors.Row) (map[string]string, error) {
	names := map[string]string{}
	for _, r := range rows {
		by, err := successor(ctx, w, r.Connector)
		if err != nil {
			return nil, err
		}
		if by.ID != "" {
			names[r.ID] = by.Name
		}
	}
	return names, nil
}

// replacedBy says that a connector was replaced, and by which; the name is empty where that
// one is gone.
func replacedBy(name string) string {
	if name == "" {
		return "It was replaced by another connector, which is gone by now. It works until it is deleted."
	}
	return fmt.Sprintf("“%s” has taken its place. It works until it is deleted.", name)
}

// replaced says in the details of a connector what is left to do where it was replaced.
func (o *show) replaced(c connectors.Connector, by *namedJSON) {
	if !c.Replaced {
		return
	}
	s := o.screen()
	s.Blank()
	if by == nil {
		s.Say(check.Warn, "%s", replacedBy(""))
		return
	}
	s.Say(check.Warn, "%s", replacedBy(by.Name))
	for _, command := range o.handOver(c, by.Name) {
		s.Line("    %s", command)
	}
}

// handOver are the commands that are left once a connector has the place of another: its tasks
// go over first, then it is deleted.
func (p *program) handOver(old connectors.Connector, by string) (commands []string) {
	if len(old.Attachments) > 0 {
		commands = append(commands, p.withFlags(fmt.Sprintf("fairleadctl attach %q --all-of %q", by, old.Name)))
	}
	return append(commands, p.withFlags(fmt.Sprintf("fairleadctl delete %q", old.Name)))
}

// takeOver goes on once a journey has made a connector in the place of another: it asks whether
// the tasks are to go over now, then whether the old one is to be deleted. Where nobody can be
// asked, and for what is declined, it says the commands. The new one is registered, whatever
// comes of the rest.
func (o *create) takeOver(ctx context.Context, w *workspace.Workspace, j *page.Journey, by connectors.Connector, interrupts <-chan struct{}) error {
	id := j.Answers().Text(wizard.KeyReplaces)
	if id == "" {
		return nil
	}
	old, err := w.Keeper.Get(ctx, id)
	if errors.Is(err, connectors.ErrNotFound) {
		return nil // somebody has deleted it meanwhile
	}
	if err != nil {
		return err
	}
	o.give(madeJSON{asJSON(by), o.handOver(old, by.Name)})
	if o.answers == "" && o.keyboard().IsTerminal() && !o.json {
		if old, err = o.askToHandOver(ctx, w, old, by, interrupts); err != nil || old.ID == "" {
			return err
		}
	}
	o.screen().Blank()
	o.screen().Text("What is left to do with “%s”:", old.Name)
	for _, command := range o.handOver(old, by.Name) {
		o.screen().Line("    %s", command)
	}
	return nil
}

// madeJSON is the object of a connector that has taken the place of another.
type madeJSON struct {
	connectorJSON
	Next []string `json:"next"` // the commands that are left to do with the old one
}

// askToHandOver moves the tasks and deletes the old connector, each if somebody wants it. It
// returns the old one as it is then, without an id where it was deleted.
func (o *create) askToHandOver(ctx context.Context, w *workspace.Workspace, old, by connectors.Connector, interrupts <-chan struct{}) (connectors.Connector, error) {
	if n := len(old.Attachments); n > 0 {
		yes, err := o.wants(ctx, fmt.Sprintf("Move its %s to the new one now?", tasks(n)), true, interrupts)
		if err != nil || !yes {
			return old, declined(err)
		}
		moved, err := w.Keeper.MoveAttachments(ctx, old.ID, by.ID)
		if err != nil {
			return old, err
		}
		o.screen().Say(check.Pass, "Moved: %s.", tasks(moved))
		old.Attachments = nil
		if by, err = w.Keeper.Registry.Bare(ctx, by.ID); err != nil { // as it is with them
			return old, err
		}
	}
	d := deletion{old: old, by: by, name: by.Name}
	yes, err := o.wants(ctx, d.question(), false, interrupts)
	if err != nil || !yes {
		return old, declined(err)
	}
	if err := d.askName(ctx, o.program, interrupts); err != nil {
		return old, declined(err)
	}
	object, err := d.run(ctx, o.program, w)
	if err != nil && object.Deleted == "" {
		return old, err
	}
	return connectors.Connector{}, err
}

// declined are errors of a question that was not answered: what it asked for is not done.
func declined(err error) error {
	if errors.Is(err, keyboard.ErrInterrupted) || errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// tasks is a number of tasks in words.
func tasks(n int) string {
	if n == 1 {
		return "1 task"
	}
	return fmt.Sprintf("%d tasks", n)
}

// wants asks a question whose answer is preset.
func (p *program) wants(ctx context.Context, question string, preset bool, interrupts <-chan struct{}) (bool, error) {
	if ask := p.form(); ask != nil {
		p.asking().Blank()
		said, outcome, err := ask.Confirm(ctx, form.Question{Title: question}, preset)
		if outcome == form.Leave && err == nil {
			err = keyboard.ErrInterrupted // a form reads Ctrl-C as a key, not as a signal
		}
		return said && outcome == form.Answered, err
	}
	p.asking().Prompt(question + map[bool]string{true: " [Y/n] ", false: " [y/N] "}[preset])
	answer, err := p.keyboard().Line(ctx, interrupts)
	switch plainWord(answer) {
	case "":
		return preset && err == nil, err
	case "y", "yes":
		return true, err
	}
	return false, err
}
