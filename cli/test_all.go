package cli

import (
	"context"
	"errors"
	"slices"
	"sync"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/secret"
	"fairlead/workspace"
)

// batch is a test of many connectors, a few at a time. Each report is recorded,
// shown and forgotten, so that ten thousand connectors need little more memory
// than ten.
type batch struct {
	*retest
	world *workspace.Workspace
}

// job is one connector, ready to be tested. It holds no more than that takes.
type job struct {
	id, name string
	suite    *check.Suite
	err      error // why there is no suite
}

// tested is what became of a job.
type tested struct {
	name   string
	report *check.Report // nil where no test was made
	err    error         // why none was made, or why its report was not recorded
}

func (b *batch) run(ctx context.Context) error {
	ids, err := b.ids(ctx)
	if err != nil {
		return err
	}
	jobs, results := make(chan job), make(chan tested)
	go b.feed(ctx, ids, jobs)
	var workers sync.WaitGroup
	for range b.parallel {
		workers.Go(func() {
			for j := range jobs {
				results <- b.test(ctx, j)
			}
		})
	}
	go func() {
		workers.Wait()
		close(results)
	}()
	t := b.newTally(len(ids))
	for r := range results {
		t.add(r)
	}
	return t.end(ctx.Err() != nil)
}

// ids are the connectors to test, each once.
func (b *batch) ids(ctx context.Context) (ids []string, err error) {
	if b.all {
		return b.world.Keeper.Registry.IDs(ctx)
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

// feed makes the tests, each when there is somebody to run it. Passwords are
// read one after the other, so that a keyring that is locked asks once; where
// it refused, it is not asked again.
func (b *batch) feed(ctx context.Context, ids []string, jobs chan<- job) {
	defer close(jobs)
	var refused error
	for _, id := range ids {
		if ctx.Err() != nil {
			return
		}
		c, err := b.world.Keeper.Get(ctx, id)
		if errors.Is(err, connectors.ErrNotFound) {
			continue // deleted meanwhile
		}
		j := job{id: id, name: c.Name, err: err}
		switch inKeyring := c.Credential.Key != "" && !c.Credential.Session; {
		case err != nil:
		case inKeyring && refused != nil:
			j.err = refused
		default:
			j.suite, j.err = b.world.Test(ctx, c, secret.Secret{}, b.options)
		}
		if e, ok := errors.AsType[*keyring.Error](j.err); ok && !errors.Is(e, keyring.ErrNotFound) {
			refused, j.err = e, e
		}
		select {
		case jobs <- j:
		case <-ctx.Done():
			return
		}
	}
}

// test runs a test and records it. What was answered is recorded even when the
// program is asked to end meanwhile.
func (b *batch) test(ctx context.Context, j job) tested {
	if j.err != nil {
		return tested{name: j.name, err: j.err}
	}
	report := j.suite.Run(ctx, nil)
	if !report.Complete() {
		return tested{name: j.name, err: context.Canceled}
	}
	err := b.world.Keeper.RecordTest(context.WithoutCancel(ctx), j.id, report)
	return tested{name: j.name, report: &report, err: err}
}
