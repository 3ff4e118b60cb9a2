package page

import (
	"slices"

	"fairlead/check"
)

// Journey is one walk through a flow. It belongs to one goroutine.
type Journey struct {
	flow      Flow
	answers   *Answers
	current   string           // id of the page shown
	visited   map[string]bool  // pages that Next has left at least once
	problems  map[string]error // by field key, found on leaving a field or on Next
	failure   map[string]error // by page id: why its action failed
	done      map[string]string
	outcomes  map[string]outcome // by page id: what its test found, and from which inputs
	confirmed map[string]string  // by field key: the value that Next was pressed on
	committed bool
}

type outcome struct {
	revision string
	report   *check.Report
}

// Start begins a flow at its first page.
func Start(flow Flow) *Journey {
	j := &Journey{
		flow: flow, answers: NewAnswers(), visited: map[string]bool{}, problems: map[string]error{},
		failure: map[string]error{}, done: map[string]string{}, outcomes: map[string]outcome{},
		confirmed: map[string]string{},
	}
	j.current = j.pages()[0].ID
	j.suggest()
	return j
}

// Follow begins the same flow anew, with some answers given. Leading pages that
// ask for nothing else are passed by, as if Next had been pressed on them.
func (j *Journey) Follow(f Follow) *Journey {
	again := Start(j.flow)
	again.take(f.Preset)
	for range again.pages() {
		p := again.page()
		if !again.given(&p, f.Preset) {
			break
		}
		again.advance()
	}
	again.suggest()
	return again
}

// given reports whether a page asks something, and everything that it asks was
// given.
func (j *Journey) given(p *Page, preset Changes) bool {
	asked := slices.DeleteFunc(p.fields(j.answers), func(f Field) bool { return f.Kind == Note })
	without := slices.ContainsFunc(asked, func(f Field) bool { return preset[f.Key] == nil })
	return len(asked) > 0 && !without && j.complete(p)
}

// Flow returns the flow that is walked.
func (j *Journey) Flow() Flow { return j.flow }

// Answers returns the answers so far. Change them with [Journey.Set].
func (j *Journey) Answers() *Answers { return j.answers }

// Committed reports whether the journey has done what it was made for.
func (j *Journey) Committed() bool { return j.committed }

func (j *Journey) pages() []Page { return j.flow.Pages(j.answers) }

func (j *Journey) page() Page {
	pages := j.pages()
	return pages[j.index(pages)]
}

// index finds the current page. An answer can take a page out of the list;
// then the last page still there that was visited is current.
func (j *Journey) index(pages []Page) int {
	if i := slices.IndexFunc(pages, func(p Page) bool { return p.ID == j.current }); i >= 0 {
		return i
	}
	last := 0
	for i, p := range pages {
		if j.visited[p.ID] {
			last = i
		}
	}
	j.current = pages[last].ID
	return last
}

// Set stores an answer: string, bool, []string or secret.Secret. What was wrong
// with the field is forgotten until it is left again.
func (j *Journey) Set(key string, value any) {
	j.answers.Set(key, value)
	delete(j.problems, key)
	delete(j.failure, j.current)
	j.freshen()
}

// freshen drops the reports that no longer fit the answers.
func (j *Journey) freshen() {
	for _, p := range j.pages() {
		if p.Action == nil || p.Action.Test == nil {
			continue
		}
		if o, ok := j.outcomes[p.ID]; ok && o.revision == j.answers.revision(p.Action.Inputs) {
			j.answers.reports[p.ID] = o.report
		} else {
			delete(j.answers.reports, p.ID)
		}
	}
}

// Leave validates one field of the current page, as a person leaves it, and
// returns what is wrong with it.
func (j *Journey) Leave(key string) error {
	p := j.page()
	for _, f := range p.fields(j.answers) {
		if f.Key != key {
			continue
		}
		if f.empty(j.answers) {
			break // an empty field is left in peace until Next
		}
		err := f.validate(j.answers)
		j.setProblem(key, err)
		return err
	}
	return nil
}

func (f *Field) empty(a *Answers) bool {
	switch f.Kind {
	case Secret:
		return a.Secret(f.Key).IsEmpty()
	case Choice:
		return len(a.Chosen(f)) == 0
	}
	return a.Text(f.Key) == ""
}

func (j *Journey) setProblem(key string, err error) {
	if err == nil {
		delete(j.problems, key)
	} else {
		j.problems[key] = err
	}
}

func (p *Page) fields(a *Answers) []Field {
	if p.Fields == nil {
		return nil
	}
	return p.Fields(a)
}

func (p *Page) needed(a *Answers) bool { return p.NotNeeded == nil || p.NotNeeded(a) == "" }

// Move says what Next came to.
type Move struct {
	// Task is set when the page has something to do first: run it elsewhere, and
	// hand its result to [Journey.Finish].
	Task *Task
	// Moved is true when another page is shown now.
	Moved bool
	// Focus is the key of the first field that is wrong, if one is.
	Focus string
}

// Next validates the page, does its action if there is one, and goes on. It
// never stays silent: when it does not move, the view says why.
func (j *Journey) Next() Move {
	p := j.page()
	if p.Final {
		return Move{}
	}
	if key := j.validatePage(&p); key != "" {
		return Move{Focus: key}
	}
	j.confirm(&p)
	if p.Action != nil && (p.Action.Commit || p.Action.Test != nil) {
		if back := j.firstIncomplete(p.ID); back != "" {
			j.current = back
			j.validatePage(ptr(j.page()))
			return Move{Moved: true}
		}
	}
	if p.Action != nil && !j.actionDone(&p) {
		return Move{Task: j.task(p, p.Action.Test)}
	}
	j.advance()
	return Move{Moved: true}
}

func ptr[T any](v T) *T { return &v }

// validatePage validates every field and returns the key of the first that is
// wrong.
func (j *Journey) validatePage(p *Page) (first string) {
	for _, f := range p.fields(j.answers) {
		err := f.validate(j.answers)
		j.setProblem(f.Key, err)
		if err != nil && first == "" {
			first = f.Key
		}
	}
	return first
}

// confirm notes that a person pressed Next on a page's values.
func (j *Journey) confirm(p *Page) {
	for _, f := range p.fields(j.answers) {
		if f.Confirm {
			j.confirmed[f.Key] = j.answers.Text(f.Key)
		}
	}
}

// actionDone reports whether the page's action was done with these answers and
// came to something that lets the journey go on.
func (j *Journey) actionDone(p *Page) bool {
	revision := j.answers.revision(p.Action.Inputs)
	if p.Action.Test == nil {
		done, ok := j.done[p.ID]
		return ok && done == revision
	}
	report := j.answers.Report(p.ID)
	return report != nil && report.Verdict() != check.Fail && report.Verdict() != check.Skip && report.Complete()
}

// complete reports whether a page needs nothing more.
func (j *Journey) complete(p *Page) bool {
	if !p.needed(j.answers) {
		return true
	}
	for _, f := range p.fields(j.answers) {
		if f.validate(j.answers) != nil {
			return false
		}
		if f.Confirm && j.confirmed[f.Key] != j.answers.Text(f.Key) {
			return false
		}
	}
	return p.Action == nil || j.actionDone(p)
}

// firstIncomplete returns the id of the first page before a given one that
// still needs something, or nothing.
func (j *Journey) firstIncomplete(before string) string {
	for _, p := range j.pages() {
		if p.ID == before {
			return ""
		}
		if !j.complete(&p) {
			return p.ID
		}
	}
	return ""
}

func (j *Journey) advance() {
	pages := j.pages()
	i := j.index(pages)
	j.visited[pages[i].ID] = true
	for _, p := range pages[i+1:] {
		if p.needed(j.answers) {
			j.current = p.ID
			break
		}
	}
	j.suggest()
}

// suggest fills fields of the current page that were never touched.
func (j *Journey) suggest() {
	p := j.page()
	for _, f := range p.fields(j.answers) {
		if f.Suggest == nil || j.answers.has(f.Key) {
			continue
		}
		value := f.Suggest(j.answers)
		switch {
		case value == "":
		case f.Many:
			j.answers.Set(f.Key, []string{value})
		case f.Kind == Checkbox:
			j.answers.Set(f.Key, value == "true")
		default:
			j.answers.Set(f.Key, value)
		}
	}
}

// CanBack reports whether there is a page to go back to.
func (j *Journey) CanBack() bool {
	if j.committed {
		return false
	}
	pages := j.pages()
	for _, p := range pages[:j.index(pages)] {
		if p.needed(j.answers) {
			return true
		}
	}
	return false
}

// Back shows the needed page before this one and loses nothing.
func (j *Journey) Back() bool {
	if !j.CanBack() {
		return false
	}
	pages := j.pages()
	for i := j.index(pages) - 1; i >= 0; i-- {
		if pages[i].needed(j.answers) {
			j.current = pages[i].ID
			break
		}
	}
	j.suggest()
	return true
}

// Goto shows a page by id, if the journey may go there: one before the current
// one, or one whose predecessors are all complete.
func (j *Journey) Goto(id string) bool {
	if j.committed || !j.reachable(id) {
		return false
	}
	j.current = id
	j.suggest()
	return true
}

func (j *Journey) reachable(id string) bool {
	pages := j.pages()
	now := j.index(pages)
	to := slices.IndexFunc(pages, func(p Page) bool { return p.ID == id })
	if to < 0 || to == now || !pages[to].needed(j.answers) || pages[to].Final {
		return false
	}
	if to < now {
		return true
	}
	return j.visited[pages[now].ID] && j.firstIncomplete(id) == ""
}
