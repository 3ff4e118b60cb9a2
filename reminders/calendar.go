package reminders

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// product identifies the writer of a calendar (RFC 5545, 3.7.3).
const product = "-//Fairlead//Reminders//EN"

// alarms ring at nine in the morning, local time: 14 days before, one day before
// and on the day. They count from midnight of the day (RFC 5545, 3.8.6.3).
var alarms = [...]struct {
	trigger string
	after   time.Duration
}{
	{"-P13DT15H", -(13*24 + 15) * time.Hour},
	{"-PT15H", -15 * time.Hour},
	{"PT9H", 9 * time.Hour},
}

// Calendar writes reminders as an iCalendar file (RFC 5545): an all-day event for
// each day and cause, with the connectors that it concerns and the alarms that are
// still to come. Its UID is made of the day and the cause, so that importing a
// later calendar brings it up to date. What is over stands on the day after now,
// where an alarm still rings.
func Calendar(list []Reminder, now time.Time) []byte {
	c := ics.NewCalendar()
	c.SetProductId(product)
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName("Fairlead")
	for _, groups := range events(list) {
		g := groups[0]
		e := c.AddEvent(text(g.When.Format(time.DateOnly)+"/"+g.Cause) + "@fairlead")
		e.SetDtStampTime(now.UTC())
		when := g.When
		if last := alarms[len(alarms)-1]; g.Severity == Over || !ring(when, last.after, now.Location()).After(now) {
			year, month, today := now.Date()
			when = time.Date(year, month, today+1, 0, 0, 0, 0, time.UTC)
		}
		e.SetAllDayStartAt(when)
		e.SetAllDayEndAt(when.AddDate(0, 0, 1))
		title := text(summary(groups))
		e.SetSummary(title)
		e.SetDescription(text(describe(groups)))
		e.AddCategory("Fairlead")
		e.SetTimeTransparency(ics.TransparencyTransparent)
		if u, err := url.Parse(g.Sources[0]); err == nil && u.Scheme == "https" {
			e.SetURL(u.String()) // an address is not escaped, so that it must hold no line feed
		}
		for _, alarm := range alarms {
			if !ring(when, alarm.after, now.Location()).After(now) {
				continue
			}
			a := e.AddAlarm()
			a.SetAction(ics.ActionDisplay)
			a.SetTrigger(alarm.trigger)
			a.SetDescription(title)
		}
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

// ring is when an alarm of a day rings at a place.
func ring(when time.Time, after time.Duration, at *time.Location) time.Time {
	year, month, date := when.Date()
	return time.Date(year, month, date, 0, 0, 0, 0, at).Add(after)
}

// events are the groups of each day and cause.
func events(list []Reminder) [][]Group {
	type key struct {
		when  time.Time
		cause string
	}
	var all [][]Group
	places := map[key]int{}
	for _, g := range Together(list) {
		k := key{g.When, g.Cause}
		i, known := places[k]
		if !known {
			i = len(all)
			places[k] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], g)
	}
	return all
}

// titles are of events whose connectors are not all told the same.
var titles = map[Kind]string{
	PasswordExpires: "their passwords end", PasswordAge: "their passwords or keys are old", CertificateExpires: "their certificates end",
	ConsentChanged: "look at what was granted", PlatformEnds: "what they rest on ends",
}

func summary(groups []Group) string {
	connectors := 0
	for _, g := range groups {
		connectors += len(g.Connectors)
	}
	first := groups[0]
	switch {
	case connectors == 1:
		return first.Connectors[0] + ": " + first.What
	case len(groups) == 1:
		return fmt.Sprintf("%d connectors: %s", connectors, first.What)
	}
	return fmt.Sprintf("%d connectors: %s", connectors, titles[first.Kind])
}

// What a description names at most: calendar programs cut long ones off.
const (
	mostNames   = 200
	mostSources = 3
)

func describe(groups []Group) string {
	var lines []string
	if first := groups[0]; first.Severity == Over {
		lines = append(lines, "Due since "+first.When.Format(time.DateOnly)+".")
	}
	for _, g := range groups {
		lines = append(lines, g.What, g.Do)
		lines = append(lines, g.Sources[:min(len(g.Sources), mostSources)]...)
		if len(groups) == 1 && len(g.Connectors) == 1 {
			break // the title names it
		}
		for _, name := range g.Connectors[:min(len(g.Connectors), mostNames)] {
			lines = append(lines, "- "+strings.ReplaceAll(name, "\n", " "))
		}
		if more := len(g.Connectors) - mostNames; more > 0 {
			lines = append(lines, fmt.Sprintf("and %d more", more))
		}
	}
	return strings.Join(lines, "\n")
}

// text leaves of a text what a content line can hold (RFC 5545, 3.1): no control
// characters but the line feeds, which are escaped, and the tab.
func text(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
