package workspace

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/providers/microsoft365"
	"fairlead/secret"
	"fairlead/wizard"
	"fairlead/wizard/page"
	"fairlead/wizard/rotate"
)

// Rotation is the journey that gives a connector a new secret. A connector that
// has none to change comes back as a [*connectors.RuleError].
func (w *Workspace) Rotation(c connectors.Connector) (page.Flow, error) {
	return w.rotation(c, c.Credential.Missing())
}

func (w *Workspace) rotation(c connectors.Connector, missing bool) (page.Flow, error) {
	if c.Credential.None() {
		return page.Flow{}, &connectors.RuleError{
			Rule: "no-secret", Reason: fmt.Sprintf("%q keeps no password or key, so that there is none to change.", c.Name),
			Hint: "The consent or the delegation is what it works with.",
		}
	}
	p := w.Provider(c.Provider)
	if p == nil {
		return page.Flow{}, w.noProvider(c)
	}
	r := &rotate.Rotate{
		Connector: c, Keeper: w.Keeper, Key: w.KeyOf(c), Missing: missing, Settings: w.Settings(c),
		Read: func(given secret.Secret) (secret.Secret, error) { return w.ReadKey(c, given) },
		Test: func(s secret.Secret) (*check.Suite, error) {
			suite, err := p.Test(w.Env, c.Settings, s, providers.TestOptions{})
			if err != nil {
				return nil, err
			}
			return w.logged(c, suite), nil
		},
	}
	flow := r.Flow()
	flow.Say = w.translation.Say
	return flow, nil
}

func (w *Workspace) noProvider(c connectors.Connector) error {
	return fmt.Errorf("this version of Fairlead has no provider %q, which %s needs", c.Provider, c.Name)
}

// replace is the wizard that makes a connector in the place of another.
func (w *Workspace) replace(old connectors.Connector) page.Flow {
	n := wizard.NewConnector{Catalogue: w.Catalogue, Providers: w.Providers, Env: w.Env, Keeper: w.Keeper, Team: w.Team, Replaces: &old}
	n.Env.Registered = func(ctx context.Context, provider, tenant string, services ...string) error {
		return w.Keeper.CheckPlace(ctx, connectors.Connector{Provider: provider, Tenant: tenant, Services: services, Replaces: old.ID})
	}
	flow := n.Flow()
	flow.Say = w.translation.Say
	return flow
}

// Replace begins the wizard that makes a connector in the place of another one,
// filled in from it.
func (w *Workspace) Replace(old connectors.Connector) *page.Journey {
	answers := w.answers(old)
	answers[wizard.KeyReplaces], answers[wizard.KeyName] = old.ID, old.Name+" (new)"
	return page.Start(w.replace(old)).Follow(page.Follow{Preset: answers})
}

// Answered is the wizard with the answers that make a connector like this one, to be
// written as a file of answers.
func (w *Workspace) Answered(c connectors.Connector) *page.Journey {
	answers := w.answers(c)
	if c.Provider == microsoft365.ID {
		answers["microsoft365.granted"] = true // it was, for this one
	}
	return page.Start(w.NewConnector()).Follow(page.Follow{Preset: answers})
}

// answers are those that a connector comes from, as far as it tells of them.
func (w *Workspace) answers(c connectors.Connector) page.Changes {
	answers := page.Changes{
		wizard.KeyServices: c.Services, wizard.KeyProvider: c.Provider, wizard.KeyName: c.Name, wizard.KeyDescription: c.Description,
	}
	if p, ok := w.Provider(c.Provider).(providers.Prefills); ok {
		maps.Copy(answers, p.Prefill(c.Settings))
	}
	return answers
}

// Delete deletes a connector, and keeps the list of what stays behind outside.
// Errors are those of the keeper's Delete; the list is kept with an
// [connectors.ErrSecretLeft] too.
func (w *Workspace) Delete(ctx context.Context, c connectors.Connector) error {
	list, err := w.leaves(ctx, c)
	if err != nil {
		return err
	}
	if err := w.CleanUps().Begin(ctx, list); err != nil {
		return err
	}
	err = w.Keeper.Delete(ctx, c.ID)
	if _, rule := errors.AsType[*connectors.RuleError](err); rule || errors.Is(err, connectors.ErrNotFound) {
		return errors.Join(err, w.CleanUps().Forget(ctx, c.ID))
	}
	return err
}

// ErrNotRenamed says that a connector is deleted, and that the one which took its
// place has still the name that it had.
var ErrNotRenamed = errors.New("the connector that took its place is not renamed")

// DeleteReplaced deletes a connector and gives the one that took its place a name,
// such as that of the old one. Where that one has no id, or the name already, it
// only deletes. A name that will not do is refused before anything is deleted.
func (w *Workspace) DeleteReplaced(ctx context.Context, old, by connectors.Connector, name string) error {
	if by.ID == "" || connectors.Key(name) == connectors.Key(by.Name) {
		return w.Delete(ctx, old)
	}
	if connectors.Key(name) != connectors.Key(old.Name) {
		if err := w.Keeper.CheckName(ctx, name); err != nil {
			return err
		}
	}
	deleted := w.Delete(ctx, old)
	if deleted != nil && !errors.Is(deleted, connectors.ErrSecretLeft) {
		return deleted
	}
	if err := w.Keeper.Edit(ctx, by.ID, name, by.Description, by.Version); err != nil {
		return errors.Join(deleted, fmt.Errorf("%w: %w", ErrNotRenamed, err))
	}
	return deleted
}
