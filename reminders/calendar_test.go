package reminders

import (
	"bytes"
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
			ID: "e1/password-expires", Connector: "Head, office", Kind: PasswordExpires, When: time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC),
			What: long, Do: "Change it.\nThen test.", Severity: Soon, Source: "https://a.example/x,y;z?q=1",
		},
		{ID: "c1/ews-phased", Connector: "C", When: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), What: "w", Do: "d", Severity: Over, Source: "s"},
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
	if got := text(first, ical.PropUID); got != "e1/password-expires@fairlead" {
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
	for _, e := range events {
		var rings []string
		for _, child := range e.Children {
			if child.Name == ical.CompAlarm {
				rings = append(rings, child.Props.Get(ical.PropTrigger).Value)
			}
		}
		if strings.Join(rings, " ") != "-P13DT15H -PT15H PT9H" {
			t.Errorf("alarms %v", rings)
		}
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
	first, later := uids(now, "2027-01-01"), uids(now.AddDate(1, 0, 0), "2028-01-01")
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
		r := Reminder{ID: id, Connector: name, What: what, Do: do, Source: source, When: now, Severity: Soon}
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
