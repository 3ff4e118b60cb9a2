package transfer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/google/uuid"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
)

// Run takes in what the plan names, but what it refuses. One that is cut short
// goes on with a new plan. A connector that somebody has changed since the plan
// was made is left as it is: the error is a [*connectors.ChangedError].
func (p *Plan) Run(ctx context.Context) error {
	for _, r := range p.New {
		if err := p.register(ctx, r); err != nil {
			return fmt.Errorf("take in %q: %w", r.Name, err)
		}
	}
	for _, d := range p.Different {
		if err := p.change(ctx, d); err != nil {
			return fmt.Errorf("change %q: %w", d.Here.Name, err)
		}
	}
	for _, r := range p.Unchanged {
		if err := p.follow(ctx, p.here[connectors.Key(r.Name)], r.Reports); err != nil {
			return fmt.Errorf("take in the reports of %q: %w", r.Name, err)
		}
	}
	if !p.target.Restore {
		return nil
	}
	return p.rest(ctx)
}

// rest takes in what is no connector.
func (p *Plan) rest(ctx context.Context) error {
	registry := p.target.Keeper.Registry
	for _, d := range p.Drafts {
		d.Answers = compact(d.Answers)
		if err := registry.SaveDraft(ctx, d); err != nil {
			return fmt.Errorf("restore the draft %q: %w", d.Title, err)
		}
	}
	for _, d := range p.Documents {
		d.Content = compact(d.Content)
		if _, err := registry.SaveDocument(ctx, d); err != nil {
			return fmt.Errorf("restore %q: %w", d.Title, err)
		}
	}
	if len(p.File.Events) == 0 {
		return nil
	}
	return registry.AddEvents(ctx, p.File.Events)
}

// register adds a connector without a secret. Where the program ends in between,
// [connectors.Keeper.Recover] finishes or undoes it.
func (p *Plan) register(ctx context.Context, r Record) error {
	c, err := p.prepared(ctx, r)
	if err != nil {
		return err
	}
	registry := p.target.Keeper.Registry
	i := connectors.Intent{ID: c.ID, Kind: connectors.IntentRegister, Connector: c, Created: p.now(), PID: os.Getpid()}
	if err := registry.Intend(ctx, i); err != nil {
		return err
	}
	if err := registry.Commit(ctx, i, p.event(connectors.EventImported, p.words())); err != nil {
		return errors.Join(err, registry.Clear(context.WithoutCancel(ctx), i.ID))
	}
	c.Attachments = nil
	for _, a := range r.Attachments {
		if err := registry.Attach(ctx, c.ID, a, connectors.Event{}); err != nil {
			return err
		}
	}
	return p.follow(ctx, c, r.Reports)
}

// words say where a connector comes from.
func (p *Plan) words() string {
	from := "from a file"
	if p.target.Restore {
		from = "from a backup"
	}
	if p.File.Made.IsZero() {
		return from
	}
	return from + " of " + p.File.Made.Format(time.DateOnly)
}

// prepared is a record as it is registered here.
func (p *Plan) prepared(ctx context.Context, r Record) (connectors.Connector, error) {
	c := r.Connector
	c.Attachments, c.LastTest = nil, nil
	if c.ID == "" {
		c.ID = uuid.NewString()
	}
	if c.Created.IsZero() {
		c.Created = p.now()
	}
	if c.Updated.IsZero() {
		c.Updated = c.Created
	}
	c.Version = max(c.Version, 1)
	var err error
	c.Credential, err = p.credential(ctx, c)
	return c, err
}

// credential says where a connector's secret is, as seen from here.
func (p *Plan) credential(ctx context.Context, c connectors.Connector) (connectors.Credential, error) {
	missing := c.Credential
	missing.Key, missing.Session, missing.Holder = "", false, cmp.Or(missing.Holder, connectors.UnknownHolder)
	switch {
	case c.Credential.Missing(), c.Credential.Key == "" && c.Provider == "exchange":
		return missing, nil
	case c.Credential.Key == "":
		return connectors.Credential{}, nil
	case !p.target.Restore || c.Credential.Session:
		return missing, nil
	}
	_, err := p.target.Keeper.Secret(ctx, c)
	switch {
	case err == nil:
		return c.Credential, nil
	case !errors.Is(err, keyring.ErrNotFound) && !errors.Is(err, keyring.ErrUnavailable):
		return missing, fmt.Errorf("look for its secret: %w", err)
	case p.target.Team && c.Credential.Holder != p.target.Keeper.Holder:
		return c.Credential, nil
	}
	return missing, nil
}

// change edits a connector that is here, and adds its attachments and reports.
func (p *Plan) change(ctx context.Context, d Different) error {
	keeper := p.target.Keeper
	if len(d.Changes) > 0 {
		if err := keeper.Edit(ctx, d.Here.ID, d.Name, d.Description, d.Here.Version); err != nil {
			return err
		}
	}
	for _, a := range d.Added {
		if err := keeper.Attach(ctx, d.Here.ID, a); err != nil {
			return err
		}
	}
	return p.follow(ctx, d.Here, d.Reports)
}

// follow adds reports to a connector's, unless it was tested here since.
func (p *Plan) follow(ctx context.Context, c connectors.Connector, reports []check.Report) error {
	registry := p.target.Keeper.Registry
	there, err := registry.Reports(ctx, c.ID)
	if err != nil || len(without(there, reports)) > 0 {
		return err
	}
	for _, report := range slices.Backward(without(reports, there)) { // the oldest first
		c.LastTest = &report
		c.Platform = report.Facts["platform"]
		if err := registry.RecordTest(ctx, c, connectors.Event{}); err != nil {
			return err
		}
	}
	return nil
}

// without returns the reports that are not among others.
func without(reports, others []check.Report) []check.Report {
	return slices.DeleteFunc(slices.Clone(reports), func(r check.Report) bool {
		return slices.ContainsFunc(others, func(other check.Report) bool { return other.Started.Equal(r.Started) })
	})
}

func (p *Plan) event(kind connectors.EventKind, detail string) connectors.Event {
	return connectors.NewEvent(kind, p.target.Keeper.Holder, p.now(), detail)
}

func (p *Plan) now() time.Time {
	if now := p.target.Keeper.Now; now != nil {
		return now().UTC().Truncate(time.Microsecond)
	}
	return time.Now().UTC().Truncate(time.Microsecond)
}

// Missing are the connectors of the file whose secrets are not here: they have to
// be entered before they work again. Those that a colleague holds are not among
// them. Ask after Run.
func (p *Plan) Missing(ctx context.Context) ([]connectors.Connector, error) {
	var all []connectors.Connector
	registry := p.target.Keeper.Registry
	records := slices.Concat(p.New, p.Unchanged)
	for _, d := range p.Different {
		records = append(records, d.Record)
	}
	for _, r := range records {
		named, err := registry.Holders(ctx, connectors.Connector{Name: r.Name})
		if err != nil {
			return all, err
		}
		for _, c := range named {
			if at := c.Credential; p.target.Team && at.Key != "" && at.Holder != p.target.Keeper.Holder {
				continue
			}
			_, err := p.target.Keeper.Secret(ctx, c)
			if errors.Is(err, keyring.ErrNotFound) || errors.Is(err, keyring.ErrUnavailable) {
				all = append(all, c)
			} else if err != nil {
				return all, fmt.Errorf("look for the secret of %q: %w", c.Name, err)
			}
		}
	}
	return all, nil
}
