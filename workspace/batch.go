package workspace

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/keyring"
	"fairlead/providers"
	"fairlead/secret"
)

// Tested is what a batch has to say of a connector: that its test has begun, or
// what became of it.
type Tested struct {
	ID, Name string
	Begun    bool          // it begins now; nothing else is known
	Report   *check.Report // nil where no test was made
	Err      error         // why none was made, or why its report was not recorded
}

// TestEach tests connectors, so many at once, and records each report. It reads
// passwords from keyrings only. What it tells has to be taken from the channel
// until that is closed; a report is told and forgotten, so that ten thousand
// connectors need little more memory than ten. When ctx ends, the tests under way
// end with [context.Canceled], and no other is begun.
//
// Connectors that sign in with one account are tested one after the other, and no
// more after it was refused: each would bring the account nearer to being locked.
func (w *Workspace) TestEach(ctx context.Context, ids []string, parallel int, o providers.TestOptions) <-chan Tested {
	o.Unattended = true // a browser for each connector would be a flood
	b := &batch{world: w, options: o, jobs: make(chan job), results: make(chan Tested)}
	go b.feed(ctx, ids)
	var workers sync.WaitGroup
	for range parallel {
		workers.Go(func() {
			for j := range b.jobs {
				b.results <- b.test(ctx, j)
			}
		})
	}
	go func() {
		workers.Wait()
		close(b.results)
	}()
	return b.results
}

// batch is a test of many connectors, a few at a time.
type batch struct {
	world   *Workspace
	options providers.TestOptions
	jobs    chan job
	results chan Tested
}

// job is one connector, ready to be tested. It holds no more than that takes.
type job struct {
	id, name string
	suite    *check.Suite
	err      error    // why there is no suite
	account  *account // that it signs in with, if too many refused sign-ins lock it
}

// account is one that connectors sign in with.
type account struct {
	sync.Mutex
	refused   func(check.Report) bool
	refusedAt string // the connector's name
}

// feed makes the tests, each when there is somebody to run it. Passwords are
// read one after the other, so that a keyring that is locked asks once; where
// it refused, it is not asked again.
func (b *batch) feed(ctx context.Context, ids []string) {
	defer close(b.jobs)
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
		case b.jobs <- j:
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
func (b *batch) test(ctx context.Context, j job) Tested {
	if j.err != nil {
		return Tested{ID: j.id, Name: j.name, Err: j.err}
	}
	if j.account == nil {
		return b.testNow(ctx, j)
	}
	j.account.Lock()
	defer j.account.Unlock()
	if at := j.account.refusedAt; at != "" {
		return Tested{ID: j.id, Name: j.name, Err: &connectors.RuleError{
			Rule:   "account-refused",
			Reason: fmt.Sprintf("not tested: the same account was refused at %s", at),
			Hint:   "Put right what is wrong at " + at + ", then test again.",
		}}
	}
	t := b.testNow(ctx, j)
	if t.Report != nil && j.account.refused(*t.Report) {
		j.account.refusedAt = j.name
	}
	return t
}

// testNow runs a test and records it. What was answered is recorded even when
// the program is asked to end meanwhile.
func (b *batch) testNow(ctx context.Context, j job) Tested {
	b.results <- Tested{ID: j.id, Name: j.name, Begun: true}
	report := j.suite.Run(ctx, nil)
	if !report.Complete() {
		return Tested{ID: j.id, Name: j.name, Err: context.Canceled}
	}
	err := b.world.Keeper.RecordTest(context.WithoutCancel(ctx), j.id, report)
	return Tested{ID: j.id, Name: j.name, Report: &report, Err: err}
}
