package setup

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fairlead/check"
	"fairlead/connectors"
	"fairlead/domain/certificate"
	"fairlead/domain/ldap"
	"fairlead/domain/routing"
	"fairlead/wizard"
	"fairlead/wizard/page"
)

const (
	keyDirectory    = "directory.kind"
	keyLDAPHost     = "directory.host"
	keyLDAPPort     = "directory.port"
	keyLDAPSecurity = "directory.security"
	keyLDAPMode     = "directory.certificate"
	keyLDAPAccount  = "directory.account"
	keyLDAPPassword = "directory.password"
	keyLDAPBase     = "directory.base"
)

// The kinds of directories.
const (
	entra      = "entra"
	googleKind = "google"
	ldapKind   = "ldap"
)

// What the connector that reads Entra is made of.
const (
	directoryService  = "directory-synchronization"
	directoryProvider = "microsoft365"
)

func (d *Domain) kind() string { return d.answers().Text(keyDirectory) }

// Connector says with which answers the wizard for a new connector begins, where
// the domain's directory is read by a connector and there is none yet.
func (d *Domain) Connector() (preset page.Changes, needed bool) {
	if d.kind() != entra || d.connector != nil {
		return nil, false
	}
	preset = page.Changes{wizard.KeyServices: []string{directoryService}, wizard.KeyProvider: directoryProvider}
	if tenant := d.answers().Text(keyMicrosoft); tenant != "" {
		preset["microsoft365.tenant"] = tenant
	}
	return preset, true
}

// connectorState is what is known of the connector that reads the directory.
type connectorState struct {
	name  string
	state connectors.State
	words string
}

// directoryConnector finds the connector that reads Entra, or nil.
func (s *Setup) directoryConnector(ctx context.Context) (*connectorState, error) {
	all, err := s.Keeper.Registry.List(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.Provider != directoryProvider {
			continue
		}
		for _, service := range c.Services {
			if service == directoryService {
				state, words := c.State()
				return &connectorState{c.Name, state, words}, nil
			}
		}
	}
	return nil, nil
}

func (s *Setup) directoryPages(d *Domain) []page.Page {
	notLDAP := func(a *page.Answers) string {
		if a.Text(keyDirectory) != ldapKind {
			return "the directory is not read over LDAP"
		}
		return ""
	}
	return []page.Page{
		{
			ID: "directory.kind", Step: "Directory", Title: "Where do the services read who works here?",
			Why: "They need the addresses and groups, never a password of anybody's.",
			Fields: func(a *page.Answers) []page.Field {
				fields := []page.Field{{
					Key: keyDirectory, Kind: page.Choice, Label: "Directory", Suggest: suggestDirectory,
					Options: []page.Option{
						{Value: entra, Label: "Microsoft Entra", Note: "by a Microsoft 365 connector for directory synchronisation"},
						{Value: googleKind, Label: "Google Workspace", Note: "by a service account with its key"},
						{Value: ldapKind, Label: "Active Directory or another LDAP directory", Note: "over LDAP with TLS"},
					},
				}}
				return append(fields, d.aboutDirectory(a)...)
			},
		},
		{
			ID: "directory.server", Step: "Server", Title: "Where is the directory?", NotNeeded: notLDAP,
			Why:    "The services come from outside: the server's name must be known there, and the firewall must let them in.",
			Fields: func(*page.Answers) []page.Field { return s.serverFields() },
		},
		{
			ID: "directory.account", Step: "Account", Title: "Who reads the directory?", NotNeeded: notLDAP,
			Why: "An account that may read and nothing more. Its password is used for the test and then forgotten.",
			Fields: func(*page.Answers) []page.Field {
				return []page.Field{
					{Key: keyLDAPAccount, Kind: page.Text, Label: "Account", Placeholder: s.example(keyLDAPAccount, "svc-directory@"+d.Name), Hint: "As name@domain, or as a distinguished name."},
					{Key: keyLDAPPassword, Kind: page.Secret, Label: "Password", Placeholder: s.Sample[keyLDAPPassword], Hint: "Kept in memory until the test is over. Sent over TLS alone."},
					{Key: keyLDAPBase, Kind: page.Text, Label: "Search base", Placeholder: s.example(keyLDAPBase, baseOf(d.Name)), Validate: checkBase, Hint: "Below it are the people."},
				}
			},
		},
		{
			ID: testPage(Directory), Step: "Test", Title: "Can the directory be read?", NotNeeded: notLDAP,
			Why: "One sign-in, two searches. Nothing is changed. It shows what this computer reaches; the services come from elsewhere.",
			Action: &page.Action{
				Busy: "Testing the directory", Verb: "Test connection",
				Inputs: []string{keyLDAPHost, keyLDAPPort, keyLDAPSecurity, keyLDAPMode, keyLDAPAccount, keyLDAPPassword, keyLDAPBase},
				Test:   func(a *page.Answers) *check.Suite { return ldap.Test(s.Network, ldapTarget(a)) },
			},
		},
	}
}

// example is an answer that works in the lab, or one that shows the form.
func (s *Setup) example(key, form string) string {
	if sample := s.Sample[key]; sample != "" {
		return sample
	}
	return form
}

func (s *Setup) serverFields() []page.Field {
	return []page.Field{
		{Key: keyLDAPHost, Kind: page.Text, Label: "Server", Placeholder: s.example(keyLDAPHost, "dc.contoso.com"), Validate: checkHost},
		{
			Key: keyLDAPSecurity, Kind: page.Choice, Label: "Encryption", Suggest: func(*page.Answers) string { return string(ldap.LDAPS) },
			Options: []page.Option{
				{Value: string(ldap.LDAPS), Label: "LDAPS", Note: "TLS from the start, usually on port 636"},
				{Value: string(ldap.StartTLS), Label: "LDAP with StartTLS", Note: "usually on port 389"},
				{Value: string(ldap.None), Label: "None", Barred: "everybody on the way could read the password"},
			},
		},
		{Key: keyLDAPPort, Kind: page.Text, Label: "Port", Aside: "if it is another one", Optional: true, Validate: checkPort},
		{
			Key: keyLDAPMode, Kind: page.Choice, Label: "Certificate", Suggest: func(*page.Answers) string { return string(certificate.Strict) },
			Options: []page.Option{
				{Value: string(certificate.Strict), Label: "Strict", Note: "of an authority that everybody trusts"},
				{Value: string(certificate.Relaxed), Label: "Relaxed", Note: "self-signed or of your own authority, too"},
			},
		},
	}
}

func suggestDirectory(a *page.Answers) string {
	switch infrastructure(a) {
	case routing.Microsoft365, routing.HybridMicrosoft:
		return entra
	case routing.Google, routing.HybridGoogle:
		return googleKind
	}
	return ldapKind
}

// aboutDirectory says what the chosen kind needs.
func (d *Domain) aboutDirectory(a *page.Answers) []page.Field {
	switch a.Text(keyDirectory) {
	case entra:
		if d.connector != nil {
			return []page.Field{{
				Key: "directory.connector", Kind: page.Note, Tone: page.Good, Label: "There is a connector: " + d.connector.name,
				Hint: "It is tested with the other connectors: " + d.connector.words + ".",
			}}
		}
		return []page.Field{{
			Key: "directory.connector", Kind: page.Note, Tone: page.Later, Label: "It needs a connector",
			Hint: "Make a new connector for Directory Synchronization with Microsoft 365: somebody who may grant permissions to applications has to consent.",
			Copy: "fairleadctl new",
		}}
	case googleKind:
		return []page.Field{{
			Key: "directory.google", Kind: page.Note, Label: "What it needs",
			Hint: "A project with the Admin SDK switched on, a service account with a key, and an administrator's role with the right to read " +
				"organisation units, users and groups. The services' console takes the key and the address of an administrator.",
		}}
	}
	return nil
}

func ldapTarget(a *page.Answers) ldap.Target {
	port, _ := strconv.ParseUint(a.Text(keyLDAPPort), 10, 16) // the field was checked; 0 means the usual one
	mode, _ := certificate.ParseMode(a.Text(keyLDAPMode))     // it is a choice
	return ldap.Target{
		Host: a.Text(keyLDAPHost), Port: uint16(port), Security: ldap.Security(a.Text(keyLDAPSecurity)), Mode: mode,
		Account: a.Text(keyLDAPAccount), Password: a.Secret(keyLDAPPassword), Base: a.Text(keyLDAPBase),
	}
}

func checkPort(text string) error {
	if n, err := strconv.ParseUint(text, 10, 16); err != nil || n == 0 {
		return errors.New("type a number from 1 to 65535, such as 636")
	}
	return nil
}

func checkBase(text string) error {
	if !strings.Contains(text, "=") {
		return fmt.Errorf("type a distinguished name, like DC=contoso,DC=com")
	}
	return nil
}

// baseOf is the base that Active Directory has for a domain, as an example.
func baseOf(domain string) string { return "DC=" + strings.ReplaceAll(domain, ".", ",DC=") }
