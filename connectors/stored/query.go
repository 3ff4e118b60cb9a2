package stored

import (
	"fmt"
	"strings"

	"fairlead/connectors"
)

// Where writes what a query asks for as a condition on the columns that both
// stores have, with arguments as $1, $2 …; contains is the store's function that
// finds a text in another.
func Where(q connectors.Query, contains string) (condition string, args []any) {
	w := where{contains: contains}
	for _, word := range q.Words {
		w.word(word)
	}
	if q.Provider != "" {
		w.and("provider = " + w.arg(q.Provider))
	}
	if q.Service != "" {
		w.and(w.serves(q.Service))
	}
	if q.Tenant != "" {
		w.and("tenant_key = " + w.arg(connectors.Key(q.Tenant)))
	}
	switch q.Kind {
	case connectors.KindCloud:
		w.and("provider <> 'exchange'")
	case connectors.KindExchange:
		w.and("provider = 'exchange'")
	}
	if len(q.States) > 0 {
		var ranks []string
		for _, state := range q.States {
			ranks = append(ranks, w.arg(FromState(state)))
		}
		w.and("state IN (" + strings.Join(ranks, ", ") + ")")
	}
	if !q.Expiring.IsZero() {
		w.and("expires < " + w.arg(ToMicros(q.Expiring)))
	}
	if len(w.all) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(w.all, " AND "), w.args
}

// where collects conditions and their arguments.
type where struct {
	contains string
	all      []string
	args     []any
}

func (w *where) and(condition string) { w.all = append(w.all, condition) }

func (w *where) arg(value any) string {
	w.args = append(w.args, value)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *where) word(word connectors.Word) {
	any := []string{fmt.Sprintf("%s(search, %s) > 0", w.contains, w.arg(connectors.Key(word.Text)))}
	for _, provider := range word.Providers {
		any = append(any, "provider = "+w.arg(provider))
	}
	for _, service := range word.Services {
		any = append(any, w.serves(service))
	}
	w.and("(" + strings.Join(any, " OR ") + ")")
}

// serves looks for a service in the list that is kept as JSON.
func (w *where) serves(service string) string {
	text, err := Encode(service)
	if err != nil { // a text can always be written
		text = service
	}
	return fmt.Sprintf("%s(CAST(services AS TEXT), %s) > 0", w.contains, w.arg(text))
}

// Order writes the order and the limit of a query. There is an index for each.
func Order(q connectors.Query) string {
	columns := map[connectors.Sort][]string{
		connectors.ByName:    {"name_key"},
		connectors.ByState:   {"state", "name_key"},
		connectors.ByTenant:  {"tenant_key", "name_key"},
		connectors.ByTested:  {"tested", "id"},
		connectors.ByExpiry:  {"expires", "id"},
		connectors.ByCreated: {"created", "id"},
	}[q.Sort]
	if columns == nil {
		columns = []string{"name_key"}
	}
	return OrderBy(q, columns...)
}

// OrderBy writes an order of columns, with the direction and the limit of a query.
func OrderBy(q connectors.Query, columns ...string) string {
	direction := ""
	if q.Desc {
		direction = " DESC"
	}
	order := " ORDER BY " + strings.Join(columns, direction+", ") + direction
	if q.Limit > 0 {
		order += fmt.Sprintf(" LIMIT %d", q.Limit)
	}
	return order
}
