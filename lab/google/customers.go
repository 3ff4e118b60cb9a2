package google

import (
	"slices"
	"strings"
	"time"
)

// Contoso is a customer of Google Workspace.
const (
	CustomerID = "C03kt1m66"
	Domain     = "workspace.contoso.example"
	// Admin administers it, and Mailbox is somebody who does not.
	Admin   = "admin@" + Domain
	Mailbox = "anna@" + Domain
	// Alias is another address of Mailbox, Group has no mailbox, and NoMail is
	// somebody for whom Gmail is off.
	Alias  = "anna.ward@" + Domain
	Group  = "sales@" + Domain
	NoMail = "kiosk@" + Domain
)

// The scopes that a connector asks for, and the one that shows the customer.
const (
	MailScope     = "https://mail.google.com/"
	CustomerScope = "https://www.googleapis.com/auth/admin.directory.customer.readonly"
)

// scopes are those that the lab knows, as Google does more.
func scopes() []string {
	const auth = "https://www.googleapis.com/auth/"
	return []string{
		MailScope, CustomerScope, auth + "gmail.modify", auth + "gmail.readonly", auth + "gmail.metadata", auth + "gmail.compose",
		auth + "gmail.settings.sharing", auth + "admin.directory.user.readonly", auth + "admin.directory.domain.readonly",
	}
}

// customer is an organisation with a Workspace.
type customer struct {
	id, domain, name string
	users            []user
	groups           []string
	delegations      []*delegation
}

type user struct {
	address      string
	aliases      []string
	admin        bool
	withoutGmail bool
	messages     int
}

// delegation is an entry of the page "Domain-wide delegation".
type delegation struct {
	client  string
	scopes  []string
	since   time.Time // zero: long ago
	pending bool      // waits for a second administrator
}

func sampleCustomers() []*customer {
	return []*customer{
		{
			id: CustomerID, domain: Domain, name: "Contoso",
			users: []user{
				{address: Admin, admin: true, messages: 311},
				{address: Mailbox, aliases: []string{Alias}, messages: 4127},
				{address: NoMail, withoutGmail: true},
			},
			groups: []string{Group},
		},
		{
			id: "C046psxkn", domain: "fabrikam.example", name: "Fabrikam",
			users: []user{{address: "admin@fabrikam.example", admin: true, messages: 12}},
		},
	}
}

// customerOf returns the customer whose domain an address is in, or nil.
func (g *Google) customerOf(address string) *customer {
	_, domain, _ := strings.Cut(address, "@")
	for _, c := range g.customers {
		if strings.EqualFold(domain, c.domain) {
			return c
		}
	}
	return nil
}

// user returns the person with an address, or nil.
func (c *customer) user(address string) *user {
	for i, u := range c.users {
		if slices.ContainsFunc(append([]string{u.address}, u.aliases...), func(a string) bool { return strings.EqualFold(a, address) }) {
			return &c.users[i]
		}
	}
	return nil
}

// Authorise puts a client with its scopes on Contoso's page, in place of what it
// had, as the page does when it is told to overwrite.
func (g *Google) Authorise(client string, scopes ...string) {
	g.cloud.Lock()
	defer g.cloud.Unlock()
	g.authorise(g.customers[0], &delegation{client: client, scopes: scopes, since: g.now()})
}

func (g *Google) authorise(c *customer, d *delegation) {
	g.remove(c, d.client)
	c.delegations = append(c.delegations, d)
}

func (g *Google) remove(c *customer, client string) {
	c.delegations = slices.DeleteFunc(c.delegations, func(o *delegation) bool { return o.client == client })
}

// Authorised returns the scopes that a client has at Contoso, whether the token
// service knows them yet or not.
func (g *Google) Authorised(client string) []string {
	g.cloud.Lock()
	defer g.cloud.Unlock()
	if d := g.customers[0].delegation(client); d != nil && !d.pending {
		return slices.Clone(d.scopes)
	}
	return nil
}

func (c *customer) delegation(client string) *delegation {
	for _, d := range c.delegations {
		if d.client == client {
			return d
		}
	}
	return nil
}

// slowPropagation is how long the fault of that name takes.
const slowPropagation = 15 * time.Minute

// granted returns the scopes of a client that the token service knows, and
// whether it knows the client at all.
func (g *Google) granted(c *customer, client string) (scopes []string, known bool) {
	delay := g.propagation
	if g.on("google-propagation-slow") {
		delay = slowPropagation
	}
	d := c.delegation(client)
	if d == nil || d.pending || !d.since.IsZero() && g.now().Before(d.since.Add(delay)) {
		return nil, false
	}
	if g.on("google-scope-missing") {
		return d.scopes[:len(d.scopes)-1], true
	}
	return d.scopes, true
}
