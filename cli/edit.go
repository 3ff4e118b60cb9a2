package cli

import (
	"context"

	"github.com/spf13/cobra"
)

// edit is "edit NAME".
type edit struct {
	*program
	old               string
	name, description *string // nil leaves it as it is
}

func newEdit(p *program) *cobra.Command {
	o := &edit{program: p}
	var name, description string
	cmd := &cobra.Command{
		Use:   "edit NAME",
		Short: "Change a connector's name or description",
		Long: `Change the name or the description of a connector. Nothing else can be changed:
for anything else, "fairleadctl new --instead-of NAME" makes another one in its place.`,
		Example: `  fairleadctl edit "Exchange, example.com" --name "Head office"
  fairleadctl edit "Head office" --description "Looked after by the mail team"`,
		Args:              arguments(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			o.old = args[0]
			if cmd.Flags().Changed("name") {
				o.name = &name
			}
			if cmd.Flags().Changed("description") {
				o.description = &description
			}
			return o.run(ctx)
		},
	}
	cmd.Flags().StringVar(&name, "name", "", "the new `name`")
	cmd.Flags().StringVar(&description, "description", "", "the new description; an empty one takes it out")
	return cmd
}

func (o *edit) run(ctx context.Context) (err error) {
	if o.name == nil && o.description == nil {
		return badInput("Give --name, --description or both.", "nothing is to be changed")
	}
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	c, err := find(ctx, w, o.old)
	if err != nil {
		return err
	}
	if o.name != nil {
		c.Name = *o.name
	}
	if o.description != nil {
		c.Description = *o.description
	}
	if err := w.Keeper.Edit(ctx, c.ID, c.Name, c.Description, c.Version); err != nil {
		return err
	}
	if c, err = w.Keeper.Get(ctx, c.ID); err != nil {
		return err
	}
	o.give(asJSON(c))
	o.screen().Text("Changed: %s", c.Name)
	return nil
}
