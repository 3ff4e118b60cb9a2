package stored

import (
	"math"
	"slices"
	"time"

	"fairlead/connectors"
)

// states are written as their places in this list: what has to be looked at
// first comes first.
var states = []connectors.State{connectors.Fails, connectors.Warns, connectors.NeverTested, connectors.Works}

// FromState is how a state is written.
func FromState(s connectors.State) int64 { return int64(slices.Index(states, s)) }

// ToState reads a state; one that nobody has written is never tested.
func ToState(n int64) connectors.State {
	if n < 0 || n >= int64(len(states)) {
		return connectors.NeverTested
	}
	return states[n]
}

// never is written for the end of what does not end, which sorts last.
const never = math.MaxInt64

// Derived are the columns that follow from a connector and its last report.
type Derived struct {
	TenantKey string
	State     int64
	Words     string
	Tested    int64
	Expires   int64
	Search    string // what is searched

	connector connectors.Connector
}

// Derive derives the columns of a connector with its last report.
func Derive(c connectors.Connector) Derived {
	row := c.Row()
	d := Derived{
		TenantKey: connectors.Key(c.Tenant), State: FromState(row.State), Words: row.Words,
		Expires: never, Search: row.Searched(), connector: c,
	}
	if !row.Tested.IsZero() {
		d.Tested = ToMicros(row.Tested)
	}
	if !row.Expires.IsZero() {
		d.Expires = ToMicros(row.Expires)
	}
	return d
}

// Signs are what an index of them finds the connector by.
func (d Derived) Signs() []string { return Signs(d.connector, d.Search) }

// Marked is what is searched, and the marks, coded, for an index that makes the
// signs itself.
func (d Derived) Marked() string {
	text := d.Search
	for _, mark := range append(marks(d.connector), OfState(ToState(d.State))) {
		text += "\n" + Coded(mark)
	}
	return text
}

// Row puts a bare connector and what was derived together.
func (d Derived) Row(c connectors.Connector) connectors.Row {
	row := connectors.Row{Connector: c, State: ToState(d.State), Words: d.Words}
	if d.Tested != 0 {
		row.Tested = FromMicros(d.Tested)
	}
	if d.Expires != never {
		row.Expires = FromMicros(d.Expires)
	}
	return row
}

// InOrder puts rows into the order of ids, without those that are gone.
func InOrder(ids []string, rows []connectors.Row) []connectors.Row {
	byID := make(map[string]connectors.Row, len(rows))
	for _, row := range rows {
		byID[row.ID] = row
	}
	var all []connectors.Row
	for _, id := range ids {
		if row, there := byID[id]; there {
			all = append(all, row)
		}
	}
	return all
}

// SavedBy reports whether a document that is kept is what a call wanted to save
// over a version, so that it was done already and its answer was lost.
func SavedBy(kept, wanted connectors.Document) bool {
	return kept.Version > wanted.Version && kept.By == wanted.By && kept.Title == wanted.Title &&
		kept.Updated.Equal(wanted.Updated.Truncate(time.Microsecond)) && string(kept.Content) == string(wanted.Content)
}
