package reminders

import (
	"net/url"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
)

// product identifies the writer of a calendar (RFC 5545, 3.7.3).
const product = "-//Fairlead//Reminders//EN"

// alarms ring at nine in the morning, local time: 14 days before, one day before
// and on the day. They count from midnight of the day (RFC 5545, 3.8.6.3).
var alarms = [...]string{"-P13DT15H", "-PT15H", "PT9H"}

// Calendar writes reminders as an iCalendar file (RFC 5545): an all-day event
// with alarms for each. An event's UID stays the same, so that importing a later
// calendar moves it. What is over stands on the day after now, where its alarm
// still rings.
func Calendar(list []Reminder, now time.Time) []byte {
	c := ics.NewCalendar()
	c.SetProductId(product)
	c.SetMethod(ics.MethodPublish)
	c.SetXWRCalName("Fairlead")
	for _, r := range list {
		e := c.AddEvent(text(r.ID) + "@fairlead")
		e.SetDtStampTime(now.UTC())
		when := r.When
		if r.Severity == Over {
			when = day(now).AddDate(0, 0, 1)
		}
		e.SetAllDayStartAt(when)
		e.SetAllDayEndAt(when.AddDate(0, 0, 1))
		e.SetSummary(text(r.Connector + ": " + r.What))
		e.SetDescription(text(describe(r)))
		e.AddCategory("Fairlead")
		e.SetTimeTransparency(ics.TransparencyTransparent)
		if u, err := url.Parse(r.Source); err == nil && u.Scheme == "https" {
			e.SetURL(u.String()) // an address is not escaped, so that it must hold no line feed
		}
		for _, trigger := range alarms {
			a := e.AddAlarm()
			a.SetAction(ics.ActionDisplay)
			a.SetTrigger(trigger)
			a.SetDescription(text(r.Connector + ": " + r.What))
		}
	}
	return []byte(c.Serialize(ics.WithNewLineWindows))
}

func describe(r Reminder) string {
	lines := []string{r.What, r.Do, r.Source}
	if r.Severity == Over {
		lines = append([]string{"Due since " + r.When.Format(time.DateOnly) + "."}, lines...)
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
