package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/providers"
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
	err      error    // why there is no suite
	account  *account // that it signs in with, if too many refused sign-ins lock it
}

// account is one that connectors sign in with. They are tested one after the
// other, and no more after one was refused: each would bring the account nearer
// to being locked.
type account struct {
	sync.Mutex
	refused   func(check.Report) bool
	refusedAt string // the connector's name
}

// tested is what became of a job.
type tested struct {
	name   string
	report *check.Report // nil where no test was made
	err    error         // why none was made, or why its report was not recorded
}

func (b *batch) run(ctx context.Context) error {
	b.options.Unattended = true // a browser for each connector would be a flood
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
		return b.world.Keeper.Registry.IDs(ctx, connectors.Query{})
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
	accounts := map[string]*account{}
	for _, id := range ids {
		if ctx.Err() != nil {
			return
		}
		c, err := b.world.Keeper.Registry.Bare(ctx, id)
		if errors.Is(err, connectors.ErrNotFound) {
			continue // deleted meanwhile
		}
		j := job{id: id, name: c.Name, err: err, account: b.account(c, accounts)}
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

// account finds the account of a connector among those that are known, or adds
// it.
func (b *batch) account(c connectors.Connector, known map[string]*account) *account {
	p, ok := b.world.Provider(c.Provider).(providers.SignsIn)
	if !ok {
		return nil
	}
	name := p.Account(c.Settings)
	if name == "" {
		return nil
	}
	key := c.Provider + " " + name
	if known[key] == nil {
		known[key] = &account{refused: p.Refused}
	}
	return known[key]
}

// test runs a test and records it, when no other signs in with its account.
func (b *batch) test(ctx context.Context, j job) tested {
	if j.err != nil {
		return tested{name: j.name, err: j.err}
	}
	if j.account == nil {
		return b.testNow(ctx, j)
	}
	j.account.Lock()
	defer j.account.Unlock()
	if at := j.account.refusedAt; at != "" {
		return tested{name: j.name, err: cannot("Put right what is wrong at "+at+", then test again.",
			fmt.Errorf("not tested: the same account was refused at %s", at))}
	}
	t := b.testNow(ctx, j)
	if t.report != nil && j.account.refused(*t.report) {
		j.account.refusedAt = j.name
	}
	return t
}

// testNow runs a test and records it. What was answered is recorded even when
// the program is asked to end meanwhile.
func (b *batch) testNow(ctx context.Context, j job) tested {
	report := j.suite.Run(ctx, nil)
	if !report.Complete() {
		return tested{name: j.name, err: context.Canceled}
	}
	err := b.world.Keeper.RecordTest(context.WithoutCancel(ctx), j.id, report)
	return tested{name: j.name, report: &report, err: err}
}
