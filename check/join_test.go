package check_test

import (
	"context"
	"errors"
	"testing"

	"fairlead/check"
)

func one(id string, err error) *check.Suite {
	return check.NewSuite(0, []check.Check[int]{{
		ID: id, Title: "Question " + id,
		Ask: func(context.Context, int) (check.Finding, error) { return check.Finding{Summary: id}, err },
	}}, check.Options[int]{Facts: func(int) map[string]string { return map[string]string{id: "fact"} }})
}

func TestSuitesAreJoined(t *testing.T) {
	s := check.Join(
		check.Part{ID: "a", Title: "First", Suite: one("x", nil)}, check.Part{ID: "b", Suite: one("x", errors.New("no"))},
		check.Part{ID: "c", Title: "Third", Suite: one("y", nil)},
	)
	if len(s.Rows) != 3 || s.Rows[0] != (check.Row{ID: "a/x", Title: "First: Question x"}) || s.Rows[1].Title != "Question x" {
		t.Errorf("rows %v", s.Rows)
	}
	ended := map[string]check.Verdict{}
	r := s.Run(t.Context(), func(e check.Event) {
		if e.Result != nil {
			if e.Result.ID != e.ID {
				t.Errorf("%s is told as %s", e.Result.ID, e.ID)
			}
			ended[e.ID] = e.Result.Verdict
		}
	})
	if len(ended) != 3 || ended["a/x"] != check.Pass || ended["b/x"] != check.Fail || ended["c/y"] != check.Pass {
		t.Errorf("events %v", ended)
	}
	if r.Verdict() != check.Fail || r.Worst().ID != "b/x" || r.Checks[2].Title != "Third: Question y" || r.Facts["y"] != "fact" || !r.Complete() {
		t.Errorf("report %+v", r)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if r := check.Join(check.Part{ID: "a", Suite: one("x", nil)}).Run(stopped, nil); r.Complete() {
		t.Error("a test that was stopped is complete")
	}
}

func TestSomeChecksAreSelected(t *testing.T) {
	s := check.Select(check.Join(
		check.Part{ID: "a", Suite: one("x", errors.New("no"))}, check.Part{ID: "b", Suite: one("x", nil)},
	), "b/x", "c/x")
	if len(s.Rows) != 1 || s.Rows[0].ID != "b/x" {
		t.Errorf("rows %v", s.Rows)
	}
	handed := 0
	s = check.Then(s, func(r check.Report) { handed += len(r.Checks) })
	r := s.Run(t.Context(), func(e check.Event) {
		if e.ID != "b/x" {
			t.Errorf("%s is told", e.ID)
		}
	})
	if r.Verdict() != check.Pass || len(r.Checks) != 1 || !r.Complete() || handed != 1 {
		t.Errorf("report %+v, %d handed over", r, handed)
	}
}
