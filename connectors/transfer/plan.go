package transfer

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"fairlead/connectors"
)

// Target is where connectors are taken in.
type Target struct {
	Keeper *connectors.Keeper
	// Restore takes in everything that a backup holds, and goes on with the
	// secrets that are still in the keyring: who restores a file vouches for it.
	// Else connectors alone are taken in, and never with a secret: a file of
	// somebody's could name another connector's secret and a server of his own.
	Restore bool
	// Team says that several people keep the registry: what a backup says about
	// secrets in their keyrings goes on being so.
	Team bool
	// Settle completes a connector that an import would register, or refuses it
	// with a [*connectors.RuleError] where its settings could never work. Nil takes
	// it as it is. So is what a backup holds: it has been a connector before.
	Settle func(connectors.Connector) (connectors.Connector, error)
}

// Plan is what taking in a file comes to. Making it changes nothing.
type Plan struct {
	File      *File
	New       []Record
	Unchanged []Record    // here already, and the same
	Different []Different // here already, with another name, description or attachments
	// Duplicates are in the file twice, or here already under another name,
	// Conflicts cannot be taken in as they are, and Unusable are those that could
	// never work. Run leaves them out.
	Duplicates []Refused
	Conflicts  []Refused
	Unusable   []Refused
	Drafts     []connectors.Draft    // not here yet, or older here
	Documents  []connectors.Document // not here yet, or older here; their versions are those here
	Events     int                   // of the trail; those that are here already count too
	Reports    int                   // of connectors that are new or the same

	target Target
	here   map[string]connectors.Connector // by the record's id
	ids    map[string]Record               // what stands in the file so far
	names  map[string]Record
	places map[connectors.Claim]Record
}

// Different is a connector that is here already and would change. Nothing else
// than what is named does: attachments are added and never taken away.
type Different struct {
	Record
	Here    connectors.Connector
	Changes []Change
	Added   []connectors.Attachment
	Newer   bool // it was changed here after the file's was
}

// Change is a field that would change.
type Change struct{ Field, Here, File string }

// Refused is a connector that is left out.
type Refused struct {
	Record
	Why *connectors.RuleError
}

// Plan looks what taking in a file would do.
func (t Target) Plan(ctx context.Context, f *File) (*Plan, error) {
	if t.Restore && f.Contents != Saved {
		return nil, &connectors.RuleError{Rule: "no-backup", Reason: "The file is an export and no backup.", Hint: "Import it."}
	}
	p := &Plan{
		File: f, target: t, here: map[string]connectors.Connector{},
		ids: map[string]Record{}, names: map[string]Record{}, places: map[connectors.Claim]Record{},
	}
	for _, r := range f.Connectors {
		if err := p.add(ctx, r); err != nil {
			return nil, err
		}
	}
	if !t.Restore {
		return p, nil
	}
	p.Events = len(f.Events)
	if err := p.planDrafts(ctx); err != nil {
		return nil, err
	}
	return p, p.planDocuments(ctx)
}

// Empty reports whether there is nothing to do. The trail alone is nothing.
func (p *Plan) Empty() bool {
	return len(p.New)+len(p.Different)+len(p.Drafts)+len(p.Documents) == 0
}

// LeftOut is how many connectors of the file are not taken in.
func (p *Plan) LeftOut() int { return len(p.Duplicates) + len(p.Conflicts) + len(p.Unusable) }

// add puts a connector of the file where it belongs.
func (p *Plan) add(ctx context.Context, r Record) error {
	if why := p.twice(r); why != nil {
		p.Duplicates = append(p.Duplicates, Refused{r, why})
		return nil
	}
	here, found, err := p.find(ctx, r)
	if err != nil {
		return err
	}
	given := r.Settings
	if !found || fixed(r.Connector, here) != "" { // it may be the same once it is complete
		settled, err := p.settle(r)
		switch why := broken(err); {
		case err == nil:
			r = settled
		case why == nil:
			return err
		case !found: // its place is free for another one
			p.Unusable = append(p.Unusable, Refused{r, why})
			return nil
		}
	}
	p.note(r)
	if !found && !maps.Equal(given, r.Settings) {
		if here, found, err = p.find(ctx, r); err != nil {
			return err
		}
	}
	if found {
		return p.compare(ctx, r, here)
	}
	holders, err := p.target.Keeper.Registry.Holders(ctx, r.Connector)
	if err != nil {
		return err
	}
	if why := broken(connectors.CheckUnique(unnamed(r.Connector), holders)); why != nil {
		p.Duplicates = append(p.Duplicates, Refused{r, why})
	} else if why := broken(connectors.CheckUnique(r.Connector, holders)); why != nil {
		p.Conflicts = append(p.Conflicts, Refused{r, why})
	} else {
		p.New, p.Reports = append(p.New, r), p.Reports+len(r.Reports)
	}
	return nil
}

// settle completes a record that would be registered.
func (p *Plan) settle(r Record) (Record, error) {
	if p.target.Restore || p.target.Settle == nil {
		return r, nil
	}
	c, err := p.target.Settle(r.Connector)
	r.Connector = c
	return r, err
}

// unnamed is a connector whose name no other one has.
func unnamed(c connectors.Connector) connectors.Connector {
	c.Name = ""
	return c
}

func broken(err error) *connectors.RuleError {
	rule, _ := errors.AsType[*connectors.RuleError](err)
	return rule
}

// twice says which connector before it in the file a record doubles.
func (p *Plan) twice(r Record) *connectors.RuleError {
	refuse := func(other Record, what string) *connectors.RuleError {
		return &connectors.RuleError{
			Rule:   "twice",
			Reason: fmt.Sprintf("%q on line %d and %q on line %d have the same %s.", other.Name, other.Line, r.Name, r.Line, what),
			Hint:   "Take one of them out of the file.",
		}
	}
	if other, taken := p.ids[r.ID]; taken {
		return refuse(other, "id")
	}
	for _, claim := range r.Claims() {
		if other, taken := p.places[claim]; taken {
			return refuse(other, "tenant and service")
		}
	}
	if other, taken := p.names[connectors.Key(r.Name)]; taken {
		return refuse(other, "name")
	}
	return nil
}

func (p *Plan) note(r Record) {
	if r.ID != "" {
		p.ids[r.ID] = r
	}
	p.names[connectors.Key(r.Name)] = r
	for _, claim := range r.Claims() {
		p.places[claim] = r
	}
}

// find returns the connector that a record is about: the one with its id, or the
// one that differs in nothing that cannot be edited.
func (p *Plan) find(ctx context.Context, r Record) (c connectors.Connector, found bool, err error) {
	registry := p.target.Keeper.Registry
	if r.ID != "" {
		c, err := registry.Get(ctx, r.ID)
		if !errors.Is(err, connectors.ErrNotFound) {
			return c, err == nil, err
		}
	}
	holders, err := registry.Holders(ctx, r.Connector)
	if err != nil {
		return c, false, err
	}
	for _, other := range holders {
		if fixed(r.Connector, other) == "" {
			c, err := registry.Get(ctx, other.ID)
			return c, err == nil, err
		}
	}
	return c, false, nil
}

// compare puts a record beside the connector that is here.
func (p *Plan) compare(ctx context.Context, r Record, here connectors.Connector) error {
	if what := fixed(r.Connector, here); what != "" {
		p.Conflicts = append(p.Conflicts, Refused{r, &connectors.RuleError{
			Rule: "fixed", Reason: fmt.Sprintf("%q is here already, with another %s.", here.Name, what),
			Hint: "Only name and description can be changed. Delete the one here first, or leave this one out.",
		}})
		return nil
	}
	d := Different{Record: r, Here: here, Newer: !r.Updated.IsZero() && here.Updated.After(r.Updated)}
	d.Changes, d.Added = changes(r.Connector, here), added(r.Connector, here)
	if len(d.Changes)+len(d.Added) == 0 {
		p.Unchanged = append(p.Unchanged, r)
	} else {
		renamed := here
		renamed.Name = r.Name
		holders, err := p.target.Keeper.Registry.Holders(ctx, renamed)
		if err != nil {
			return err
		}
		if why := broken(connectors.CheckUnique(renamed, holders)); why != nil {
			p.Conflicts = append(p.Conflicts, Refused{r, why})
			return nil
		}
		p.Different = append(p.Different, d)
	}
	p.here[connectors.Key(r.Name)] = here
	p.Reports += len(r.Reports)
	return nil
}

// same reports whether two texts differ in more than how their lines end, which
// spreadsheets change.
func same(a, b string) bool {
	return strings.ReplaceAll(a, "\r", "") == strings.ReplaceAll(b, "\r", "")
}
