package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// Intend records an intent, in the place of one of the same id. One to delete may
// stand for long: it is durable at once.
func (r *registry) Intend(ctx context.Context, i connectors.Intent) error {
	change := r.changeSoon
	if i.Kind == connectors.IntentDelete {
		change = r.change
	}
	return change(ctx, func(tx *sql.Tx) error {
		if err := unregistered(ctx, tx, i); err != nil {
			return err
		}
		return intend(ctx, tx, i)
	})
}

// unregistered is [connectors.ErrRegistered] where an intent's secret is in use.
func unregistered(ctx context.Context, tx *sql.Tx, i connectors.Intent) error {
	var n int
	const count = `SELECT count(*) FROM connectors WHERE id = ?1 AND (id = ?2 OR secret_key = ?3)`
	err := tx.QueryRowContext(ctx, count, i.Connector.ID, i.ID, i.Connector.Credential.Key).Scan(&n)
	if err == nil && n > 0 {
		return connectors.ErrRegistered
	}
	return err
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

// Switch gives a connector another credential, and leaves the old one to be
// deleted.
func (r *registry) Switch(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return r.record(ctx, i.Connector.ID, i.Connector.Name, e, func(tx *sql.Tx) error {
		const clear = `DELETE FROM intents WHERE id = ? AND kind = ?`
		if err := found(tx.ExecContext(ctx, clear, i.ID, string(connectors.IntentRotate))); err != nil {
			return err
		}
		old, err := one(ctx, tx, selectBare, i.Connector.ID)
		if err != nil {
			return err
		}
		if old.Credential.Key != "" {
			left := i
			left.Kind, left.Connector = connectors.IntentDelete, old
			if err := intend(ctx, tx, left); err != nil {
				return err
			}
		}
		if err := moved(ctx, tx, old.ID, i.Connector.Version, e); err != nil {
			return err
		}
		now := i.Connector.Credential
		_, err = tx.ExecContext(ctx, `UPDATE connectors SET secret_key = ?, secret_keyring = ?, secret_holder = ?,
			secret_session = ?, secret_since = ?, updated = ? WHERE id = ?`,
			now.Key, now.Keyring, now.Holder, now.Session, stored.ToMicros(now.Since), stored.ToMicros(e.At), old.ID)
		if err != nil || i.Connector.LastTest == nil {
			return err
		}
		return recordTest(ctx, tx, i.Connector)
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
	return r.changeSoon(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM intents WHERE id = ?`, id)
		return err
	})
}
