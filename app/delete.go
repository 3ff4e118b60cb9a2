package app

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"fairlead/connectors"
)

// deleteConnector asks, naming what goes, and deletes. One that is attached is
// refused with the names of what uses it.
func (a *App) deleteConnector(c connectors.Connector, done func()) {
	if len(c.Attachments) > 0 {
		a.showTrouble(attached(a, c))
		return
	}
	lines := []fyne.CanvasObject{
		detailLine("Connector", c.Name),
		detailLine("Tenant", c.Tenant),
	}
	if c.Credential.Key != "" {
		lines = append(lines, detailLine("Password in", credentialPlace(c.Credential)))
	}
	text := "The record, its last report and its password go. Nothing changes on the server or in the services: " +
		"a list says what to take away there. This cannot be undone."
	a.confirm(confirmation{
		Title: "Delete this connector?", Lines: lines, Verb: "Delete", Stay: "Keep it", Text: text,
		Then: func() {
			here := a.here()
			work(a, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, a.world.Delete(ctx, c)
			}, func(_ struct{}, err error) {
				if here() && (err == nil || errors.Is(err, connectors.ErrSecretLeft)) {
					done()
				}
				if errors.Is(err, connectors.ErrSecretLeft) {
					a.showTrouble(explain("The connector is deleted, its password not yet", err))
					return
				}
				if err != nil {
					a.showTrouble(explain("The connector was not deleted", err))
				}
			})
		},
	})
}

// attached says what uses a connector.
func attached(a *App, c connectors.Connector) trouble {
	t := explain("The connector is in use", connectors.Attached(c))
	for _, use := range c.Attachments {
		t.Details += fmt.Sprintf("%s: %s\n", a.world.Catalogue.Names([]string{use.Service})[0], use.Task)
	}
	return t
}

// deleteDraft asks and deletes a draft.
func (a *App) deleteDraft(d connectors.Draft, done func()) {
	a.confirm(confirmation{
		Title: "Delete this draft?", Verb: "Delete draft", Stay: "Keep it",
		Text:  "The answers given so far go. No connector and no password is touched.",
		Lines: []fyne.CanvasObject{detailLine("Draft", d.Title), detailLine("Saved", dateTime(d.Updated))},
		Then: func() {
			here := a.here()
			work(a, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, a.world.Keeper.Registry.DeleteDraft(ctx, d.ID)
			}, func(_ struct{}, err error) {
				if err != nil {
					a.showTrouble(explain("The draft was not deleted", err))
					return
				}
				a.forgetWait(d.ID)
				if here() {
					done()
				}
			})
		},
	})
}
