package page

import "time"

// Since is when a wait began that an answer noted, in the form of RFC 3339. A
// wait that no answer notes begins now, to the second, and so does one that an
// answer says begins later: a clock was set back, or a draft is from elsewhere.
func (a *Answers) Since(key string, now time.Time) time.Time {
	now = now.UTC().Truncate(time.Second)
	if before, err := time.Parse(time.RFC3339, a.Text(key)); err == nil && before.Before(now) {
		return before
	}
	return now
}
