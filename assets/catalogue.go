// Package assets holds what is data and not code: the catalogue of services,
// the icon, and the translations.
package assets

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

//go:embed catalogue/*.yaml permissions platforms.yaml regions.yaml clouds.yaml
var catalogueFiles embed.FS

// Platform is a mail platform that services can use.
type Platform struct {
	ID   string `yaml:"id"`   // as a provider calls itself
	Name string `yaml:"name"` // as its vendor writes it
	// Ports are the TCP ports that the services connect to from outside. Empty
	// means that the platform has no firewall of the customer's in front.
	Ports []int `yaml:"ports"`
	// Unproven are sentences: what a test from this computer cannot prove.
	Unproven []string `yaml:"unproven"`
	// Ends are the days on which the vendor ends something, the earliest first.
	Ends []End `yaml:"ends"`
}

// Catalogue is what services there are, in the order of their names, the
// platforms that they use, in the order in which they are offered, the regions
// from which they connect, and what permissions in Microsoft's clouds are
// called.
type Catalogue struct {
	Services  []Service
	Platforms []Platform
	Regions   Regions
	Clouds    Clouds
	Resources []Resource
}

// Platform returns a platform's name by its id.
func (c Catalogue) Platform(id string) (Platform, bool) {
	return find(c.Platforms, func(p Platform) bool { return p.ID == id })
}

// Service returns a service by id.
func (c Catalogue) Service(id string) (Service, bool) {
	return find(c.Services, func(s Service) bool { return s.ID == id })
}

// Resource returns a resource of Microsoft's cloud by its id, such as "graph",
// or by its application id.
func (c Catalogue) Resource(id string) (Resource, bool) {
	return find(c.Resources, func(r Resource) bool { return r.ID == id || strings.EqualFold(r.Application, id) })
}

// Names returns the names of services by id, in the order given. An id that is
// not in the catalogue stands for itself.
func (c Catalogue) Names(ids []string) []string {
	var names []string
	for _, id := range ids {
		if s, ok := c.Service(id); ok {
			names = append(names, s.Name)
		} else {
			names = append(names, id)
		}
	}
	return names
}

// LoadCatalogue reads the embedded catalogue, and then the services in each of
// the folders given, one a file. A service there stands beside the others, or
// in the place of the whole one with the same id. It fails on a file that does
// not keep to the form, and names file, line and reason.
func LoadCatalogue(folders ...string) (Catalogue, error) {
	c, err := loadCatalogue(catalogueFiles)
	if err != nil {
		return Catalogue{}, err
	}
	for _, folder := range folders {
		if err := c.add(os.DirFS(folder), "."); err != nil {
			return Catalogue{}, fmt.Errorf("the catalogue in %s: %w", filepath.Clean(folder), err)
		}
	}
	return c, nil
}

func loadCatalogue(files fs.FS) (c Catalogue, err error) {
	if c.Platforms, err = parsePlatforms(files); err != nil {
		return Catalogue{}, err
	}
	if c.Regions, err = parseRegions(files); err != nil {
		return Catalogue{}, err
	}
	if c.Clouds, err = parseClouds(files); err != nil {
		return Catalogue{}, err
	}
	if c.Resources, err = parseResources(files); err != nil {
		return Catalogue{}, err
	}
	if err = c.add(files, "catalogue"); err != nil {
		return Catalogue{}, err
	}
	return c, nil
}

// add reads the services in a folder into the catalogue.
func (c *Catalogue) add(files fs.FS, folder string) error {
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return fmt.Errorf("read catalogue: %w", err)
	}
	for _, entry := range entries {
		if entry.IsDir() || !strings.HasSuffix(entry.Name(), ".yaml") {
			continue
		}
		name := entry.Name()
		if folder != "." {
			name = folder + "/" + name
		}
		s, err := c.parseService(files, name)
		if err != nil {
			return err
		}
		c.Services = slices.DeleteFunc(c.Services, func(o Service) bool { return o.ID == s.ID })
		c.Services = append(c.Services, s)
	}
	slices.SortFunc(c.Services, func(a, b Service) int { return strings.Compare(a.Name, b.Name) })
	return nil
}
