package prompt

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"fairlead/check"
	"fairlead/cli/form"
	"fairlead/cli/keyboard"
	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

var update = flag.Bool("update", false, "write the golden files anew")

// cruise is a small wizard with a field of every kind.
type cruise struct {
	failures  int  // how many tests fail before one passes
	lost      int  // how many times the harbour is not found
	taken     bool // whether anna's ship is there already
	block     bool // whether the harbour is looked for until it is told to stop
	began     chan struct{}
	committed *page.Answers
}

func (c *cruise) flow() page.Flow {
	return page.Flow{ID: "cruise", Title: "New cruise", Pages: func(a *page.Answers) []page.Page {
		before := []page.Page{
			{ID: "stops", Step: "Stops", Title: "Which ports does it call at?", Why: "Each one more takes a day.", Fields: stops},
			{ID: "visa", Step: "Visa", Title: "Which visa?", NotNeeded: func(a *page.Answers) string {
				if !contains(a.List("stops"), "oslo") {
					return "no stop wants one"
				}
				return ""
			}, Fields: visa},
			{ID: "captain", Step: "Captain", Title: "Who is the captain?", Fields: captain, Action: &page.Action{
				Busy: "Looking for the harbour", Inputs: []string{"captain.mail"}, Run: c.harbour,
			}},
			{ID: "harbour", Step: "Harbour", Title: "Is this the harbour?", Fields: harbour},
			{ID: "trial", Step: "Trial", Title: "Does it float?", Action: &page.Action{
				Busy: "Putting it to water", Verb: "Try it", Inputs: []string{"captain.mail"},
				Test: func(*page.Answers) *check.Suite { return c.trial() },
			}},
		}
		return append(before, page.Page{
			ID: "summary", Step: "Summary", Title: "Go?", Next: "Cast off",
			Fields: func(a *page.Answers) []page.Field { return page.Summary(before, a) },
			Action: &page.Action{
				Busy: "Casting off", Commit: true,
				Run: func(_ context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
					c.committed = a
					return nil, nil
				},
			},
		}, page.Page{ID: "sea", Step: "Sea", Title: "At sea", Final: true, Fields: func(*page.Answers) []page.Field {
			return []page.Field{{Key: "sea.note", Kind: page.Note, Tone: page.Good, Label: "Well done", Hint: "- Look ahead.\n- Sleep well."}}
		}})
	}}
}

func contains(list []string, one string) bool {
	for _, item := range list {
		if item == one {
			return true
		}
	}
	return false
}

// taken refuses an answer.
type taken struct{}

func (taken) Error() string { return "she has a ship already" }
func (taken) Refusal()      {}

func (c *cruise) harbour(ctx context.Context, a *page.Answers, say func(page.Progress)) (page.Changes, error) {
	if c.block {
		close(c.began)
		<-ctx.Done()
		return nil, ctx.Err()
	}
	if c.taken && strings.HasPrefix(a.Text("captain.mail"), "anna@") {
		return nil, taken{}
	}
	if c.lost > 0 {
		c.lost--
		return nil, errors.New("the harbour did not answer; try again later")
	}
	say(page.Progress{Text: "Asking the pilot"})
	return page.Changes{"harbour.url": "https://harbour.example/"}, nil
}

func (c *cruise) trial() *check.Suite {
	leak := errors.New("water came in")
	return check.NewSuite(c, []check.Check[*cruise]{{
		ID: "float", Title: "Floats",
		Ask: func(_ context.Context, c *cruise) (check.Finding, error) {
			if c.failures > 0 {
				c.failures--
				return check.Finding{Summary: "wet"}, leak
			}
			return check.Finding{Summary: "dry"}, nil
		},
		Causes: []*check.Cause[*cruise]{{
			Code: "leak", Title: "It leaks", Verdict: check.Fail, Remedy: "Caulk it:\n\n```\ncaulk --all\n```",
			When: func(_ *cruise, err error) bool { return errors.Is(err, leak) },
		}},
	}}, check.Options[*cruise]{})
}

func stops(*page.Answers) []page.Field {
	return []page.Field{
		{Key: "stops.note", Kind: page.Note, Tone: page.Heed, Label: "Mind the ice", Hint: "North of 70° only in summer."},
		{Key: "stops", Kind: page.Choice, Many: true, Label: "Stops", Options: []page.Option{
			{Value: "bergen", Label: "Bergen", Note: "Rain."},
			{Value: "oslo", Label: "Oslo"},
			{Value: "atlantis", Label: "Atlantis", Barred: "it sank"},
		}},
		{Key: "meals", Kind: page.Checkbox, Label: "With meals"},
	}
}

func visa(*page.Answers) []page.Field {
	return []page.Field{{Key: "visa", Kind: page.Choice, Label: "Visa", Options: []page.Option{
		{Value: "short", Label: "Short"}, {Value: "long", Label: "Long"},
	}, Suggest: func(*page.Answers) string { return "long" }}}
}

func captain(*page.Answers) []page.Field {
	return []page.Field{
		{Key: "captain.mail", Kind: page.Address, Label: "Mail address", Placeholder: "anna@ship.example", Validate: func(v string) error {
			if !strings.Contains(v, "@") {
				return errors.New("this is no mail address: it has no @")
			}
			return nil
		}, Advise: func(v string) string {
			if strings.HasSuffix(v, ".local") {
				return "Nobody outside can reach .local."
			}
			return ""
		}},
		{Key: "captain.rank", Kind: page.Text, Label: "Rank", Aside: "if there is one", Optional: true},
		{Key: "captain.password", Kind: page.Secret, Label: "Password", Hint: "Kept in the safe."},
	}
}

func harbour(*page.Answers) []page.Field {
	return []page.Field{{Key: "harbour.url", Kind: page.URL, Label: "Harbour", Confirm: true}}
}

// typed runs the wizard with lines of input.
func typed(t *testing.T, c *cruise, lines ...string) (string, *page.Journey, error) {
	t.Helper()
	var out bytes.Buffer
	j := page.Start(c.flow())
	w := Wizard{
		Journey: j, Screen: screen.New(&out, func(string) string { return "" }), Banner: "LAB",
		Keyboard: keyboard.New(strings.NewReader(strings.Join(lines, "\n") + "\n")),
	}
	err := w.Run(t.Context())
	for line := range strings.Lines(out.String()) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > screen.MaxWidth {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if strings.Contains(out.String(), "hunter2") {
		t.Error("the password was shown")
	}
	return out.String(), j, err
}

func TestTheWholeWay(t *testing.T) {
	c := &cruise{failures: 1, lost: 1}
	out, _, err := typed(t, c,
		"?", "1,3", "1,9", "2 1", "y", // stops, meals
		"2",                                                                 // visa
		"anna", "anna@corp.local", "<", "anna@ship.example", "", "hunter2 ", // captain
		"",        // look for the harbour again
		"", "yes", // harbour
		"", "", "r", "", // trial: try, run again, once more, next
		"1", "", "n", // from the summary to step 1 and straight back
		"", // cast off
	)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	golden(t, "whole.txt", out)
	a := c.committed
	if a == nil || a.Text("captain.mail") != "anna@ship.example" || a.On("meals") || a.Text("visa") != "long" ||
		strings.Join(a.List("stops"), " ") != "oslo bergen" || a.Secret("captain.password").Reveal() != "hunter2 " {
		t.Errorf("committed %+v", a)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(file, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if steady(got) != steady(string(want)) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

var took = regexp.MustCompile(` *(<1|\d+(\.\d+)?) (ms|s)\b`)

// steady makes times the same for every run.
func steady(text string) string { return took.ReplaceAllString(text, " N ms") }

func TestBackLosesNothing(t *testing.T) {
	_, j, err := typed(t, &cruise{}, "1", "y", "anna@ship.example", "<", "<", "", "", "", "Mate", "hunter2", "save")
	if !errors.Is(err, ErrLeft) {
		t.Fatal(err)
	}
	if a := j.Answers(); a.Text("captain.mail") != "anna@ship.example" || a.Text("captain.rank") != "Mate" || !a.On("meals") {
		t.Error("an answer got lost")
	}
	if j.View().Page.ID != "harbour" {
		t.Errorf("left at %s", j.View().Page.ID)
	}
}

// TestARefusalAsksForAnotherAnswer: Enter must not come to the same refusal for ever.
func TestARefusalAsksForAnotherAnswer(t *testing.T) {
	out, j, err := typed(t, &cruise{taken: true}, "1", "", "anna@ship.example", "", "hunter2",
		"", "bert@ship.example", "", "", "save") // Enter alone asks for the address again
	if !errors.Is(err, ErrLeft) || j.View().Page.ID != "harbour" || j.Answers().Text("captain.mail") != "bert@ship.example" {
		t.Errorf("%v; left at %s\n%s", err, j.View().Page.ID, out)
	}
	if !strings.Contains(out, "Enter: change answers") || strings.Contains(out, "e: change answers") || strings.Contains(out, "try again") {
		t.Errorf("it offers\n%s", out)
	}
	_, j, _ = typed(t, &cruise{taken: true}, "1", "", "anna@ship.example", "", "hunter2", "save")
	in, press := io.Pipe()
	go func() { _, _ = io.WriteString(press, "\r") }()
	w := Wizard{
		Journey: j, Screen: screen.New(io.Discard, func(string) string { return "" }),
		Form: &form.Asker{In: in, Out: io.Discard, Width: 80, Wizard: true},
	}
	if next, err := w.bar(t.Context()); next != edit || err != nil {
		t.Errorf("Enter comes to %v, %v", next, err)
	}
}

func TestCommandsAsAnswers(t *testing.T) {
	_, j, err := typed(t, &cruise{}, "1", "", "anna@ship.example", `\save`, "<", "", "?", "back", "save")
	if !errors.Is(err, ErrLeft) {
		t.Fatal(err)
	}
	if got := j.Answers().Text("captain.rank"); got != "save" {
		t.Errorf("the rank is %q", got)
	}
	if got := j.Answers().Secret("captain.password").Reveal(); got != "back" {
		t.Errorf("a password that looks like a command has %d bytes", len(got))
	}
}

func TestARefusedAnswerGivesWay(t *testing.T) {
	_, j, err := typed(t, &cruise{}, "1", "", "anna@ship.example", "", "hunter2", "no address\x01", "", "yes", "<", "save")
	if !errors.Is(err, ErrLeft) || j.Answers().Text("harbour.url") != "https://harbour.example/" {
		t.Errorf("%v; the harbour is %q", err, j.Answers().Text("harbour.url"))
	}
}

func TestADashEmptiesAnOptionalAnswer(t *testing.T) {
	_, j, err := typed(t, &cruise{}, "1", "", "anna@ship.example", "Mate", "", "<", "-", "pw", "save")
	if !errors.Is(err, ErrLeft) || j.Answers().Text("captain.rank") != "" {
		t.Errorf("%v; the rank is %q", err, j.Answers().Text("captain.rank"))
	}
}

func TestTheInputEnds(t *testing.T) {
	_, j, err := typed(t, &cruise{}, "1", "", "anna@ship.example")
	if !errors.Is(err, io.EOF) || !j.Begun() || j.Answers().Text("captain.mail") != "anna@ship.example" {
		t.Errorf("%v; what was answered: %+v", err, j.Answers())
	}
}

// watched tells when words were written for the first time.
type watched struct {
	bytes.Buffer
	seen map[string]chan struct{}
}

func watch(words ...string) *watched {
	w := &watched{seen: map[string]chan struct{}{}}
	for _, word := range words {
		w.seen[word] = make(chan struct{})
	}
	return w
}

func (w *watched) Write(p []byte) (int, error) {
	before := w.Len()
	n, err := w.Buffer.Write(p)
	for word, seen := range w.seen {
		if i := strings.Index(w.String(), word); i >= 0 && i+len(word) > before {
			close(seen)
		}
	}
	return n, err
}

// TestInterrupts: the first stops the task, one at a question leaves.
func TestInterrupts(t *testing.T) {
	c := &cruise{block: true, began: make(chan struct{})}
	interrupts := make(chan struct{})
	out := watch("Stopped.")
	input, typing := io.Pipe()
	go func() {
		_, _ = io.WriteString(typing, "1\n\nanna@ship.example\n\nhunter2\n")
		<-c.began
		interrupts <- struct{}{}
		<-out.seen["Stopped."]
		interrupts <- struct{}{}
	}()
	j := page.Start(c.flow())
	w := Wizard{
		Journey: j, Screen: screen.New(out, func(string) string { return "" }),
		Keyboard: keyboard.New(input), Interrupts: interrupts,
	}
	if err := w.Run(t.Context()); !errors.Is(err, keyboard.ErrInterrupted) {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "– Stopped.") || j.View().Page.ID != "captain" {
		t.Errorf("at %s after\n%s", j.View().Page.ID, out.String())
	}
}

func TestTheProgramIsToldToEnd(t *testing.T) {
	c := &cruise{block: true, began: make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-c.began
		cancel()
	}()
	w := Wizard{
		Journey: page.Start(c.flow()), Screen: screen.New(io.Discard, func(string) string { return "" }),
		Keyboard: keyboard.New(strings.NewReader("1\n\nanna@ship.example\n\nhunter2\n")),
	}
	if err := w.Run(ctx); !errors.Is(err, keyboard.ErrInterrupted) {
		t.Error(err)
	}
}

// TestACommitIsWaitedFor: whatever asks the wizard to end while it writes, the
// end is told as it was.
func TestACommitIsWaitedFor(t *testing.T) {
	for name, end := range map[string]func(cancel func(), interrupts chan<- struct{}){
		"told to end":     func(cancel func(), _ chan<- struct{}) { cancel() },
		"two interrupts":  func(_ func(), interrupts chan<- struct{}) { interrupts <- struct{}{}; interrupts <- struct{}{} },
		"an interrupt":    func(_ func(), interrupts chan<- struct{}) { interrupts <- struct{}{} },
		"both, and again": func(cancel func(), interrupts chan<- struct{}) { cancel(); interrupts <- struct{}{} },
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			interrupts, asked := make(chan struct{}), make(chan struct{})
			flow := page.Flow{ID: "write", Pages: func(*page.Answers) []page.Page {
				return []page.Page{
					{ID: "sure", Title: "Sure?", Action: &page.Action{
						Busy: "Writing", Commit: true,
						Run: func(context.Context, *page.Answers, func(page.Progress)) (page.Changes, error) {
							go func() {
								end(cancel, interrupts)
								close(asked)
							}()
							<-asked
							return nil, nil
						},
					}},
					{ID: "end", Title: "Written", Final: true},
				}
			}}
			w := Wizard{
				Journey: page.Start(flow), Screen: screen.New(io.Discard, func(string) string { return "" }),
				Keyboard: keyboard.New(strings.NewReader("\n")), Interrupts: interrupts,
			}
			if err := w.Run(ctx); err != nil || !w.Journey.Committed() {
				t.Errorf("committed: %v, error: %v", w.Journey.Committed(), err)
			}
		})
	}
}

// FuzzTyped: whatever is typed, the wizard ends with the input and shows no
// escape sequence.
func FuzzTyped(f *testing.F) {
	for _, seed := range []string{"1\n\na@b\n\np\n\nyes\n\n\n\n", "?\n<\nback\n", "\\save\n1\ny\n", "save\n", "1,2\n\x1b[2J\n", "9999999999999999999\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input string) {
		var out bytes.Buffer
		w := Wizard{
			Journey: page.Start((&cruise{}).flow()), Screen: screen.New(&out, func(string) string { return "" }),
			Keyboard: keyboard.New(strings.NewReader(input)),
		}
		_ = w.Run(t.Context()) // every error is a good end here
		if strings.Contains(out.String(), "\x1b") {
			t.Errorf("%q showed an escape sequence", input)
		}
	})
}
