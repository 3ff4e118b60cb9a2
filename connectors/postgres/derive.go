package postgres

import (
	"context"
	"database/sql"
	"strings"

	"github.com/jackc/pgx/v5"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// derive writes anew what follows from a connector and its last report.
func derive(ctx context.Context, tx pgx.Tx, id string) error {
	c, err := one(ctx, tx, selectConnector, id)
	if err != nil {
		return err
	}
	d := stored.Derive(c)
	_, err = tx.Exec(ctx, `UPDATE fairlead.connectors
		SET tenant_key = $1, state = $2, words = $3, tested = $4, expires = $5, search = $6, signs = array_to_tsvector($7::text[]) WHERE id = $8`,
		d.TenantKey, d.State, d.Words, d.Tested, d.Expires, d.Search, d.Signs(), id)
	return err
}

// atOnce is how many connectors are derived at once: each round trip may go to
// another computer.
const atOnce = 500

// separator stands between signs where many lists of them are sent at once. It
// is none of them: it ends a line of what is searched.
const separator = "\n"

// deriveAll fills the columns that were not there before.
func deriveAll(ctx context.Context, tx *sql.Tx) error {
	for last := ""; ; {
		some, err := after(ctx, tx, last)
		if err != nil || len(some) == 0 {
			return err
		}
		last = some[len(some)-1].ID
		var ids, tenants, words, searches, signs []string
		var states, tested, expires []int64
		for _, c := range some {
			d := stored.Derive(c)
			ids, tenants, words, searches = append(ids, c.ID), append(tenants, d.TenantKey), append(words, d.Words), append(searches, d.Search)
			states, tested, expires = append(states, d.State), append(tested, d.Tested), append(expires, d.Expires)
			signs = append(signs, strings.Join(d.Signs(), separator))
		}
		_, err = tx.ExecContext(ctx, `UPDATE fairlead.connectors c
			SET (tenant_key, state, words, tested, expires, search, signs) =
				(d.tenant_key, d.state, d.words, d.tested, d.expires, d.search, array_to_tsvector(string_to_array(d.signs, $9)))
			FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::text[], $8::text[])
				AS d (id, tenant_key, state, words, tested, expires, search, signs)
			WHERE c.id = d.id`, ids, tenants, states, words, tested, expires, searches, signs, separator)
		if err != nil {
			return err
		}
	}
}

// after reads some connectors with the ids that follow one.
func after(ctx context.Context, tx *sql.Tx, id string) (some []connectors.Connector, err error) {
	rows, err := tx.QueryContext(ctx, selectConnector+` WHERE id > $1 ORDER BY id LIMIT $2`, id, atOnce)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		c, err := scanMore(rows)
		if err != nil {
			return nil, err
		}
		some = append(some, c)
	}
	return some, rows.Err()
}
