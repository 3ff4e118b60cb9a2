package postgres

import (
	"cmp"
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// Intend records an intent, in the place of one of the same id. It writes before
// it looks: a commit that is still under way holds the intent's row, so that it
// waits for that commit and then sees what became of it.
func (r *registry) Intend(ctx context.Context, i connectors.Intent) error {
	return r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		b := &pgx.Batch{}
		if err := intend(b, i); err != nil {
			return err
		}
		unregistered(b, i)
		return tx.SendBatch(ctx, b).Close()
	})
}

// unregistered asks for [connectors.ErrRegistered] where an intent's secret is in
// use.
func unregistered(b *pgx.Batch, i connectors.Intent) {
	const look = `SELECT EXISTS (SELECT FROM fairlead.connectors WHERE id = $1 AND (id = $2 OR secret_key = $3))`
	b.Queue(look, i.Connector.ID, i.ID, i.Connector.Credential.Key).QueryRow(func(row pgx.Row) error {
		var used bool
		err := row.Scan(&used)
		if err == nil && used {
			return connectors.ErrRegistered
		}
		return err
	})
}

func intend(b *pgx.Batch, i connectors.Intent) error {
	text, err := stored.EncodeIntent(i.Connector)
	if err != nil {
		return err
	}
	b.Queue(`INSERT INTO fairlead.intents (id, kind, connector, created, pid) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET (kind, connector, created, pid) = (excluded.kind, excluded.connector, excluded.created, excluded.pid)`,
		i.ID, string(i.Kind), text, i.Created, i.PID)
	return nil
}

func intendNow(ctx context.Context, tx pgx.Tx, i connectors.Intent) error {
	b := &pgx.Batch{}
	if err := intend(b, i); err != nil {
		return err
	}
	return tx.SendBatch(ctx, b).Close()
}

// Intents returns what was neither finished nor undone, oldest first.
func (r *registry) Intents(ctx context.Context) (all []connectors.Intent, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id, kind, connector, created, pid FROM fairlead.intents ORDER BY created, id`)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (connectors.Intent, error) {
			var i connectors.Intent
			var text string
			if err := row.Scan(&i.ID, &i.Kind, &text, &i.Created, &i.PID); err != nil {
				return i, err
			}
			i.Created = i.Created.UTC()
			var err error
			i.Connector, err = stored.DecodeIntent(text)
			return i, err
		})
		return err
	})
	return all, err
}

// Commit adds the intent's connector and clears the intent. It waits for the
// intent to be cleared before it sends the connector: of what a cut network
// delivers late, nothing then finds an intent that was turned round.
func (r *registry) Commit(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return r.unique(ctx, i.Connector, func() error {
		return r.recordAlong(ctx, i.ID, i.Connector.Name, e, func(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
			unintend(b, i.ID, connectors.IntentRegister)
			err := tx.SendBatch(ctx, b).Close()
			if errors.Is(err, connectors.ErrNotFound) {
				// Someone else has committed it, and told of it, or undone it.
				return cmp.Or(exist(ctx, tx, i.ID), errUnchanged)
			}
			if err != nil {
				return err
			}
			return insert(ctx, tx, i.Connector)
		})
	})
}

// unintend forgets an intent; it fails with [connectors.ErrNotFound] where there is
// none of the kind.
func unintend(b *pgx.Batch, id string, kind connectors.IntentKind) {
	b.Queue(`DELETE FROM fairlead.intents WHERE id = $1 AND kind = $2`, id, string(kind)).Exec(func(done pgconn.CommandTag) error {
		return found(done, nil)
	})
}

// Switch gives a connector another credential, and leaves the old one to be
// deleted. As a commit does, it waits for the intent to be its own first.
func (r *registry) Switch(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return r.recordAlong(ctx, i.Connector.ID, i.Connector.Name, e, func(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
		unintend(b, i.ID, connectors.IntentRotate)
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		old, err := one(ctx, tx, selectBare, i.Connector.ID)
		if err != nil {
			return err
		}
		if old.Credential.Key != "" {
			left := i
			left.Kind, left.Connector = connectors.IntentDelete, old
			if err := intendNow(ctx, tx, left); err != nil {
				return err
			}
		}
		if err := moved(ctx, tx, old.ID, i.Connector.Version, e); err != nil {
			return err
		}
		now := i.Connector.Credential
		_, err = tx.Exec(ctx, `UPDATE fairlead.connectors SET secret_key = $1, secret_keyring = $2, secret_holder = $3,
			secret_session = $4, secret_since = $5, updated = $6 WHERE id = $7`,
			now.Key, now.Keyring, now.Holder, now.Session, now.Since, e.At, old.ID)
		if err != nil || i.Connector.LastTest == nil {
			return err
		}
		return recordTest(ctx, tx, i.Connector)
	})
}

// Remove deletes the intent's connector and records the intent.
func (r *registry) Remove(ctx context.Context, i connectors.Intent, e connectors.Event) error {
	return r.record(ctx, i.ID, i.Connector.Name, e, func(ctx context.Context, tx pgx.Tx) error {
		attached, err := attachments(ctx, tx, &i.ID)
		if err != nil {
			return err
		}
		if len(attached) > 0 {
			c := i.Connector
			c.Attachments = attached[i.ID]
			return connectors.Attached(c)
		}
		err = found(tx.Exec(ctx, `DELETE FROM fairlead.connectors WHERE id = $1`, i.ID))
		if errors.Is(err, connectors.ErrNotFound) {
			return removed(ctx, tx, i)
		}
		if err != nil {
			return err
		}
		return intendNow(ctx, tx, i)
	})
}

// removed is [connectors.ErrNotFound] unless the same removal has been done,
// and its answer was lost.
func removed(ctx context.Context, tx pgx.Tx, i connectors.Intent) error {
	var one int
	err := tx.QueryRow(ctx, `SELECT 1 FROM fairlead.intents WHERE id = $1 AND kind = $2 AND created = $3 AND pid = $4`,
		i.ID, string(i.Kind), i.Created, i.PID).Scan(&one)
	if errors.Is(err, pgx.ErrNoRows) {
		return connectors.ErrNotFound
	}
	return err
}

// Clear forgets an intent.
func (r *registry) Clear(ctx context.Context, id string) error {
	return r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM fairlead.intents WHERE id = $1`, id)
		return err
	})
}
