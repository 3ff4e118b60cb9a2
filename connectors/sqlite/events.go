package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// errUnchanged says that there was nothing to change, so that there is nothing
// to tell of.
var errUnchanged = errors.New("nothing was changed")

// record runs a change of a connector together with the event that tells of it.
func (r *registry) record(
	ctx context.Context, id, name string, e connectors.Event, work func(tx *sql.Tx) error,
) error {
	e.Connector, e.Name = id, name
	err := r.change(ctx, func(tx *sql.Tx) error {
		if err := tell(ctx, tx, e); err != nil {
			return err
		}
		return work(tx)
	})
	if errors.Is(err, errUnchanged) {
		return nil
	}
	return err
}

// tell writes an event, with the name that its connector has where it is there.
func tell(ctx context.Context, tx *sql.Tx, e connectors.Event) error {
	if e.ID == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO events (id, at, by, kind, connector, name, detail)
		VALUES (?1, ?2, ?3, ?4, ?5, coalesce((SELECT name FROM connectors WHERE id = ?5), ?6), ?7) ON CONFLICT DO NOTHING`,
		e.ID, stored.ToMicros(e.At), e.By, string(e.Kind), e.Connector, e.Name, e.Detail)
	if err != nil || e.Kind != connectors.EventTested {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		DELETE FROM events WHERE connector = ?1 AND kind = ?2 AND id NOT IN
			(SELECT id FROM events WHERE connector = ?1 AND kind = ?2 ORDER BY at DESC, id DESC LIMIT ?3)`,
		e.Connector, string(e.Kind), connectors.KeptReports)
	return err
}

// moved makes the version of a connector one more, if an event tells of it. It
// fails where the caller saw another version.
func moved(ctx context.Context, tx *sql.Tx, id string, saw int, e connectors.Event) error {
	if e.ID == "" {
		return nil
	}
	const update = `UPDATE connectors SET version = version + 1 WHERE id = ?1 AND ?2 IN (0, version)`
	err := found(tx.ExecContext(ctx, update, id, saw))
	if errors.Is(err, connectors.ErrNotFound) {
		return changed(ctx, tx, id, e.ID)
	}
	return err
}

// changed says who has changed a connector last, other than by an event itself.
func changed(ctx context.Context, tx *sql.Tx, id, but string) error {
	c, err := one(ctx, tx, selectBare, id)
	if err != nil {
		return err
	}
	e := &connectors.ChangedError{Version: c.Version}
	var at int64
	err = tx.QueryRowContext(ctx, `SELECT by, at FROM events
		WHERE connector = ? AND kind <> ? AND id <> ? ORDER BY at DESC, id DESC LIMIT 1`,
		id, string(connectors.EventTested), but).Scan(&e.By, &at)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	e.At = stored.FromMicros(at)
	return e
}

// Events returns the last events, newest first.
func (r *registry) Events(ctx context.Context, connector, before string, limit int) (all []connectors.Event, err error) {
	if limit <= 0 {
		limit = -1 // SQLite's word for all
	}
	query, args := `SELECT id, at, by, kind, connector, name, detail FROM events WHERE true`, []any{}
	if connector != "" {
		query, args = query+` AND connector = ?`, append(args, connector)
	}
	if before != "" {
		query, args = query+` AND (at, id) < (SELECT at, id FROM events WHERE id = ?)`, append(args, before)
	}
	err = r.look(ctx, func(tx *sql.Tx) error {
		all, err = collect(ctx, tx, func(scan func(...any) error) (connectors.Event, error) {
			var e connectors.Event
			var at int64
			err := scan(&e.ID, &at, &e.By, &e.Kind, &e.Connector, &e.Name, &e.Detail)
			e.At = stored.FromMicros(at)
			return e, err
		}, query+` ORDER BY at DESC, id DESC LIMIT ?`, append(args, limit)...)
		return err
	})
	return all, err
}

// AddEvents adds what happened in another registry.
func (r *registry) AddEvents(ctx context.Context, events []connectors.Event) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		for _, e := range events {
			_, err := tx.ExecContext(ctx, `INSERT INTO events (id, at, by, kind, connector, name, detail)
				VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
				e.ID, stored.ToMicros(e.At), e.By, string(e.Kind), e.Connector, e.Name, e.Detail)
			if err != nil {
				return err
			}
		}
		return nil
	})
}
