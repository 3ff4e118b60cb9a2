package page

import "fairlead/check"

// View is what a front end draws of the current page.
type View struct {
	Page      Page
	Fields    []FieldView
	Failure   string        // why the page's action failed, or empty
	Refused   bool          // whether it fails in the same way until an answer is another one
	Waiting   *Waiting      // what the page's action waits for, in place of a failure, or nil
	Report    *check.Report // of the page's test, or nil
	Rows      []check.Row   // of the page's test before it ran
	Verb      string        // on the button that goes on
	Again     bool          // whether "Run again" is offered beside it
	Deeper    bool          // whether the test in depth is offered, see [Journey.Deeper]
	CanBack   bool
	Committed bool
	After     []Follow // what may be done next, on the final page
}

// FieldView is a field with its answer.
type FieldView struct {
	Field
	Value     string   // of text, address, url, and of a choice of one
	Chosen    []string // of a choice
	Ticked    bool     // of a checkbox
	HasSecret bool     // a secret is held in memory; it is never shown again
	Problem   string   // what is wrong, or empty
	Advice    string   // a warning that does not hold anyone up, or empty
}

// View returns what to draw now.
func (j *Journey) View() View {
	p := j.said(j.page())
	v := View{
		Page: p, Failure: failText(j.failure[p.ID]), Report: j.answers.Report(p.ID),
		Verb: p.Next, CanBack: j.CanBack(), Committed: j.committed,
	}
	if v.Verb == "" {
		v.Verb = j.say("Next")
	}
	if v.Waiting = waiting(j.failure[p.ID]); v.Waiting != nil {
		v.Failure = ""
	}
	v.Refused = refused(j.failure[p.ID])
	for _, f := range p.fields(j.answers) {
		v.Fields = append(v.Fields, j.fieldView(j.saidField(f)))
	}
	if p.Action != nil {
		done := j.actionDone(&p)
		if p.Action.Verb != "" && !done {
			v.Verb = j.say(p.Action.Verb)
		}
		if v.Waiting != nil {
			v.Verb = j.say("Look again")
		}
		if p.Action.Test != nil {
			v.Again, v.Deeper = done, j.canDeepen(&p)
			if v.Report != nil && !done {
				v.Verb = j.say("Run again")
			}
			if v.Report == nil {
				if suite := p.Action.Test(j.answers); suite != nil {
					v.Rows = suite.Rows
				}
			}
		}
	}
	if p.Final && j.flow.After != nil {
		v.After = j.flow.After(j.answers)
		for i := range v.After {
			v.After[i].Label = j.say(v.After[i].Label)
		}
	}
	return v
}

func (j *Journey) fieldView(f Field) FieldView {
	v := FieldView{
		Field: f, Value: j.answers.Text(f.Key), Chosen: j.answers.Chosen(&f), Ticked: j.answers.On(f.Key),
		HasSecret: f.Kind == Secret && !j.answers.Secret(f.Key).IsEmpty(),
	}
	if raw, ok := j.answers.values[f.Key].(string); ok {
		v.Value = raw // as typed: a field must not lose a space while it is written
	}
	if err := j.problems[f.Key]; err != nil {
		v.Problem = err.Error()
	}
	if f.Advise != nil && v.Value != "" {
		v.Advice = f.Advise(j.answers.Text(f.Key))
	}
	return v
}

// StepState is the state of a step in the rail.
type StepState string

// The states of a step.
const (
	Todo      StepState = "to do"
	Now       StepState = "now"
	Done      StepState = "done"
	Attention StepState = "needs attention"
	Unneeded  StepState = "not needed"
)

// Step is a page in the rail.
type Step struct {
	ID, Name string
	State    StepState
	Why      string // why it is not needed
	Open     bool   // whether [Journey.Goto] would go there
	// Failed is true when the page's test has failed.
	Failed bool
}

// Steps returns the rail: every page of the flow, also those not needed.
func (j *Journey) Steps() []Step {
	pages := j.pages()
	now := j.index(pages)
	var steps []Step
	for i, p := range pages {
		s := Step{ID: p.ID, Name: j.say(p.Step), State: Todo, Open: !j.committed && j.reachable(p.ID)}
		if r := j.answers.Report(p.ID); r != nil && r.Verdict() == check.Fail {
			s.Failed = true
		}
		switch {
		case i == now:
			s.State = Now
		case !p.needed(j.answers):
			s.State, s.Why = Unneeded, j.say(p.NotNeeded(j.answers))
		case j.committed:
			s.State = Done
		case j.visited[p.ID] && j.complete(&p):
			s.State = Done
		case j.visited[p.ID]:
			s.State = Attention
		}
		steps = append(steps, s)
	}
	return steps
}
