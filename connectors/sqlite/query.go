package sqlite

import (
	"context"
	"database/sql"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// IDs returns the ids of the connectors that a query asks for.
func (r *registry) IDs(ctx context.Context, q connectors.Query) (ids []string, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		where, args, err := condition(ctx, tx, q)
		if err != nil {
			return err
		}
		ids, err = collect(ctx, tx, func(scan func(...any) error) (id string, err error) {
			err = scan(&id)
			return id, err
		}, `SELECT id FROM connectors`+where+stored.Order(q), args...)
		return err
	})
	return ids, err
}

// Rows returns what a list shows of some connectors, in the order of their ids.
func (r *registry) Rows(ctx context.Context, ids []string) (rows []connectors.Row, err error) {
	list, err := stored.Encode(ids)
	if err != nil {
		return nil, err
	}
	err = r.look(ctx, func(tx *sql.Tx) error {
		rows, err = collect(ctx, tx, func(scan func(...any) error) (connectors.Row, error) {
			var d stored.Derived
			c, err := scanConnector(scan, &d.State, &d.Words, &d.Tested, &d.Expires)
			return d.Row(c), err
		}, `SELECT `+columns+`, NULL, state, words, tested, expires FROM connectors
			WHERE id IN (SELECT value FROM json_each(?))`, list)
		return err
	})
	return stored.InOrder(ids, rows), err
}

// Counts returns how many connectors are in which state.
func (r *registry) Counts(ctx context.Context, q connectors.Query) (map[connectors.State]int, error) {
	q.States = nil
	counts := map[connectors.State]int{}
	err := r.look(ctx, func(tx *sql.Tx) error {
		where, args, err := condition(ctx, tx, q)
		if err != nil {
			return err
		}
		_, err = collect(ctx, tx, func(scan func(...any) error) (struct{}, error) {
			var state int64
			var n int
			err := scan(&state, &n)
			counts[stored.ToState(state)] = n
			return struct{}{}, err
		}, `SELECT state, count(*) FROM connectors`+where+` GROUP BY state`, args...)
		return err
	})
	return counts, err
}

// Holders returns the connectors that hold a connector's name or places.
func (r *registry) Holders(ctx context.Context, c connectors.Connector) (all []connectors.Connector, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		all, err = holders(ctx, tx, c)
		return err
	})
	return all, err
}

func holders(ctx context.Context, tx *sql.Tx, c connectors.Connector) ([]connectors.Connector, error) {
	query, args := selectBare+` WHERE name_key = ?`, []any{connectors.Key(c.Name)}
	for _, claim := range c.Claims() {
		query += ` OR id = (SELECT connector FROM claims WHERE provider = ? AND tenant = ? AND service = ?)`
		args = append(args, claim.Provider, claim.Tenant, claim.Service)
	}
	return collect(ctx, tx, bare, query+byName, args...)
}

// bare reads a connector alone.
func bare(scan func(...any) error) (connectors.Connector, error) { return scanConnector(scan) }
