package page

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"fairlead/secret"
)

var since = time.Date(2026, 11, 24, 14, 2, 0, 0, time.UTC)

// consent is a flow that asks for a tenant, waits for somebody to grant, and
// keeps a token in memory.
func consent(granted *bool) Flow {
	return Flow{
		ID: "consent", Pages: func(*Answers) []Page {
			return []Page{
				{ID: "service", Fields: func(*Answers) []Field {
					return []Field{{Key: "about", Kind: Note}, {Key: "service", Kind: Choice, Options: []Option{{Value: "a"}, {Value: "b"}}}}
				}},
				{ID: "tenant", Fields: func(*Answers) []Field { return []Field{{Key: "tenant", Kind: Text}} }},
				{ID: "grant", Action: &Action{Verb: "Ask", Memory: true, Run: func(_ context.Context, _ *Answers, say func(Progress)) (Changes, error) {
					say(Progress{Text: "Waiting for the browser", Until: since, Link: "https://login.example/", Code: "ABC"})
					if !*granted {
						return Changes{"since": "14:02"}, &Waiting{Since: since, Every: time.Minute, Why: errors.New("nobody has granted it yet")}
					}
					return Changes{"token": secret.New("t0ken")}, nil
				}}},
				{ID: "create", Action: &Action{Commit: true, Run: func(context.Context, *Answers, func(Progress)) (Changes, error) {
					return nil, nil
				}}},
				{ID: "end", Final: true},
			}
		},
		After: func(a *Answers) []Follow {
			return []Follow{{Label: "next tenant", Preset: Changes{"service": a.Text("service")}}}
		},
	}
}

func TestWaitingIsNoFailure(t *testing.T) {
	granted := false
	j := Start(consent(&granted))
	j.Set("service", "a")
	next(t, j)
	j.Set("tenant", "contoso")
	next(t, j)
	next(t, j)
	at(t, j, "grant")
	v := j.View()
	if v.Failure != "" || v.Waiting == nil || !v.Waiting.Since.Equal(since) || v.Waiting.Error() != "nobody has granted it yet" {
		t.Errorf("the page says %q and waits for %+v", v.Failure, v.Waiting)
	}
	if v.Verb != "Look again" || j.Answers().Text("since") != "14:02" {
		t.Errorf("the button says %q; since is %q", v.Verb, j.Answers().Text("since"))
	}
	granted = true
	next(t, j)
	at(t, j, "create")
	if j.Goto("grant") && (j.View().Waiting != nil || j.View().Verb != "Next") {
		t.Errorf("it still waits after what it waited for: %+v", j.View())
	}
}

func TestAResumedDraftAsksAnewForWhatWasInMemory(t *testing.T) {
	granted := true
	j := Start(consent(&granted))
	j.Set("service", "a")
	next(t, j)
	j.Set("tenant", "contoso")
	next(t, j)
	next(t, j)
	at(t, j, "create")
	if j.Answers().Secret("token").IsEmpty() {
		t.Fatal("no token")
	}
	data, err := json.Marshal(j.Draft())
	if err != nil {
		t.Fatal(err)
	}
	d, err := ReadDraft(data)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Resume(t.Context(), consent(&granted), d)
	if err != nil {
		t.Fatal(err)
	}
	at(t, back, "grant")
	if v := back.View(); v.Verb != "Ask" || !back.Answers().Secret("token").IsEmpty() {
		t.Errorf("the button says %q", v.Verb)
	}
}

func TestFollowPassesByWhatIsGiven(t *testing.T) {
	granted := true
	j := Start(consent(&granted))
	if len(j.View().After) != 0 {
		t.Error("something is offered before the end")
	}
	j.Set("service", "b")
	next(t, j)
	j.Set("tenant", "contoso")
	for range 3 {
		next(t, j)
	}
	at(t, j, "end")
	after := j.View().After
	if len(after) != 1 {
		t.Fatalf("offered: %+v", after)
	}
	again := j.Follow(after[0])
	at(t, again, "tenant")
	if a := again.Answers(); a.Text("service") != "b" || a.Text("tenant") != "" || again.Committed() {
		t.Errorf("begun with %+v", a)
	}
	if !again.Back() {
		t.Error("what was given cannot be changed")
	}
	for name, preset := range map[string]Changes{
		"nothing given":       {},
		"no longer an option": {"service": "c"},
		"a later page given":  {"tenant": "contoso"},
	} {
		t.Run(name, func(t *testing.T) { at(t, j.Follow(Follow{Preset: preset}), "service") })
	}
}

// TestAStoppedAttemptTakesItsForerunnersFailureAway: what went wrong before says
// nothing about the attempt that was stopped.
func TestAStoppedAttemptTakesItsForerunnersFailureAway(t *testing.T) {
	outcome := errors.New("the account is another one")
	j := Start(Flow{Pages: func(*Answers) []Page {
		return []Page{{ID: "one", Action: &Action{Run: func(context.Context, *Answers, func(Progress)) (Changes, error) {
			return nil, outcome
		}}}, {ID: "two", Final: true}}
	}})
	for _, want := range []string{"the account is another one", ""} {
		task := j.Next().Task
		j.Finish(task, task.Run(t.Context(), nil, nil))
		if got := j.View().Failure; got != want {
			t.Errorf("the page says %q, want %q", got, want)
		}
		outcome = ErrStopped
	}
}
