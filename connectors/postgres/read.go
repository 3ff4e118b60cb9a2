package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// columns are those of a connector alone. One that holds no place was replaced.
const columns = `id, name, description, provider, tenant, services, settings,
	secret_key, secret_keyring, secret_holder, secret_session, secret_since, platform, created, updated, version,
	NOT EXISTS (SELECT 1 FROM fairlead.claims WHERE connector = id)`

// selectConnector reads a connector with its last report, if there is one;
// selectBare reads one without.
const (
	selectConnector = `SELECT ` + columns + `,
		(SELECT report FROM fairlead.reports r WHERE r.connector = c.id ORDER BY r.id DESC LIMIT 1)
		FROM fairlead.connectors c`
	selectBare = `SELECT ` + columns + `, NULL::text FROM fairlead.connectors`
)

// byName is the order of lists.
const byName = ` ORDER BY name_key, id`

// List returns all connectors, ordered by name.
func (r *registry) List(ctx context.Context) (all []connectors.Connector, err error) {
	err = r.lookAtAll(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, selectConnector+byName)
		if err != nil {
			return err
		}
		if all, err = pgx.CollectRows(rows, scanConnector); err != nil {
			return err
		}
		attached, err := attachments(ctx, tx, nil)
		for i := range all {
			all[i].Attachments = attached[all[i].ID]
		}
		return err
	})
	return all, err
}

// Get returns one connector.
func (r *registry) Get(ctx context.Context, id string) (c connectors.Connector, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if c, err = one(ctx, tx, selectConnector, id); err != nil {
			return err
		}
		attached, err := attachments(ctx, tx, &id)
		c.Attachments = attached[id]
		return err
	})
	return c, err
}

// Bare returns one connector without its last report and its attachments.
func (r *registry) Bare(ctx context.Context, id string) (c connectors.Connector, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		c, err = one(ctx, tx, selectBare, id)
		return err
	})
	return c, err
}

// one reads the connector with an id.
func one(ctx context.Context, tx pgx.Tx, query, id string) (connectors.Connector, error) {
	rows, err := tx.Query(ctx, query+` WHERE id = $1`, id)
	if err != nil {
		return connectors.Connector{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, scanConnector)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, connectors.ErrNotFound
	}
	return c, err
}

// scanConnector reads a connector alone.
func scanConnector(row pgx.CollectableRow) (connectors.Connector, error) { return scanMore(row) }

// scanMore reads a connector, and what else the query has behind it.
func scanMore(row interface{ Scan(...any) error }, more ...any) (connectors.Connector, error) {
	var c connectors.Connector
	var services, settings string
	var report *string
	err := row.Scan(append([]any{
		&c.ID, &c.Name, &c.Description, &c.Provider, &c.Tenant, &services, &settings,
		&c.Credential.Key, &c.Credential.Keyring, &c.Credential.Holder, &c.Credential.Session, &c.Credential.Since,
		&c.Platform, &c.Created, &c.Updated, &c.Version, &c.Replaced, &report,
	}, more...)...)
	if err != nil {
		return c, err
	}
	for _, t := range []*time.Time{&c.Credential.Since, &c.Created, &c.Updated} {
		*t = t.UTC()
	}
	if c.Services, err = stored.Decode[[]string]("the services of "+c.Name, services); err != nil {
		return c, err
	}
	if c.Settings, err = stored.Decode[map[string]string]("the settings of "+c.Name, settings); err != nil {
		return c, err
	}
	if report != nil {
		c.LastTest, err = stored.Decode[*check.Report]("the last report of "+c.Name, *report)
	}
	return c, err
}

// attachments returns the attachments of one connector, or of all of them when
// id is nil, by the connectors' ids.
func attachments(ctx context.Context, tx pgx.Tx, id *string) (map[string][]connectors.Attachment, error) {
	const query = `SELECT connector, service, task FROM fairlead.attachments
		WHERE $1::text IS NULL OR connector = $1 ORDER BY connector, service, task`
	byID := map[string][]connectors.Attachment{}
	rows, err := tx.Query(ctx, query, id)
	if err != nil {
		return nil, err
	}
	var connector string
	var a connectors.Attachment
	_, err = pgx.ForEachRow(rows, []any{&connector, &a.Service, &a.Task}, func() error {
		byID[connector] = append(byID[connector], a)
		return nil
	})
	return byID, err
}

// Reports returns the reports of a connector, newest first.
func (r *registry) Reports(ctx context.Context, id string) (all []check.Report, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT report FROM fairlead.reports WHERE connector = $1 ORDER BY id DESC`, id)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (check.Report, error) {
			var text string
			if err := row.Scan(&text); err != nil {
				return check.Report{}, err
			}
			return stored.Decode[check.Report]("a report", text)
		})
		return err
	})
	return all, err
}

// exist is [connectors.ErrNotFound] unless there is a connector with the id.
func exist(ctx context.Context, tx pgx.Tx, id string) error {
	var one int
	err := tx.QueryRow(ctx, `SELECT 1 FROM fairlead.connectors WHERE id = $1`, id).Scan(&one)
	if errors.Is(err, pgx.ErrNoRows) {
		return connectors.ErrNotFound
	}
	return err
}
