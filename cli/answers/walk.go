package answers

import (
	"context"
	"errors"
	"fmt"

	"fairlead/check"
	"fairlead/cli/screen"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// Source answers the fields of a wizard.
type Source interface {
	// Answer returns what to set: string, bool, []string or secret.Secret, or
	// nil to leave the field as it is.
	Answer(f page.FieldView) (any, error)
	// Refused makes an error of what the wizard said to a field of a page.
	Refused(p page.Page, f page.FieldView) error
}

// ErrTestFailed says that a connection test did not let the wizard go on. The
// report is on the journey's page.
var ErrTestFailed = errors.New("the connection test failed: nothing was registered")

// Walk drives a journey to its last page with the answers of a source, and
// writes how it goes to s, and to links what somebody has to open in a browser.
// It asks nothing: an action that waits for somebody ends with its own deadline.
// It returns the journey's last test report, which may be
// nil, also when it failed.
func Walk(ctx context.Context, j *page.Journey, source Source, s, links *screen.Screen) (*check.Report, error) {
	var last *check.Report
	for range maxMoves {
		if j.View().Page.Final {
			return last, nil
		}
		if err := fill(j, source); err != nil {
			return last, err
		}
		move := j.Next()
		switch {
		case move.Focus != "":
			return last, refused(j, source, move.Focus)
		case move.Task != nil:
			report, err := work(ctx, j, move.Task, s, links)
			if report != nil {
				last = report
			}
			if err != nil {
				return last, err
			}
		}
	}
	return last, fmt.Errorf("the wizard does not go on from %q", j.View().Page.Title)
}

// maxMoves is more than any wizard has steps.
const maxMoves = 100

// fill answers every field of the page. Fields may come and go with the
// answers, so it looks anew after each.
func fill(j *page.Journey, source Source) error {
	done := map[string]bool{}
	for again := true; again; {
		again = false
		for _, f := range j.View().Fields {
			if f.Kind == page.Note || done[f.Key] {
				continue
			}
			done[f.Key], again = true, true
			value, err := source.Answer(f)
			if err != nil {
				return err
			}
			if value != nil {
				j.Set(f.Key, value)
			}
			break
		}
	}
	return nil
}

func refused(j *page.Journey, source Source, key string) error {
	view := j.View()
	for _, f := range view.Fields {
		if f.Key == key {
			return source.Refused(view.Page, f)
		}
	}
	return fmt.Errorf("%s was refused", key)
}

// work runs a task and shows how it goes.
func work(ctx context.Context, j *page.Journey, t *page.Task, s, links *screen.Screen) (*check.Report, error) {
	s.Text("%s.", t.Busy)
	rows := s.Rows(t.Rows())
	var errand page.Errand
	result := t.Run(ctx, func(p page.Progress) {
		if p.Errand() != errand {
			errand = p.Errand()
			links.Errand(errand)
		}
		s.Status("… " + p.Text)
	}, rows.Show)
	s.Status("")
	j.Finish(t, result)
	if result.Report != nil {
		s.Diagnosis(*result.Report)
	}
	switch {
	case result.Err != nil:
		return result.Report, result.Err
	case t.IsTest() && !j.View().Again:
		return result.Report, ErrTestFailed
	case t.IsTest():
		j.Next() // the page has waited for its report to be read
	}
	return result.Report, nil
}

// Filled is a file as the source of a walk, with the secrets from elsewhere.
type Filled struct {
	*File
	Secret func(f page.FieldView) (secret.Secret, error)
}

// Answer implements [Source].
func (f Filled) Answer(field page.FieldView) (any, error) {
	if field.Kind == page.Secret {
		return f.Secret(field)
	}
	e := f.find(field.Key)
	switch {
	case e != nil:
		return natural(e.value), nil
	case field.Confirm:
		return nil, f.fail([]Problem{f.missing(field.Key, "is missing: a secret is sent to it, so that the file must state it")})
	}
	return nil, nil
}

// Refused implements [Source]: it adds the place in the file, and for a field
// that is not there why it is asked.
func (f Filled) Refused(p page.Page, field page.FieldView) error {
	e := f.find(field.Key)
	if e == nil {
		text := fmt.Sprintf("is needed (%s): %s; %s is expected", p.Title, field.Problem, expects(field.Field))
		return f.fail([]Problem{f.missing(field.Key, text)})
	}
	return f.fail([]Problem{at(e.value, field.Key, "will not do: "+field.Problem)})
}
