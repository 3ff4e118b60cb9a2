package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// insert adds a connector with the places that it claims and the report that
// it comes with.
func insert(ctx context.Context, tx *sql.Tx, c connectors.Connector) error {
	services, err := stored.Encode(c.Services)
	if err != nil {
		return err
	}
	settings, err := stored.Encode(c.Settings)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO connectors (id, name, name_key, description, provider, tenant, services, settings,
			secret_key, secret_keyring, secret_holder, secret_session, secret_since, platform, created, updated)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, c.Name, connectors.Key(c.Name), c.Description, c.Provider, c.Tenant, services, settings,
		c.Credential.Key, c.Credential.Keyring, c.Credential.Holder, c.Credential.Session,
		stored.ToMicros(c.Credential.Since), c.Platform, stored.ToMicros(c.Created), stored.ToMicros(c.Updated))
	if err != nil {
		return rule(ctx, tx, c, err)
	}
	for _, claim := range c.Claims() {
		_, err := tx.ExecContext(ctx, `INSERT INTO claims (provider, tenant, service, connector) VALUES (?, ?, ?, ?)`,
			claim.Provider, claim.Tenant, claim.Service, c.ID)
		if err != nil {
			return rule(ctx, tx, c, err)
		}
	}
	if c.LastTest == nil {
		return nil
	}
	return insertReport(ctx, tx, c.ID, *c.LastTest)
}

// rule turns a broken uniqueness into the rule that says whose place it is.
func rule(ctx context.Context, tx *sql.Tx, c connectors.Connector, broken error) error {
	if !violates(broken) {
		return broken
	}
	others, err := collect(ctx, tx, scanConnector, selectBare+byName)
	if err != nil {
		return err
	}
	if err := connectors.CheckUnique(c, others); err != nil {
		return err
	}
	return broken
}

// Edit sets name and description.
func (r *registry) Edit(ctx context.Context, id, name, description string, at time.Time) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		const update = `UPDATE connectors SET name = ?, name_key = ?, description = ?, updated = ? WHERE id = ?`
		err := found(tx.ExecContext(ctx, update, name, connectors.Key(name), description, stored.ToMicros(at), id))
		return rule(ctx, tx, connectors.Connector{ID: id, Name: name}, err)
	})
}

// RecordTest keeps a report and what platform it found.
func (r *registry) RecordTest(ctx context.Context, c connectors.Connector) error {
	if c.LastTest == nil {
		return fmt.Errorf("record a test of %q: there is no report", c.Name)
	}
	return r.change(ctx, func(tx *sql.Tx) error {
		const update = `UPDATE connectors SET platform = coalesce(nullif(?, ''), platform) WHERE id = ?`
		err := found(tx.ExecContext(ctx, update, c.Platform, c.ID))
		if err != nil {
			return err
		}
		return insertReport(ctx, tx, c.ID, *c.LastTest)
	})
}

// insertReport adds a report and forgets all but the newest.
func insertReport(ctx context.Context, tx *sql.Tx, id string, report check.Report) error {
	text, err := stored.Encode(report)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO reports (connector, report) VALUES (?, ?)`, id, text); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		DELETE FROM reports WHERE connector = ?1 AND id NOT IN
			(SELECT id FROM reports WHERE connector = ?1 ORDER BY id DESC LIMIT ?2)`, id, connectors.KeptReports)
	return err
}

// Attach notes that a service task uses a connector.
func (r *registry) Attach(ctx context.Context, id string, a connectors.Attachment) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		if err := exist(ctx, tx, id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO attachments (connector, service, task) VALUES (?, ?, ?)
			ON CONFLICT DO NOTHING`, id, a.Service, a.Task)
		return err
	})
}

// Detach forgets that a service task uses a connector.
func (r *registry) Detach(ctx context.Context, id string, a connectors.Attachment) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		if err := exist(ctx, tx, id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM attachments WHERE connector = ? AND service = ? AND task = ?`,
			id, a.Service, a.Task)
		return err
	})
}

// exist is [connectors.ErrNotFound] unless there is a connector with the id.
func exist(ctx context.Context, tx *sql.Tx, id string) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM connectors WHERE id = ?`, id).Scan(&n); err != nil {
		return err
	}
	if n == 0 {
		return connectors.ErrNotFound
	}
	return nil
}
