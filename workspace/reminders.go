package workspace

import (
	"context"
	"errors"
	"time"

	"fairlead/connectors"
	"fairlead/reminders"
)

// Reminders lists what is due of all connectors, the earliest first; within so
// many days, or ever where that is 0. It reads one connector after the other,
// whose reports are large.
func (w *Workspace) Reminders(ctx context.Context, p reminders.Policy, now time.Time, days int) (due []reminders.Reminder, err error) {
	ids, err := w.Keeper.Registry.IDs(ctx, connectors.Query{})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		c, err := w.Keeper.Registry.Get(ctx, id)
		if errors.Is(err, connectors.ErrNotFound) {
			continue // deleted meanwhile
		}
		if err != nil {
			return nil, err
		}
		for _, r := range p.For(c, w.Catalogue, now) {
			if days == 0 || !r.When.After(now.AddDate(0, 0, days)) {
				due = append(due, r)
			}
		}
	}
	reminders.Order(due)
	return due, nil
}
