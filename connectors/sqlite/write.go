package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

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
	d := stored.Derive(c)
	_, err = tx.ExecContext(ctx, `
		INSERT INTO connectors (id, name, name_key, description, provider, tenant, services, settings,
			secret_key, secret_keyring, secret_holder, secret_session, secret_since, platform, created, updated, version,
			tenant_key, state, words, tested, expires, search)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, c.Name, connectors.Key(c.Name), c.Description, c.Provider, c.Tenant, services, settings,
		c.Credential.Key, c.Credential.Keyring, c.Credential.Holder, c.Credential.Session,
		stored.ToMicros(c.Credential.Since), c.Platform, stored.ToMicros(c.Created), stored.ToMicros(c.Updated), c.Version,
		d.TenantKey, d.State, d.Words, d.Tested, d.Expires, d.Marked())
	if err != nil {
		return rule(ctx, tx, c, err)
	}
	for _, claim := range c.Claims() {
		if c.Replaces != "" {
			_, err := tx.ExecContext(ctx, `DELETE FROM claims WHERE provider = ? AND tenant = ? AND service = ? AND connector = ?`,
				claim.Provider, claim.Tenant, claim.Service, c.Replaces)
			if err != nil {
				return err
			}
		}
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
	others, err := holders(ctx, tx, c)
	if err != nil {
		return err
	}
	if err := connectors.CheckUnique(c, others); err != nil {
		return err
	}
	return broken
}

// Edit sets name and description.
func (r *registry) Edit(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	return r.record(ctx, c.ID, c.Name, e, func(tx *sql.Tx) error {
		if err := moved(ctx, tx, c.ID, c.Version, e); err != nil {
			return err
		}
		const update = `UPDATE connectors SET name = ?, name_key = ?, description = ?, updated = ? WHERE id = ?`
		err := found(tx.ExecContext(ctx, update, c.Name, connectors.Key(c.Name), c.Description, stored.ToMicros(e.At), c.ID))
		if err != nil {
			return rule(ctx, tx, connectors.Connector{ID: c.ID, Name: c.Name}, err)
		}
		return derive(ctx, tx, c.ID)
	})
}

// RecordTest keeps a report and what platform it found.
func (r *registry) RecordTest(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	if c.LastTest == nil {
		return fmt.Errorf("record a test of %q: there is no report", c.Name)
	}
	return r.record(ctx, c.ID, c.Name, e, func(tx *sql.Tx) error { return recordTest(ctx, tx, c) })
}

func recordTest(ctx context.Context, tx *sql.Tx, c connectors.Connector) error {
	const update = `UPDATE connectors SET platform = coalesce(nullif(?, ''), platform) WHERE id = ?`
	if err := found(tx.ExecContext(ctx, update, c.Platform, c.ID)); err != nil {
		return err
	}
	if err := insertReport(ctx, tx, c.ID, *c.LastTest); err != nil {
		return err
	}
	return derive(ctx, tx, c.ID)
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
func (r *registry) Attach(ctx context.Context, id string, a connectors.Attachment, e connectors.Event) error {
	return r.attachment(ctx, id, e, `INSERT INTO attachments (connector, service, task) VALUES (?, ?, ?)
		ON CONFLICT DO NOTHING`, a)
}

// Detach forgets that a service task uses a connector.
func (r *registry) Detach(ctx context.Context, id string, a connectors.Attachment, e connectors.Event) error {
	return r.attachment(ctx, id, e, `DELETE FROM attachments WHERE connector = ? AND service = ? AND task = ?`, a)
}

// attachment runs a statement that changes the attachments of a connector.
func (r *registry) attachment(
	ctx context.Context, id string, e connectors.Event, statement string, a connectors.Attachment,
) error {
	return r.record(ctx, id, "", e, func(tx *sql.Tx) error {
		if err := exist(ctx, tx, id); err != nil {
			return err
		}
		err := found(tx.ExecContext(ctx, statement, id, a.Service, a.Task))
		if errors.Is(err, connectors.ErrNotFound) {
			return errUnchanged
		}
		if err != nil {
			return err
		}
		return moved(ctx, tx, id, 0, e)
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
