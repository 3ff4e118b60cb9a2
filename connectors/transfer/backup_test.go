package transfer

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/secret"
)

// everything is what a registry holds but for the trail.
func everything(t *testing.T, k *connectors.Keeper) string {
	t.Helper()
	ctx := t.Context()
	var all []any
	for _, c := range must[[]connectors.Connector](t)(k.List(ctx)) {
		c.LastTest, c.Version = nil, 0 // the first of the reports; an attachment that is added later counts as a change
		all = append(all, c, must[[]check.Report](t)(k.Registry.Reports(ctx, c.ID)))
	}
	all = append(all, must[[]connectors.Draft](t)(k.Registry.Drafts(ctx)), must[[]connectors.Document](t)(k.Registry.Documents(ctx, "")))
	text := ""
	for _, one := range all {
		text += fmt.Sprintf("%+v\n", one)
	}
	return text
}

// trail is what happened in a registry, but for what was taken in.
func trail(t *testing.T, k *connectors.Keeper) []connectors.Event {
	t.Helper()
	events := must[[]connectors.Event](t)(k.Registry.Events(t.Context(), "", "", 0))
	return slices.DeleteFunc(events, func(e connectors.Event) bool { return e.Kind == connectors.EventImported })
}

func TestRestoreIntoAnEmptyRegistry(t *testing.T) {
	from := newKeeper(t, `ALPHA\anna`)
	onPremises, _ := fill(t, from)
	data := backup(t, from)
	to := newKeeper(t, `ALPHA\anna`)
	to.Keyring = from.Keyring // the same computer and account
	p := plan(t, Target{Keeper: to, Restore: true}, data)
	wantCounts(t, p, "new 2, unchanged 0, different 0, duplicates 0, conflicts 0")
	if p.Reports != 3 || len(p.Drafts) != 1 || len(p.Documents) != 1 || p.Events == 0 {
		t.Errorf("%d reports, %d drafts, %d documents, %d events", p.Reports, len(p.Drafts), len(p.Documents), p.Events)
	}
	ok(t, p.Run(t.Context()))
	for _, c := range must[[]connectors.Connector](t)(from.List(t.Context())) {
		got := must[connectors.Connector](t)(to.Get(t.Context(), c.ID))
		if !reflect.DeepEqual(got, c) {
			t.Errorf("%+v came to be %+v", c, got)
		}
	}
	if was, is := everything(t, from), everything(t, to); was != is {
		t.Errorf("the registry held\n%s\nand holds\n%s", was, is)
	}
	if was, is := trail(t, from), trail(t, to); !reflect.DeepEqual(was, is) {
		t.Errorf("the trail %v came to be %v", was, is)
	}
	c := must[connectors.Connector](t)(to.Get(t.Context(), onPremises.ID))
	if s := must[secret.Secret](t)(to.Secret(t.Context(), c)); s.Reveal() != password {
		t.Error("the secret of the keyring is not used")
	}
	if missing := must[[]connectors.Connector](t)(p.Missing(t.Context())); len(missing) != 0 {
		t.Errorf("missing are %v", missing)
	}
	again := plan(t, Target{Keeper: to, Restore: true}, data)
	wantCounts(t, again, "new 0, unchanged 2, different 0, duplicates 0, conflicts 0")
	if !again.Empty() {
		t.Errorf("restoring twice would do something: %+v", again)
	}
}

func TestRestoreOnAnotherComputerAsksForTheSecret(t *testing.T) {
	from := newKeeper(t, `ALPHA\anna`)
	onPremises, _ := fill(t, from)
	data := backup(t, from)
	for _, team := range []bool{false, true} {
		to := newKeeper(t, `BETA\anna`)
		p := plan(t, Target{Keeper: to, Restore: true, Team: team}, data)
		ok(t, p.Run(t.Context()))
		missing := must[[]connectors.Connector](t)(p.Missing(t.Context()))
		if asked := len(missing) == 1 && missing[0].ID == onPremises.ID; asked == team || len(missing) > 1 {
			t.Errorf("team: %v, missing are %v", team, missing) // a colleague's is not asked for
		}
		c := must[connectors.Connector](t)(to.Get(t.Context(), onPremises.ID))
		if at := c.Credential; at.Missing() == team || at.Holder != `ALPHA\anna` {
			t.Errorf("the record says of the secret: %+v", at)
		}
	}
}

// A connector whose secret is missing can be deleted and leaves nothing half done.
func TestImportedConnectorCanBeDeleted(t *testing.T) {
	from, to := newKeeper(t, `ALPHA\anna`), newKeeper(t, `BETA\bob`)
	c := must[connectors.Connector](t)(from.Register(t.Context(), exchange(1), secret.New(password)))
	ok(t, plan(t, Target{Keeper: to}, export(t, from)).Run(t.Context()))
	ok(t, to.Delete(t.Context(), c.ID))
	if left := must[[]connectors.Intent](t)(to.Registry.Intents(t.Context())); len(left) != 0 {
		t.Errorf("left half done: %v", left)
	}
}

func TestRestoreOverAnExistingRegistry(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	onPremises, online := fill(t, k)
	data := backup(t, k)
	ok(t, k.Delete(t.Context(), online.ID))
	ok(t, k.Edit(t.Context(), onPremises.ID, "Renamed", onPremises.Description, 0))
	must[connectors.Connector](t)(k.Register(t.Context(), exchange(2), secret.New("p")))
	ok(t, k.Registry.DeleteDraft(t.Context(), "DRAFT"))
	p := plan(t, Target{Keeper: k, Restore: true}, data)
	wantCounts(t, p, "new 1, unchanged 0, different 1, duplicates 0, conflicts 0")
	ok(t, p.Run(t.Context()))
	all := must[[]connectors.Connector](t)(k.List(t.Context()))
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	if fmt.Sprint(names) != "[Head office 1 Head office 2 Tenant 1]" {
		t.Errorf("%v", names)
	}
	if drafts := must[[]connectors.Draft](t)(k.Registry.Drafts(t.Context())); len(drafts) != 1 {
		t.Errorf("%d drafts", len(drafts))
	}
}

func TestExportIsNoBackup(t *testing.T) {
	k := newKeeper(t, "x")
	f := must[*File](t)(Read(bytesOf(export(t, k))))
	_, err := Target{Keeper: k, Restore: true}.Plan(t.Context(), f)
	if rule, broken := errors.AsType[*connectors.RuleError](err); !broken || rule.Rule != "no-backup" {
		t.Errorf("%v", err)
	}
}

// A backup is taken while others register, edit, test and delete, and each one
// can be restored.
func TestBackupWhileInUse(t *testing.T) {
	k := newKeeper(t, `ALPHA\anna`)
	fill(t, k)
	var busy sync.WaitGroup
	done := make(chan struct{})
	busy.Go(func() {
		for n := 10; ; n++ {
			select {
			case <-done:
				return
			default:
			}
			c, err := k.Register(t.Context(), exchange(n), secret.New("p"))
			if err == nil {
				err = errors.Join(k.RecordTest(t.Context(), c.ID, report(n)), k.Edit(t.Context(), c.ID, "Renamed", "", 0), k.Delete(t.Context(), c.ID))
			}
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	for range 6 {
		p := plan(t, Target{Keeper: newKeeper(t, `ALPHA\anna`), Restore: true}, backup(t, k))
		if len(p.Duplicates)+len(p.Conflicts) > 0 || len(p.New) < 2 {
			t.Errorf("%s", counts(p))
		}
		ok(t, p.Run(t.Context()))
	}
	close(done)
	busy.Wait()
}
