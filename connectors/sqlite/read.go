package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// columns are those of a connector alone. One that holds no place was replaced.
const columns = `id, name, description, provider, tenant, services, settings,
	secret_key, secret_keyring, secret_holder, secret_session, secret_since, platform, created, updated, version,
	NOT EXISTS (SELECT 1 FROM claims WHERE connector = id)`

// selectConnector reads a connector with its last report, if there is one;
// selectBare reads one without.
const (
	selectConnector = `SELECT ` + columns + `,
		(SELECT report FROM reports WHERE connector = connectors.id ORDER BY reports.id DESC LIMIT 1)
		FROM connectors`
	selectBare = `SELECT ` + columns + `, NULL FROM connectors`
)

// byName is the order of lists.
const byName = ` ORDER BY name_key, id`

// List returns all connectors, ordered by name.
func (r *registry) List(ctx context.Context) (all []connectors.Connector, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		attached, err := attachments(ctx, tx, "")
		if err != nil {
			return err
		}
		all, err = collect(ctx, tx, func(scan func(...any) error) (connectors.Connector, error) {
			c, err := scanConnector(scan)
			c.Attachments = attached[c.ID]
			return c, err
		}, selectConnector+byName)
		return err
	})
	return all, err
}

// Get returns one connector.
func (r *registry) Get(ctx context.Context, id string) (c connectors.Connector, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		if c, err = one(ctx, tx, selectConnector, id); err != nil {
			return err
		}
		attached, err := attachments(ctx, tx, id)
		c.Attachments = attached[id]
		return err
	})
	return c, err
}

// Bare returns one connector without its last report and its attachments.
func (r *registry) Bare(ctx context.Context, id string) (c connectors.Connector, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		c, err = one(ctx, tx, selectBare, id)
		return err
	})
	return c, err
}

// one reads the connector with an id.
func one(ctx context.Context, tx *sql.Tx, query, id string) (connectors.Connector, error) {
	c, err := scanConnector(tx.QueryRowContext(ctx, query+` WHERE id = ?`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return c, connectors.ErrNotFound
	}
	return c, err
}

// scanConnector reads a connector, and what else the query has behind it.
func scanConnector(scan func(...any) error, more ...any) (connectors.Connector, error) {
	var c connectors.Connector
	var services, settings string
	var since, created, updated int64
	var report sql.NullString
	err := scan(append([]any{
		&c.ID, &c.Name, &c.Description, &c.Provider, &c.Tenant, &services, &settings,
		&c.Credential.Key, &c.Credential.Keyring, &c.Credential.Holder, &c.Credential.Session, &since,
		&c.Platform, &created, &updated, &c.Version, &c.Replaced, &report,
	}, more...)...)
	if err != nil {
		return c, err
	}
	c.Credential.Since, c.Created, c.Updated = stored.FromMicros(since), stored.FromMicros(created), stored.FromMicros(updated)
	if c.Services, err = stored.Decode[[]string]("the services of "+c.Name, services); err != nil {
		return c, err
	}
	if c.Settings, err = stored.Decode[map[string]string]("the settings of "+c.Name, settings); err != nil {
		return c, err
	}
	if report.Valid {
		c.LastTest, err = stored.Decode[*check.Report]("the last report of "+c.Name, report.String)
	}
	return c, err
}

// attachments returns the attachments of one connector, or of all of them when
// id is empty, by the connectors' ids.
func attachments(ctx context.Context, tx *sql.Tx, id string) (map[string][]connectors.Attachment, error) {
	type row struct {
		connector  string
		attachment connectors.Attachment
	}
	const query = `SELECT connector, service, task FROM attachments
		WHERE ?1 = '' OR connector = ?1 ORDER BY connector, service, task`
	rows, err := collect(ctx, tx, func(scan func(...any) error) (row, error) {
		var r row
		err := scan(&r.connector, &r.attachment.Service, &r.attachment.Task)
		return r, err
	}, query, id)
	byID := map[string][]connectors.Attachment{}
	for _, row := range rows {
		byID[row.connector] = append(byID[row.connector], row.attachment)
	}
	return byID, err
}

// Reports returns the reports of a connector, newest first.
func (r *registry) Reports(ctx context.Context, id string) (all []check.Report, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		all, err = collect(ctx, tx, func(scan func(...any) error) (check.Report, error) {
			var text string
			if err := scan(&text); err != nil {
				return check.Report{}, err
			}
			return stored.Decode[check.Report]("a report", text)
		}, `SELECT report FROM reports WHERE connector = ? ORDER BY id DESC`, id)
		return err
	})
	return all, err
}

// collect reads all rows of a query.
func collect[T any](
	ctx context.Context, tx *sql.Tx, read func(scan func(...any) error) (T, error), query string, args ...any,
) ([]T, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		one, err := read(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
