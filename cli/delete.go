package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
)

// remove is "delete NAME".
type remove struct {
	*program
	name string
	yes  bool
}

func newDelete(p *program) *cobra.Command {
	o := &remove{program: p}
	cmd := &cobra.Command{
		Use:   "delete NAME",
		Short: "Delete a connector and its password",
		Long: `Delete a connector and take its password out of the keyring. A connector that a
service uses cannot be deleted. It cannot be brought back.`,
		Example:           "  fairleadctl delete \"Head office\"\n  fairleadctl delete \"Head office\" --yes",
		Args:              arguments(1, "the name of a connector"),
		ValidArgsFunction: p.completeNames,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			o.name = args[0]
			return o.run(ctx)
		},
	}
	cmd.Flags().BoolVarP(&o.yes, "yes", "y", false, "do not ask")
	return cmd
}

func (o *remove) run(ctx context.Context) (err error) {
	w, err := o.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	c, err := find(ctx, w, o.name)
	if err != nil {
		return err
	}
	what := c.Name
	if c.Credential.Key != "" {
		what += " and its password"
	}
	question := "Delete " + what + "? It cannot be brought back."
	if err := o.confirm(ctx, o.yes, fmt.Sprintf("deleting %q", c.Name), question, "nothing was deleted"); err != nil {
		return err
	}
	if err := w.Keeper.Delete(ctx, c.ID); err != nil {
		return err
	}
	o.give(struct {
		Deleted string `json:"deleted"`
	}{c.Name})
	if c.Credential.Key == "" || c.Credential.Session {
		o.screen().Text("Deleted: %s", c.Name)
	} else {
		o.screen().Text("Deleted: %s. Its password was taken out of %s.", c.Name, c.Credential.Keyring)
	}
	if left := w.CleanUp(c); left != "" {
		o.screen().Text("%s", left)
	}
	return nil
}
