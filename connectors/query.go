package connectors

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Query says which connectors are asked for, and in which order. The zero one
// asks for all, by name. What it names has to hold all at once.
type Query struct {
	Words    []Word
	Provider string
	Service  string  // id of the catalogue
	Tenant   string  // whatever its case
	Kind     Kind    // empty: all
	States   []State // any of them; empty: all
	// Expiring asks for those of which something ends before that moment, unless
	// it is zero.
	Expiring time.Time
	Sort     Sort
	Desc     bool
	Limit    int // at most so many; 0: all
}

// Word is a word of a search. It holds for a connector whose texts contain it,
// whatever the case, and for those that a front end knows to mean by it: the
// catalogue's names of services and providers are not in the registry.
type Word struct {
	Text      string
	Services  []string // ids of services whose names contain it
	Providers []string // providers whose names contain it
}

// Kind is a half of the connectors, as the service's console shows them.
type Kind string

// The kinds of connector.
const (
	KindCloud    Kind = "cloud"
	KindExchange Kind = "exchange" // connections to EWS
)

// Sort is an order of connectors. Those that are equal in it stand by name
// where that is cheap, else by id.
type Sort string

// The orders. The zero one is by name.
const (
	ByName    Sort = ""
	ByState   Sort = "state" // what has to be looked at first
	ByTested  Sort = "tested"
	ByTenant  Sort = "tenant"
	ByCreated Sort = "created"
	ByExpiry  Sort = "expires" // what ends first; what does not end, last
)

// Row is a connector as a list shows it: without its report and attachments,
// but with what follows from the report.
type Row struct {
	Connector
	State   State
	Words   string    // for the state
	Tested  time.Time // zero when never tested
	Expires time.Time // when the first thing ends that the last test knew of; zero for none
}

// Row derives what a list shows.
func (c Connector) Row() Row {
	row := Row{}
	row.State, row.Words = c.State()
	if c.LastTest != nil {
		row.Tested = moment(c.LastTest.Started)
		row.Expires = firstEnd(c.LastTest.Facts)
	}
	row.Connector = c
	row.LastTest, row.Attachments = nil, nil
	return row
}

// firstEnd is the earliest date among the facts that say when something ends:
// those called password-expires, certificate-expires and the like.
func firstEnd(facts map[string]string) time.Time {
	var first time.Time
	for name, fact := range facts {
		if !strings.HasSuffix(name, "-expires") {
			continue
		}
		for _, layout := range []string{time.DateOnly, time.RFC3339} {
			if end, err := time.Parse(layout, fact); err == nil && (first.IsZero() || end.Before(first)) {
				first = moment(end)
			}
		}
	}
	return first
}

// Searched is the text that a search looks into, in the form that [Key] writes.
func (r Row) Searched() string {
	texts := []string{r.Name, r.Description, r.Tenant, r.Provider, r.Platform, r.Words}
	for _, name := range slices.Sorted(maps.Keys(r.Settings)) {
		texts = append(texts, r.Settings[name])
	}
	for i := range texts {
		texts[i] = Key(texts[i])
	}
	return strings.Join(texts, "\n") // so that no word is found across two of them
}
