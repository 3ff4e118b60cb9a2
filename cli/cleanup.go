package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/workspace"
	"fairlead/workspace/cleanup"
)

// cleaning is "cleanup [NAME]".
type cleaning struct {
	*program
	done, undone []string
	all, force   bool
	path         string
}

func newCleanup(p *program) *cobra.Command {
	o := &cleaning{program: p}
	cmd := &cobra.Command{
		Use:   "cleanup [NAME]",
		Short: "List what deleted connectors have left behind outside, and tick it off",
		Long: `Deleting a connector changes nothing outside: permissions, roles and rules stay. List
what is still to be taken away, with the way to it and the command; tick off what is
done; write the list, or without a name all of them, to a file for whoever does it. A
connector is listed until all of it is done. What another connector rests on has to
stay: the list names that one, and tells how to take it away once nothing does. The
name of a connector that is not deleted yet shows what would stay.`,
		Example: `  fairleadctl cleanup
  fairleadctl cleanup "Head office" --done firewall --done basic
  fairleadctl cleanup "Head office" --export cleanup.md
  fairleadctl cleanup --export cleanup.html`,
		Args: upTo(1, "the name of a connector"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.with(cmd, func(ctx context.Context, w *workspace.Workspace) error { return o.run(ctx, w, args) })
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&o.done, "done", nil, "tick off this `item`; may be given several times")
	flags.StringArrayVar(&o.undone, "not-done", nil, "take the tick off this `item` again")
	flags.BoolVar(&o.all, "all", false, "list those of which all is done, too")
	flags.StringVar(&o.path, "export", "", "write the list to this `file`; its ending says how: .md or .html")
	forceFlag(cmd, &o.force)
	return cmd
}

func (o *cleaning) run(ctx context.Context, w *workspace.Workspace, args []string) error {
	if len(args) == 0 {
		if len(o.done)+len(o.undone) > 0 {
			return badInput("Add the name of the connector.", "--done and --not-done are about one connector")
		}
		return o.listAll(ctx, w)
	}
	list, err := o.find(ctx, w, args[0])
	if err != nil {
		return err
	}
	for _, tick := range []struct {
		items []string
		done  bool
	}{{o.done, true}, {o.undone, false}} {
		for _, item := range tick.items {
			if list, err = w.CleanUps().Tick(ctx, list.ID, item, tick.done); err != nil {
				return unknownItem(err, list)
			}
		}
	}
	o.give(list)
	if o.path != "" {
		return o.export(list)
	}
	o.showList(list)
	if list.Open() == 0 {
		o.screen().Text("All of it is done. %s is listed no longer.", list.Connector)
	}
	return nil
}

func (o *cleaning) listAll(ctx context.Context, w *workspace.Workspace) error {
	all, err := w.CleanUps().All(ctx, o.all)
	if err != nil {
		return err
	}
	o.give(struct {
		CleanUps []cleanup.Checklist `json:"cleanUps"`
	}{append([]cleanup.Checklist{}, all...)})
	if len(all) == 0 {
		o.screen().Text("Nothing is left to clean up.")
		return nil
	}
	if o.path != "" {
		return o.export(all...)
	}
	for _, list := range all {
		o.showList(list)
	}
	return nil
}

// find returns the list of a deleted connector by its name, the one that was
// deleted last; or, unless something is to be ticked off, what one that is still
// there would leave.
func (o *cleaning) find(ctx context.Context, w *workspace.Workspace, name string) (cleanup.Checklist, error) {
	all, err := w.CleanUps().All(ctx, true)
	if err != nil {
		return cleanup.Checklist{}, err
	}
	var found cleanup.Checklist
	for _, list := range all {
		if (connectors.Key(list.Connector) == connectors.Key(name) || list.ID == name) && list.Deleted.After(found.Deleted) {
			found = list
		}
	}
	if found.ID != "" {
		return found, nil
	}
	c, err := w.Keeper.Find(ctx, name)
	if errors.Is(err, connectors.ErrNotFound) {
		return found, notSo(`"fairleadctl cleanup --all" lists what there is.`, "no connector called %q was deleted, or it left nothing behind", name)
	}
	if err != nil {
		return found, err
	}
	if len(o.done)+len(o.undone) > 0 {
		return found, notSo("Delete it first.", "%q is still in use, so that nothing can be ticked off", c.Name)
	}
	list, err := w.CleanUp(ctx, c)
	if err != nil {
		return found, err
	}
	o.asking().Text("%s is still there. Once it is deleted, this stays outside:", c.Name)
	return list, nil
}

func unknownItem(err error, list cleanup.Checklist) error {
	rule, ok := errors.AsType[*connectors.RuleError](err)
	if !ok {
		return err
	}
	var ids []string
	for _, item := range list.Items {
		ids = append(ids, item.ID)
	}
	return badInput("The items are "+strings.Join(ids, ", ")+".", "%s", rule.Reason)
}

func (o *cleaning) export(lists ...cleanup.Checklist) error {
	data, err := cleanup.File(o.path, lists)
	if errors.Is(err, cleanup.ErrEnding) {
		return badInput("Name the file like cleanup.md or cleanup.html.", "--export: %v", err)
	}
	if err != nil {
		return err
	}
	if err := newFile(o.path, o.force, func(out io.Writer) error { _, err := out.Write(data); return err }); err != nil {
		return err
	}
	if len(lists) == 1 {
		o.screen().Text("The list is in %s.", o.path)
	} else {
		o.screen().Text("The lists of %d connectors are in %s.", len(lists), o.path)
	}
	return nil
}

// showList shows what a connector has left behind.
func (p *program) showList(list cleanup.Checklist) {
	s := p.screen()
	s.Title(list.Connector)
	if whose := list.Whose(); whose != "" {
		s.Text("%s", whose)
	}
	for _, item := range list.Items {
		if item.Done != nil {
			s.Say(check.Pass, "%s (%s): done by %s, %s", item.Title, item.ID, item.Done.By, when(item.Done.At))
			continue
		}
		state := check.Skip
		if item.Keep != "" {
			state = check.Warn
		}
		s.Say(state, "%s (%s)", item.Title, item.ID)
		for _, line := range []string{item.Keep, item.Text, item.Where} {
			if line != "" {
				s.Indented("    ", "    ", line)
			}
		}
		if item.Link != "" {
			s.Line("      %s", item.Link)
		}
		for line := range strings.Lines(item.Command) {
			s.Line("      %s", strings.TrimRight(line, "\n"))
		}
	}
	s.Blank()
}
