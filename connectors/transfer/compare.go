package transfer

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"fairlead/connectors"
)

// fixed names the first field in which two connectors differ and which cannot be
// edited, or nothing. A setting that is empty is one that is not there.
func fixed(a, b connectors.Connector) string {
	switch {
	case a.Provider != b.Provider:
		return "provider"
	case connectors.Key(a.Tenant) != connectors.Key(b.Tenant):
		return "tenant"
	case !slices.Equal(slices.Sorted(slices.Values(a.Services)), slices.Sorted(slices.Values(b.Services))):
		return "list of services"
	}
	names := maps.Clone(a.Settings)
	if names == nil {
		names = map[string]string{}
	}
	maps.Copy(names, b.Settings)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if !same(a.Settings[name], b.Settings[name]) {
			return "setting, " + name
		}
	}
	return ""
}

// changes lists what taking in a connector would edit.
func changes(file, here connectors.Connector) []Change {
	var all []Change
	if file.Name != here.Name {
		all = append(all, Change{"name", here.Name, file.Name})
	}
	if !same(file.Description, here.Description) {
		all = append(all, Change{"description", here.Description, file.Description})
	}
	return all
}

// added lists the attachments that are in the file alone.
func added(file, here connectors.Connector) []connectors.Attachment {
	var all []connectors.Attachment
	for _, a := range file.Attachments {
		if !slices.Contains(here.Attachments, a) && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	return all
}

func (p *Plan) planDrafts(ctx context.Context) error {
	there, err := p.target.Keeper.Registry.Drafts(ctx)
	if err != nil {
		return err
	}
	for _, d := range p.File.Drafts {
		newer := func(other connectors.Draft) bool { return other.ID == d.ID && !other.Updated.Before(d.Updated) }
		if !slices.ContainsFunc(there, newer) {
			p.Drafts = append(p.Drafts, d)
		}
	}
	return nil
}

func (p *Plan) planDocuments(ctx context.Context) error {
	for _, d := range p.File.Documents {
		here, err := p.target.Keeper.Registry.Document(ctx, d.Kind, d.ID)
		switch {
		case errors.Is(err, connectors.ErrNotFound):
			d.Version = 0
		case err != nil:
			return err
		case !here.Updated.Before(d.Updated), here.Title == d.Title && sameJSON(here.Content, d.Content):
			continue
		default:
			d.Version = here.Version
		}
		p.Documents = append(p.Documents, d)
	}
	return nil
}

// sameJSON compares two texts of JSON without regard to spaces.
func sameJSON(a, b json.RawMessage) bool { return bytes.Equal(compact(a), compact(b)) }

func compact(text json.RawMessage) json.RawMessage {
	var out bytes.Buffer
	if json.Compact(&out, text) != nil {
		return text
	}
	return out.Bytes()
}
