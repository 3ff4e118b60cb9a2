package reminders

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
)

// parse reads a calendar with a library that has not written it.
func parse(t *testing.T, data []byte) []ical.Event {
	t.Helper()
	c, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		t.Fatalf("%v in:\n%s", err, data)
	}
	return c.Events()
}

// wellFormed holds a calendar to the form of RFC 5545, 3.1: every line ends in
// CRLF and has at most 75 octets, none of them half a character.
func wellFormed(t *testing.T, data []byte) {
	t.Helper()
	if !bytes.HasSuffix(data, []byte("END:VCALENDAR\r\n")) {
		t.Fatalf("no end: %q", data)
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(string(data), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || !utf8.ValidString(line) {
			t.Errorf("a line of %d octets: %q", len(line), line)
		}
	}
}

func TestCalendar(t *testing.T) {
	long := "Größe; Komma, Strich\\ 😀 " + strings.Repeat("äöü😀", 50)
	list := []Reminder{
		{
			ID: "e1/password-expires", Cause: "password-expires", Connector: "Head, office", Kind: PasswordExpires, When: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC),
			What: long, Do: "Change it.\nThen test.", Severity: Soon, Source: "https://a.example/x,y;z?q=1",
		},
		{ID: "c1/ews-phased", Cause: "ews-phased", Connector: "C", When: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), What: "w", Do: "d", Severity: Over, Source: "s"},
	}
	data := Calendar(list, now)
	wellFormed(t, data)
	events := parse(t, data)
	if len(events) != 2 {
		t.Fatalf("%d events", len(events))
	}
	text := func(e ical.Event, name string) string {
		s, err := e.Props.Text(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return s
	}
	first := events[0]
	if got := text(first, ical.PropSummary); got != "Head, office: "+long {
		t.Errorf("summary %q", got)
	}
	if got := text(first, ical.PropDescription); got != long+"\nChange it.\nThen test.\nhttps://a.example/x,y;z?q=1" {
		t.Errorf("description %q", got)
	}
	if got := text(first, ical.PropUID); got != "2026-12-24/password-expires@fairlead" {
		t.Errorf("uid %q", got)
	}
	if start, err := first.DateTimeStart(time.UTC); err != nil || !start.Equal(list[0].When) {
		t.Errorf("start %v, %v", start, err)
	}
	if start, err := events[1].DateTimeStart(time.UTC); err != nil || start.Format(time.DateOnly) != "2026-11-25" {
		t.Errorf("what is over starts %v, %v", start, err)
	}
	if got := text(events[1], ical.PropDescription); !strings.HasPrefix(got, "Due since 2026-10-01.") {
		t.Errorf("description %q", got)
	}
	if got := rings(first); got != "-P13DT15H -PT15H PT9H" {
		t.Errorf("alarms %s", got)
	}
	if got := rings(events[1]); got != "PT9H" {
		t.Errorf("alarms of what is over, at ten in the evening: %s", got)
	}
}

// rings are the triggers of an event's alarms.
func rings(e ical.Event) string {
	var all []string
	for _, child := range e.Children {
		if child.Name == ical.CompAlarm {
			all = append(all, child.Props.Get(ical.PropTrigger).Value)
		}
	}
	return strings.Join(all, " ")
}

// TestNoAlarmIsPast looks at every hour of three weeks before a day, at places
// where it is another day in UTC.
func TestNoAlarmIsPast(t *testing.T) {
	due := time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)
	for _, hours := range []int{-11, 0, 13} {
		here := time.FixedZone("here", hours*3600)
		for h := range 24 * 24 {
			now := time.Date(2026, 12, 3, h, 0, 0, 0, here)
			r := Reminder{Cause: "c", Connector: "C", When: due, Severity: severity(due, now)}
			events := parse(t, Calendar([]Reminder{r}, now))
			start, err := events[0].DateTimeStart(here)
			if err != nil || len(events) != 1 {
				t.Fatal(err)
			}
			triggers := strings.Fields(rings(events[0]))
			if len(triggers) == 0 {
				t.Fatalf("nothing rings at %v", now)
			}
			for _, trigger := range triggers {
				for _, alarm := range alarms {
					if alarm.trigger == trigger && !start.Add(alarm.after).After(now) {
						t.Errorf("at %v, an alarm rings at %v", now, start.Add(alarm.after))
					}
				}
			}
		}
	}
}

// TestOneEventForEachDayAndCause has many connectors with one end, and some that
// are told something else by the same day.
func TestOneEventForEachDayAndCause(t *testing.T) {
	gone := time.Date(2027, 4, 1, 0, 0, 0, 0, time.UTC)
	var list []Reminder
	for i := range 250 {
		list = append(list, Reminder{
			ID: fmt.Sprintf("c%d/ews-gone", i), Cause: "ews-gone", Connector: fmt.Sprintf("Contoso %d, mail", i), Kind: PlatformEnds, When: gone, What: "EWS end.", Do: "Move.",
			Severity: Later, Source: "https://a.example/",
		})
	}
	for i, what := range []string{"Permissions are not granted: a.", "Permissions are not granted: b."} {
		list = append(list, Reminder{
			ID: fmt.Sprintf("c%d/consent-missing", i), Cause: "consent-missing", Connector: fmt.Sprintf("Fabrikam %d", i), Kind: ConsentChanged,
			When: gone, What: what, Do: "Consent.", Severity: Later, Source: "a test",
		})
	}
	data := Calendar(list, now)
	wellFormed(t, data)
	events := parse(t, data)
	if len(events) != 2 {
		t.Fatalf("%d events", len(events))
	}
	read := func(e ical.Event, name string) string {
		s, err := e.Props.Text(name)
		if err != nil {
			t.Error(err)
		}
		return s
	}
	if got := read(events[0], ical.PropUID) + " " + read(events[0], ical.PropSummary); got != "2027-04-01/ews-gone@fairlead 250 connectors: EWS end." {
		t.Errorf("%s", got)
	}
	text := read(events[0], ical.PropDescription)
	if !strings.HasPrefix(text, "EWS end.\nMove.\nhttps://a.example/\n- Contoso 0, mail\n- Contoso 1, mail\n") || !strings.HasSuffix(text, "- Contoso 199, mail\nand 50 more") {
		t.Errorf("%s", text)
	}
	if got := read(events[1], ical.PropSummary); got != "2 connectors: look at what was granted" {
		t.Errorf("%s", got)
	}
	if got := read(events[1], ical.PropDescription); !strings.Contains(got, "granted: a.\nConsent.\na test\n- Fabrikam 0\nPermissions") || !strings.HasSuffix(got, "- Fabrikam 1") {
		t.Errorf("%s", got)
	}
}

func TestUIDsStayTheSame(t *testing.T) {
	uids := func(now time.Time, ends string) string {
		var all []string
		for _, e := range parse(t, Calendar(For(exchange(map[string]string{"password-expires": ends}), catalogue(t), now), now)) {
			all = append(all, e.Props.Get(ical.PropUID).Value)
		}
		return strings.Join(all, " ")
	}
	first, later := uids(now, "2027-01-01"), uids(now.AddDate(1, 0, 0), "2027-01-01")
	if first != later || first == "" {
		t.Errorf("%q came to be %q", first, later)
	}
}

func TestEmptyCalendarIsOne(t *testing.T) {
	wellFormed(t, Calendar(nil, now))
}

// FuzzCalendar writes names and texts that others have chosen, and reads them
// back.
func FuzzCalendar(f *testing.F) {
	f.Add("e1", "Head office", "ends\nBEGIN:VALARM", "x\r\nDTSTART:1", "https://a.example/\r\nX:y")
	f.Add("\xff", strings.Repeat("ä", 200), ";,\\", "\x00", "")
	f.Add("1", " ", "\\n", strings.Repeat(" ", 300), "https://")
	f.Fuzz(func(t *testing.T, id, name, what, do, source string) {
		r := Reminder{ID: id, Connector: name, What: what, Do: do, Source: source, When: day(now).AddDate(0, 0, SoonDays), Severity: Soon}
		data := Calendar([]Reminder{r}, now)
		wellFormed(t, data)
		events := parse(t, data)
		if len(events) != 1 || len(events[0].Children) != len(alarms) {
			t.Fatalf("%d events in:\n%s", len(events), data)
		}
		if got, err := events[0].Props.Text(ical.PropSummary); err != nil || got != text(name+": "+what) {
			t.Errorf("%q came back as %q, %v", text(name+": "+what), got, err)
		}
	})
}
