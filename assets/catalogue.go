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

//go:embed catalogue/*.yaml
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
	ID   string `yaml:"id"`   // "exchange", "microsoft365" or "google"
	Note string `yaml:"note"` // what to know, or empty
}

// Uses reports whether the service can use a provider.
func (s Service) Uses(provider string) bool {
	return slices.ContainsFunc(s.Providers, func(p Usage) bool { return p.ID == provider })
}

// Catalogue is the list of services, in the order of their names.
type Catalogue []Service

// Service returns a service by id.
func (c Catalogue) Service(id string) (Service, bool) {
	i := slices.IndexFunc(c, func(s Service) bool { return s.ID == id })
	if i < 0 {
		return Service{}, false
	}
	return c[i], true
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
		return nil, err
	}
	var c Catalogue
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %w", err)
		}
		s, err := parseService(data)
		if err == nil && s.ID != strings.TrimSuffix(path.Base(name), ".yaml") {
			err = fmt.Errorf("the id is %q, and the file's name is not", s.ID)
		}
		if err != nil {
			return nil, fmt.Errorf("read catalogue: %s: %w", name, err)
		}
		c = append(c, s)
	}
	slices.SortFunc(c, func(a, b Service) int { return strings.Compare(a.Name, b.Name) })
	return c, nil
}

func parseService(data []byte) (Service, error) {
	var s Service
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&s); err != nil {
		return s, err
	}
	if err := decoder.Decode(new(any)); !errors.Is(err, io.EOF) {
		return s, errors.New("more than one document")
	}
	if s.ID == "" || s.Name == "" || s.Summary == "" || len(s.Providers) == 0 || len(s.Sources) == 0 {
		return s, errors.New("id, name, summary, providers and sources are all needed")
	}
	known := []string{"exchange", "microsoft365", "google"}
	for _, p := range s.Providers {
		if !slices.Contains(known, p.ID) {
			return s, fmt.Errorf("provider %q is not one of %s", p.ID, strings.Join(known, ", "))
		}
	}
	return s, nil
}
