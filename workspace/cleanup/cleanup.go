// Package cleanup keeps the list of what is still to be taken away outside once a
// connector has been deleted: ticked off one by one, listed until all is done,
// exported for whoever does it. It is a document of the registry, so that it
// survives the program and is seen by everybody who shares the registry.
package cleanup

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"fairlead/connectors"
	"fairlead/providers"
)

// Kind is that of the documents. Their ids are those of the connectors.
const Kind = "clean-up"

// Checklist is what a deleted connector has left behind.
type Checklist struct {
	ID        string `json:"id"` // the connector's
	Connector string `json:"connector"`
	Provider  string `json:"provider"`
	Tenant    string `json:"tenant"`
	// Organisation names the platform and whose connector it was, in words.
	Organisation string            `json:"organisation,omitempty"`
	Settings     map[string]string `json:"settings,omitempty"` // the connector's; lists of older versions have none
	Deleted      time.Time         `json:"deleted"`
	By           string            `json:"by"`
	Items        []Item            `json:"items"`

	version int
}

// Item is one thing to take away.
type Item struct {
	providers.Left
	Done *Done `json:"done,omitempty"` // nil until then
}

// Done says who took it away, and when.
type Done struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

// Open is how many items are not done.
func (c *Checklist) Open() int {
	n := 0
	for _, item := range c.Items {
		if item.Done == nil {
			n++
		}
	}
	return n
}

// Withhold takes the way to take it away from every item that others rest on: what
// stands there is done by somebody.
func (c *Checklist) Withhold() {
	for i := range c.Items {
		if l := &c.Items[i].Left; l.Keep != "" {
			l.Text, l.Where, l.Link, l.Command = "", "", "", ""
		}
	}
}

// Whose names the platform and whose connector it was, as far as it is known.
func (c *Checklist) Whose() string { return cmp.Or(c.Organisation, c.Tenant) }

// Left is what the items say.
func (c *Checklist) Left() []providers.Left {
	var left []providers.Left
	for _, item := range c.Items {
		left = append(left, item.Left)
	}
	return left
}

// Store keeps the lists, and hands them out as they hold at that moment: an item
// that a connector rests on says so, and not how to take it away.
type Store struct {
	Keeper *connectors.Keeper
	// Rests works out anew who rests on what these lists name, and whose they are;
	// nil leaves them as they were kept.
	Rests func(ctx context.Context, lists []Checklist) error
}

// Begin keeps the list of a connector that is about to be deleted. Where nothing
// stays behind it keeps none.
func (s Store) Begin(ctx context.Context, list Checklist) error {
	if len(list.Items) == 0 {
		return nil
	}
	list.Deleted, list.By = s.Keeper.Now().UTC(), s.Keeper.Holder
	return s.save(ctx, list)
}

// New is the list of a connector that is not deleted yet.
func New(c connectors.Connector, left []providers.Left) Checklist {
	list := Checklist{ID: c.ID, Connector: c.Name, Provider: c.Provider, Tenant: c.Tenant, Settings: c.Settings}
	for _, l := range left {
		list.Items = append(list.Items, Item{Left: l})
	}
	return list
}

// Forget drops a list: its connector was not deleted.
func (s Store) Forget(ctx context.Context, id string) error {
	return s.Keeper.Registry.DeleteDocument(ctx, Kind, id)
}

// All returns the lists, by name: those with something to do, or all. A connector
// that is still there has none: the program ended before it was deleted.
func (s Store) All(ctx context.Context, alsoDone bool) ([]Checklist, error) {
	documents, err := s.Keeper.Registry.Documents(ctx, Kind)
	if err != nil {
		return nil, err
	}
	var all []Checklist
	for _, d := range documents {
		list, err := s.read(ctx, d)
		if errors.Is(err, connectors.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if alsoDone || list.Open() > 0 {
			all = append(all, list)
		}
	}
	return all, s.asItHolds(ctx, all)
}

func (s Store) asItHolds(ctx context.Context, lists []Checklist) error {
	if s.Rests != nil {
		if err := s.Rests(ctx, lists); err != nil {
			return err
		}
	}
	for i := range lists {
		lists[i].Withhold()
	}
	return nil
}

// Get returns one list, by the id of its connector, or [connectors.ErrNotFound].
func (s Store) Get(ctx context.Context, id string) (Checklist, error) {
	list, err := s.kept(ctx, id)
	if err != nil {
		return list, err
	}
	lists := []Checklist{list}
	err = s.asItHolds(ctx, lists)
	return lists[0], err
}

func (s Store) kept(ctx context.Context, id string) (Checklist, error) {
	d, err := s.Keeper.Registry.Document(ctx, Kind, id)
	if err != nil {
		return Checklist{}, err
	}
	return s.read(ctx, d)
}

// Tick notes that an item is done, or not done after all, and returns the list as
// it is then. Somebody else may tick another item meanwhile.
func (s Store) Tick(ctx context.Context, id, item string, done bool) (Checklist, error) {
	for {
		list, err := s.kept(ctx, id)
		if err != nil {
			return list, err
		}
		i := slices.IndexFunc(list.Items, func(it Item) bool { return it.ID == item })
		if i < 0 {
			return list, &connectors.RuleError{Rule: "no-item", Reason: fmt.Sprintf("There is nothing called %q to clean up for %q.", item, list.Connector)}
		}
		if (list.Items[i].Done != nil) == done {
			return s.Get(ctx, id)
		}
		list.Items[i].Done = nil
		if done {
			list.Items[i].Done = &Done{At: s.Keeper.Now().UTC(), By: s.Keeper.Holder}
		}
		err = s.save(ctx, list)
		if _, changed := errors.AsType[*connectors.ChangedError](err); changed {
			continue
		}
		if err != nil {
			return list, err
		}
		return s.Get(ctx, id)
	}
}

func (s Store) save(ctx context.Context, list Checklist) error {
	content, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("keep the clean-up of %q: %w", list.Connector, err)
	}
	_, err = s.Keeper.Registry.SaveDocument(ctx, connectors.Document{
		Kind: Kind, ID: list.ID, Title: list.Connector, Content: content, Version: list.version, Updated: s.Keeper.Now().UTC(), By: s.Keeper.Holder,
	})
	return err
}

// read reads a list, or returns [connectors.ErrNotFound] for one whose connector
// is still there.
func (s Store) read(ctx context.Context, d connectors.Document) (Checklist, error) {
	_, err := s.Keeper.Registry.Bare(ctx, d.ID)
	if err == nil {
		return Checklist{}, connectors.ErrNotFound
	}
	if !errors.Is(err, connectors.ErrNotFound) {
		return Checklist{}, err
	}
	list, err := Parse(d.Content)
	list.ID, list.version = d.ID, d.Version
	return list, err
}

// Parse reads the content of a document.
func Parse(content []byte) (Checklist, error) {
	var list Checklist
	if err := json.Unmarshal(content, &list); err != nil {
		return list, fmt.Errorf("%w: a clean-up list cannot be read: %w", connectors.ErrDamaged, err)
	}
	return list, nil
}
