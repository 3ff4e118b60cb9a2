package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

const selectDocument = `SELECT kind, id, title, content, version, updated, by FROM fairlead.documents`

func scanDocument(row pgx.CollectableRow) (connectors.Document, error) {
	var d connectors.Document
	var content string
	err := row.Scan(&d.Kind, &d.ID, &d.Title, &content, &d.Version, &d.Updated, &d.By)
	d.Content, d.Updated = []byte(content), d.Updated.UTC()
	return d, err
}

// Documents returns the documents of a kind, or all, by title.
func (r *registry) Documents(ctx context.Context, kind string) (all []connectors.Document, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, selectDocument+` WHERE $1 IN ('', kind) ORDER BY kind, title, id`, kind)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, scanDocument)
		return err
	})
	return all, err
}

// Document returns one document.
func (r *registry) Document(ctx context.Context, kind, id string) (d connectors.Document, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		d, err = document(ctx, tx, kind, id)
		return err
	})
	return d, err
}

func document(ctx context.Context, tx pgx.Tx, kind, id string) (connectors.Document, error) {
	rows, err := tx.Query(ctx, selectDocument+` WHERE kind = $1 AND id = $2`, kind, id)
	if err != nil {
		return connectors.Document{}, err
	}
	d, err := pgx.CollectExactlyOneRow(rows, scanDocument)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, connectors.ErrNotFound
	}
	return d, err
}

// SaveDocument adds or replaces a document. Of several at once, one alone goes
// through, since a change is serialisable; the others look again.
func (r *registry) SaveDocument(ctx context.Context, d connectors.Document) (version int, err error) {
	if err := stored.CheckContent(d); err != nil {
		return 0, err
	}
	err = r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		kept, err := document(ctx, tx, d.Kind, d.ID)
		switch {
		case err != nil && (d.Version != 0 || !errors.Is(err, connectors.ErrNotFound)):
			return err
		case err == nil && stored.SavedBy(kept, d):
			version = kept.Version
			return nil
		case d.Version != 0 && d.Version != kept.Version:
			return &connectors.ChangedError{By: kept.By, At: kept.Updated, Version: kept.Version}
		}
		version = kept.Version + 1
		_, err = tx.Exec(ctx, `INSERT INTO fairlead.documents (kind, id, title, content, version, updated, by)
			VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (kind, id) DO UPDATE SET (title, content, version, updated, by) =
				(excluded.title, excluded.content, excluded.version, excluded.updated, excluded.by)`,
			d.Kind, d.ID, d.Title, string(d.Content), version, d.Updated, d.By)
		return err
	})
	return version, err
}

// DeleteDocument removes a document.
func (r *registry) DeleteDocument(ctx context.Context, kind, id string) error {
	return r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM fairlead.documents WHERE kind = $1 AND id = $2`, kind, id)
		return err
	})
}
