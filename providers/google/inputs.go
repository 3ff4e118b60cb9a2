package google

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"fairlead/providers"
)

// The forms of ids. Google documents none: these are those of every published
// example, with room.
var (
	customerForm = compiled(`^C[0-9A-Za-z]{6,14}$`)
	usualForm    = compiled(`^C0[0-9a-z]{7}$`)
	clientForm   = compiled(`^[0-9]{15,25}$`)
	digits       = compiled(`^[0-9 -]+$`)
)

// compiled compiles a pattern when it is first asked for, which few runs of the
// program do.
func compiled(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

const whereCustomer = "find it in the Admin console under Account, Account settings, Profile; it looks like C01234567"

// CheckCustomer says what is wrong with a customer id, or nothing. Errors are a
// [*providers.Problem].
func CheckCustomer(id string) error {
	wrong := func(what, why string) error { return &providers.Problem{What: what, Why: why, Do: whereCustomer} }
	switch {
	case customerForm().MatchString(id):
		return nil
	case id == "":
		return wrong("the customer ID is empty", "")
	case strings.Contains(id, "@"):
		return wrong("this is a mail address", "")
	case strings.Contains(id, "/"):
		return wrong("this is a web address", "")
	case id == "my_customer":
		return wrong("my_customer stands for whoever asks", "the services need the id itself")
	case strings.Contains(id, "."):
		return wrong("this is a domain", "the customer ID is another name of the organisation")
	case customerForm().MatchString("C"+id) && strings.HasPrefix(id, "0"):
		return &providers.Problem{What: "the C at the beginning is missing", Why: "some of Google's pages leave it out", Do: "type C" + id}
	case customerForm().MatchString(strings.ToUpper(id[:1]) + id[1:]):
		return &providers.Problem{What: "the customer ID begins with a capital C", Do: "type C" + id[1:]}
	case digits().MatchString(id):
		return wrong("this is a number of another kind", "Google Ads, payments profiles and Google Cloud have such numbers")
	case strings.ContainsFunc(id, unicode.IsSpace):
		return wrong("there is a space in the customer ID", "")
	}
	return wrong("this is not a customer ID", "")
}

// adviseCustomer warns of an id that is unlike every published one.
func adviseCustomer(id string) string {
	if !customerForm().MatchString(id) || usualForm().MatchString(id) {
		return ""
	}
	return "Customer IDs usually are C0 and seven small letters or digits. Compare it with the Admin console."
}

// consumer are the domains of Google accounts that belong to no organisation.
var consumer = []string{"gmail.com", "googlemail.com"}

// CheckAddress says what is wrong with the address of somebody in the customer's
// domain, or nothing. Errors are a [*providers.Problem].
func CheckAddress(address string) error {
	if err := providers.CheckAddress(address); err != nil {
		return err
	}
	switch domain := domainOf(address); {
	case slices.Contains(consumer, domain):
		return &providers.Problem{
			What: "this is a private Google account", Why: "it belongs to no organisation, so that nobody can delegate it",
			Do: "type the address of somebody in your own domain",
		}
	case strings.HasSuffix(domain, ".gserviceaccount.com"):
		return &providers.Problem{What: "this is a service account", Why: "it has no mailbox", Do: "type the address of a person in your domain"}
	}
	return nil
}

// domainOf is the domain of an address as the DNS knows it, or empty.
func domainOf(address string) string {
	domain, err := providers.ASCIIHost(address[strings.LastIndex(address, "@")+1:])
	if err != nil {
		return ""
	}
	return domain
}

// subject is an address as Google's services compare it.
func subject(address string) string {
	local, _, _ := strings.Cut(address, "@")
	return strings.ToLower(local) + "@" + domainOf(address)
}

// CheckClient says what is wrong with a client id, or nothing. Errors are a
// [*providers.Problem].
func CheckClient(id string) error {
	const form = "type the number alone, about 21 digits"
	joined := strings.Join(strings.FieldsFunc(id, func(r rune) bool { return unicode.IsSpace(r) || r == '-' }), "")
	switch {
	case clientForm().MatchString(id):
		return nil
	case strings.Contains(id, "@"):
		return &providers.Problem{
			What: "this is a service account's address", Why: "delegation wants the client's number, and fails silently with the address",
			Do: "take client_id from the key file, or Unique ID in Google Cloud",
		}
	case strings.Contains(id, ".apps.googleusercontent.com"):
		return &providers.Problem{What: "this is a client for people to sign in with", Why: "its id ends in .apps.googleusercontent.com", Do: form}
	case clientForm().MatchString(joined):
		return &providers.Problem{What: "there are spaces or hyphens in the client ID", Do: "type " + joined}
	}
	return &providers.Problem{What: "this is not a client ID", Do: form}
}

// MailScope opens mailboxes with everything in them.
const MailScope = "https://mail.google.com/"

// auth is what the other scopes begin with.
const auth = "https://www.googleapis.com/auth/"

// customerScope shows the customer's id to an administrator.
const customerScope = auth + "admin.directory.customer.readonly"

// mailScopes are those with which a mailbox's profile can be read.
var mailScopes = []string{MailScope, auth + "gmail.modify", auth + "gmail.compose", auth + "gmail.readonly", auth + "gmail.metadata"}

// otherScopes are scopes outside [auth], besides [MailScope].
var otherScopes = []string{"https://www.google.com/calendar/feeds", "https://www.google.com/m8/feeds", "https://apps-apis.google.com/a/feeds/groups/"}

var scopeForm = compiled(`^[a-z0-9][a-z0-9._-]*[a-z0-9]$`)

// ParseScopes reads a list of scopes with commas or spaces between them, as
// pages and programs write it. Errors are a [*providers.Problem].
func ParseScopes(text string) ([]string, error) {
	var scopes []string
	for _, scope := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }) {
		if err := checkScope(scope); err != nil {
			return nil, err
		}
		if !slices.Contains(scopes, scope) {
			scopes = append(scopes, scope)
		}
	}
	switch {
	case len(scopes) == 0:
		return nil, &providers.Problem{What: "no scope is named", Do: "type " + MailScope}
	case len(scopes) > maxScopes:
		return nil, &providers.Problem{What: fmt.Sprintf("these are %d scopes", len(scopes)), Do: fmt.Sprintf("name the ones that the service needs, at most %d", maxScopes)}
	}
	return scopes, nil
}

// maxScopes bounds how many tokens a test asks for.
const maxScopes = 20

func checkScope(scope string) error {
	rest, ours := strings.CutPrefix(scope, auth)
	quoted := "“" + scope + "”"
	switch {
	case scope == MailScope || slices.Contains(otherScopes, scope) || ours && scopeForm().MatchString(rest):
		return nil
	case scope+"/" == MailScope:
		return &providers.Problem{What: "the slash at the end is missing", Why: "to Google that is another scope", Do: "type " + MailScope}
	case ours && scopeForm().MatchString(strings.TrimRight(rest, "/")):
		return &providers.Problem{What: quoted + " has a slash at the end", Do: "type " + strings.TrimRight(scope, "/")}
	case strings.HasPrefix(scope, "http://"):
		return &providers.Problem{What: quoted + " begins with http://", Do: "type https" + strings.TrimPrefix(scope, "http")}
	case scope == "mail.google.com" || scope == "mail.google.com/":
		return &providers.Problem{What: "https:// is missing", Do: "type " + MailScope}
	case scopeForm().MatchString(scope) && strings.Contains(scope, ".") && !strings.Contains(scope, "google"):
		return &providers.Problem{What: quoted + " is part of a scope", Do: "type " + auth + scope}
	}
	return &providers.Problem{What: quoted + " is not a scope of Google's", Why: "it begins with " + auth, Do: "copy it from the service's console"}
}
