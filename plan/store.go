package plan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"fairlead/assets"
	"fairlead/connectors"
)

// The document under which a registry keeps its environment.
const (
	documentKind = "environment"
	documentID   = "environment"
)

// ErrNoEnvironment says that the registry keeps no environment yet.
var ErrNoEnvironment = errors.New("no environment is stored yet")

// Load returns the environment that a registry keeps, and its version, or
// [ErrNoEnvironment]. One that no longer fits the catalogue comes with a
// [*Problems].
func Load(ctx context.Context, r connectors.Registry, c assets.Catalogue) (Environment, int, error) {
	d, err := r.Document(ctx, documentKind, documentID)
	switch {
	case errors.Is(err, connectors.ErrNotFound):
		return Environment{}, 0, ErrNoEnvironment
	case err != nil:
		return Environment{}, 0, err
	}
	var text string
	if err := json.Unmarshal(d.Content, &text); err != nil {
		return Environment{}, 0, fmt.Errorf("read the stored environment: %w", err)
	}
	e, err := Read("the stored environment", []byte(text), c)
	return e, d.Version, err
}

// Save stores an environment that was checked, and returns its new version. It
// fails with [*connectors.ChangedError] where somebody else has stored another one
// since that version; version zero replaces any.
func Save(ctx context.Context, r connectors.Registry, e Environment, version int) (int, error) {
	text, err := e.YAML()
	if err != nil {
		return 0, err
	}
	content, err := json.Marshal(string(text))
	if err != nil {
		return 0, fmt.Errorf("store the environment: %w", err)
	}
	title := e.Title
	if title == "" {
		title = "Environment"
	}
	return r.SaveDocument(ctx, connectors.Document{Kind: documentKind, ID: documentID, Title: title, Content: content, Version: version})
}
