package check

import (
	"context"
	"maps"
	"sync"
	"time"
)

// Part is a suite among others, see [Join].
type Part struct {
	ID    string // put before the ids of its checks, with a slash
	Title string // put before their titles, with a colon
	Suite *Suite
}

// Join makes one suite of several that have nothing to do with each other: they
// run at once, and their checks stand one part after the other.
func Join(parts ...Part) *Suite {
	joined := &Suite{}
	for _, p := range parts {
		for _, row := range p.Suite.Rows {
			joined.Rows = append(joined.Rows, Row{p.id(row.ID), p.title(row.Title)})
		}
	}
	joined.run = func(ctx context.Context, emit func(Event)) Report {
		start := time.Now()
		reports := make([]Report, len(parts))
		var one sync.Mutex // events come one at a time
		var all sync.WaitGroup
		for i, p := range parts {
			all.Go(func() {
				reports[i] = p.Suite.Run(ctx, func(e Event) {
					one.Lock()
					defer one.Unlock()
					emit(p.event(e))
				})
			})
		}
		all.Wait()
		return putTogether(parts, reports, start)
	}
	return joined
}

// putTogether puts the reports of parts together.
func putTogether(parts []Part, reports []Report, start time.Time) Report {
	whole := Report{Started: start.UTC(), Took: time.Since(start)}
	for i, r := range reports {
		whole.Computer, whole.Version = r.Computer, r.Version
		whole.Deep = whole.Deep || r.Deep
		for _, c := range r.Checks {
			c.ID, c.Title = parts[i].id(c.ID), parts[i].title(c.Title)
			whole.Checks = append(whole.Checks, c)
		}
		if len(r.Facts) > 0 {
			if whole.Facts == nil {
				whole.Facts = map[string]string{}
			}
			maps.Copy(whole.Facts, r.Facts)
		}
	}
	return whole
}

func (p Part) id(id string) string { return p.ID + "/" + id }

func (p Part) title(title string) string {
	if p.Title == "" {
		return title
	}
	return p.Title + ": " + title
}

func (p Part) event(e Event) Event {
	e.ID = p.id(e.ID)
	if e.Result != nil {
		r := *e.Result
		r.ID, r.Title = e.ID, p.title(r.Title)
		e.Result = &r
	}
	return e
}
