package plan

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fairlead/assets"
	"fairlead/oauth"
	"fairlead/providers"
	exchangeprovider "fairlead/providers/exchange"
	googleprovider "fairlead/providers/google"
	microsoftprovider "fairlead/providers/microsoft365"
)

// maxText is the longest text of an environment, in characters.
const maxText = 255

// Check says what is wrong with an environment, or nothing. The error is a
// [*Problems].
func (e Environment) Check(c assets.Catalogue) error {
	return fail("", e.problems(c), nil)
}

// checker collects what is wrong.
type checker struct {
	catalogue assets.Catalogue
	services  []string
	clouds    []string
	providers []string
	seen      map[site]string
	list      []Problem
}

func (e Environment) problems(c assets.Catalogue) []Problem {
	k := &checker{catalogue: c, seen: map[site]string{}}
	for _, s := range c.Services {
		k.services = append(k.services, s.ID)
	}
	for _, cloud := range c.Clouds {
		k.clouds = append(k.clouds, cloud.ID)
	}
	for _, p := range c.Platforms {
		k.providers = append(k.providers, p.ID)
	}
	k.text("", "title", e.Title)
	if len(e.Organisations) == 0 {
		k.add("", "organisations", "is empty: name at least one organisation with its tenants")
	}
	names := map[string]bool{}
	for i := range e.Organisations {
		k.organisation(fmt.Sprint(i), &e.Organisations[i], names)
	}
	return k.list
}

func (k *checker) add(path, field, text string, args ...any) {
	k.list = append(k.list, Problem{Field: field, Text: fmt.Sprintf(text, args...), path: strings.Trim(path+"."+field, ".")})
}

// text refuses what cannot be shown, and what a spreadsheet would calculate.
func (k *checker) text(path, field, value string) {
	switch {
	case utf8.RuneCountInString(value) > maxText:
		k.add(path, field, "has more than %d characters: shorten it", maxText)
	case !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl):
		k.add(path, field, "holds characters that cannot be shown: type it anew")
	case value != "" && strings.ContainsRune("=+-@", rune(value[0])):
		k.add(path, field, "begins with %c, which spreadsheets take for a formula: begin with a letter", value[0])
	case strings.TrimSpace(value) != value:
		k.add(path, field, "begins or ends with a space: take it out")
	}
}

func (k *checker) organisation(path string, o *Organisation, names map[string]bool) {
	switch {
	case strings.TrimSpace(o.Name) == "":
		k.add(path, "name", "is missing: give the organisation a name")
	case names[key(o.Name)]:
		k.add(path, "name", "%q is there twice: put the tenants of one organisation together", short(o.Name))
	}
	names[key(o.Name)] = true
	k.text(path, "name", o.Name)
	k.chosen(path, "services", o.Services)
	if len(o.Tenants) == 0 {
		k.add(path, "tenants", "is empty: name at least one tenant of %s", o.Name)
		return
	}
	k.mailboxes(path, o)
	for j := range o.Tenants {
		k.tenant(fmt.Sprintf("%s.%d", path, j), &o.Tenants[j])
	}
}

// mailboxes holds where the mailboxes are against the tenants that are there.
func (k *checker) mailboxes(path string, o *Organisation) {
	cloud, onPremises := o.kinds()
	all := []string{string(InCloud), string(OnPremises), string(InBoth)}
	switch {
	case o.Mailboxes != "" && !slices.Contains(all, string(o.Mailboxes)):
		k.add(path, "mailboxes", "cannot be %q%s", short(string(o.Mailboxes)), instead(string(o.Mailboxes), all))
	case o.where() == "":
		k.add(path, "mailboxes", "is missing: %s has Exchange and a tenant in a cloud; say where its mailboxes are: %s", o.Name, strings.Join(all, ", "))
	case !cloud && o.where() != OnPremises:
		k.add(path, "mailboxes", "is %s, and %s has no tenant in a cloud: add one, or type on-premises", o.Mailboxes, o.Name)
	case !onPremises && o.where() != InCloud:
		k.add(path, "mailboxes", "is %s, and %s has no Exchange: add it as a tenant with the provider exchange, or type cloud", o.Mailboxes, o.Name)
	}
}

// chosen judges a list of services.
func (k *checker) chosen(path, field string, ids []string) {
	for i, id := range ids {
		switch {
		case !slices.Contains(k.services, id):
			k.add(path, field, "has no service %q%s", short(id), instead(id, k.services))
		case slices.Contains(ids[:i], id):
			k.add(path, field, "names %s twice: take one out", id)
		}
	}
}

func (k *checker) tenant(path string, t *Tenant) {
	if !slices.Contains(k.providers, t.Provider) {
		k.add(path, "provider", "cannot be %q%s", short(t.Provider), instead(t.Provider, k.providers))
		return
	}
	for _, f := range fields {
		value := *f.text(t)
		k.text(path, f.name, value)
		if f.provider != "" && f.provider != t.Provider && value != "" {
			k.add(path, f.name, "belongs to %s only: take it out", platformName(k.catalogue, f.provider))
		}
	}
	for _, l := range lists {
		k.chosen(path, l.name, *l.of(t))
	}
	if len(t.Granted) > 0 && t.Provider != microsoft365 {
		k.add(path, "granted", "belongs to Microsoft 365 only: take it out")
	}
	if k.name(path, t) {
		k.once(path, t)
		k.details(path, t)
	}
}

// name judges what names a tenant.
func (k *checker) name(path string, t *Tenant) bool {
	var err error
	switch {
	case t.Tenant == "":
		k.add(path, "tenant", "is missing: type %s", map[string]string{
			microsoft365: "a domain of the tenant, or its id", google: "the customer ID, which looks like C01234567", exchange: "the mail domain",
		}[t.Provider])
		return false
	case t.Provider == microsoft365:
		err = microsoftprovider.CheckTenant(t.Tenant)
	case t.Provider == google:
		err = googleprovider.CheckCustomer(t.Tenant)
	case t.Provider == exchange:
		err = providers.CheckAddress("mailbox@" + t.Tenant)
	}
	if err != nil {
		k.add(path, "tenant", "cannot be %q: %v", short(t.Tenant), err)
	}
	return err == nil
}

// once refuses a tenant that is there twice, under one of its names.
func (k *checker) once(path string, t *Tenant) {
	for _, name := range []string{t.Tenant, t.ID} {
		at := siteOf(t.Provider, name)
		if name == "" {
			continue
		}
		if _, twice := k.seen[at]; twice && k.seen[at] != path {
			k.add(path, "tenant", "%s is there twice: take one out", name)
			return
		}
		k.seen[at] = path
	}
}

// details judges what the wizard will ask for.
func (k *checker) details(path string, t *Tenant) {
	judge := func(field, value string, valid func(string) error) {
		if value == "" {
			return
		}
		if err := valid(value); err != nil {
			k.add(path, field, "will not do: %v", err)
		}
	}
	judge("id", t.ID, func(id string) error {
		if !oauth.IsGUID(id) {
			return errors.New("this is not a tenant id: it has 36 characters, such as 01234567-89ab-cdef-0123-456789abcdef")
		}
		return nil
	})
	if t.Cloud != "" && !slices.Contains(k.clouds, t.Cloud) {
		k.add(path, "cloud", "cannot be %q%s", short(t.Cloud), instead(t.Cloud, k.clouds))
	}
	judge("application", t.Application, microsoftprovider.CheckApplication)
	judge("verifier", t.Verifier, microsoftprovider.CheckApplication)
	judge("url", t.URL, func(url string) error { _, err := exchangeprovider.ParseURL(url); return err })
	if t.Security != "" {
		judge("security", t.Security, func(mode string) error { _, err := exchangeprovider.ParseMode(mode); return err })
	}
	judge("mailbox", t.Mailbox, providers.CheckAddress)
	judge("sign-in", t.SignIn, exchangeprovider.CheckSignIn)
	switch t.Provider {
	case google:
		judge("address", t.Address, googleprovider.CheckAddress)
	case exchange:
		judge("address", t.Address, providers.CheckAddress)
		if t.Address != "" && key(domainOf(t.Address)) != key(t.Tenant) {
			k.add(path, "address", "is in another domain than the tenant %s: the domain of the master mailbox names the organisation, so type the same twice", t.Tenant)
		}
	case microsoft365:
		if t.Address != "" {
			k.add(path, "address", "belongs to Exchange and Google Workspace only: take it out")
		}
	}
}
