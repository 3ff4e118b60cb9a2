package page

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"fairlead/check"
	"fairlead/secret"
)

// probe is what the test of the example flow finds.
type probe struct{ fails bool }

// example is a small flow with everything in it: a choice that makes a page
// unnecessary, a secret, an action that finds something, a test and a commit.
func example(p *probe, committed *int) Flow {
	return Flow{
		ID: "example", Title: "Example",
		Pages: func(*Answers) []Page {
			return []Page{
				{ID: "kind", Step: "Kind", Title: "Which?", Fields: func(*Answers) []Field {
					return []Field{{Key: "kind", Kind: Choice, Label: "Kind", Options: []Option{
						{Value: "plain", Label: "Plain"},
						{Value: "fancy", Label: "Fancy"},
						{Value: "none", Label: "None", Barred: "not made"},
					}}}
				}},
				{ID: "extra", Step: "Extra", Title: "Extra", NotNeeded: func(a *Answers) string {
					if a.Text("kind") != "fancy" {
						return "only for fancy ones"
					}
					return ""
				}, Fields: func(*Answers) []Field {
					return []Field{{Key: "extra", Kind: Text, Label: "Extra"}}
				}},
				{
					ID: "account", Step: "Account", Title: "Account", Next: "Find",
					Fields: func(*Answers) []Field {
						return []Field{
							{Key: "user", Kind: Text, Label: "User", Validate: func(v string) error {
								if strings.Contains(v, " ") {
									return errors.New("no spaces")
								}
								return nil
							}, Advise: func(v string) string {
								if strings.HasSuffix(v, ".local") {
									return "local"
								}
								return ""
							}},
							{Key: "password", Kind: Secret, Label: "Password"},
						}
					},
					Action: &Action{Inputs: []string{"user"}, Run: func(ctx context.Context, a *Answers, say func(Progress)) (Changes, error) {
						say(Progress{Text: "looking"})
						if a.Text("user") == "nobody" {
							return nil, errors.New("nobody is not there")
						}
						return Changes{"found": "at " + a.Text("user")}, ctx.Err()
					}},
				},
				{ID: "test", Step: "Test", Title: "Test", Action: &Action{
					Verb: "Test", Inputs: []string{"user", "password"},
					Test:   func(*Answers) *check.Suite { return suite(p) },
					Deeper: func(*Answers) *check.Suite { return suite(p) },
				}},
				{ID: "name", Step: "Name", Title: "Name", Fields: func(*Answers) []Field {
					return []Field{{Key: "name", Kind: Text, Label: "Name", Suggest: func(a *Answers) string { return a.Text("found") }}}
				}},
				{ID: "summary", Step: "Summary", Title: "Sure?", Next: "Create", Action: &Action{
					Commit: true, Run: func(context.Context, *Answers, func(Progress)) (Changes, error) {
						*committed++
						return Changes{"id": "1"}, nil
					},
				}},
				{ID: "end", Step: "Create", Title: "Done", Final: true},
			}
		},
	}
}

func suite(p *probe) *check.Suite {
	return check.NewSuite(p, []check.Check[*probe]{{
		ID: "works", Title: "Works",
		Ask: func(context.Context, *probe) (check.Finding, error) { return check.Finding{Summary: "asked"}, nil },
		Causes: []*check.Cause[*probe]{{
			Code: "broken", Title: "It is broken", Verdict: check.Fail, Remedy: "Mend it.",
			When: func(p *probe, _ error) bool { return p.fails },
		}},
	}}, check.Options[*probe]{})
}

// next presses Next and does the task that comes of it, if one does.
func next(t *testing.T, j *Journey) Move {
	t.Helper()
	move := j.Next()
	if move.Task == nil {
		return move
	}
	return j.Finish(move.Task, move.Task.Run(context.Background(), nil, nil))
}

func at(t *testing.T, j *Journey, id string) {
	t.Helper()
	if got := j.View().Page.ID; got != id {
		t.Fatalf("on page %q, want %q (problems: %v)", got, id, j.problems)
	}
}

func TestTheWholeRoad(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	at(t, j, "kind")
	if move := next(t, j); move.Moved || move.Focus != "kind" {
		t.Fatalf("an empty choice was let through: %+v", move)
	}
	j.Set("kind", "plain")
	next(t, j)
	at(t, j, "account") // the extra page is not needed
	if s := j.Steps()[1]; s.State != Unneeded || s.Why != "only for fancy ones" {
		t.Errorf("the step that is not needed reads %+v", s)
	}
	j.Set("user", "anna")
	j.Set("password", secret.New("pass word "))
	next(t, j)
	at(t, j, "test")
	if v := j.View(); v.Verb != "Test" || len(v.Rows) != 1 {
		t.Errorf("before the test the view reads %q with %d rows", v.Verb, len(v.Rows))
	}
	next(t, j)
	at(t, j, "test") // the report is there to be read
	if v := j.View(); v.Verb != "Next" || !v.Again || v.Report == nil {
		t.Errorf("after the test the view reads %+v", v)
	}
	next(t, j)
	at(t, j, "name")
	if got := j.Answers().Text("name"); got != "at anna" {
		t.Errorf("the suggested name is %q", got)
	}
	next(t, j)
	at(t, j, "summary")
	next(t, j)
	at(t, j, "end")
	if commits != 1 || !j.Committed() || j.CanBack() || j.Back() || j.Goto("kind") {
		t.Errorf("after the commit: %d commits, committed %v, back %v", commits, j.Committed(), j.CanBack())
	}
}

func TestAFailedTestHoldsUp(t *testing.T) {
	p, commits := &probe{fails: true}, 0
	j := Start(example(p, &commits))
	fill(t, j)
	at(t, j, "test")
	next(t, j)
	at(t, j, "test")
	if v := j.View(); v.Verb != "Run again" || !j.Steps()[3].Failed {
		t.Errorf("after a failed test the verb is %q", v.Verb)
	}
	if j.Goto("name") {
		t.Error("a failed test was passed by")
	}
	p.fails = false
	next(t, j)
	next(t, j)
	at(t, j, "name")
}

// TestDeeper: a test in depth is offered while a report fits the answers, and
// its own takes that one's place.
func TestDeeper(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	fill(t, j)
	if j.View().Deeper || j.Deeper().Task != nil {
		t.Error("it is offered before the usual test")
	}
	next(t, j)
	if !j.View().Deeper {
		t.Fatal("it is not offered after the usual test")
	}
	p.fails = true
	task := j.Deeper().Task
	if task == nil || !task.IsTest() {
		t.Fatalf("the task is %+v", task)
	}
	j.Finish(task, task.Run(t.Context(), nil, nil))
	if r := j.View().Report; r == nil || r.Verdict() != check.Fail {
		t.Errorf("the report is %+v", r)
	}
	if j.Set("password", secret.New("another")); j.View().Deeper {
		t.Error("it is offered for answers that were never tested")
	}
}

// fill answers everything up to the test.
func fill(t *testing.T, j *Journey) {
	t.Helper()
	j.Set("kind", "plain")
	next(t, j)
	j.Set("user", "anna")
	j.Set("password", secret.New("p"))
	next(t, j)
}

func TestAChangedInputMakesTheTestStale(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	fill(t, j)
	next(t, j)
	next(t, j)
	next(t, j)
	at(t, j, "summary")
	j.Goto("account")
	j.Set("password", secret.New("another"))
	if j.View().Report != nil || j.Answers().Report("test") != nil {
		t.Error("the report outlived the password that it was made with")
	}
	j.current = "summary" // as if a front end had gone there all the same
	move := j.Next()
	if commits != 0 || move.Task != nil {
		t.Fatal("an untested connector was created")
	}
	at(t, j, "test")
}

func TestBackLosesNothing(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	fill(t, j)
	for j.Back() {
	}
	at(t, j, "kind")
	next(t, j)
	v := j.View()
	if v.Fields[0].Value != "anna" || !v.Fields[1].HasSecret {
		t.Errorf("after Back the account page reads %+v", v.Fields)
	}
	if v.Fields[1].Value != "" {
		t.Error("a secret was put back into its field")
	}
}

func TestAnActionThatFails(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	j.Set("kind", "plain")
	next(t, j)
	j.Set("user", "nobody")
	j.Set("password", secret.New("p"))
	if move := next(t, j); move.Moved || j.View().Failure != "nobody is not there" {
		t.Errorf("moved %v, failure %q", move.Moved, j.View().Failure)
	}
	j.Set("user", "anna")
	if j.View().Failure != "" {
		t.Error("the failure outlived the answer that caused it")
	}
	next(t, j)
	at(t, j, "test")
}

func TestAStoppedTaskChangesNothing(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	j.Set("kind", "plain")
	next(t, j)
	j.Set("user", "anna")
	j.Set("password", secret.New("p"))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	move := j.Next()
	result := move.Task.Run(ctx, nil, nil)
	if !errors.Is(result.Err, ErrStopped) {
		t.Fatalf("a cancelled task ended with %v", result.Err)
	}
	if j.Finish(move.Task, result).Moved || j.View().Failure != "" || j.Answers().Text("found") != "" {
		t.Error("a stopped task left something behind")
	}
}

func TestLeaveValidatesAndAdvises(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	j.Set("kind", "plain")
	next(t, j)
	j.Set("user", "a b")
	if j.Leave("user") == nil || j.View().Fields[0].Problem != "no spaces" {
		t.Error("a bad value was let through on leaving")
	}
	j.Set("user", "anna@corp.local")
	if v := j.View().Fields[0]; v.Problem != "" || v.Advice != "local" {
		t.Errorf("while typing the field reads %+v", v)
	}
}

func TestBadValues(t *testing.T) {
	for name, value := range map[string]string{
		"enormous": strings.Repeat("x", 1<<20), "binary": "\xff\xfe", "control": "a\x00b", "lines": "a\nb",
	} {
		t.Run(name, func(t *testing.T) {
			j := Start(example(&probe{}, new(int)))
			j.Set("kind", "plain")
			next(t, j)
			j.Set("user", value)
			j.Set("password", secret.New(value))
			if move := next(t, j); move.Moved || move.Focus != "user" {
				t.Errorf("let through: %+v", move)
			}
			if j.problems["password"] == nil {
				t.Error("the password was let through")
			}
		})
	}
	j := Start(example(&probe{}, new(int)))
	for _, value := range []string{"none", "never heard of"} {
		j.Set("kind", value)
		if move := next(t, j); move.Moved {
			t.Errorf("the choice %q was let through", value)
		}
	}
}

func TestDrafts(t *testing.T) {
	p, commits := &probe{}, 0
	j := Start(example(p, &commits))
	fill(t, j)
	next(t, j)
	next(t, j)
	at(t, j, "name")
	data, err := json.Marshal(j.Draft())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), "password") {
		t.Errorf("the draft speaks of the password: %s", data)
	}
	d, err := ReadDraft(data)
	if err != nil {
		t.Fatal(err)
	}
	resumed, err := Resume(t.Context(), example(p, &commits), d)
	if err != nil {
		t.Fatal(err)
	}
	at(t, resumed, "account") // the password is needed again
	if resumed.View().Fields[0].Value != "anna" {
		t.Error("the draft lost an answer")
	}
	resumed.Set("password", secret.New("p"))
	next(t, resumed)
	at(t, resumed, "test")
	if _, err := Resume(t.Context(), Flow{ID: "other"}, d); err == nil {
		t.Error("a draft of another wizard was resumed")
	}
}

// TestADraftHoldsNoPasswordInTheWrongField goes back from a page whose field holds
// what will not do there.
func TestADraftHoldsNoPasswordInTheWrongField(t *testing.T) {
	pages := []Page{
		{ID: "one", Fields: func(*Answers) []Field { return nil }},
		{ID: "two", Fields: func(*Answers) []Field {
			return []Field{{Key: "mail", Kind: Text, Validate: func(text string) error {
				if !strings.Contains(text, "@") {
					return errors.New("this is no address")
				}
				return nil
			}}}
		}},
	}
	j := Start(Flow{ID: "flow", Pages: func(*Answers) []Page { return pages }})
	next(t, j)
	for text, kept := range map[string]string{"hunter2!": "", "anna@contoso.example": "anna@contoso.example"} {
		j.Set("mail", text)
		j.Back()
		if got := j.Draft().Answers.Text("mail"); got != kept {
			t.Errorf("of %q the draft keeps %q", text, got)
		}
		if j.Answers().Text("mail") != text {
			t.Error("the journey has lost what was typed")
		}
		next(t, j)
	}
}

func FuzzReadDraft(f *testing.F) {
	f.Add([]byte(`{"flow":"example","page":"test","visited":["kind"],"answers":{"kind":"plain","on":true,"l":["a"]}}`))
	f.Add([]byte(`{"answers":{"a":1}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := ReadDraft(data)
		if err != nil {
			return
		}
		j, err := Resume(t.Context(), example(&probe{}, new(int)), d)
		if err != nil {
			return
		}
		j.View()
		j.Steps()
		next(t, j)
	})
}
