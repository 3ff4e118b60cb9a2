package sqlite

import (
	"context"
	"database/sql"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// SaveDraft adds or replaces a draft.
func (r *registry) SaveDraft(ctx context.Context, d connectors.Draft) error {
	if err := stored.CheckAnswers(d); err != nil {
		return err
	}
	return r.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO drafts (id, flow, title, page, answers, updated)
			VALUES (?, ?, ?, ?, ?, ?)`, d.ID, d.Flow, d.Title, d.Page, string(d.Answers), stored.ToMicros(d.Updated))
		return err
	})
}

// UpdateDraft replaces a draft that is there.
func (r *registry) UpdateDraft(ctx context.Context, d connectors.Draft) error {
	if err := stored.CheckAnswers(d); err != nil {
		return err
	}
	return r.change(ctx, func(tx *sql.Tx) error {
		return found(tx.ExecContext(ctx, `UPDATE drafts SET flow = ?, title = ?, page = ?, answers = ?, updated = ? WHERE id = ?`,
			d.Flow, d.Title, d.Page, string(d.Answers), stored.ToMicros(d.Updated), d.ID))
	})
}

// Drafts returns all drafts, newest first.
func (r *registry) Drafts(ctx context.Context) (all []connectors.Draft, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		all, err = collect(ctx, tx, func(scan func(...any) error) (connectors.Draft, error) {
			var d connectors.Draft
			var answers string
			var updated int64
			err := scan(&d.ID, &d.Flow, &d.Title, &d.Page, &answers, &updated)
			d.Answers, d.Updated = []byte(answers), stored.FromMicros(updated)
			return d, err
		}, `SELECT id, flow, title, page, answers, updated FROM drafts ORDER BY updated DESC, id`)
		return err
	})
	return all, err
}

// DeleteDraft removes a draft.
func (r *registry) DeleteDraft(ctx context.Context, id string) error {
	return r.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM drafts WHERE id = ?`, id)
		return err
	})
}
