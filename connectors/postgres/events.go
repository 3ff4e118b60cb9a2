package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"fairlead/connectors"
)

// errUnchanged says that there was nothing to change, or that it was changed
// already, so that there is nothing to tell of.
var errUnchanged = errors.New("nothing was changed")

// record runs a change of a connector together with the event that tells of it.
// Where the event is there already, so is the change: its answer was lost.
func (r *registry) record(
	ctx context.Context, id, name string, e connectors.Event, work func(ctx context.Context, tx pgx.Tx) error,
) error {
	return r.recordAlong(ctx, id, name, e, func(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error {
		if err := tx.SendBatch(ctx, b).Close(); err != nil {
			return err
		}
		return work(ctx, tx)
	})
}

// recordAlong is record for a change that sends the event along with the first
// statements of its own.
func (r *registry) recordAlong(
	ctx context.Context, id, name string, e connectors.Event,
	work func(ctx context.Context, tx pgx.Tx, b *pgx.Batch) error,
) error {
	e.Connector, e.Name = id, name
	err := r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		b := &pgx.Batch{}
		tell(b, e)
		return work(ctx, tx, b)
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// tell writes an event, with the name that its connector has where it is there.
func tell(b *pgx.Batch, e connectors.Event) {
	if e.ID == "" {
		return
	}
	b.Queue(`INSERT INTO fairlead.events (id, at, by, kind, connector, name, detail)
		VALUES ($1, $2, $3, $4, $5, coalesce((SELECT name FROM fairlead.connectors WHERE id = $5), $6), $7)
		ON CONFLICT DO NOTHING`, e.ID, e.At, e.By, string(e.Kind), e.Connector, e.Name, e.Detail).Exec(
		func(done pgconn.CommandTag) error {
			if done.RowsAffected() == 0 {
				return errUnchanged
			}
			return nil
		})
	if e.Kind != connectors.EventTested {
		return
	}
	b.Queue(`
		DELETE FROM fairlead.events WHERE connector = $1 AND kind = $2 AND id NOT IN
			(SELECT id FROM fairlead.events WHERE connector = $1 AND kind = $2 ORDER BY at DESC, id DESC LIMIT $3)`,
		e.Connector, string(e.Kind), connectors.KeptReports)
}

// moved makes the version of a connector one more, if an event tells of it. It
// fails where the caller saw another version.
func moved(ctx context.Context, tx pgx.Tx, id string, saw int, e connectors.Event) error {
	if e.ID == "" {
		return nil
	}
	const update = `UPDATE fairlead.connectors SET version = version + 1 WHERE id = $1 AND $2::bigint IN (0, version)`
	err := found(tx.Exec(ctx, update, id, saw))
	if errors.Is(err, connectors.ErrNotFound) {
		return changed(ctx, tx, id, e.ID)
	}
	return err
}

// changed says who has changed a connector last, other than by an event itself.
func changed(ctx context.Context, tx pgx.Tx, id, but string) error {
	c, err := one(ctx, tx, selectBare, id)
	if err != nil {
		return err
	}
	e := &connectors.ChangedError{Version: c.Version}
	err = tx.QueryRow(ctx, `SELECT by, at FROM fairlead.events
		WHERE connector = $1 AND kind <> $2 AND id <> $3 ORDER BY at DESC, id DESC LIMIT 1`,
		id, string(connectors.EventTested), but).Scan(&e.By, &e.At)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	e.At = e.At.UTC()
	return e
}

// Events returns the last events, newest first.
func (r *registry) Events(ctx context.Context, connector, before string, limit int) (all []connectors.Event, err error) {
	query, args := `SELECT id, at, by, kind, connector, name, detail FROM fairlead.events
		WHERE ($1::text = '' OR connector = $1)`, []any{connector}
	if before != "" {
		query, args = query+` AND (at, id) < (SELECT at, id FROM fairlead.events WHERE id = $2)`, append(args, before)
	}
	query += ` ORDER BY at DESC, id DESC`
	if limit > 0 {
		query += fmt.Sprintf(` LIMIT %d`, limit)
	}
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, query, args...)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (connectors.Event, error) {
			var e connectors.Event
			err := row.Scan(&e.ID, &e.At, &e.By, &e.Kind, &e.Connector, &e.Name, &e.Detail)
			e.At = e.At.UTC()
			return e, err
		})
		return err
	})
	return all, err
}

// AddEvents adds what happened in another registry.
func (r *registry) AddEvents(ctx context.Context, events []connectors.Event) error {
	return r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		batch := &pgx.Batch{}
		for _, e := range events {
			batch.Queue(`INSERT INTO fairlead.events (id, at, by, kind, connector, name, detail)
				VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
				e.ID, e.At, e.By, string(e.Kind), e.Connector, e.Name, e.Detail)
		}
		return tx.SendBatch(ctx, batch).Close()
	})
}
