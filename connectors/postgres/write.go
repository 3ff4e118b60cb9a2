package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// insert adds a connector with the places that it claims and the report that
// it comes with, in one round trip.
func insert(ctx context.Context, tx pgx.Tx, c connectors.Connector) error {
	services, err := stored.Encode(c.Services)
	if err != nil {
		return err
	}
	settings, err := stored.Encode(c.Settings)
	if err != nil {
		return err
	}
	d := stored.Derive(c)
	batch := &pgx.Batch{}
	batch.Queue(`
		INSERT INTO fairlead.connectors (id, name, name_key, description, provider, tenant, services, settings,
			secret_key, secret_keyring, secret_holder, secret_session, secret_since, platform, created, updated, version,
			tenant_key, state, words, tested, expires, search, signs)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, array_to_tsvector($24::text[]))`,
		c.ID, c.Name, connectors.Key(c.Name), c.Description, c.Provider, c.Tenant, services, settings,
		c.Credential.Key, c.Credential.Keyring, c.Credential.Holder, c.Credential.Session,
		c.Credential.Since, c.Platform, c.Created, c.Updated, c.Version,
		d.TenantKey, d.State, d.Words, d.Tested, d.Expires, d.Search, d.Signs())
	for _, claim := range c.Claims() {
		if c.Replaces != "" {
			batch.Queue(`DELETE FROM fairlead.claims WHERE provider = $1 AND tenant = $2 AND service = $3 AND connector = $4`,
				claim.Provider, claim.Tenant, claim.Service, c.Replaces)
		}
		batch.Queue(`INSERT INTO fairlead.claims (provider, tenant, service, connector) VALUES ($1, $2, $3, $4)`,
			claim.Provider, claim.Tenant, claim.Service, c.ID)
	}
	if c.LastTest != nil {
		report, err := stored.Encode(*c.LastTest)
		if err != nil {
			return err
		}
		batch.Queue(`INSERT INTO fairlead.reports (connector, report) VALUES ($1, $2)`, c.ID, report)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// unique runs a change that may break a uniqueness, and says whose place it is.
// Where that one is gone in the meantime, the place is free: it tries again.
func (r *registry) unique(ctx context.Context, c connectors.Connector, work func() error) error {
	var broken error
	for range 3 {
		if broken = work(); !violates(broken) {
			return broken
		}
		others, err := r.Holders(ctx, c)
		if err != nil {
			return err
		}
		if err := connectors.CheckUnique(c, others); err != nil {
			return err
		}
	}
	return broken
}

// Edit sets name and description.
func (r *registry) Edit(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	return r.unique(ctx, connectors.Connector{ID: c.ID, Name: c.Name}, func() error {
		return r.record(ctx, c.ID, c.Name, e, func(ctx context.Context, tx pgx.Tx) error {
			if err := moved(ctx, tx, c.ID, c.Version, e); err != nil {
				return err
			}
			err := found(tx.Exec(ctx, `UPDATE fairlead.connectors
				SET name = $1, name_key = $2, description = $3, updated = $4 WHERE id = $5`,
				c.Name, connectors.Key(c.Name), c.Description, e.At, c.ID))
			if err != nil {
				return err
			}
			return derive(ctx, tx, c.ID)
		})
	})
}

// RecordTest keeps a report and what platform it found, and forgets all reports
// but the newest.
func (r *registry) RecordTest(ctx context.Context, c connectors.Connector, e connectors.Event) error {
	if c.LastTest == nil {
		return fmt.Errorf("record a test of %q: there is no report", c.Name)
	}
	return r.record(ctx, c.ID, c.Name, e, func(ctx context.Context, tx pgx.Tx) error { return recordTest(ctx, tx, c) })
}

func recordTest(ctx context.Context, tx pgx.Tx, c connectors.Connector) error {
	const update = `UPDATE fairlead.connectors SET platform = coalesce(nullif($1, ''), platform) WHERE id = $2`
	if err := found(tx.Exec(ctx, update, c.Platform, c.ID)); err != nil {
		return err
	}
	if err := addReport(ctx, tx, c.ID, *c.LastTest); err != nil {
		return err
	}
	return derive(ctx, tx, c.ID)
}

// addReport adds a report unless it is the newest already.
func addReport(ctx context.Context, tx pgx.Tx, id string, report check.Report) error {
	text, err := stored.Encode(report)
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO fairlead.reports (connector, report) SELECT $1, $2::text::json
		WHERE $2::text IS DISTINCT FROM (SELECT report::text FROM fairlead.reports WHERE connector = $1 ORDER BY id DESC LIMIT 1)`,
		id, text)
	batch.Queue(`DELETE FROM fairlead.reports WHERE connector = $1 AND id NOT IN
		(SELECT id FROM fairlead.reports WHERE connector = $1 ORDER BY id DESC LIMIT $2)`, id, connectors.KeptReports)
	return tx.SendBatch(ctx, batch).Close()
}

// Attach notes that a service task uses a connector.
func (r *registry) Attach(ctx context.Context, id string, a connectors.Attachment, e connectors.Event) error {
	err := r.attachment(ctx, id, e, `INSERT INTO fairlead.attachments (connector, service, task) VALUES ($1, $2, $3)
		ON CONFLICT DO NOTHING`, a)
	if inUse(err) { // the other side of that rule: what is to be used is not there
		return connectors.ErrNotFound
	}
	return err
}

// Detach forgets that a service task uses a connector.
func (r *registry) Detach(ctx context.Context, id string, a connectors.Attachment, e connectors.Event) error {
	return r.attachment(ctx, id, e, `DELETE FROM fairlead.attachments WHERE connector = $1 AND service = $2 AND task = $3`, a)
}

// attachment runs a statement that changes the attachments of a connector.
func (r *registry) attachment(
	ctx context.Context, id string, e connectors.Event, statement string, a connectors.Attachment,
) error {
	return r.record(ctx, id, "", e, func(ctx context.Context, tx pgx.Tx) error {
		if err := exist(ctx, tx, id); err != nil {
			return err
		}
		err := found(tx.Exec(ctx, statement, id, a.Service, a.Task))
		if errors.Is(err, connectors.ErrNotFound) {
			return errUnchanged
		}
		if err != nil {
			return err
		}
		return moved(ctx, tx, id, 0, e)
	})
}

// found is [connectors.ErrNotFound] unless a statement changed a row.
func found(done pgconn.CommandTag, err error) error {
	if err == nil && done.RowsAffected() == 0 {
		return connectors.ErrNotFound
	}
	return err
}
