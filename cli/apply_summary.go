package cli

import (
	"context"

	"fairlead/check"
	"fairlead/plan"
	"fairlead/workspace"
)

// applied is the object of "apply": what was made, and what waits for whom.
type applied struct {
	Made    []attempt   `json:"made"`
	Waiting []attempt   `json:"waiting"` // became drafts
	Failed  []attempt   `json:"failed"`
	Left    []stepJSON  `json:"left"` // what somebody has to do now, in order
	Totals  plan.Totals `json:"totals"`
	Stopped bool        `json:"stopped"`
}

// attempt is what became of one connector.
type attempt struct {
	Organisation string   `json:"organisation"`
	Provider     string   `json:"provider"`
	Tenant       string   `json:"tenant"`
	Services     []string `json:"services"`
	Connector    string   `json:"connector,omitempty"` // its name
	Draft        string   `json:"draft,omitempty"`
	WaitsFor     string   `json:"waitsFor,omitempty"`
	Link         string   `json:"link,omitempty"` // to send to whoever it waits for
	Failure      string   `json:"failure,omitempty"`

	what string
}

func (o attempt) failed(err error) attempt {
	o.Failure = explain(err).what
	return o
}

func (a *applied) add(o attempt) {
	switch {
	case o.Failure != "":
		a.Failed = append(a.Failed, o)
	case o.Draft != "":
		a.Waiting = append(a.Waiting, o)
	default:
		a.Made = append(a.Made, o)
	}
}

// summary says what was made, what waits for whom, and what is left.
func (o *applying) summary(ctx context.Context, w *workspace.Workspace, e plan.Environment, args []string) error {
	have, err := existing(ctx, w)
	if err != nil {
		return err
	}
	after := plan.New(e, w.Catalogue, have)
	steps := after.Steps()
	o.result.Totals, o.result.Left = after.Totals, stepsJSON(o.guide(w, after, args), steps)
	object := o.result
	object.Made, object.Waiting, object.Failed = orEmpty(object.Made), orEmpty(object.Waiting), orEmpty(object.Failed)
	o.give(object)

	s := o.screen()
	s.Blank()
	s.Title("Summary")
	s.Text("%s.", after.Totals)
	for _, made := range o.result.Made {
		s.Say(check.Pass, "Made: %s", made.Connector)
	}
	for _, failed := range o.result.Failed {
		s.Say(check.Fail, "%s: %s", failed.what, failed.Failure)
	}
	o.waiting(w, after, args)
	for i, left := range o.result.Left {
		if kind := steps[i].Kind; kind != plan.Make && kind != plan.Finish {
			s.Say(check.Warn, "Left to you: %s.", left.Title)
			how := "type"
			if kind == plan.Attach || kind == plan.Detach {
				how = "then" // it notes what was done in the services' own console
			}
			for _, command := range left.Commands {
				s.Line("    %s: %s", how, command)
			}
		}
	}
	switch {
	case o.result.Stopped:
		s.Text("Stopped. Nothing is half-made: run the command again to go on.")
		return errStatus(statusCannot)
	case len(steps) > 0:
		return errStatus(statusNotSo)
	}
	s.Say(check.Pass, "Everything that is needed works, and nothing else is there.")
	return nil
}

// waiting writes each draft with whom it waits for: those of this run with the
// link, earlier ones with how to go on.
func (o *applying) waiting(w *workspace.Workspace, after *plan.Plan, args []string) {
	s, links := o.screen(), map[string]attempt{}
	for _, draft := range o.result.Waiting {
		links[draft.Draft] = draft
	}
	g := o.guide(w, after, args)
	for i := range after.Needs {
		n := &after.Needs[i]
		if n.State != plan.Waiting {
			continue
		}
		draft := links[n.Draft.ID]
		s.Say(check.Skip, "%s %s", n.Draft.Title, waits(n.Draft, draft.WaitsFor))
		if draft.Link != "" {
			s.Line("    send: %s", draft.Link)
		}
		advice := g.Advise(&plan.Step{Kind: plan.Finish, Organisation: n.Organisation, Need: n})
		s.Line("    then: %s", advice.Commands[0])
	}
}

// waits says for whom a draft waits, or else why it was left in this run.
func waits(d *plan.Draft, why string) string {
	if d.For == "" && why != "" {
		return "waits: " + why
	}
	return d.Waits()
}

func orEmpty(list []attempt) []attempt {
	if list == nil {
		return []attempt{}
	}
	return list
}
