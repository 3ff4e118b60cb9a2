package reminders

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Group is one thing to do about several connectors by the same day.
type Group struct {
	When       time.Time
	Severity   Severity
	Kind       Kind
	Cause      string
	What, Do   string
	Connectors []string // their names, in order
	Sources    []string // each once
}

// Together puts reminders of one day that say the same into one, in the order of
// the first of each.
func Together(list []Reminder) []Group {
	type key struct {
		when            time.Time
		cause, what, do string
	}
	var all []Group
	places := map[key]int{}
	for _, r := range list {
		k := key{r.When, cause(r), r.What, r.Do}
		i, known := places[k]
		if !known {
			i = len(all)
			places[k] = i
			all = append(all, Group{When: r.When, Severity: r.Severity, Kind: r.Kind, Cause: k.cause, What: r.What, Do: r.Do})
		}
		g := &all[i]
		g.Connectors = append(g.Connectors, r.Connector)
		if !slices.Contains(g.Sources, r.Source) {
			g.Sources = append(g.Sources, r.Source)
		}
	}
	return all
}

// For names the connectors, at most so many of them, or all where that is 0.
func (g Group) For(most int) string {
	if most == 0 || most > len(g.Connectors) {
		most = len(g.Connectors)
	}
	names := strings.Join(g.Connectors[:most], "; ")
	if more := len(g.Connectors) - most; more > 0 {
		names += fmt.Sprintf("; and %d more", more)
	}
	return names
}

func cause(r Reminder) string { return cmp.Or(r.Cause, string(r.Kind)) }
