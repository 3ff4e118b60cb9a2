package transfer

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"fairlead/check"
	"fairlead/connectors"
)

// Source is a registry that is written into a file. It may be in use meanwhile:
// each connector is written as it was at one moment.
type Source struct {
	Registry connectors.Registry
	IDs      []string // the connectors to export; nil means all
	Reports  int      // how many reports of a connector a backup holds at most; 0 means all that are kept
	By       string   // who makes the file, as HOST\user
	Program  string   // the version of the program
	Now      time.Time
}

// Export writes connectors with their attachments and last reports as JSON.
func (s Source) Export(ctx context.Context, w io.Writer) error {
	out := s.begin(w, Exported)
	err := s.each(ctx, func(c connectors.Connector) error {
		var last []check.Report
		if c.LastTest != nil {
			last = []check.Report{*c.LastTest}
		}
		return out.item("connectors", fromConnector(c, last))
	})
	if err != nil {
		return err
	}
	return out.end("connectors")
}

// Backup writes everything that is in the registry: connectors with all their
// reports, drafts, documents and events.
func (s Source) Backup(ctx context.Context, w io.Writer) error {
	s.IDs = nil
	out := s.begin(w, Saved)
	err := s.each(ctx, func(c connectors.Connector) error {
		reports, err := s.Registry.Reports(ctx, c.ID)
		if err != nil {
			return err
		}
		if s.Reports > 0 && len(reports) > s.Reports {
			reports = reports[:s.Reports]
		}
		return out.item("connectors", fromConnector(c, reports))
	})
	if err == nil {
		err = s.rest(ctx, out)
	}
	if err != nil {
		return err
	}
	return out.end("connectors")
}

// rest writes what is in the registry beside the connectors.
func (s Source) rest(ctx context.Context, out *writer) error {
	drafts, err := s.Registry.Drafts(ctx)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if err := out.item("drafts", draftJSON(d)); err != nil {
			return err
		}
	}
	documents, err := s.Registry.Documents(ctx, "")
	if err != nil {
		return err
	}
	for _, d := range documents {
		if err := out.item("documents", documentJSON(d)); err != nil {
			return err
		}
	}
	events, err := s.Registry.Events(ctx, "", "", 0)
	if err != nil {
		return err
	}
	for _, e := range events {
		if err := out.item("events", eventJSON(e)); err != nil {
			return err
		}
	}
	return nil
}

// each calls a function with the connectors, by name. One that is deleted
// meanwhile is left out.
func (s Source) each(ctx context.Context, do func(connectors.Connector) error) error {
	ids := s.IDs
	if ids == nil {
		var err error
		if ids, err = s.Registry.IDs(ctx, connectors.Query{}); err != nil {
			return err
		}
	}
	for _, id := range ids {
		c, err := s.Registry.Get(ctx, id)
		if errors.Is(err, connectors.ErrNotFound) {
			continue
		}
		if err == nil {
			err = do(c)
		}
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
	}
	return nil
}
