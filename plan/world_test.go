package plan

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"fairlead/connectors"
)

// world is a registry on which steps are done as a person would do them, with the
// rules that the real one keeps.
type world struct {
	t    *rapid.T
	all  map[string]*connectors.Connector
	next int
}

func newWorld(t *rapid.T, list []connectors.Connector) *world {
	w := &world{t: t, all: map[string]*connectors.Connector{}}
	for _, c := range list {
		c.Attachments = slices.Clone(c.Attachments)
		w.all[c.ID] = &c
	}
	return w
}

func (w *world) list() []connectors.Connector {
	var list []connectors.Connector
	for _, c := range w.all {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b connectors.Connector) int { return slices.Compare([]string{a.ID}, []string{b.ID}) })
	return list
}

func (w *world) do(s Step) {
	switch s.Kind {
	case Make, Finish:
		w.make(s.Need)
	case Anew:
		delete(w.all, s.Connector.ID)
		w.make(s.Need)
	case Mend, Test:
		w.all[s.Connector.ID].LastTest = passed
	case Attach:
		c := w.of(s.Need)
		if !slices.Contains(c.Services, s.Task.Service) {
			w.t.Fatalf("%s does not serve %s", c.Name, s.Task.Service)
		}
		c.Attachments = append(c.Attachments, s.Task)
	case Detach:
		c := w.all[s.Connector.ID]
		c.Attachments = slices.DeleteFunc(c.Attachments, func(a connectors.Attachment) bool { return a == s.Task })
	case Delete:
		if c := w.all[s.Connector.ID]; len(c.Attachments) > 0 {
			w.t.Fatalf("%s is attached and cannot be deleted", c.Name)
		}
		delete(w.all, s.Connector.ID)
	}
}

func (w *world) make(n *Need) {
	w.next++
	c := made(n, fmt.Sprint("made", w.next))
	c.Name = c.ID
	if err := connectors.CheckUnique(c, w.list()); err != nil {
		w.t.Fatalf("%v cannot be made: %v", n, err)
	}
	w.all[c.ID] = &c
}

// of is the connector that was made for a need.
func (w *world) of(n *Need) *connectors.Connector {
	for _, c := range w.all {
		if c.Provider == n.Tenant.Provider && c.Tenant == n.Tenant.Tenant && slices.Equal(c.Services, n.Services) {
			return c
		}
	}
	w.t.Fatalf("there is no connector for %v", n.Services)
	return nil
}

// attached are the tasks that some connector serves.
func (w *world) attached() map[connectors.Attachment]bool {
	all := map[connectors.Attachment]bool{}
	for _, c := range w.all {
		for _, a := range c.Attachments {
			all[a] = true
		}
	}
	return all
}

// covered are the services that some connector serves.
func (w *world) covered() map[string]bool {
	all := map[string]bool{}
	for _, c := range w.all {
		for _, service := range c.Services {
			all[service] = true
		}
	}
	return all
}
