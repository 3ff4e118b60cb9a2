package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"fairlead/assets"
	"fairlead/domain/routing"
	"fairlead/providers"
	"fairlead/wizard/page"
)

const (
	keyContact        = "account.contact"
	keyContactAddress = "account.contact-address"
	keyContactPhone   = "account.contact-phone"
	keyInfrastructure = "account.infrastructure"
	keyCode           = "account.code"
	keyRegion         = "account.region"
	keyDomains        = "account.domains"
)

func (s *Setup) accountPages(d *Domain) []page.Page {
	return []page.Page{
		{
			ID: "account.contact", Step: "Contact", Title: "Whom do the services call in an emergency?",
			Why: "Somebody who can be reached when mail does not flow: so with an address outside " + d.Name + ", if there is one.",
			Fields: func(*page.Answers) []page.Field {
				return []page.Field{
					{Key: keyContact, Kind: page.Text, Label: "Name", Placeholder: "Anna Berg", Validate: checkContact},
					{Key: keyContactAddress, Kind: page.Address, Label: "Mail address", Validate: providers.CheckAddress, Advise: adviseAddress(d.Name)},
					{Key: keyContactPhone, Kind: page.Text, Label: "Mobile phone", Placeholder: "+49 30 1234567", Validate: checkPhone},
				}
			},
		},
		{
			ID: "account.infrastructure", Step: "Infrastructure", Title: "What runs the mailboxes of " + d.Name + "?",
			Why: "It decides what has to be set up: which connectors, which commands, which directory.",
			Fields: func(*page.Answers) []page.Field {
				f := page.Field{Key: keyInfrastructure, Kind: page.Choice, Label: "Mail infrastructure"}
				for _, i := range routing.Infrastructures() {
					f.Options = append(f.Options, page.Option{Value: string(i), Label: i.Name(), Note: aboutInfrastructure(i)})
				}
				return []page.Field{f, {
					Key: keyCode, Kind: page.Text, Label: "Account code", Aside: "if you have it", Optional: true, Placeholder: "CDE12A345",
					Hint: "The services' console shows it. It says in which region the account is.",
				}}
			},
		},
		{
			ID: "account.region", Step: "Region", Title: "In which region is the account?",
			Why: "The region decides through which servers mail goes.",
			Fields: func(a *page.Answers) []page.Field {
				f := page.Field{Key: keyRegion, Kind: page.Choice, Label: "Region", Suggest: func(a *page.Answers) string {
					r, _ := s.Regions.OfAccount(a.Text(keyCode))
					return r.ID
				}}
				for _, r := range s.Regions.List {
					f.Options = append(f.Options, page.Option{Value: r.ID, Label: r.Name, Note: gaps(r)})
				}
				fields := []page.Field{f}
				if of, ok := s.Regions.OfAccount(a.Text(keyCode)); ok && a.Text(keyRegion) != "" && of.ID != a.Text(keyRegion) {
					fields = append(fields, page.Field{
						Key: "account.region-differs", Kind: page.Note, Tone: page.Heed, Label: "The account code says otherwise",
						Hint: fmt.Sprintf("Codes that begin like %s are of the region %s.", a.Text(keyCode), of.Name),
					})
				}
				return append(fields, page.Field{
					Key: keyDomains, Kind: page.Text, Label: "More domains of the organisation", Aside: "with commas between", Optional: true,
					Placeholder: "contoso.co.uk, contoso.de", Validate: checkDomains,
					Hint: "Each gets a set-up of its own, with this account.",
				})
			},
		},
	}
}

func aboutInfrastructure(i routing.Infrastructure) string {
	switch i {
	case routing.OnPremises:
		return "Exchange Server of your own"
	case routing.HybridMicrosoft, routing.HybridGoogle:
		return "some mailboxes there, some on your own servers"
	case routing.Other:
		return "hosted Exchange, Domino, others"
	}
	return ""
}

// gaps says what the catalogue does not know of a region.
func gaps(r assets.Region) string {
	var missing []string
	for _, group := range []struct {
		name  string
		hosts assets.Hosts
	}{{"incoming mail", r.MX}, {"outgoing mail", r.Outbound}, {"journal reports", r.Journal}} {
		if !group.hosts.Known() {
			missing = append(missing, group.name)
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return "not known here: the hosts for " + strings.Join(missing, ", ")
}

// spread gives the account to the organisation's other domains, where nobody has
// kept another one.
func (s *Setup) spread(ctx context.Context, from *Domain) error {
	a := from.answers()
	for _, name := range split(a.Text(keyDomains)) {
		other, err := CheckDomain(name)
		if err != nil || other == from.Name {
			continue // the field was checked
		}
		_, err = s.change(ctx, other, func(d *Domain) {
			if r := d.record; !r.Sections[Account].Done {
				rest := slices.DeleteFunc(append(split(a.Text(keyDomains)), from.Name), func(n string) bool { return strings.EqualFold(n, other) })
				copied := from.answers()
				copied.Set(keyDomains, strings.Join(rest, ", "))
				r.take(Account, d.above, copied, s.now())
				r.Sections[Account] = part{Done: true}
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// The limits of the services' own emergency contact.
const maxContact = 60

func checkContact(name string) error {
	if utf8.RuneCountInString(name) > maxContact {
		return fmt.Errorf("this is too long: the services take %d characters", maxContact)
	}
	return nil
}

func checkPhone(phone string) error {
	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", "/", "").Replace(phone)
	number, plus := strings.CutPrefix(digits, "+")
	switch {
	case !plus:
		return errors.New("type it with the country's code, like +49 30 1234567")
	case len(number) < 6 || len(number) > 15 || strings.Trim(number, "0123456789") != "": // ITU-T E.164
		return errors.New("this is no phone number; type it like +49 30 1234567")
	}
	return nil
}

func adviseAddress(domain string) func(string) string {
	return func(address string) string {
		if strings.HasSuffix(strings.ToLower(address), "@"+domain) {
			return "When mail for " + domain + " does not flow, this address does not work either."
		}
		return ""
	}
}

// CheckDomain says what is wrong with the name of a mail domain, or returns it as
// the DNS knows it.
func CheckDomain(name string) (string, error) {
	name = strings.TrimSuffix(strings.TrimSpace(name), ".")
	if strings.Contains(name, "@") {
		return "", &providers.Problem{What: "this is a mail address", Do: "type the part after the @ alone"}
	}
	if err := providers.CheckAddress("postmaster@" + name); err != nil {
		return "", &providers.Problem{What: "“" + name + "” is not a mail domain", Do: "type it like contoso.com"}
	}
	return providers.ASCIIHost(name)
}

func checkDomains(text string) error {
	for _, name := range split(text) {
		if _, err := CheckDomain(name); err != nil {
			return err
		}
	}
	return nil
}
