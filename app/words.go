package app

import (
	"fmt"
	"time"
)

// ago says how long something is past, in the words of a person.
func ago(then, now time.Time) string {
	d := now.Sub(then)
	switch {
	case then.IsZero():
		return "never"
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return count(int(d/time.Minute), "minute") + " ago"
	case d < 24*time.Hour:
		return count(int(d/time.Hour), "hour") + " ago"
	case d < 48*time.Hour:
		return "yesterday"
	case d < 14*24*time.Hour:
		return count(int(d/(24*time.Hour)), "day") + " ago"
	}
	return then.Local().Format("2 Jan 2006")
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// took says how long a check took.
func took(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "<1 ms"
	case d < 10*time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

// dateTime is a moment as it stands in details.
func dateTime(t time.Time) string { return t.Local().Format("2 January 2006, 15:04") }
