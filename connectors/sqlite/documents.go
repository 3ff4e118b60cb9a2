package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

const selectDocument = `SELECT kind, id, title, content, version, updated, by FROM documents`

func scanDocument(scan func(...any) error) (connectors.Document, error) {
	var d connectors.Document
	var content string
	var updated int64
	err := scan(&d.Kind, &d.ID, &d.Title, &content, &d.Version, &updated, &d.By)
	d.Content, d.Updated = []byte(content), stored.FromMicros(updated)
	return d, err
}

// Documents returns the documents of a kind, or all, by title.
func (r *registry) Documents(ctx context.Context, kind string) (all []connectors.Document, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		all, err = collect(ctx, tx, scanDocument, selectDocument+` WHERE ?1 IN ('', kind) ORDER BY kind, title, id`, kind)
		return err
	})
	return all, err
}

// Document returns one document.
func (r *registry) Document(ctx context.Context, kind, id string) (d connectors.Document, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		d, err = document(ctx, tx, kind, id)
		return err
	})
	return d, err
}

func document(ctx context.Context, tx *sql.Tx, kind, id string) (connectors.Document, error) {
	d, err := scanDocument(tx.QueryRowContext(ctx, selectDocument+` WHERE kind = ? AND id = ?`, kind, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return d, connectors.ErrNotFound
	}
	return d, err
}

// SaveDocument adds or replaces a document.
func (r *registry) SaveDocument(ctx context.Context, d connectors.Document) (version int, err error) {
	if err := stored.CheckContent(d); err != nil {
		return 0, err
	}
	err = r.change(ctx, func(tx *sql.Tx) error {
		kept, err := document(ctx, tx, d.Kind, d.ID)
		if err != nil && (d.Version != 0 || !errors.Is(err, connectors.ErrNotFound)) {
			return err
		}
		if d.Version != 0 && d.Version != kept.Version {
			return &connectors.ChangedError{By: kept.By, At: kept.Updated, Version: kept.Version}
		}
		version = kept.Version + 1
		_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO documents (kind, id, title, content, version, updated, by)
			VALUES (?, ?, ?, ?, ?, ?, ?)`,
			d.Kind, d.ID, d.Title, string(d.Content), version, stored.ToMicros(d.Updated), d.By)
		return err
	})
	return version, err
}

// DeleteDocument removes a document.
func (r *registry) DeleteDocument(ctx context.Context, kind, id string) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM documents WHERE kind = ? AND id = ?`, kind, id)
		return err
	})
}
