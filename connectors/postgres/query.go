package postgres

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// contains is PostgreSQL's function that finds a text in another.
const contains = "strpos"

// condition writes what a query asks for, and what of it the index of signs can
// tell. A provider and a kind have indexes of their own, in the order of names.
func condition(q connectors.Query) (string, []any) {
	text, args := stored.Where(q, contains)
	q.Provider, q.Kind = "", ""
	all := joined(stored.Narrow(q), " & ", func(choices [][]string) string {
		return joined(choices, " | ", func(signs []string) string { return joined(signs, " & ", quoted) })
	})
	if all == "" {
		return text, args
	}
	return fmt.Sprintf("%s AND signs @@ $%d::text::tsquery", text, len(args)+1), append(args, all)
}

// joined writes each of several and puts them together.
func joined[T any](all []T, with string, write func(T) string) string {
	var parts []string
	for _, one := range all {
		parts = append(parts, "("+write(one)+")")
	}
	return strings.Join(parts, with)
}

// quoted is a text in the language of the index (PostgreSQL, "Text Search
// Types").
func quoted(text string) string {
	return "'" + strings.NewReplacer("'", "''", `\`, `\\`).Replace(text) + "'"
}

// planned has the server plan a query for its arguments: whether to look up what
// is rare, or to go through what is common in order, depends on them.
const planned = pgx.QueryExecModeCacheDescribe

// IDs returns the ids of the connectors that a query asks for.
func (r *registry) IDs(ctx context.Context, q connectors.Query) (all []string, err error) {
	where, args := condition(q)
	err = r.lookAtAll(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id FROM fairlead.connectors`+where+stored.Order(q), append([]any{planned}, args...)...)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	return all, err
}

// Rows returns what a list shows of some connectors, in the order of their ids.
func (r *registry) Rows(ctx context.Context, ids []string) (all []connectors.Row, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT `+columns+`, NULL::text, state, words, tested, expires
			FROM fairlead.connectors WHERE id = ANY($1)`, ids)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (connectors.Row, error) {
			var d stored.Derived
			c, err := scanMore(row, &d.State, &d.Words, &d.Tested, &d.Expires)
			return d.Row(c), err
		})
		return err
	})
	return stored.InOrder(ids, all), err
}

// Counts returns how many connectors are in which state.
func (r *registry) Counts(ctx context.Context, q connectors.Query) (counts map[connectors.State]int, err error) {
	q.States = nil
	where, args := condition(q)
	err = r.lookAtAll(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT state, count(*) FROM fairlead.connectors`+where+` GROUP BY state`, append([]any{planned}, args...)...)
		if err != nil {
			return err
		}
		counts = map[connectors.State]int{}
		var state int64
		var n int
		_, err = pgx.ForEachRow(rows, []any{&state, &n}, func() error {
			counts[stored.ToState(state)] = n
			return nil
		})
		return err
	})
	return counts, err
}

// Holders returns the connectors that hold a connector's name or places.
func (r *registry) Holders(ctx context.Context, c connectors.Connector) (all []connectors.Connector, err error) {
	var providers, tenants, services []string
	for _, claim := range c.Claims() {
		providers = append(providers, claim.Provider)
		tenants = append(tenants, claim.Tenant)
		services = append(services, claim.Service)
	}
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, selectBare+` WHERE id IN (
			SELECT id FROM fairlead.connectors WHERE name_key = $1
			UNION SELECT connector FROM fairlead.claims
			JOIN unnest($2::text[], $3::text[], $4::text[]) AS wanted (provider, tenant, service)
			USING (provider, tenant, service))`+byName, connectors.Key(c.Name), providers, tenants, services)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, scanConnector)
		return err
	})
	return all, err
}
