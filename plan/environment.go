// Package plan says which connectors an estate needs. It takes an environment
// (organisations, their tenants, where their mailboxes are, which services are
// in use), applies the rules of the vendor's guide to it, and compares what is
// needed with the connectors that exist: [New] makes the grid of tenants and
// services, [Plan.Difference] what is to be done, [Plan.Steps] in which order, and
// [NewRunBook] a page to hand over.
//
// It changes nothing and asks nothing of the outside world, other than [Discover].
package plan

import "slices"

// Environment is the estate that a plan is for.
type Environment struct {
	Title         string // of the run book; optional
	Organisations []Organisation
}

// Organisation is one organisation of a customer: its tenants in clouds and its
// Exchange organisations, which belong together where people move between them.
type Organisation struct {
	Name      string // unique in the environment
	Mailboxes Mailboxes
	Services  []string // ids of the catalogue: those in use, unless a tenant says otherwise
	Tenants   []Tenant
}

// Mailboxes says where the mailboxes of an organisation are.
type Mailboxes string

// Where mailboxes can be. An organisation with Exchange and a tenant in a cloud
// is hybrid, wherever its mailboxes are.
const (
	InCloud    Mailboxes = "cloud"
	OnPremises Mailboxes = "on-premises"
	InBoth     Mailboxes = "both"
)

// The providers that the rules speak of, as in the catalogue.
const (
	exchange     = "exchange"
	microsoft365 = "microsoft365"
	google       = "google"
)

// Tenant is one organisation on one provider: a row of the grid.
type Tenant struct {
	Provider string // "microsoft365", "google" or "exchange"
	// Tenant names it: a domain or the id of an Entra tenant, a Workspace customer
	// id, the mail domain of an Exchange organisation.
	Tenant string
	// ID is the id of an Entra tenant that is named by a domain, once it was found.
	ID    string
	Cloud string // of Microsoft's, by id; empty means that the wizard finds it
	// Services are in use here instead of the organisation's; nil means the same.
	Services []string
	// Granted are the services whose permissions an administrator has granted in
	// this tenant, so that their connectors need not wait for it.
	Granted []string

	// What the wizard asks for. All of it is optional, none of it secret.
	Address     string // of the master mailbox, or of somebody in the Workspace customer
	SignIn      string // of the master mailbox, where it differs
	URL         string // of Exchange Web Services
	Security    string // "strict" or "relaxed"
	Mailbox     string // for the mailbox check
	Password    string // the name of the keyring's item that holds the password
	Application string // the service's application in Entra
	Verifier    string // the application to verify with
}

// OnExchange reports whether the tenant is an Exchange organisation.
func (t *Tenant) OnExchange() bool { return t.Provider == exchange }

// InUse returns the services that are in use at a tenant of the organisation.
func (o *Organisation) InUse(t *Tenant) []string {
	if t.Services != nil {
		return t.Services
	}
	return o.Services
}

// where says where the mailboxes are, which one that has tenants of one kind only
// need not state. It is empty where that cannot be told.
func (o *Organisation) where() Mailboxes {
	if likely := o.LikelyMailboxes(); o.Mailboxes == "" && likely != InBoth {
		return likely
	}
	return o.Mailboxes
}

// LikelyMailboxes guesses from its tenants where an organisation's mailboxes are.
// It is empty where there is no tenant.
func (o *Organisation) LikelyMailboxes() Mailboxes {
	cloud, onPremises := o.kinds()
	switch {
	case cloud && onPremises:
		return InBoth
	case cloud:
		return InCloud
	case onPremises:
		return OnPremises
	}
	return ""
}

// kinds reports whether there are tenants in a cloud, and Exchange organisations.
func (o *Organisation) kinds() (cloud, onPremises bool) {
	for i := range o.Tenants {
		if o.Tenants[i].OnExchange() {
			onPremises = true
		} else {
			cloud = true
		}
	}
	return cloud, onPremises
}

// Organisation returns an organisation by its name, whatever its case, or nil.
func (e Environment) Organisation(name string) *Organisation {
	i := slices.IndexFunc(e.Organisations, func(o Organisation) bool { return key(o.Name) == key(name) })
	if i < 0 {
		return nil
	}
	return &e.Organisations[i]
}

// Tenants returns how many tenants there are.
func (e Environment) Tenants() int {
	n := 0
	for _, o := range e.Organisations {
		n += len(o.Tenants)
	}
	return n
}

// Clone returns a copy that shares nothing.
func (e Environment) Clone() Environment {
	e.Organisations = slices.Clone(e.Organisations)
	for i := range e.Organisations {
		o := &e.Organisations[i]
		o.Services, o.Tenants = slices.Clone(o.Services), slices.Clone(o.Tenants)
		for j := range o.Tenants {
			t := &o.Tenants[j]
			t.Services, t.Granted = slices.Clone(t.Services), slices.Clone(t.Granted)
		}
	}
	return e
}
