// Package reminders derives from a connector, the catalogue and today's date what
// somebody has to do in time, so that the connector goes on working: a password
// or certificate that ends, a consent that changed, a product or protocol that its
// vendor ends. [Calendar] writes them for a calendar program.
package reminders

import (
	"cmp"
	"slices"
	"time"

	"fairlead/assets"
	"fairlead/connectors"
)

// Reminder is one thing to do about one connector.
type Reminder struct {
	ID          string // stable: the same whenever it is derived, even on another day
	ConnectorID string
	Connector   string // its name
	Cause       string // the part of ID that other connectors' reminders share
	Kind        Kind
	When        time.Time // the day by which it is to be done, at midnight in UTC
	What        string    // what happens then, in a sentence
	Do          string    // what to do about it, in sentences
	Severity    Severity
	Source      string // how that is known: an address, or a sentence
}

// Kind is what a reminder is about.
type Kind string

// The kinds of reminder.
const (
	PasswordExpires    Kind = "password-expires"
	PasswordAge        Kind = "password-age"
	CertificateExpires Kind = "certificate-expires"
	ConsentChanged     Kind = "consent-changed"
	PlatformEnds       Kind = "platform-ends" // the support of a product, or a protocol
)

// Severity is how near a reminder's day is.
type Severity string

// The severities, the worst first.
const (
	Over  Severity = "over"  // the day is here, or was
	Soon  Severity = "soon"  // within [SoonDays]
	Later Severity = "later" // after that
)

// SoonDays is from how many days before on a reminder counts as soon.
const SoonDays = 30

// MaxPasswordAge is after how long a password is to be changed where nobody
// knows when it ends.
const MaxPasswordAge = 365 * 24 * time.Hour

// Policy says what an organisation asks for beyond what the platforms tell.
type Policy struct {
	// PasswordAge is after how long a password is to be changed. Zero means
	// [MaxPasswordAge].
	PasswordAge time.Duration
}

// For returns the reminders of a connector, as its last test left it, the
// earliest first.
func For(c connectors.Connector, catalogue assets.Catalogue, now time.Time) []Reminder {
	return Policy{}.For(c, catalogue, now)
}

// For is [For] where an organisation has rules of its own.
func (p Policy) For(c connectors.Connector, catalogue assets.Catalogue, now time.Time) []Reminder {
	all := slices.Concat(p.password(c), certificate(c), consent(c, catalogue), ends(c, catalogue, now))
	for i := range all {
		r := &all[i]
		r.Connector, r.ConnectorID = c.Name, c.ID
		r.Cause, r.ID = r.ID, c.ID+"/"+r.ID
		r.When = day(r.When)
		r.Severity = severity(r.When, now)
	}
	Order(all)
	return all
}

// Order sorts reminders by day; those of one day by connector and kind.
func Order(all []Reminder) {
	slices.SortStableFunc(all, func(a, b Reminder) int {
		return cmp.Or(a.When.Compare(b.When), cmp.Compare(a.Connector, b.Connector), cmp.Compare(a.ID, b.ID))
	})
}

func severity(when, now time.Time) Severity {
	today := day(now)
	switch {
	case !when.After(today):
		return Over
	case !when.After(today.AddDate(0, 0, SoonDays)):
		return Soon
	}
	return Later
}

// day is the day of a moment, at midnight in UTC.
func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
