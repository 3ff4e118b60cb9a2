package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
)

// Kind says what sort of permission it is, and thereby who grants it and where.
type Kind string

// The kinds of permission.
const (
	// ForApplication is an app role in Entra: the service acts as itself.
	ForApplication Kind = "application"
	// Delegated is a scope in Entra: the service acts for who signed in.
	Delegated Kind = "delegated"
	// Delegation is a scope of domain-wide delegation in Google Workspace.
	Delegation Kind = "delegation"
	// ManagementRole is a role of on-premises Exchange.
	ManagementRole Kind = "management-role"
)

// Grant is a permission that a resource has to give, with its id.
type Grant struct {
	Name    string // such as "Mail.ReadWrite"
	ID      string // a GUID, the same in every tenant
	Display string // as the consent page words it
}

// Resource is a programming interface in Microsoft's cloud whose permissions
// applications ask for.
type Resource struct {
	ID          string  `yaml:"id"`          // stable, such as "graph"
	Name        string  `yaml:"name"`        // as Microsoft writes it
	Application string  `yaml:"application"` // its application (client) id
	Roles       []Grant `yaml:"-"`           // for applications, by name
	Scopes      []Grant `yaml:"-"`           // for people who have signed in; those known here
}

// Role returns an application permission by its id, as in Graph's
// appRoleAssignments.
func (r Resource) Role(id string) (Grant, bool) {
	return find(r.Roles, func(g Grant) bool { return strings.EqualFold(g.ID, id) })
}

// Grant returns a permission by kind and name.
func (r Resource) Grant(kind Kind, name string) (Grant, bool) {
	grants := r.Roles
	if kind == Delegated {
		grants = r.Scopes
	}
	return find(grants, func(g Grant) bool { return g.Name == name })
}

var guidForm = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
})

func parseResources(files fs.FS) ([]Resource, error) {
	var list []Resource
	d, err := read(files, "permissions/resources.yaml", &list)
	if err != nil {
		return nil, err
	}
	for i := range list {
		r := &list[i]
		if r.ID == "" || r.Name == "" || !guidForm().MatchString(r.Application) {
			return nil, d.errorAt(errors.New("a resource needs its id, name and application id"), i)
		}
		for file, into := range map[string]*[]Grant{
			"permissions/" + r.ID + "-roles.tsv":  &r.Roles,
			"permissions/" + r.ID + "-scopes.tsv": &r.Scopes,
		} {
			data, err := fs.ReadFile(files, file)
			if err != nil {
				return nil, fmt.Errorf("read catalogue: %w", err)
			}
			if *into, err = parseGrants(string(data)); err != nil {
				return nil, fmt.Errorf("read catalogue: %s:%w", file, err)
			}
		}
	}
	return list, nil
}

// parseGrants reads a table with a heading: name, id and display name, split by
// tabs. Lines that begin with # are remarks. Its error begins with the line.
func parseGrants(table string) ([]Grant, error) {
	var list []Grant
	names, heading := map[string]bool{}, true
	for i, line := range strings.Split(table, "\n") {
		line = strings.TrimSuffix(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		if heading {
			heading = false
			if line != "value\tid\tdisplay" {
				return nil, fmt.Errorf("%d: the heading is %q", i+1, line)
			}
			continue
		}
		fields := strings.Split(line, "\t")
		switch {
		case len(fields) != 3 || fields[0] == "" || fields[2] == "":
			return nil, fmt.Errorf("%d: a line needs name, id and display name", i+1)
		case !guidForm().MatchString(fields[1]):
			return nil, fmt.Errorf("%d: %q is not an id", i+1, fields[1])
		case names[fields[0]]:
			return nil, fmt.Errorf("%d: %q stands there twice", i+1, fields[0])
		}
		names[fields[0]] = true
		list = append(list, Grant{Name: fields[0], ID: fields[1], Display: fields[2]})
	}
	return list, nil
}
