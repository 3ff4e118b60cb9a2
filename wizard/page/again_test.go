package page

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"fairlead/secret"
)

// house is a flow whose first page looks at this computer, whose second asks
// for an address that something secret goes to, and whose last commits.
type house struct {
	lost    bool  // what the first page looks for
	failure error // of the commit
	looks   int
}

func (h *house) flow() Flow {
	return Flow{ID: "house", Pages: func(*Answers) []Page {
		return []Page{
			{ID: "look", Action: &Action{Local: true, Run: func(context.Context, *Answers, func(Progress)) (Changes, error) {
				h.looks++
				return Changes{"lost": h.lost}, nil
			}}},
			{ID: "lost", NotNeeded: func(a *Answers) string {
				if a.On("lost") {
					return ""
				}
				return "it is there"
			}, Fields: func(*Answers) []Field { return []Field{{Key: "instead", Kind: Text, Label: "Instead"}} }},
			{ID: "find", Fields: func(*Answers) []Field {
				return []Field{{Key: "who", Kind: Text, Label: "Who"}}
			}, Action: &Action{Inputs: []string{"who"}, Run: func(_ context.Context, a *Answers, _ func(Progress)) (Changes, error) {
				return Changes{"where": "house of " + a.Text("who")}, nil
			}}},
			{ID: "where", Fields: func(*Answers) []Field {
				return []Field{{Key: "where", Kind: Text, Label: "Where", Confirm: true}}
			}},
			{ID: "send", Action: &Action{Commit: true, Run: func(context.Context, *Answers, func(Progress)) (Changes, error) {
				return nil, h.failure
			}}},
			{ID: "end", Final: true},
		}
	}}
}

// toSend walks to the page that commits.
func (h *house) toSend(t *testing.T) *Journey {
	t.Helper()
	j := Start(h.flow())
	j.Set("who", "anna")
	for range 3 {
		next(t, j)
	}
	at(t, j, "send")
	return j
}

func TestAConfirmationIsForOneValue(t *testing.T) {
	j := (&house{}).toSend(t)
	j.Goto("find")
	j.Set("who", "boris")
	next(t, j)
	at(t, j, "where")
	if j.Goto("send") {
		t.Fatal("the rail leads past a value that nobody confirmed")
	}
	j.Goto("find")
	next(t, j)
	next(t, j)
	at(t, j, "send")
	j.Set("where", "elsewhere") // as from a late result
	next(t, j)
	at(t, j, "where")
	next(t, j)
	next(t, j)
	if !j.Committed() {
		t.Error("not committed after the new value was confirmed")
	}
}

// TestACommitForgetsSecrets: passwords and tokens are dropped once they are not
// needed any more.
func TestACommitForgetsSecrets(t *testing.T) {
	j := (&house{}).toSend(t)
	j.Set("token", secret.New("t"))
	next(t, j)
	if !j.Committed() || !j.Answers().Secret("token").IsEmpty() {
		t.Error("the secret is still there")
	}
}

func TestACommitThatFailedLooksAgain(t *testing.T) {
	h := &house{failure: LookAgain(errors.New("lost"))}
	j := h.toSend(t)
	next(t, j)
	at(t, j, "send")
	if j.View().Failure != "lost" {
		t.Errorf("the failure reads %q", j.View().Failure)
	}
	h.lost, h.failure = true, nil
	next(t, j)
	at(t, j, "look")
	next(t, j)
	at(t, j, "lost")
	j.Set("instead", "here")
	for range 4 {
		next(t, j)
	}
	if !j.Committed() || h.looks != 2 {
		t.Errorf("on %s after %d looks", j.View().Page.ID, h.looks)
	}
}

func TestAResumedDraftLooksAroundAnew(t *testing.T) {
	for _, lost := range []bool{false, true} {
		h := &house{}
		data, err := json.Marshal(h.toSend(t).Draft())
		if err != nil {
			t.Fatal(err)
		}
		d, err := ReadDraft(data)
		if err != nil {
			t.Fatal(err)
		}
		h.lost = lost
		j, err := Resume(t.Context(), h.flow(), d)
		if err != nil {
			t.Fatal(err)
		}
		want := "where" // to be confirmed again
		if lost {
			want = "lost"
		}
		at(t, j, want)
	}
}

func TestALateResultOfOtherAnswersIsDropped(t *testing.T) {
	j := Start((&house{}).flow())
	next(t, j)
	j.Set("who", "anna")
	move := j.Next()
	j.Set("who", "boris")
	j.Finish(move.Task, move.Task.Run(t.Context(), nil, nil))
	at(t, j, "find")
	if got := j.Answers().Text("where"); got != "" {
		t.Errorf("boris is said to live at %q", got)
	}
}

func TestStoppingTheTestInDepthKeepsTheUsualOne(t *testing.T) {
	p := &probe{}
	j := Start(example(p, new(int)))
	j.Set("kind", "plain")
	j.Set("user", "anna")
	j.Set("password", secret.New("p"))
	for range 3 {
		next(t, j)
	}
	at(t, j, "test")
	before := j.View().Report
	stopped, cancel := context.WithCancel(t.Context())
	cancel()
	task := j.Deeper().Task
	j.Finish(task, task.Run(stopped, nil, nil))
	if v := j.View(); v.Report != before || v.Verb != "Next" {
		t.Errorf("the report is %+v and the verb %q", v.Report, v.Verb)
	}
}
