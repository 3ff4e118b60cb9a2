package app

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/workspace"
)

// deleteConnector asks, naming what goes, and deletes. One that is attached is
// refused with the names of what uses it.
func (a *App) deleteConnector(c connectors.Connector, done func()) {
	if len(c.Attachments) > 0 {
		a.showTrouble(attached(a, c))
		return
	}
	if !c.Replaced {
		a.confirmDelete(c, connectors.Connector{}, done)
		return
	}
	here := a.here()
	work(a, func(ctx context.Context) (by connectors.Connector, err error) {
		if by, err = a.world.Keeper.Successor(ctx, c); errors.Is(err, connectors.ErrNotFound) {
			err = nil // gone as well
		}
		return by, err
	}, func(by connectors.Connector, err error) {
		switch {
		case err != nil:
			a.showTrouble(explain("The connector was not deleted", err))
		case here():
			a.confirmDelete(c, by, done)
		}
	})
}

// confirmDelete asks and deletes. by has taken the connector's place, and may have
// its name then; it has no id where there is none.
func (a *App) confirmDelete(c, by connectors.Connector, done func()) {
	lines := []fyne.CanvasObject{
		detailLine("Connector", c.Name),
		detailLine("Tenant", c.Tenant),
	}
	if c.Credential.Key != "" {
		lines = append(lines, detailLine(a.world.SecretName(c)+" in", credentialPlace(c.Credential)))
	}
	name := kit.NewEntry()
	if by.ID != "" {
		name.Fill(c.Name)
		lines = append(lines, kit.Inset(kit.Gap2, 0, 0, 0, kit.NewField("Name of the one that takes its place", "",
			"It is called “"+by.Name+"” until then. It keeps that name if you type it here.", name).Box))
	}
	goes := "The record and its last report go."
	if c.Credential.Key != "" {
		goes = "The record, its last report and its " + strings.ToLower(a.world.SecretName(c)) + " go."
	}
	text := goes + " Nothing changes on the server or in the services: a list says what to take away there. This cannot be undone."
	a.confirm(confirmation{
		Title: "Delete this connector?", Lines: lines, Verb: "Delete", Stay: "Keep it", Text: text,
		Then: func() {
			here := a.here()
			work(a, func(ctx context.Context) (struct{}, error) {
				return struct{}{}, a.world.DeleteReplaced(ctx, c, by, name.Text)
			}, func(_ struct{}, err error) {
				if here() && (err == nil || errors.Is(err, connectors.ErrSecretLeft) || errors.Is(err, workspace.ErrNotRenamed)) {
					done()
				}
				if errors.Is(err, workspace.ErrNotRenamed) {
					a.showTrouble(explain("The connector is deleted, the other one not renamed", err))
					return
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
	t := trouble{
		What: "The connector is in use", Cause: "A connector that a service task uses cannot be deleted.",
		Do:   "End the task in the service first, then take it out of the connector's tasks.",
		Verb: "Show the tasks", Then: func() { a.showTasks(c.ID) },
	}
	t.Details = usedBy(a, []connectors.Connector{c})
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
