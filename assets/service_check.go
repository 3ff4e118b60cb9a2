package assets

import (
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
)

// parseService reads a service's file and looks up the ids of its permissions.
func (c *Catalogue) parseService(files fs.FS, name string) (Service, error) {
	var s Service
	d, err := read(files, name, &s)
	if err != nil {
		return s, err
	}
	if at, err := c.checkService(&s, stem(name)); err != nil {
		return s, d.errorAt(err, at...)
	}
	return s, nil
}

// checkService returns what is wrong with a service, and the way to it.
func (c *Catalogue) checkService(s *Service, file string) (at []any, err error) {
	for _, text := range []struct{ key, value string }{{"id", s.ID}, {"name", s.Name}, {"summary", s.Summary}} {
		if strings.TrimSpace(text.value) == "" {
			return []any{text.key}, errors.New("id, name, summary, providers and sources are all needed")
		}
	}
	switch {
	case len(s.Providers) == 0 || len(s.Sources) == 0:
		return nil, errors.New("id, name, summary, providers and sources are all needed")
	case s.ID != file:
		return []any{"id"}, fmt.Errorf("the id is %q, and the file's name is not", s.ID)
	}
	for i := range s.Providers {
		if at, err := c.checkUsage(&s.Providers[i]); err != nil {
			return append([]any{"providers", i}, at...), err
		}
		if slices.ContainsFunc(s.Providers[:i], func(o Usage) bool { return o.ID == s.Providers[i].ID }) {
			return []any{"providers", i, "id"}, fmt.Errorf("the provider %q stands there twice", s.Providers[i].ID)
		}
	}
	return nil, nil
}

func (c *Catalogue) checkUsage(u *Usage) (at []any, err error) {
	if _, known := c.Platform(u.ID); !known {
		return []any{"id"}, fmt.Errorf("provider %q is not in platforms.yaml", u.ID)
	}
	if !slices.Contains([]Need{Needed, NotNeeded, NeedUnknown}, u.EWS) {
		return []any{"ews"}, fmt.Errorf("ews is %q; it may be needed, not-needed or unknown", u.EWS)
	}
	switch u.Known {
	case Everything, Something:
		if len(u.Permissions) == 0 {
			return []any{"known"}, fmt.Errorf("known says %q, and no permission is listed", u.Known)
		}
	case Nothing:
		if len(u.Permissions) > 0 {
			return []any{"known"}, errors.New("known says \"nothing\", and permissions are listed")
		}
	default:
		return []any{"known"}, fmt.Errorf("known is %q; it may be everything, something or nothing", u.Known)
	}
	for i, a := range u.Applications {
		if at, err := c.checkApplication(a, u.ID); err != nil {
			return append([]any{"applications", i}, at...), err
		}
	}
	for i := range u.Permissions {
		if at, err := c.checkPermission(&u.Permissions[i]); err != nil {
			return append([]any{"permissions", i}, at...), err
		}
	}
	for i, l := range u.Links {
		if at, err := checkLink(l); err != nil {
			return append([]any{"links", i}, at...), err
		}
	}
	return nil, nil
}

func (c *Catalogue) checkApplication(a Application, platform string) (at []any, err error) {
	switch {
	case a.ID == "" || a.Name == "":
		return nil, fmt.Errorf("an application needs its id and name, or %q", Unknown)
	case a.ID != Unknown && platform == "microsoft365" && !guidForm().MatchString(a.ID):
		return []any{"id"}, fmt.Errorf("%q is not an application id: 36 characters in small letters, such as 01234567-89ab-cdef-0123-456789abcdef", a.ID)
	}
	return c.checkClouds(a.Clouds)
}

func (c *Catalogue) checkPermission(p *Permission) (at []any, err error) {
	if p.Name == "" || strings.TrimSpace(p.Reason) == "" {
		return nil, errors.New("a permission needs its name and the reason for it")
	}
	switch p.Kind {
	case ForApplication, Delegated:
		r, known := c.Resource(p.Resource)
		if !known || r.ID != p.Resource {
			return []any{"resource"}, fmt.Errorf("resource %q is not in permissions/resources.yaml", p.Resource)
		}
		if p.Grant, known = r.Grant(p.Kind, p.Name); !known {
			return []any{"name"}, fmt.Errorf("%s has no permission %q of this kind in the lists", r.Name, p.Name)
		}
	case Delegation, ManagementRole:
		if p.Resource != "" {
			return []any{"resource"}, fmt.Errorf("a permission of the kind %q has no resource", p.Kind)
		}
	default:
		return []any{"kind"}, fmt.Errorf("kind is %q; it may be application, delegated, delegation or management-role", p.Kind)
	}
	return c.checkClouds(p.Clouds)
}

func (c *Catalogue) checkClouds(ids []string) (at []any, err error) {
	for i, id := range ids {
		if _, known := c.Clouds.Find(id); !known {
			return []any{"clouds", i}, fmt.Errorf("cloud %q is not in clouds.yaml", id)
		}
	}
	return nil, nil
}

func checkLink(l Link) (at []any, err error) {
	if l.Title == "" {
		return nil, errors.New("a link needs its title")
	}
	if u, err := url.Parse(l.URL); err != nil || u.Scheme != "https" || u.Host == "" {
		return []any{"url"}, fmt.Errorf("%q is not an https address", l.URL)
	}
	return nil, nil
}
