package cli

import (
	"context"
	"slices"

	"fairlead/workspace"
)

// batch is a test of many connectors, a few at a time.
type batch struct {
	*retest
	world *workspace.Workspace
}

func (b *batch) run(ctx context.Context) error {
	ids, err := b.ids(ctx)
	if err != nil {
		return err
	}
	t := b.newTally(len(ids))
	for r := range b.world.TestEach(ctx, ids, b.parallel, b.options) {
		if !r.Begun {
			t.add(r)
		}
	}
	return t.end(ctx.Err() != nil)
}

// ids are the connectors to test, each once.
func (b *batch) ids(ctx context.Context) (ids []string, err error) {
	if b.all {
		return b.which.some(ctx, b.world, "nothing was tested")
	}
	for _, name := range b.names {
		c, err := find(ctx, b.world, name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(ids, c.ID) {
			ids = append(ids, c.ID)
		}
	}
	return ids, nil
}
