package page

import (
	"context"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Draft is an unfinished journey: the answers so far, without secrets.
type Draft struct {
	Flow    string   `json:"flow"`
	Page    string   `json:"page"`
	Visited []string `json:"visited"`
	Answers *Answers `json:"answers"`
}

// Draft returns what is needed to go on later. What stands in a page that was not
// left yet, and will not do there, is not kept: it may be a password in the wrong
// field.
func (j *Journey) Draft() Draft {
	d := Draft{Flow: j.flow.ID, Page: j.current, Answers: j.Given()}
	for _, p := range j.pages() {
		if j.visited[p.ID] {
			d.Visited = append(d.Visited, p.ID)
			continue
		}
		for _, f := range p.fields(d.Answers) {
			if d.Answers.Text(f.Key) != "" && f.validate(d.Answers) != nil {
				delete(d.Answers.values, f.Key)
			}
		}
	}
	return d
}

// Given returns the answers so far, without secrets, and without what is too long to
// be an answer: it may be a key that was pasted into the wrong field.
func (j *Journey) Given() *Answers {
	a := j.answers.clone()
	for _, p := range j.pages() {
		for _, f := range p.fields(a) {
			if utf8.RuneCountInString(a.Text(f.Key)) > MaxText {
				delete(a.values, f.Key)
			}
		}
	}
	return a
}

// Begun reports whether anything was answered that a draft would keep.
func (j *Journey) Begun() bool { return len(j.visited) > 0 && !j.committed && !j.flow.Undrafted }

// Resume goes on from a draft. Secrets, confirmations and test results are not
// in it, nor is what holds for one computer only, so the journey stops at the
// first page that needs one of them again, or where it was left, whichever
// comes first.
func Resume(ctx context.Context, flow Flow, d Draft) (*Journey, error) {
	if d.Flow != flow.ID {
		return nil, fmt.Errorf("this draft belongs to another wizard (%q)", d.Flow)
	}
	if d.Answers == nil {
		return nil, fmt.Errorf("this draft holds no answers")
	}
	j := Start(flow)
	j.answers = d.Answers.clone()
	for _, id := range d.Visited {
		j.visited[id] = true
	}
	j.lookAround(ctx)
	for _, p := range j.pages() {
		if a := p.Action; j.visited[p.ID] && a != nil && a.Run != nil && !a.Commit && !a.Local && !a.Memory {
			j.done[p.ID] = j.answers.revision(p.Action.Inputs) // what it found is among the answers
		}
	}
	for _, p := range j.pages() {
		if p.Final {
			break
		}
		j.current = p.ID
		if p.ID == d.Page || !j.complete(&p) {
			break
		}
	}
	j.suggest()
	return j, nil
}

// lookAround does the local actions of the pages that were left already, so
// that what a draft says about another day, or another computer, is not
// believed. One that fails is left to its page.
func (j *Journey) lookAround(ctx context.Context) {
	for _, p := range j.pages() {
		if p.Action == nil || !p.Action.Local || !j.visited[p.ID] {
			continue
		}
		t := j.task(p, p.Action.Test)
		if r := t.Run(ctx, nil, nil); r.Err == nil {
			j.Finish(t, r)
		}
	}
}

// ReadDraft reads the form that [json.Marshal] writes of a draft.
func ReadDraft(data []byte) (Draft, error) {
	var d Draft
	if err := json.Unmarshal(data, &d); err != nil {
		return Draft{}, fmt.Errorf("read draft: %w", err)
	}
	return d, nil
}
