package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/connectors"
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
	if len(c.Attachments) > 0 { // before anybody is asked
		return connectors.Attached(c)
	}
	what := c.Name
	if c.Credential.Key != "" {
		what += " and its password"
	}
	question := "Delete " + what + "? It cannot be brought back."
	if err := o.confirm(ctx, o.yes, fmt.Sprintf("deleting %q", c.Name), question, "nothing was deleted"); err != nil {
		return err
	}
	if err := w.Delete(ctx, c); err != nil {
		return err
	}
	object := deletedJSON{Deleted: c.Name}
	list, err := w.CleanUps().Get(ctx, c.ID)
	if err != nil && !errors.Is(err, connectors.ErrNotFound) {
		return err
	}
	for _, item := range list.Items {
		object.CleanUp = append(object.CleanUp, item.ID)
	}
	o.give(object)
	if c.Credential.Key == "" || c.Credential.Session {
		o.screen().Text("Deleted: %s", c.Name)
	} else {
		o.screen().Text("Deleted: %s. Its %s was taken out of %s.", c.Name, strings.ToLower(w.SecretName(c)), c.Credential.Keyring)
	}
	if c.Replaced {
		if by, err := w.Keeper.Successor(ctx, c); err == nil {
			o.screen().Text("“%s” has its place. Its name is free now:", by.Name)
			o.screen().Line("    %s", strings.TrimSpace(fmt.Sprintf("fairleadctl edit %q --name %q %s", by.Name, c.Name, o.flags())))
		}
	}
	if len(object.CleanUp) > 0 {
		o.screen().Blank()
		o.screen().Text("Outside, this is still there:")
		o.showList(list)
		o.screen().Text("“%s” shows it until all is done.", strings.TrimSpace("fairleadctl cleanup "+fmt.Sprintf("%q", c.Name)+" "+o.flags()))
	}
	return nil
}

// deletedJSON is the object of "delete".
type deletedJSON struct {
	Deleted string   `json:"deleted"`
	CleanUp []string `json:"cleanUp,omitempty"` // the items that "cleanup" lists
}
