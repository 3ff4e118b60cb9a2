package sqlite

import (
	"context"
	"database/sql"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// derive writes anew what follows from a connector and its last report.
func derive(ctx context.Context, tx *sql.Tx, id string) error {
	c, err := one(ctx, tx, selectConnector, id)
	if err != nil {
		return err
	}
	return keepDerived(ctx, tx, c)
}

func keepDerived(ctx context.Context, tx *sql.Tx, c connectors.Connector) error {
	d := stored.Derive(c)
	_, err := tx.ExecContext(ctx, `UPDATE connectors
		SET tenant_key = ?, state = ?, words = ?, tested = ?, expires = ?, search = ? WHERE id = ?`,
		d.TenantKey, d.State, d.Words, d.Tested, d.Expires, d.Marked(), c.ID)
	return err
}

// deriveAll fills the columns that were not there before. It reads all ids
// first: of a table that is written while it is read, rows may come twice.
func deriveAll(ctx context.Context, tx *sql.Tx) error {
	ids, err := texts(ctx, tx, `SELECT id FROM connectors`)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := derive(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}
