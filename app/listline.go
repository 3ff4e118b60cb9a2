package app

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/check"
	"fairlead/connectors"
	"fairlead/reminders"
	"fairlead/workspace"
)

// listLine is what a row of the list says.
type listLine struct {
	look             look
	title, below     string
	remind           string // what is due; may be empty
	tenant, platform string
	words            string // for the state
	when, ends       string
	endsColour       fyne.ThemeColorName
}

// connectorLine is the line of a connector. One that is not read yet has no
// words, and one that is gone says so.
func connectorLine(w *workspace.Workspace, row connectors.Row, now time.Time) listLine {
	if row.ID == "" {
		return listLine{look: look{kit.ShapeTodo, kit.Skipped}, below: "…"}
	}
	l := listLine{
		look: lookOfState(row.State), title: row.Name, below: strings.Join(w.Catalogue.Names(row.Services), ", "),
		tenant: cmp.Or(row.Settings["domain"], row.Tenant), platform: platformOf(w, &row.Connector), words: row.Words,
		when: ago(row.Tested, now), endsColour: kit.Muted,
	}
	if row.Replaced {
		l.below = "Replaced by another connector. " + l.below
	}
	if days, ends := daysUntil(row.Expires, now); ends {
		l.ends = endsWords(days, row.Expires)
		if days <= reminders.SoonDays {
			l.endsColour = kit.Warns
			if row.State == connectors.Works {
				l.look, l.words = lookOfState(connectors.Warns), expiresWords(days)
			}
		}
	}
	l.remind = dueWords(w, row, now)
	return l
}

// daysUntil is how many days there are until the day of a moment; false for none.
func daysUntil(end, now time.Time) (int, bool) {
	day := func(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
	return int(day(end).Sub(day(now)).Hours() / 24), !end.IsZero()
}

// expiresWords say that something ends in so many days.
func expiresWords(days int) string {
	switch {
	case days < 0:
		return "Expired " + count(-days, "day") + " ago"
	case days == 0:
		return "Expires today"
	}
	return "Expires in " + count(days, "day")
}

// endsWords stand in the column of when it was tested; what ends later than in a
// year, by its month.
func endsWords(days int, end time.Time) string {
	switch {
	case days > 365:
		return "ends " + end.Format("Jan 2006")
	case days < 0:
		return "ended " + end.Format("2 Jan 2006")
	case days == 0:
		return "ends today"
	}
	return "ends in " + count(days, "day")
}

// dueWords say what is due within a month, as far as a row tells: when something
// ends, the row has in its column, and what a report says more, the details have.
func dueWords(w *workspace.Workspace, row connectors.Row, now time.Time) string {
	c := row.Connector
	if !row.Tested.IsZero() {
		c.LastTest = &check.Report{Started: row.Tested}
	}
	var all []string
	for _, r := range reminders.For(c, w.Catalogue, now) {
		switch {
		case r.Severity == reminders.Later:
		case r.Kind == reminders.PasswordAge && !row.Expires.IsZero(): // the test may know better
		default:
			what, _, _ := strings.Cut(r.What, ". ")
			all = append(all, strings.TrimSuffix(what, "."))
		}
	}
	return strings.Join(all, "; ")
}

// draftLine is the line of a draft: it waits for somebody.
func draftLine(d connectors.Draft, now time.Time) listLine {
	return listLine{
		look: look{kit.ShapeLater, kit.Skipped}, title: d.Title, below: "Draft: not registered yet",
		words: "Waiting since " + since(d.Updated, now), when: "saved " + ago(d.Updated, now),
	}
}

// since is the time of a moment today, its day in the last week, else its date.
func since(then, now time.Time) string {
	then, now = then.Local(), now.Local()
	switch {
	case then.Format(time.DateOnly) == now.Format(time.DateOnly):
		return then.Format("15:04")
	case now.Sub(then) < 6*24*time.Hour:
		return then.Weekday().String()
	}
	return then.Format("2 Jan 2006")
}

// platformOf is what the last test found, or else the name of the provider.
func platformOf(w *workspace.Workspace, c *connectors.Connector) string {
	if c.Platform != "" {
		return c.Platform
	}
	if p := w.Provider(c.Provider); p != nil {
		return p.Info().Name
	}
	return c.Provider
}

// countWords say what the registry holds: "4 connectors: 1 works, 1 warns, 1
// fails; 1 draft".
func countWords(n map[connectors.State]int, drafts int) string {
	total := 0
	for _, c := range n {
		total += c
	}
	line := count(total, "connector")
	var parts []string
	for _, s := range []struct {
		state     connectors.State
		one, many string
	}{
		{connectors.Works, "works", "work"},
		{connectors.Warns, "warns", "warn"},
		{connectors.Fails, "fails", "fail"},
		{connectors.NeverTested, "was never tested", "were never tested"},
	} {
		switch n[s.state] {
		case 0:
		case 1:
			parts = append(parts, "1 "+s.one)
		default:
			parts = append(parts, fmt.Sprintf("%d %s", n[s.state], s.many))
		}
	}
	if len(parts) > 0 {
		line += ": " + strings.Join(parts, ", ")
	}
	if drafts > 0 {
		line += "; " + count(drafts, "draft")
	}
	return line
}
