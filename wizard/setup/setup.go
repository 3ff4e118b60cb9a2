// Package setup is the set-up of a domain's mail security: six sections, each a
// small wizard of its own that is done in any sitting and can be done again. What
// was answered and found is kept as a document of the registry, one a domain,
// without a secret.
//
// A front end asks for [Setup.Table], opens a domain with [Setup.Open], walks
// through a section with [Setup.Journey], and hands the journey to [Setup.Keep]
// when it is left, however it went.
package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fairlead/assets"
	"fairlead/connectors"
	"fairlead/dns"
	"fairlead/network"
	"fairlead/wizard/page"
)

// Kind is that of the documents.
const Kind = "domain"

// Section is a part of the set-up.
type Section string

// The sections. Keys of their answers begin with their names.
const (
	Account    Section = "account"
	Tenant     Section = "tenant"
	Routing    Section = "routing"
	Directory  Section = "directory"
	Spoofing   Section = "spoofing"
	Journaling Section = "journaling"
)

// Sections are all of them, in the order in which they are best done.
func Sections() []Section {
	return []Section{Account, Tenant, Routing, Directory, Spoofing, Journaling}
}

// Title is what people call the section.
func (s Section) Title() string {
	switch s {
	case Account:
		return "Account"
	case Tenant:
		return "Domain validation"
	case Routing:
		return "Mail routing"
	case Directory:
		return "Directory"
	case Spoofing:
		return "Anti-spoofing"
	case Journaling:
		return "Journaling"
	}
	return string(s)
}

// Setup is what the set-up of domains needs.
type Setup struct {
	Regions  assets.Regions
	Network  *network.Network
	Keeper   *connectors.Keeper
	Resolver func() dns.Resolver // a new one for each look
	Checks   Checks
	Sample   map[string]string // answers that work in the lab, by key
	// Say translates a text of a page; nil leaves everything in English.
	Say func(english string) string
}

// Open returns the set-up of a domain. One that was never kept is empty.
func (s *Setup) Open(ctx context.Context, name string) (*Domain, error) {
	name, err := CheckDomain(name)
	if err != nil {
		return nil, err
	}
	document, err := s.Keeper.Registry.Document(ctx, Kind, name)
	if errors.Is(err, connectors.ErrNotFound) {
		d := &Domain{Name: name, record: newRecord()}
		return d, s.findAbove(ctx, d)
	}
	if err != nil {
		return nil, err
	}
	return s.read(ctx, document)
}

// findAbove looks for a domain above one that is validated: the services ask for
// no token then.
func (s *Setup) findAbove(ctx context.Context, d *Domain) error {
	for _, above, ok := strings.Cut(d.Name, "."); ok && strings.Contains(above, "."); _, above, ok = strings.Cut(above, ".") {
		document, err := s.Keeper.Registry.Document(ctx, Kind, above)
		switch {
		case errors.Is(err, connectors.ErrNotFound):
			continue
		case err != nil:
			return err
		}
		if r, err := readRecord(document.Content); err == nil && whole(r.Sections[Tenant].Report) == "" {
			d.above = above
			return nil
		}
	}
	return nil
}

// Domains returns the domains that are kept, by name.
func (s *Setup) Domains(ctx context.Context) ([]*Domain, error) {
	documents, err := s.Keeper.Registry.Documents(ctx, Kind)
	if err != nil {
		return nil, err
	}
	var all []*Domain
	for _, document := range documents {
		d, err := s.read(ctx, document)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	slices.SortFunc(all, func(a, b *Domain) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// Remove forgets the set-up of a domain. Outside nothing changes.
func (s *Setup) Remove(ctx context.Context, name string) error {
	return s.Keeper.Registry.DeleteDocument(ctx, Kind, name)
}

func (s *Setup) read(ctx context.Context, document connectors.Document) (*Domain, error) {
	record, err := readRecord(document.Content)
	if err != nil {
		return nil, fmt.Errorf("read the set-up of %s: %w", document.ID, err)
	}
	d := &Domain{Name: document.ID, record: record, version: document.Version, Updated: document.Updated, By: document.By}
	if d.kind() == entra {
		if d.connector, err = s.directoryConnector(ctx); err != nil {
			return nil, err
		}
	}
	return d, s.findAbove(ctx, d)
}

// Journey walks through a section, from what was answered before.
func (s *Setup) Journey(ctx context.Context, d *Domain, section Section) (*page.Journey, error) {
	flow := s.Flow(d, section)
	draft := page.Draft{Flow: flow.ID, Answers: d.answers(), Visited: d.record.Sections[section].Visited}
	draft.Page = d.record.Sections[section].Page
	if draft.Page == "" || d.record.Sections[section].Done {
		draft.Page = flow.Pages(draft.Answers)[0].ID
	}
	return page.Resume(ctx, flow, draft)
}

// Keep saves what was answered and found on a journey through a section. It
// returns the domain as it is kept then, by this program or another.
func (s *Setup) Keep(ctx context.Context, name string, section Section, j *page.Journey) (*Domain, error) {
	draft := j.Draft()
	return s.change(ctx, name, func(d *Domain) {
		r := d.record
		r.take(section, d.above, j.Answers(), s.now())
		part := r.Sections[section]
		part.Page, part.Visited = draft.Page, draft.Visited
		part.Done = part.Done || j.Committed()
		r.Sections[section] = part
	})
}

// change changes what is kept of a domain, on top of what others have made of it
// meanwhile.
func (s *Setup) change(ctx context.Context, name string, change func(*Domain)) (*Domain, error) {
	const tries = 5
	for n := 1; ; n++ {
		d, err := s.Open(ctx, name)
		if err != nil {
			return nil, err
		}
		change(d)
		content, err := d.record.write()
		if err != nil {
			return nil, fmt.Errorf("keep the set-up of %s: %w", d.Name, err)
		}
		document := connectors.Document{
			Kind: Kind, ID: d.Name, Title: d.Name, Content: content, Version: d.version, Updated: s.now(), By: s.Keeper.Holder,
		}
		_, err = s.Keeper.Registry.SaveDocument(ctx, document)
		if changed := (*connectors.ChangedError)(nil); errors.As(err, &changed) && n < tries {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("keep the set-up of %s: %w", d.Name, err)
		}
		return s.Open(ctx, d.Name)
	}
}

func (s *Setup) now() time.Time { return s.Network.Now() }
