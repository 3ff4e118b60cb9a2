// Package assets holds what is data and not code: the catalogue of services,
// the icon, and the translations.
package assets

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed catalogue/*.yaml platforms.yaml regions.yaml
var catalogueFiles embed.FS

// Service is one security service that needs connectors, as its file in
// assets/catalogue describes it.
type Service struct {
	ID        string   `yaml:"id"`      // stable, the file's name
	Name      string   `yaml:"name"`    // as the vendor writes it
	Summary   string   `yaml:"summary"` // one line: what it does with a mailbox
	Providers []Usage  `yaml:"providers"`
	Sources   []string `yaml:"sources"` // where the facts come from
}

// Usage says how a service uses one mail platform.
type Usage struct {
	ID   string `yaml:"id"`   // of a platform
	Note string `yaml:"note"` // what to know, or empty
}

// Uses reports whether the service can use a provider.
func (s Service) Uses(provider string) bool {
	return slices.ContainsFunc(s.Providers, func(p Usage) bool { return p.ID == provider })
}

// Platform is a mail platform that services can use.
type Platform struct {
	ID   string `yaml:"id"`   // as a provider calls itself
	Name string `yaml:"name"` // as its vendor writes it
	// Ports are the TCP ports that the services connect to from outside. Empty
	// means that the platform has no firewall of the customer's in front.
	Ports []int `yaml:"ports"`
	// Unproven are sentences: what a test from this computer cannot prove.
	Unproven []string `yaml:"unproven"`
}

// Catalogue is what services there are, in the order of their names, the
// platforms that they use, in the order in which they are offered, and the
// regions from which they connect.
type Catalogue struct {
	Services  []Service
	Platforms []Platform
	Regions   Regions
}

// Platform returns a platform's name by its id.
func (c Catalogue) Platform(id string) (Platform, bool) {
	i := slices.IndexFunc(c.Platforms, func(p Platform) bool { return p.ID == id })
	if i < 0 {
		return Platform{}, false
	}
	return c.Platforms[i], true
}

// Service returns a service by id.
func (c Catalogue) Service(id string) (Service, bool) {
	i := slices.IndexFunc(c.Services, func(s Service) bool { return s.ID == id })
	if i < 0 {
		return Service{}, false
	}
	return c.Services[i], true
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

// LoadCatalogue reads the embedded catalogue. It fails on a file that does not
// keep to the form, and names file and reason.
func LoadCatalogue() (Catalogue, error) { return loadCatalogue(catalogueFiles) }

func loadCatalogue(files fs.FS) (Catalogue, error) {
	names, err := fs.Glob(files, "catalogue/*.yaml")
	if err != nil {
		return Catalogue{}, err
	}
	var c Catalogue
	data, err := fs.ReadFile(files, "platforms.yaml")
	if err == nil {
		err = decode(data, &c.Platforms)
	}
	if err != nil {
		return Catalogue{}, fmt.Errorf("read catalogue: platforms.yaml: %w", err)
	}
	if c.Regions, err = parseRegions(files); err != nil {
		return Catalogue{}, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return Catalogue{}, fmt.Errorf("read catalogue: %w", err)
		}
		s, err := c.parseService(data)
		if err == nil && s.ID != strings.TrimSuffix(path.Base(name), ".yaml") {
			err = fmt.Errorf("the id is %q, and the file's name is not", s.ID)
		}
		if err != nil {
			return Catalogue{}, fmt.Errorf("read catalogue: %s: %w", name, err)
		}
		c.Services = append(c.Services, s)
	}
	slices.SortFunc(c.Services, func(a, b Service) int { return strings.Compare(a.Name, b.Name) })
	return c, nil
}

func (c Catalogue) parseService(data []byte) (Service, error) {
	var s Service
	if err := decode(data, &s); err != nil {
		return s, err
	}
	if s.ID == "" || s.Name == "" || s.Summary == "" || len(s.Providers) == 0 || len(s.Sources) == 0 {
		return s, errors.New("id, name, summary, providers and sources are all needed")
	}
	for _, p := range s.Providers {
		if _, known := c.Platform(p.ID); !known {
			return s, fmt.Errorf("provider %q is not in platforms.yaml", p.ID)
		}
	}
	return s, nil
}

// decode reads one YAML document that holds what is asked for and nothing else.
func decode(data []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		return errors.New("more than one document")
	}
	return nil
}
