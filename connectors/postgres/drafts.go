package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"fairlead/connectors"
	"fairlead/connectors/stored"
)

// SaveDraft adds or replaces a draft.
func (r *registry) SaveDraft(ctx context.Context, d connectors.Draft) error {
	if err := stored.CheckAnswers(d); err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO fairlead.drafts (id, flow, title, page, answers, updated)
			VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (id) DO UPDATE SET (flow, title, page, answers, updated) =
				(excluded.flow, excluded.title, excluded.page, excluded.answers, excluded.updated)`,
			d.ID, d.Flow, d.Title, d.Page, string(d.Answers), d.Updated)
		return err
	})
}

// UpdateDraft replaces a draft that is there.
func (r *registry) UpdateDraft(ctx context.Context, d connectors.Draft) error {
	if err := stored.CheckAnswers(d); err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		return found(tx.Exec(ctx, `UPDATE fairlead.drafts SET (flow, title, page, answers, updated) = ($2, $3, $4, $5, $6) WHERE id = $1`,
			d.ID, d.Flow, d.Title, d.Page, string(d.Answers), d.Updated))
	})
}

// Drafts returns all drafts, newest first.
func (r *registry) Drafts(ctx context.Context) (all []connectors.Draft, err error) {
	err = r.look(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id, flow, title, page, answers, updated FROM fairlead.drafts ORDER BY updated DESC, id`)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (connectors.Draft, error) {
			var d connectors.Draft
			var answers string
			err := row.Scan(&d.ID, &d.Flow, &d.Title, &d.Page, &answers, &d.Updated)
			d.Answers, d.Updated = []byte(answers), d.Updated.UTC()
			return d, err
		})
		return err
	})
	return all, err
}

// DeleteDraft removes a draft.
func (r *registry) DeleteDraft(ctx context.Context, id string) error {
	return r.change(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM fairlead.drafts WHERE id = $1`, id)
		return err
	})
}
