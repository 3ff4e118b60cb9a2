package workspace

import (
	"cmp"
	"context"

	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/workspace/cleanup"
)

// CleanUps keeps the lists of what deleted connectors have left behind.
func (w *Workspace) CleanUps() cleanup.Store { return cleanup.Store{Keeper: w.Keeper, Rests: w.rests} }

// CleanUp lists what stays behind outside when a connector is deleted, and how to
// take it away.
func (w *Workspace) CleanUp(ctx context.Context, c connectors.Connector) (cleanup.Checklist, error) {
	list, err := w.leaves(ctx, c)
	list.Withhold()
	return list, err
}

// leaves is the whole of it, with the way to take away what others rest on too.
func (w *Workspace) leaves(ctx context.Context, c connectors.Connector) (cleanup.Checklist, error) {
	p, ok := w.Provider(c.Provider).(providers.Cleaner)
	if !ok {
		return cleanup.New(c, nil), nil
	}
	lists := []cleanup.Checklist{cleanup.New(c, p.CleanUp(sibling(c), nil))}
	err := w.rests(ctx, lists)
	return lists[0], err
}

func sibling(c connectors.Connector) providers.Sibling {
	return providers.Sibling{Name: c.Name, Services: c.Services, Settings: c.Settings}
}

// rests notes in clean-up lists which connectors rest on the same now, whatever was
// so when they were kept, and whose lists they are.
func (w *Workspace) rests(ctx context.Context, lists []cleanup.Checklist) error {
	around := map[string][]connectors.Row{} // by provider and what they rest on
	for i := range lists {
		list := &lists[i]
		p, ok := w.Provider(list.Provider).(providers.Cleaner)
		if !ok {
			continue
		}
		settings := list.Settings
		if len(settings) == 0 {
			settings = p.Recall(list.Tenant, list.Left())
		}
		list.Organisation = p.Info().Name + ", " + cmp.Or(p.Organisation(settings), list.Tenant)
		if len(p.Rests(settings)) == 0 {
			continue // nobody can tell: what was kept holds
		}
		var others []providers.Sibling
		for _, text := range p.Rests(settings) {
			key := list.Provider + " " + text
			rows, known := around[key]
			if !known {
				var err error
				if rows, err = w.Rows(ctx, connectors.Query{Provider: list.Provider, Words: []connectors.Word{{Text: text}}}); err != nil {
					return err
				}
				around[key] = rows
			}
			for _, row := range rows {
				if row.ID != list.ID {
					others = append(others, sibling(row.Connector))
				}
			}
		}
		now := p.CleanUp(providers.Sibling{Name: list.Connector, Settings: settings}, others)
		for j := range list.Items {
			if left := providers.Find(now, list.Items[j].ID); left.ID != "" {
				list.Items[j].Keep = left.Keep
			}
		}
	}
	return nil
}
