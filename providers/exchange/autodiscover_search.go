package exchange

import (
	"context"
	"errors"
	"slices"
	"time"
)

// search asks places side by side.
type search struct {
	places  []place
	answers []*discovery // by rank; nil while none is there
	results chan discovery
	asked   bool // the places that wait were asked too
}

// discovery is what came of asking one place.
type discovery struct {
	rank int
	outcome
	err error
}

func newSearch(places []place) *search {
	return &search{places: places, answers: make([]*discovery, len(places)), results: make(chan discovery, len(places))}
}

// run asks, and returns when the best answer is there or ctx ends. Once a place
// has named an address, those that come before it have a little time left. What
// is under way after that ends with ctx.
func (s *search) run(ctx context.Context) {
	s.start(ctx, false)
	fallback := time.NewTimer(waitFallback)
	defer fallback.Stop()
	var late <-chan time.Time
	for {
		switch {
		case s.decided():
			return
		case !s.asked && s.quiet():
			s.start(ctx, true)
		}
		select {
		case d := <-s.results:
			s.answers[d.rank] = &d
			if d.err == nil && !d.guessed && late == nil {
				late = time.After(waitBetter)
			}
		case <-fallback.C:
			if !s.asked {
				s.start(ctx, true)
			}
		case <-late:
			return
		case <-ctx.Done():
			return
		}
	}
}

// start asks the places that wait, or those that do not.
func (s *search) start(ctx context.Context, waits bool) {
	s.asked = waits
	for rank, p := range s.places {
		if p.waits == waits {
			go func() {
				found, err := p.ask(ctx)
				s.results <- discovery{rank, found, err}
			}()
		}
	}
}

// quiet reports whether every place that did not wait has answered.
func (s *search) quiet() bool {
	for rank, p := range s.places {
		if !p.waits && s.answers[rank] == nil {
			return false
		}
	}
	return true
}

// decided reports whether no answer that is still out can change the outcome.
// That the mailbox is in Exchange Online is an outcome once those that know it
// for certain have all answered.
func (s *search) decided() bool {
	all := true
	for _, d := range s.answers {
		switch {
		case d == nil:
			all = false
		case d.err == nil && !d.guessed && all:
			return true
		}
	}
	cloud := slices.ContainsFunc(s.answers, func(d *discovery) bool { return d != nil && errors.Is(d.err, errInCloud) })
	return all || cloud && !s.asked && s.quiet()
}

// tried says what was asked and what came of it. Where several forms met the
// same at one host, one line says so.
func (s *search) tried() []string {
	type line struct {
		hows       []string
		host, came string
	}
	var lines []*line
	for rank, p := range s.places {
		if p.waits && !s.asked {
			continue
		}
		came := "no answer in time"
		switch d := s.answers[rank]; {
		case d == nil:
		case d.err != nil:
			came = plain(d.err.Error())
		default:
			came = d.url.String()
			if d.guessed {
				came = "a sign that leads to " + came
			}
		}
		same := slices.IndexFunc(lines, func(l *line) bool { return l.host == p.host && l.came == came })
		if same < 0 {
			lines = append(lines, &line{[]string{p.how}, p.host, came})
		} else {
			lines[same].hows = append(lines[same].hows, p.how)
		}
	}
	var tried []string
	for _, l := range lines {
		tried = append(tried, list(l.hows)+" at "+l.host+": "+l.came)
	}
	return tried
}
