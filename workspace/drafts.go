package workspace

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"

	"fairlead/connectors"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

// SaveDraft keeps an unfinished journey under an id; an empty id makes a new
// one. It returns the id.
func (w *Workspace) SaveDraft(ctx context.Context, id string, j *page.Journey) (string, error) {
	draft, err := w.draft(id, j)
	if err != nil {
		return "", err
	}
	return draft.ID, w.Keeper.Registry.SaveDraft(ctx, draft)
}

// draft is what is kept of an unfinished journey.
func (w *Workspace) draft(id string, j *page.Journey) (connectors.Draft, error) {
	d := j.Draft()
	answers, err := json.Marshal(d)
	if err != nil {
		return connectors.Draft{}, fmt.Errorf("save draft: %w", err)
	}
	if id == "" {
		id = rand.Text()
	}
	return connectors.Draft{
		ID: id, Flow: d.Flow, Title: j.Flow().Label(j.Answers()), Page: d.Page, Answers: answers, Updated: w.Keeper.Now(),
	}, nil
}

// ResumeDraft goes on with a draft.
func (w *Workspace) ResumeDraft(ctx context.Context, id string) (*page.Journey, error) {
	drafts, err := w.Keeper.Registry.Drafts(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		if d.ID != id {
			continue
		}
		draft, err := page.ReadDraft(d.Answers)
		if err != nil {
			return nil, err
		}
		flow, err := w.flowOf(ctx, draft)
		if err != nil {
			return nil, err
		}
		return page.Resume(ctx, flow, draft)
	}
	return nil, fmt.Errorf("no draft has the id %q: %w", id, connectors.ErrNotFound)
}

// flowOf is the wizard that a draft belongs to.
func (w *Workspace) flowOf(ctx context.Context, d page.Draft) (page.Flow, error) {
	if d.Flow != wizard.FlowReplace || d.Answers == nil {
		return w.NewConnector(), nil
	}
	old, err := w.Keeper.Registry.Bare(ctx, d.Answers.Text(wizard.KeyReplaces))
	if err != nil {
		return page.Flow{}, fmt.Errorf("the connector whose place it takes: %w", err)
	}
	return w.replace(old), nil
}
