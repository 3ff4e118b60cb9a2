package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/connectors"
	"fairlead/workspace"
	"fairlead/workspace/cleanup"
)

// remove is "delete NAME…".
type remove struct {
	*program
	names    []string
	yes      bool
	passName bool
}

func newDelete(p *program) *cobra.Command {
	o := &remove{program: p}
	cmd := &cobra.Command{
		Use:   "delete NAME…",
		Short: "Delete connectors and their passwords",
		Long: `Delete connectors and take their passwords out of the keyring. A connector that a
service uses cannot be deleted; where one of several is used, none is. They cannot be
brought back.

The name of one that was replaced is free then. At a terminal it is asked whether the
one in its place is to have it; --pass-name-on says so beforehand.`,
		Example: `  fairleadctl delete "Head office"
  fairleadctl delete "Head office" --yes --pass-name-on
  fairleadctl delete "Head office" "Branch" --yes --json`,
		Args: func(cmd *cobra.Command, args []string) error {
			return arguments(max(len(args), 1), "the name of a connector")(cmd, args)
		},
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.names = args
			return o.with(cmd, o.run)
		},
	}
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask")
	cmd.Flags().BoolVar(&o.passName, "pass-name-on", false, "give the name to the connector that has taken the place")
	return cmd
}

func (o *remove) run(ctx context.Context, w *workspace.Workspace) error {
	deletions, err := o.look(ctx, w)
	if err != nil {
		return err
	}
	doing, question := fmt.Sprintf("deleting %q", deletions[0].old.Name), deletions[0].question()
	if n := len(deletions); n > 1 {
		doing = fmt.Sprintf("deleting %d connectors", n)
		for _, d := range deletions {
			o.asking().Indented("  ", "    ", d.what())
		}
		question = fmt.Sprintf("Delete these %d connectors? They cannot be brought back.", n)
	}
	if err := o.confirm(ctx, o.yes, doing, question, "nothing was deleted"); err != nil {
		return err
	}
	for _, d := range deletions {
		switch {
		case o.passName && d.by.ID != "":
			d.name = d.old.Name
		case !o.yes:
			if err := d.askName(ctx, o.program, nil); err != nil {
				return err
			}
		}
	}
	all := make([]deletedJSON, 0, len(deletions))
	for _, d := range deletions {
		object, err := d.run(ctx, o.program, w)
		if object.Deleted != "" {
			all = append(all, object)
		}
		if err != nil && len(all) > 0 && len(deletions) > 1 {
			err = fmt.Errorf("%w (deleted: %d of %d)", err, len(all), len(deletions))
		}
		if err != nil {
			return err
		}
	}
	if len(all) == 1 {
		o.give(all[0])
	} else {
		o.give(allDeletedJSON{all})
	}
	return nil
}

// look finds the connectors, each once, and refuses before anybody is asked.
func (o *remove) look(ctx context.Context, w *workspace.Workspace) (deletions []*deletion, err error) {
	for _, name := range o.names {
		c, err := find(ctx, w, name)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(deletions, func(d *deletion) bool { return d.old.ID == c.ID }) {
			continue
		}
		if len(c.Attachments) > 0 {
			return nil, connectors.Attached(c)
		}
		by, err := successor(ctx, w, c)
		if err != nil {
			return nil, err
		}
		deletions = append(deletions, &deletion{old: c, by: by, name: by.Name})
	}
	return deletions, nil
}

// deletion is one connector that is to be deleted.
type deletion struct {
	old  connectors.Connector
	by   connectors.Connector // that has its place; without an id where there is none
	name string               // that by has afterwards
}

// what is what goes.
func (d *deletion) what() string {
	if d.old.Credential.Key != "" {
		return d.old.Name + " and its password"
	}
	return d.old.Name
}

func (d *deletion) question() string { return "Delete " + d.what() + "? It cannot be brought back." }

// askName asks whether the connector that has the place is to have the name as well.
func (d *deletion) askName(ctx context.Context, p *program, interrupts <-chan struct{}) error {
	if d.by.ID == "" || !p.keyboard().IsTerminal() {
		return nil
	}
	yes, err := p.wants(ctx, fmt.Sprintf("Call “%s” “%s” then?", d.by.Name, d.old.Name), true, interrupts)
	if yes {
		d.name = d.old.Name
	}
	return err
}

// run deletes and says what is left outside. The object names the connector as soon as it is
// deleted, also where something else went wrong.
func (d *deletion) run(ctx context.Context, p *program, w *workspace.Workspace) (object deletedJSON, err error) {
	gone := w.DeleteReplaced(ctx, d.old, d.by, d.name)
	if gone != nil && !errors.Is(gone, workspace.ErrNotRenamed) {
		return object, gone
	}
	object.Deleted = d.old.Name
	list, err := w.CleanUps().Get(ctx, d.old.ID)
	if err != nil && !errors.Is(err, connectors.ErrNotFound) {
		return object, err
	}
	for _, item := range list.Items {
		object.CleanUp = append(object.CleanUp, item.ID)
	}
	if gone == nil && d.by.ID != "" && d.name != d.by.Name {
		object.Renamed = d.by.Name
	}
	d.say(p, w, object, list)
	return object, gone
}

// say says what was done, and what is still there outside.
func (d *deletion) say(p *program, w *workspace.Workspace, object deletedJSON, list cleanup.Checklist) {
	s := p.screen()
	if key := d.old.Credential; key.Key == "" || key.Session {
		s.Text("Deleted: %s", d.old.Name)
	} else {
		s.Text("Deleted: %s. Its %s was taken out of %s.", d.old.Name, strings.ToLower(w.SecretName(d.old)), key.Keyring)
	}
	switch {
	case object.Renamed != "":
		s.Text("“%s” has its place, and is called “%s” now.", object.Renamed, d.name)
	case d.by.ID != "" && connectors.Key(d.by.Name) != connectors.Key(d.old.Name):
		s.Text("“%s” has its place. Its name is free now:", d.by.Name)
		s.Line("    %s", p.withFlags(fmt.Sprintf("fairleadctl edit %q --name %q", d.by.Name, d.old.Name)))
	}
	if len(object.CleanUp) > 0 {
		s.Blank()
		s.Text("Outside, this is still there:")
		p.showList(list)
		s.Text("“%s” shows it until all is done.", p.withFlags(fmt.Sprintf("fairleadctl cleanup %q", d.old.Name)))
	}
}

// deletedJSON is the object of "delete" with one name.
type deletedJSON struct {
	Deleted string   `json:"deleted"`
	CleanUp []string `json:"cleanUp,omitempty"` // the items that "cleanup" lists
	Renamed string   `json:"renamed,omitempty"` // the connector that has the name now, as it was called
}

// allDeletedJSON is the object of "delete" with several.
type allDeletedJSON struct {
	Connectors []deletedJSON `json:"connectors"`
}
