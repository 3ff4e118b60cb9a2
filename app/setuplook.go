package app

import (
	"context"
	"fmt"
	"sync"

	"fairlead/app/kit"
	"fairlead/check"
	domains "fairlead/wizard/setup"
)

// lookedAtOnce is how many domains are looked at at once.
const lookedAtOnce = 4

// lookNews is news of looking again: that a section is begun, one of its verdicts,
// or how it stands now.
type lookNews struct {
	domain  string
	section domains.Section
	rows    []check.Row     // it is begun
	event   *check.Event    // of a check
	kept    *domains.Domain // it has ended, and its report is kept
	err     error
}

// lookAtAll looks again at every section of domains that can be looked at without a
// question, and closes the channel when it is done.
func lookAtAll(ctx context.Context, s *domains.Setup, names []string) <-chan lookNews {
	news, jobs := make(chan lookNews), make(chan string, len(names))
	for _, name := range names {
		jobs <- name
	}
	close(jobs)
	var workers sync.WaitGroup
	for range lookedAtOnce {
		workers.Go(func() {
			for name := range jobs {
				if err := lookAtDomain(ctx, s, name, news); err != nil && ctx.Err() == nil {
					news <- lookNews{domain: name, err: err}
				}
			}
		})
	}
	go func() {
		workers.Wait()
		close(news)
	}()
	return news
}

func lookAtDomain(ctx context.Context, s *domains.Setup, name string, news chan<- lookNews) error {
	d, err := s.Open(ctx, name)
	if err != nil {
		return err
	}
	for _, section := range domains.Sections() {
		suite := s.Look(d, section)
		if suite == nil {
			continue
		}
		news <- lookNews{domain: name, section: section, rows: suite.Rows}
		report := suite.Run(ctx, func(e check.Event) { news <- lookNews{domain: name, section: section, event: &e} })
		if !report.Complete() || ctx.Err() != nil {
			return ctx.Err()
		}
		if d, err = s.Looked(ctx, name, section, report); err != nil {
			return err
		}
		news <- lookNews{domain: name, section: section, kept: d}
	}
	return nil
}

// lookState is what is being looked at.
type lookState struct {
	cancel   context.CancelFunc // nil while nothing is
	begun    map[lookPlace]bool
	seen     int
	problems []error
}

type lookPlace struct {
	domain  string
	section domains.Section
}

func (l *lookState) running() bool { return l.cancel != nil }

func (l *lookState) busy(domain string, section domains.Section) bool {
	return l.begun[lookPlace{domain, section}]
}

func (l *lookState) stop() {
	if l.cancel != nil {
		l.cancel()
	}
}

// take notes news.
func (l *lookState) take(n lookNews) {
	place := lookPlace{n.domain, n.section}
	switch {
	case n.err != nil:
		l.problems = append(l.problems, fmt.Errorf("%s: %w", n.domain, n.err))
	case n.rows != nil:
		l.begun[place] = true
	case n.kept != nil:
		delete(l.begun, place)
		l.seen++
	}
}

// look looks again at domains, and hands the news to a screen while it is shown.
func (a *App) look(l *lookState, names []string, hear func(lookNews), end func()) {
	ctx, cancel := context.WithCancel(a.ctx)
	*l = lookState{cancel: cancel, begun: map[lookPlace]bool{}}
	here, s := a.here(), a.world.Setup()
	a.opts.Spawn(func() {
		defer cancel()
		for n := range lookAtAll(ctx, s, names) {
			a.opts.UI(func() {
				if here() {
					l.take(n)
					hear(n)
				}
			})
		}
		a.opts.UI(func() {
			l.cancel, l.begun = nil, nil
			if here() {
				end()
			}
		})
	})
}

// lookAgain looks again at every domain that the search leaves. Each cell says how
// it goes.
func (s *setupScreen) lookAgain() {
	if s.live.running() || len(s.rows) == 0 {
		return
	}
	var names []string
	for _, r := range s.rows {
		names = append(names, r.Domain)
	}
	show(s.again, false)
	show(s.stop, true)
	s.app.trace("busy:setup")
	s.app.look(&s.live, names, s.hear, s.looked)
}

// hear draws news in its cell.
func (s *setupScreen) hear(n lookNews) {
	if n.kept != nil {
		statuses := s.app.world.Setup().Statuses(n.kept)
		for _, rows := range [][]domains.Row{s.all, s.rows} {
			for i := range rows {
				if rows[i].Domain == n.domain {
					rows[i].Statuses = statuses
				}
			}
		}
	}
	if n.event == nil {
		s.list.Refresh()
	}
}

// looked says what it came to.
func (s *setupScreen) looked() {
	show(s.again, true)
	show(s.stop, false)
	line := fmt.Sprintf("Looked again at %s.", count(s.live.seen, "section"))
	if s.live.seen == 0 {
		line = "There is nothing to look at yet: no section with a test is done."
	}
	s.total.Set(kit.SmallSpan(line, kit.Muted))
	s.list.Refresh()
	if len(s.live.problems) > 0 {
		s.app.showTrouble(explain("Not all could be looked at", s.live.problems[0]))
	}
	s.app.trace("done:setup")
}
