package setup

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/domain"
	"fairlead/wizard/page"
)

const (
	keyToken     = "tenant.token"
	keyMicrosoft = "tenant.microsoft365"
)

func (s *Setup) tenantPages(d *Domain) []page.Page {
	below := func(*page.Answers) string {
		if d.above != "" {
			return d.above + " is validated, and with it all below it"
		}
		return ""
	}
	return []page.Page{
		{
			ID: "tenant.token", Step: "Token", NotNeeded: below, Title: "Which token does the console show for " + d.Name + "?",
			Why: "The services want to see that the domain is yours: a record in its DNS that only its owner can make. " +
				fmt.Sprintf("A token is good for %d days.", s.Regions.Validation.Days),
			Fields: func(a *page.Answers) []page.Field {
				return []page.Field{
					{Key: keyToken, Kind: page.Text, Label: "Token", Validate: checkToken, Hint: "Copy it from the console. A sub-domain of a validated domain needs none."},
					{
						Key: keyMicrosoft, Kind: page.Text, Label: "Microsoft tenant domain", Aside: "with Microsoft 365", Optional: true,
						Placeholder: "contoso.onmicrosoft.com", Validate: CheckTenantDomain,
						Hint: "Register it with the services as well, so that they know your tenant's mail. Microsoft 365 admin centre, Settings, Domains.",
					},
				}
			},
		},
		{
			ID: "tenant.record", Step: "Record", NotNeeded: below, Title: "Publish one of these records",
			Why: "One is enough. The TXT record goes to the domain itself; where there can be none, use the alias.",
			Fields: func(a *page.Answers) []page.Field {
				token := a.Text(keyToken)
				txt, alias := domain.TokenRecords(d.Name, token, s.Regions.Validation.Host)
				notes := recordForms("tenant.txt", txt)
				if isLabel(token) {
					notes = append(notes, recordForms("tenant.cname", alias)...)
				}
				if until := d.tokenEnds(s.Regions.Validation.Days); !until.IsZero() {
					notes = append(notes, page.Field{Key: "tenant.until", Kind: page.Note, Label: "Until " + until.Format("2 January 2006"), Hint: "Then the console has to make a new token."})
				}
				return notes
			},
		},
		{
			ID: testPage(Tenant), Step: "Check", NotNeeded: below, Title: "Is the record there?",
			Why: "The servers that are responsible for the domain are asked, and resolvers that everybody can ask. Nothing is changed.",
			Action: &page.Action{Busy: "Looking for the record", Verb: "Look", Inputs: []string{keyToken}, Test: func(a *page.Answers) *check.Suite {
				return s.Checks.Tenant(TokenTarget{Domain: d.Name, Token: a.Text(keyToken), Issued: d.record.TokenAt})
			}},
		},
	}
}

// recordForms are a record in the forms that DNS providers want.
func recordForms(key string, r domain.Record) (notes []page.Field) {
	for i, form := range r.Forms() {
		note := page.Field{Key: fmt.Sprintf("%s-%d", key, i+1), Kind: page.Note, Label: r.Type + ": " + form.For, Copy: form.Value}
		switch {
		case form.Line != "":
			note.Copy = form.Line
		case form.Host == "":
			note.Hint = "Host: leave it empty. Value:"
		default:
			note.Hint = "Host: " + form.Host + ". Value:"
		}
		notes = append(notes, note)
	}
	return notes
}

// tokenEnds is the day on which the token that is kept ends, or zero.
func (d *Domain) tokenEnds(days int) time.Time {
	if d.record.TokenAt.IsZero() {
		return time.Time{}
	}
	return d.record.TokenAt.AddDate(0, 0, days)
}

// checkToken takes every text that can stand in one string of a TXT record (RFC
// 1035, section 3.3): the form of tokens is not published.
func checkToken(token string) error {
	switch {
	case len(token) > 255:
		return errors.New("this is too long for a token; copy it alone")
	case strings.ContainsAny(token, "\"\\ \t") || strings.ContainsFunc(token, func(r rune) bool { return r > '~' }):
		return errors.New("a token has letters, digits and signs, and no spaces or quotes; copy it alone")
	}
	return nil
}

// isLabel reports whether a token can stand in the name of a record.
func isLabel(token string) bool {
	return token != "" && len(token) <= 63 && strings.Trim(strings.ToLower(token), "abcdefghijklmnopqrstuvwxyz0123456789-_") == "" && strings.Trim(token, "-") == token
}

// CheckTenantDomain says what is wrong with the first domain of a Microsoft
// tenant. That for mail between the two, under mail.onmicrosoft.com, only the
// services' support can register.
func CheckTenantDomain(name string) error {
	name = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(name), "."))
	tenant, ok := strings.CutSuffix(name, ".onmicrosoft.com")
	if of, mail := strings.CutSuffix(tenant, ".mail"); ok && mail {
		return fmt.Errorf("this is the domain for mail between Microsoft 365 and your own servers; type %s.onmicrosoft.com", of)
	}
	if !ok || !isLabel(tenant) {
		return errors.New("type the tenant's first domain, like contoso.onmicrosoft.com")
	}
	return nil
}
