package entra

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"fairlead/assets"
)

// consent is an application in a tenant with what it was granted, as it stands in
// the file of [Options.Memory].
type consent struct {
	Tenant      string      `json:"tenant"`      // by id
	Application string      `json:"application"` // by client id
	ID          string      `json:"id"`
	Since       time.Time   `json:"since"`
	Grants      []consented `json:"grants"`
}

// consented is one permission of a consent.
type consented struct {
	ID       string      `json:"id"`
	Kind     assets.Kind `json:"kind"`
	Resource string      `json:"resource"` // as in assets/resources.yaml
	Name     string      `json:"name"`
	User     string      `json:"user,omitempty"` // who alone is concerned, by id
	Since    time.Time   `json:"since"`
}

// remember writes every consent, so that the next lab knows it too.
func (e *Entra) remember() error {
	if e.memory == "" {
		return nil
	}
	all := []consent{}
	for _, t := range e.tenants {
		for _, p := range t.principals {
			if p.resource != "" {
				continue // Microsoft's own, which every tenant has
			}
			c := consent{t.id, p.appID, p.id, p.since, nil}
			for _, g := range p.grants {
				c.Grants = append(c.Grants, consented{g.id, g.need.kind, g.need.resource.ID, g.need.grant.Name, g.user, g.since})
			}
			all = append(all, c)
		}
	}
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("remember the lab's consents: %w", err)
	}
	if err := replace(e.memory, data); err != nil {
		return fmt.Errorf("remember the lab's consents: %w", err)
	}
	return nil
}

// replace writes a file as a whole or not at all.
func replace(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(name+".new", data, 0o600); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// recall reads what an earlier lab remembered. What this one does not have, such as
// a service that is in the catalogue no longer, is left out.
func (e *Entra) recall() error {
	if e.memory == "" {
		return nil
	}
	data, err := os.ReadFile(e.memory)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var all []consent
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	if err != nil {
		return fmt.Errorf("the lab's consents cannot be read; delete %s to begin without them: %w", e.memory, err)
	}
	for _, c := range all {
		t, a := e.tenant(c.Tenant), e.application(c.Application)
		if t == nil || a == nil || t.principalOf(a.id) != nil {
			continue
		}
		p := &principal{id: c.ID, appID: a.id, name: a.name, publisher: a.home, since: c.Since}
		for _, g := range c.Grants {
			if n, known := e.need(g); known {
				p.grants = append(p.grants, grant{g.ID, n, g.User, g.Since})
			}
		}
		t.principals = append(t.principals, p)
	}
	return nil
}

// need finds a permission by its name.
func (e *Entra) need(g consented) (need, bool) {
	for _, r := range e.resources {
		if r.ID == g.Resource {
			found, known := r.Grant(g.Kind, g.Name)
			return need{g.Kind, r, found}, known
		}
	}
	return need{}, false
}
