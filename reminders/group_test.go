package reminders

import (
	"testing"
	"time"
)

func TestTogether(t *testing.T) {
	c := catalogue(t)
	var list []Reminder
	for _, name := range []string{"A", "B", "C"} {
		one := cloud("microsoft365", "continuity", nil)
		one.ID, one.Name = name, name
		list = append(list, For(one, c, now)...)
	}
	Order(list)
	groups := Together(list)
	if len(groups) != 3 {
		t.Fatalf("%d groups: %+v", len(groups), groups)
	}
	for i, want := range []string{"2026-10-01 ews-phased over A; B; C", "2027-04-01 ews-gone later A; B; C", "2027-05-22 consent-review later A; B; C"} {
		g := groups[i]
		if got := g.When.Format(time.DateOnly) + " " + g.Cause + " " + string(g.Severity) + " " + g.For(0); got != want || len(g.Sources) != 1 {
			t.Errorf("%s from %v, not %s", got, g.Sources, want)
		}
	}
	if got := groups[0].For(2); got != "A; B; and 1 more" {
		t.Errorf("%s", got)
	}
	if Together(nil) != nil {
		t.Error("something of nothing")
	}
}

// What is not the same is told apart: what is missing differs, and the day.
func TestTogetherTellsApart(t *testing.T) {
	day := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)
	list := []Reminder{
		{Cause: "consent-missing", When: day, What: "a", Connector: "A"},
		{Cause: "consent-missing", When: day, What: "b", Connector: "B"},
		{Cause: "consent-missing", When: day.AddDate(0, 0, 1), What: "a", Connector: "C"},
		{Cause: "consent-more", When: day, What: "a", Connector: "D"},
		{Cause: "consent-missing", When: day, What: "a", Connector: "E"},
	}
	if groups := Together(list); len(groups) != 4 || groups[0].For(0) != "A; E" {
		t.Errorf("%+v", groups)
	}
}
