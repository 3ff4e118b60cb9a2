package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// Intend records an intent, in the place of one of the same id.
func (r *registry) Intend(ctx context.Context, i connectors.Intent) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		switch err := exist(ctx, tx, i.ID); {
		case err == nil:
			return connectors.ErrRegistered
		case !errors.Is(err, connectors.ErrNotFound):
			return err
		}
		return intend(ctx, tx, i)
	})
}

func intend(ctx context.Context, tx *sql.Tx, i connectors.Intent) error {
	text, err := stored.EncodeIntent(i.Connector)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO intents (id, kind, connector, created, pid) VALUES (?, ?, ?, ?, ?)`,
		i.ID, string(i.Kind), text, stored.ToMicros(i.Created), i.PID)
	return err
}

// Intents returns what was neither finished nor undone, oldest first.
func (r *registry) Intents(ctx context.Context) (all []connectors.Intent, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		all, err = collect(ctx, tx, func(scan func(...any) error) (connectors.Intent, error) {
			var i connectors.Intent
			var text string
			var created int64
			if err := scan(&i.ID, &i.Kind, &text, &created, &i.PID); err != nil {
				return i, err
			}
			i.Created = stored.FromMicros(created)
			var err error
			i.Connector, err = stored.DecodeIntent(text)
			return i, err
		}, `SELECT id, kind, connector, created, pid FROM intents ORDER BY created, id`)
		return err
	})
	return all, err
}

// Commit adds the intent's connector and clears the intent.
func (r *registry) Commit(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return r.record(ctx, i.ID, i.Connector.Name, e, func(tx *sql.Tx) error {
		const clear = `DELETE FROM intents WHERE id = ? AND kind = ?`
		err := found(tx.ExecContext(ctx, clear, i.ID, string(connectors.IntentRegister)))
		if errors.Is(err, connectors.ErrNotFound) {
			// Someone else has committed it, and told of it, or undone it.
			return cmp.Or(exist(ctx, tx, i.ID), errUnchanged)
		}
		if err != nil {
			return err
		}
		return insert(ctx, tx, i.Connector)
	})
}

// Remove deletes the intent's connector and records the intent.
func (r *registry) Remove(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return r.record(ctx, i.ID, i.Connector.Name, e, func(tx *sql.Tx) error {
		err := found(tx.ExecContext(ctx, `DELETE FROM connectors WHERE id = ?`, i.ID))
		if inUse(err) {
			attached, err := attachments(ctx, tx, i.ID)
			if err != nil {
				return err
			}
			c := i.Connector
			c.Attachments = attached[i.ID]
			return connectors.Attached(c)
		}
		if err != nil {
			return err
		}
		return intend(ctx, tx, i)
	})
}

// Clear forgets an intent.
func (r *registry) Clear(ctx context.Context, id string) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM intents WHERE id = ?`, id)
		return err
	})
}
