package assets

import (
	"slices"
)

// Service is one security service that needs connectors, as its file in
// assets/catalogue describes it.
type Service struct {
	ID        string   `yaml:"id"`      // stable, the file's name
	Name      string   `yaml:"name"`    // as the vendor writes it
	Summary   string   `yaml:"summary"` // one line: what it does with a mailbox
	Providers []Usage  `yaml:"providers"`
	Sources   []string `yaml:"sources"` // where the facts come from
}

// Uses reports whether the service can use a provider.
func (s Service) Uses(provider string) bool {
	_, uses := s.Usage(provider)
	return uses
}

// Usage returns how the service uses a provider.
func (s Service) Usage(provider string) (Usage, bool) {
	return find(s.Providers, func(p Usage) bool { return p.ID == provider })
}

// Usage says how a service uses one mail platform.
type Usage struct {
	ID   string `yaml:"id"`   // of a platform
	Note string `yaml:"note"` // what to know, or empty
	// EWS says whether the service still works through Exchange Web Services,
	// which matters for Exchange Online, where they end.
	EWS Need `yaml:"ews"`
	// Publisher is who stands on the consent page as the application's maker, or
	// [Unknown]. Empty where nothing is consented to.
	Publisher string `yaml:"publisher"`
	// Applications are those of the service itself. A cloud in none of them has
	// an unknown one.
	Applications []Application `yaml:"applications"`
	// Known says how much of Permissions was found out.
	Known       Knowledge    `yaml:"known"`
	Permissions []Permission `yaml:"permissions"`
	// Links lead to where the service's own console or guide speaks of it.
	Links []Link `yaml:"links"`
}

// Application returns the service's application in a cloud, by the cloud's id.
// Its parts are [Unknown] where they were not found.
func (u Usage) Application(cloud string) Application {
	for _, a := range u.Applications {
		if in(a.Clouds, cloud) {
			return a
		}
	}
	return Application{ID: Unknown, Name: Unknown}
}

// In returns the permissions that the service asks for in a cloud, by the
// cloud's id.
func (u Usage) In(cloud string) []Permission {
	var asked []Permission
	for _, p := range u.Permissions {
		if in(p.Clouds, cloud) {
			asked = append(asked, p)
		}
	}
	return asked
}

// in reports whether a list of clouds has one. An empty list has all.
func in(clouds []string, cloud string) bool {
	return len(clouds) == 0 || slices.Contains(clouds, cloud)
}

// Need says whether something is needed.
type Need string

// What a need can be.
const (
	Needed      Need = "needed"
	NotNeeded   Need = "not-needed"
	NeedUnknown Need = Unknown
)

// Knowledge says how much of a list was found out. Where it is not
// [Everything], a permission that is granted and not listed may be right.
type Knowledge string

// How much can be known.
const (
	Everything Knowledge = "everything"
	Something  Knowledge = "something"
	Nothing    Knowledge = "nothing"
)

// Application is the service's own application in Entra, or its client of
// domain-wide delegation in Google Workspace.
type Application struct {
	Clouds []string `yaml:"clouds"` // by id; empty means all
	ID     string   `yaml:"id"`     // the application (client) id, or [Unknown]
	Name   string   `yaml:"name"`   // as listed under enterprise applications, or [Unknown]
}

// Known reports whether the application's id is known.
func (a Application) Known() bool { return a.ID != Unknown && a.ID != "" }

// Permission is one that a service asks for.
type Permission struct {
	Kind     Kind   `yaml:"kind"`
	Resource string `yaml:"resource"` // the id of a [Resource], for [ForApplication] and [Delegated]
	Name     string `yaml:"name"`     // such as "Directory.Read.All"
	// Reason says in plain words what it allows and why the service wants it.
	Reason string   `yaml:"reason"`
	Clouds []string `yaml:"clouds"` // by id; empty means all

	// Grant is what the resource calls it, with its id. It is looked up in the
	// lists of permissions and never typed; its zero value is for kinds that have
	// no ids.
	Grant Grant `yaml:"-"`
}

// Link leads to a page outside.
type Link struct {
	Title string `yaml:"title"`
	URL   string `yaml:"url"` // https
}
