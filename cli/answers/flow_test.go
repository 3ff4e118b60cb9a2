package answers

import (
	"context"
	"errors"
	"strings"

	"fairlead/check"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// ship is a small wizard with a field of every kind.
type ship struct {
	verdict check.Verdict // of its test
	made    *page.Answers // when it was committed
}

func (s *ship) flow() page.Flow {
	return page.Flow{ID: "ship", Title: "New ship", Pages: func(a *page.Answers) []page.Page {
		pages := []page.Page{
			{ID: "cargo", Step: "Cargo", Title: "What does it carry?", Fields: cargo},
			{ID: "rig", Step: "Rig", Title: "How is it driven?", Fields: rig},
		}
		if a.Text("rig") == "steam" {
			pages = append(pages, page.Page{ID: "boiler", Step: "Boiler", Title: "Which boiler?", Fields: boiler})
		}
		return append(pages,
			page.Page{ID: "port", Step: "Port", Title: "Where does it lie?", Fields: port, Action: &page.Action{
				Busy: "Looking for the berth", Inputs: []string{"port.master"},
				Run: func(_ context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
					return page.Changes{"port.berth": "https://found.example/"}, nil
				},
			}},
			page.Page{ID: "berth", Step: "Berth", Title: "Is this the berth?", Fields: berth},
			page.Page{ID: "trial", Step: "Trial", Title: "Does it float?", Action: &page.Action{
				Busy: "Putting it to water", Verb: "Try", Test: func(*page.Answers) *check.Suite { return s.suite() },
			}},
			page.Page{ID: "launch", Step: "Launch", Title: "Launch it?", Action: &page.Action{
				Busy: "Launching", Commit: true,
				Run: func(_ context.Context, a *page.Answers, _ func(page.Progress)) (page.Changes, error) {
					s.made = a
					return nil, nil
				},
			}},
			page.Page{ID: "sea", Step: "Sea", Title: "At sea", Final: true},
		)
	}}
}

func (s *ship) suite() *check.Suite {
	found := errors.New("water came in")
	return check.NewSuite(s, []check.Check[*ship]{{
		ID: "float", Title: "Floats",
		Ask: func(context.Context, *ship) (check.Finding, error) {
			if s.verdict == check.Fail {
				return check.Finding{}, found
			}
			return check.Finding{Summary: "dry"}, nil
		},
		Causes: []*check.Cause[*ship]{{
			Code: "leak", Title: "It leaks", Verdict: check.Fail, Remedy: "Caulk it.",
			When: func(_ *ship, err error) bool { return errors.Is(err, found) },
		}},
	}}, check.Options[*ship]{})
}

func cargo(*page.Answers) []page.Field {
	return []page.Field{
		{Key: "cargo", Kind: page.Choice, Many: true, Label: "Cargo", Options: []page.Option{
			{Value: "tea", Label: "Tea"}, {Value: "wool", Label: "Wool"}, {Value: "gold", Label: "Gold", Barred: "none is left"},
		}},
		{Key: "insured", Kind: page.Checkbox, Label: "Insured"},
	}
}

func rig(*page.Answers) []page.Field {
	return []page.Field{{
		Key: "rig", Kind: page.Choice, Label: "Rig", Options: []page.Option{{Value: "sail", Label: "Sail"}, {Value: "steam", Label: "Steam"}},
		Suggest: func(*page.Answers) string { return "sail" },
	}}
}

func boiler(*page.Answers) []page.Field {
	return []page.Field{{Key: "boiler.maker", Kind: page.Text, Label: "Maker"}}
}

func port(*page.Answers) []page.Field {
	return []page.Field{
		{Key: "port.note", Kind: page.Note, Label: "Mind the tide"},
		{Key: "port.master", Kind: page.Address, Label: "Harbour master", Validate: func(v string) error {
			if !strings.Contains(v, "@") {
				return errors.New("this is no mail address")
			}
			return nil
		}},
		{Key: "port.flag", Kind: page.Text, Label: "Flag", Optional: true},
		{Key: "port.password", Kind: page.Secret, Label: "Password"},
	}
}

func berth(*page.Answers) []page.Field {
	return []page.Field{{Key: "port.berth", Kind: page.URL, Label: "Berth", Confirm: true}}
}

func password(page.FieldView) (secret.Secret, error) { return secret.New("hunter2 "), nil }
