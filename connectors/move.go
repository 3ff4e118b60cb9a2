package connectors

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fairlead/check"
)

// Move is what moving everything from one registry to another comes to. The
// secrets stay where they are, and so does the registry moved from.
type Move struct {
	Connectors []Connector // that are not there yet, without reports and attachments
	There      []Connector // that are there already; what is missing of them follows
	Conflicts  []error     // what stands in the way, as [*RuleError]; nothing moves until it is gone
	Drafts     []Draft     // that are not there yet, or older there
	Documents  []Document  // the same of them
	Reports    int         // of connectors that move

	left     []Intent // secrets that their holders have yet to delete
	from, to Registry
}

// PlanMove looks what a move would do, and changes nothing. It fails with a
// [*RuleError] while something is half done.
func PlanMove(ctx context.Context, from, to Registry) (*Move, error) {
	m := &Move{from: from, to: to}
	intents, err := from.Intents(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range intents {
		if i.Kind != IntentDelete {
			return nil, &RuleError{
				"half-done", fmt.Sprintf("%q is half registered, or its password half changed.", i.Connector.Name),
				"Unlock the keyring and start the program of whoever began it, which puts it right.",
			}
		}
		m.left = append(m.left, i)
	}
	if err := m.planConnectors(ctx); err != nil {
		return nil, err
	}
	if err := m.planDrafts(ctx); err != nil {
		return nil, err
	}
	return m, m.planDocuments(ctx)
}

func (m *Move) planConnectors(ctx context.Context) error {
	all, err := bare(ctx, m.from)
	if err != nil {
		return err
	}
	there, err := bare(ctx, m.to)
	if err != nil {
		return err
	}
	taken := newPlaces(there)
	for _, c := range all {
		if taken.ids[c.ID] {
			m.There = append(m.There, c)
			continue
		}
		if err := CheckUnique(c, taken.holders(c)); err != nil {
			m.Conflicts = append(m.Conflicts, err)
			continue
		}
		reports, err := m.from.Reports(ctx, c.ID)
		if err != nil {
			return err
		}
		m.Reports += len(reports)
		m.Connectors = append(m.Connectors, c)
	}
	return nil
}

func (m *Move) planDrafts(ctx context.Context) error {
	all, err := m.from.Drafts(ctx)
	if err != nil {
		return err
	}
	there, err := m.to.Drafts(ctx)
	if err != nil {
		return err
	}
	for _, d := range all {
		newer := func(other Draft) bool { return other.ID == d.ID && !other.Updated.Before(d.Updated) }
		if !slices.ContainsFunc(there, newer) {
			m.Drafts = append(m.Drafts, d)
		}
	}
	return nil
}

func (m *Move) planDocuments(ctx context.Context) error {
	all, err := m.from.Documents(ctx, "")
	if err != nil {
		return err
	}
	for _, d := range all {
		there, err := m.to.Document(ctx, d.Kind, d.ID)
		switch {
		case errors.Is(err, ErrNotFound) || err == nil && there.Updated.Before(d.Updated):
			m.Documents = append(m.Documents, d)
		case err != nil:
			return err
		}
	}
	return nil
}

// Empty reports whether there is nothing to move.
func (m *Move) Empty() bool {
	return len(m.Connectors)+len(m.There)+len(m.Drafts)+len(m.Documents)+len(m.left) == 0
}

// Run moves. One that is cut short goes on with a new plan.
func (m *Move) Run(ctx context.Context) error {
	if len(m.Conflicts) > 0 {
		return errors.Join(m.Conflicts...)
	}
	for _, c := range m.Connectors {
		if err := m.move(ctx, c); err != nil {
			return fmt.Errorf("move %q: %w", c.Name, err)
		}
	}
	for _, c := range m.There {
		if err := m.follow(ctx, c); err != nil {
			return fmt.Errorf("move %q: %w", c.Name, err)
		}
	}
	for _, d := range m.Drafts {
		if err := m.to.SaveDraft(ctx, d); err != nil {
			return fmt.Errorf("move the draft %q: %w", d.Title, err)
		}
	}
	for _, d := range m.Documents {
		d.Version = 0 // counted anew there
		if _, err := m.to.SaveDocument(ctx, d); err != nil {
			return fmt.Errorf("move the document %q: %w", d.Title, err)
		}
	}
	for _, i := range m.left {
		if err := m.to.Intend(ctx, i); err != nil && !errors.Is(err, ErrRegistered) {
			return fmt.Errorf("move what is left of %q: %w", i.Connector.Name, err)
		}
	}
	return m.moveEvents(ctx)
}

// moveEvents adds the trail to the one in the new place.
func (m *Move) moveEvents(ctx context.Context) error {
	for before := ""; ; {
		page, err := m.from.Events(ctx, "", before, atOnce)
		if err != nil || len(page) == 0 {
			return err
		}
		if err := m.to.AddEvents(ctx, page); err != nil {
			return fmt.Errorf("move the trail: %w", err)
		}
		before = page[len(page)-1].ID
	}
}

// move registers a connector in the new place, and lets the rest follow. Where
// the program ends in between, the new place's [Keeper.Recover] finishes it,
// since the secret is in the keyring.
func (m *Move) move(ctx context.Context, c Connector) error {
	i := newIntent(IntentRegister, c, moment(time.Now()))
	if err := m.to.Intend(ctx, i); err != nil {
		return err
	}
	if err := m.to.Commit(ctx, i, Event{}); err != nil {
		return errors.Join(err, m.to.Clear(context.WithoutCancel(ctx), i.ID))
	}
	return m.follow(ctx, c)
}

// follow adds the attachments of a connector that are missing in the new place,
// and its reports, unless it was tested there since.
func (m *Move) follow(ctx context.Context, c Connector) error {
	whole, err := m.from.Get(ctx, c.ID)
	if err != nil {
		return err
	}
	for _, a := range whole.Attachments {
		if err := m.to.Attach(ctx, c.ID, a, Event{}); err != nil {
			return err
		}
	}
	reports, err := m.from.Reports(ctx, c.ID)
	if err != nil {
		return err
	}
	there, err := m.to.Reports(ctx, c.ID)
	if err != nil {
		return err
	}
	if len(without(there, reports)) > 0 {
		return nil
	}
	for _, report := range slices.Backward(without(reports, there)) { // the oldest first
		c.LastTest = &report
		if err := m.to.RecordTest(ctx, c, Event{}); err != nil {
			return err
		}
	}
	return nil
}

// without returns the reports that are not among others. A connector is never
// tested twice in one moment.
func without(reports, others []check.Report) []check.Report {
	return slices.DeleteFunc(slices.Clone(reports), func(r check.Report) bool {
		return slices.ContainsFunc(others, func(other check.Report) bool { return other.Started.Equal(r.Started) })
	})
}
