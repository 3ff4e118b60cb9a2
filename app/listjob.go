package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/connectors"
	"fairlead/providers"
	"fairlead/workspace"
)

// testedAtOnce is how many connectors are tested at once.
const testedAtOnce = 8

// listJob is something that is done with several connectors, one after the other
// or a few at once.
type listJob struct {
	doing, did  string // "Testing", "tested"
	done, total int
	failed      int    // of done: not tested, not deleted
	then        string // what there is to do once it is done
	cancel      context.CancelFunc
	begun       map[string]bool
}

func (j *listJob) words() string {
	return fmt.Sprintf("%s %d of %d …", j.doing, min(j.done+1, j.total), j.total)
}

// outcome is what it came to.
func (j *listJob) outcome() string {
	parts := []string{fmt.Sprintf("%d %s", j.done-j.failed, j.did)}
	if j.failed > 0 {
		parts = append(parts, fmt.Sprintf("%d not %s", j.failed, j.did))
	}
	if left := j.total - j.done; left > 0 {
		parts = append(parts, fmt.Sprintf("%d left over", left))
	}
	return strings.Join(parts, ", ") + j.then
}

// start begins a job, and returns what ends it.
func (s *listScreen) start(doing, did string, total int) (context.Context, *listJob) {
	ctx, cancel := context.WithCancel(s.app.ctx)
	s.picks.job = &listJob{doing: doing, did: did, total: total, cancel: cancel, begun: map[string]bool{}}
	s.picks.said = map[string]string{}
	s.picks.last = ""
	s.showPicks()
	kit.Focus(s.picks.halt)
	s.app.trace("busy:list")
	return ctx, s.picks.job
}

// finish ends a job, and says what it came to.
func (s *listScreen) finish(j *listJob) {
	j.cancel()
	s.picks.job, s.picks.last = nil, j.outcome()
	s.showPicks()
	kit.Focus(s.list)
	s.app.trace("done:list")
}

// testPicked tests what is picked. Each row says how its test goes.
func (s *listScreen) testPicked() {
	if s.picks.job != nil || len(s.picks.ids) == 0 {
		return
	}
	ids := s.picked()
	ctx, job := s.start("Testing", "tested", len(ids))
	s.app.opts.Spawn(func() {
		for t := range s.app.world.TestEach(ctx, ids, testedAtOnce, providers.TestOptions{}) {
			s.app.opts.UI(func() { s.tested(job, t) })
		}
		s.app.opts.UI(func() { s.finish(job) })
	})
}

// tested shows in its row what became of a connector.
func (s *listScreen) tested(j *listJob, t workspace.Tested) {
	if s.app.screen != screen(s) || errors.Is(t.Err, context.Canceled) {
		delete(j.begun, t.ID)
		return
	}
	if t.Begun {
		j.begun[t.ID] = true
	} else {
		delete(j.begun, t.ID)
		j.done++
		if t.Err != nil {
			j.failed++
			s.picks.said[t.ID] = notTested(t.Err)
		}
		if row, known := s.rows.get(t.ID); known && t.Report != nil && row.ID != "" {
			c := row.Connector
			c.LastTest = t.Report
			s.rows.put([]string{t.ID}, []connectors.Row{c.Row()})
		}
	}
	s.picks.show()
	s.list.Refresh()
}

// notTested says why a connector was not tested, in the few words of a row.
func notTested(err error) string {
	rule, isRule := errors.AsType[*connectors.RuleError](err)
	switch {
	case isRule:
		return kit.Sentence(rule.Reason)
	case errors.Is(err, workspace.ErrNeedsPassword):
		return "Not tested: its password is not here"
	}
	return "Not tested: " + explain("", err).Cause
}

// overlay says in a row what a job says of it.
func (p *picks) overlay(id string, l *listLine) {
	switch {
	case p.job != nil && p.job.begun[id]:
		l.look, l.words = look{kit.ShapeRunning, kit.Accent}, "Testing …"
	case p.said[id] != "":
		l.look, l.words = lookOfState(connectors.NeverTested), p.said[id]
	}
}

// deletePicked asks once, naming what goes and what is in use, and deletes.
func (s *listScreen) deletePicked() {
	if s.picks.job != nil || len(s.picks.ids) == 0 {
		return
	}
	ids, here := s.picked(), s.app.here()
	type split struct{ free, used []connectors.Connector }
	work(s.app, func(ctx context.Context) (all split, err error) {
		for _, id := range ids {
			c, err := s.app.world.Keeper.Get(ctx, id)
			switch {
			case errors.Is(err, connectors.ErrNotFound): // deleted meanwhile
			case err != nil:
				return all, err
			case len(c.Attachments) > 0:
				all.used = append(all.used, c)
			default:
				c.LastTest = nil // of no use here, and large
				all.free = append(all.free, c)
			}
		}
		return all, nil
	}, func(all split, err error) {
		switch {
		case !here():
		case err != nil:
			s.app.showTrouble(explain("Nothing was deleted", err))
		case len(all.free) == 0 && len(all.used) == 0:
			s.unpick()
			s.again()
		case len(all.free) == 0:
			s.app.showTrouble(trouble{
				What: "All of these are in use", Cause: "A connector that a service task uses cannot be deleted.",
				Do: "End the tasks first, or take them out of the connectors' details.", Details: usedBy(s.app, all.used),
			})
		default:
			s.confirmDelete(all.free, all.used)
		}
	})
}

func (s *listScreen) confirmDelete(free, used []connectors.Connector) {
	lines := []fyne.CanvasObject{detailLine("These go", namesOf(free))}
	if len(used) > 0 {
		lines = append(lines, detailLine("In use, these stay", tasksOf(used)))
	}
	s.app.confirm(confirmation{
		Title: "Delete " + count(len(free), "connector") + "?", Lines: lines, Verb: "Delete", Stay: "Keep them",
		Text: "Their records, reports and passwords go. Nothing changes on the servers or in the services. This cannot be undone.",
		Then: func() { s.deleteAll(free) },
	})
}

func (s *listScreen) deleteAll(all []connectors.Connector) {
	ctx, job := s.start("Deleting", "deleted", len(all))
	s.app.opts.Spawn(func() {
		for _, c := range all {
			if ctx.Err() != nil {
				break
			}
			err := s.app.world.Delete(context.WithoutCancel(ctx), c) // whole or not at all
			s.app.opts.UI(func() { s.deleted(job, c, err) })
		}
		lists, err := s.app.world.CleanUps().All(s.app.ctx, false)
		s.app.opts.UI(func() {
			if err == nil && len(lists) > 0 {
				job.then = ". Clean-up lists what is left"
			}
			s.finish(job)
			if s.app.screen == screen(s) {
				s.again()
			}
		})
	})
}

// deleted counts a connector that is gone, or says in its row why it is not.
func (s *listScreen) deleted(j *listJob, c connectors.Connector, err error) {
	j.done++
	switch {
	case err == nil, errors.Is(err, connectors.ErrSecretLeft), errors.Is(err, connectors.ErrNotFound):
		delete(s.picks.ids, c.ID)
	default:
		j.failed++
		s.picks.said[c.ID] = "Not deleted: " + explain("", err).Cause
	}
	s.picks.show()
}

// namesOf lists the first names, a line for each, and says how many more there are.
func namesOf(all []connectors.Connector) string {
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	return strings.Join(firstOf(names, 8), "\n")
}

// tasksOf names the first connectors with the first of the tasks that use each.
func tasksOf(all []connectors.Connector) string {
	var lines []string
	for _, c := range all {
		var tasks []string
		for _, use := range c.Attachments {
			tasks = append(tasks, use.Task)
		}
		lines = append(lines, c.Name+": "+strings.Join(firstOf(tasks, 3), ", "))
	}
	return strings.Join(firstOf(lines, 5), "\n")
}

// firstOf are the first texts, and how many more there are.
func firstOf(all []string, most int) []string {
	if more := len(all) - most; more > 0 {
		return append(slices.Clone(all[:most]), fmt.Sprintf("and %d more", more))
	}
	return all
}

// usedBy says which tasks use connectors, a line for each.
func usedBy(a *App, all []connectors.Connector) string {
	var lines []string
	for _, c := range all {
		for _, use := range c.Attachments {
			lines = append(lines, fmt.Sprintf("%s: %s, %s", c.Name, a.world.Catalogue.Names([]string{use.Service})[0], use.Task))
		}
	}
	return strings.Join(firstOf(slices.Compact(lines), 16), "\n") // what a dialog has room for
}
