package transfer

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fairlead/connectors"
)

var errCut = errors.New("cut short")

// failing is a registry that is lost after a number of writes. The last of them is
// done, and its answer lost.
type failing struct {
	connectors.Registry
	left int
}

func (f *failing) write(do func() error) error {
	f.left--
	switch {
	case f.left > 0:
		return do()
	case f.left == 0:
		return errors.Join(do(), errCut)
	}
	return errCut
}

func (f *failing) Intend(ctx context.Context, i connectors.Intent) error {
	return f.write(func() error { return f.Registry.Intend(ctx, i) })
}

func (f *failing) Commit(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return f.write(func() error { return f.Registry.Commit(ctx, i, e) })
}

func (f *failing) Clear(ctx context.Context, id string) error {
	return f.write(func() error { return f.Registry.Clear(ctx, id) })
}

func (f *failing) Attach(ctx context.Context, id string, a connectors.Attachment, e connectors.Event) error {
	return f.write(func() error { return f.Registry.Attach(ctx, id, a, e) })
}

func (f *failing) RecordTest(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	return f.write(func() error { return f.Registry.RecordTest(ctx, c, e) })
}

func (f *failing) SaveDraft(ctx context.Context, d connectors.Draft) error {
	return f.write(func() error { return f.Registry.SaveDraft(ctx, d) })
}

func (f *failing) SaveDocument(ctx context.Context, d connectors.Document) (version int, err error) {
	err = f.write(func() error { version, err = f.Registry.SaveDocument(ctx, d); return err })
	return version, err
}

func (f *failing) AddEvents(ctx context.Context, events []connectors.Event) error {
	return f.write(func() error { return f.Registry.AddEvents(ctx, events) })
}

// A restore that is cut short at any write is complete after the next start and
// a second restore, and nothing is there twice.
func TestRestoreThatIsCutShort(t *testing.T) {
	from := newKeeper(t, `ALPHA\anna`)
	fill(t, from)
	data := backup(t, from)
	want := everything(t, from)
	cut := 0
	for writes := 1; ; writes++ {
		to := newKeeper(t, `ALPHA\anna`)
		to.Keyring = from.Keyring
		whole := to.Registry
		to.Registry = &failing{whole, writes}
		err := plan(t, Target{Keeper: to, Restore: true}, data).Run(t.Context())
		to.Registry = whole
		if err == nil {
			break
		}
		cut++
		if !errors.Is(err, errCut) {
			t.Fatalf("after %d writes: %v", writes, err)
		}
		must[[]string](t)(to.Recover(t.Context()))
		ok(t, plan(t, Target{Keeper: to, Restore: true}, data).Run(t.Context()))
		if got := everything(t, to); got != want {
			t.Errorf("after %d writes the registry holds\n%s\nnot\n%s", writes, got, want)
		}
		happened := trail(t, to)
		for _, e := range trail(t, from) {
			if !slices.Contains(happened, e) {
				t.Errorf("after %d writes the trail lacks %v", writes, e)
			}
		}
	}
	if cut < 10 {
		t.Errorf("it was cut short at %d writes only", cut)
	}
}
