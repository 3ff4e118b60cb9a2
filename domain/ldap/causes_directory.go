package ldap

import (
	"github.com/go-ldap/ldap/v3"

	"fairlead/check"
)

// signInCauses explain a sign-in that was refused: first by Active Directory's
// number, then by LDAP's.
func signInCauses() []*cause {
	known := append(subcodeCauses(), confidentiality, strongAuth, unwillingBind, refusedBind, busy, noAnswer)
	return append(known, &cause{
		Code: "ldap-sign-in-failed", Title: "The sign-in failed", Verdict: fails,
		When:   check.Otherwise(known...),
		Likely: []string{"the server said: {{.Said}}"},
		Remedy: "Look in the server's log for the sign-in of {{.Account}}. On a domain controller that is the Security log, event 4625.",
	})
}

var refusedBind = &cause{
	Code: "ldap-bind-refused", Title: "The directory refuses {{.Account}}", Verdict: fails,
	When: func(s *test, err error) bool {
		if s.code != ldap.LDAPResultInvalidCredentials && s.code != ldap.LDAPResultInvalidDNSyntax && s.code != ldap.LDAPResultNoSuchObject {
			return false
		}
		for _, line := range subcodes() {
			if s.sub == line[0] {
				return false
			}
		}
		return err != nil
	},
	Likely: []string{"the password is wrong", "the account does not exist under this name", "the server said: {{.Said}}"},
	Remedy: "Type both again. Directories other than Active Directory want the account's distinguished name, such as `cn=reader,dc=contoso,dc=com`.",
}

var confidentiality = &cause{
	Code: "ldap-confidentiality-required", Title: "The encryption is too weak for the directory", Verdict: fails,
	When:   answered(ldap.LDAPResultConfidentialityRequired),
	Likely: []string{"the directory asks for a longer key than was agreed on, or for LDAPS instead of StartTLS"},
	Remedy: "Choose LDAPS. If it is chosen already, the server's own rules (`olcSecurity`, `TLSCipherSuite`) say what it wants.",
}

var strongAuth = &cause{
	Code: "ldap-strong-auth", Title: "The directory wants a stronger sign-in than a password", Verdict: fails,
	When:   answered(ldap.LDAPResultStrongAuthRequired, ldap.LDAPResultAuthMethodNotSupported, ldap.LDAPResultInappropriateAuthentication),
	Likely: []string{"a policy asks for Kerberos or a client certificate", "the directory sees no TLS: a load balancer ends it before the server"},
	Remedy: "The services sign in with a password over TLS (a simple bind). Permit it for this account, and let TLS end on the directory server itself.",
}

var unwillingBind = &cause{
	Code: "ldap-unwilling", Title: "The directory does not take this sign-in", Verdict: fails,
	When:   answered(ldap.LDAPResultUnwillingToPerform),
	Likely: []string{"a policy of the directory refuses it; the server said: {{.Said}}"},
	Remedy: "Look in the server's log for the reason.",
}

var busy = &cause{
	Code: "ldap-busy", Title: "The directory is busy", Verdict: fails,
	When:   answered(ldap.LDAPResultBusy, ldap.LDAPResultUnavailable, ldap.LDAPResultTimeLimitExceeded),
	Likely: []string{"it has too much to do, or is starting or stopping"},
	Remedy: "Run the test again in some minutes.",
}

// searchCauses explain a search that failed.
func searchCauses() []*cause {
	known := []*cause{referred, baseMissing, baseForm, noRight, hidden, notSignedIn, busy, noAnswer}
	return append(known, &cause{
		Code: "ldap-search-failed", Title: "The search failed", Verdict: fails,
		When:   check.Otherwise(known...),
		Likely: []string{"the server said: {{.Said}}"},
		Remedy: "Look in the server's log for the reason.",
	})
}

var referred = &cause{
	Code: "ldap-referral", Title: "{{.Base}} is on another server", Verdict: fails,
	When:   answered(ldap.LDAPResultReferral),
	Likely: []string{"the base belongs to another domain, which other domain controllers hold: {{.Elsewhere}}"},
	Remedy: "The services do not follow to another server with this password, and neither does this test. " +
		"Name a domain controller of that domain, or a global catalogue (port 3269), which knows all domains of the forest.",
}

var baseMissing = &cause{
	Code: "ldap-base-missing", Title: "There is no {{.Base}}", Verdict: fails,
	When:   answered(ldap.LDAPResultNoSuchObject),
	Likely: []string{"the base is mistyped", "the organisational unit was moved or renamed", "the account may not see it"},
	Remedy: "{{if .SuggestedBase}}The directory itself names {{.SuggestedBase}} as its base. {{end}}" +
		"This lists what there is:" + shell(`Get-ADOrganizationalUnit -Filter * | Format-Table DistinguishedName`),
}

var baseForm = &cause{
	Code: "ldap-base-form", Title: "“{{.Base}}” is not a distinguished name", Verdict: fails,
	When:   answered(ldap.LDAPResultInvalidDNSyntax),
	Likely: []string{"a domain was typed in place of a distinguished name"},
	Remedy: "Type it like `DC=contoso,DC=com`{{if .SuggestedBase}}; the directory itself names {{.SuggestedBase}}{{end}}.",
}

var noRight = &cause{
	Code: "ldap-no-right", Title: "{{.Account}} may not read {{.Base}}", Verdict: fails,
	When:   answered(ldap.LDAPResultInsufficientAccessRights),
	Likely: []string{"the right to read was taken from authenticated users, and the account has none of its own"},
	Remedy: "Give the account the right to read below the base:" + shell(`dsacls "{{.Base}}" /I:T /G "DOMAIN\svc-name:GR"`),
}

var hidden = &cause{
	Code: "ldap-hidden", Title: "{{.Account}} does not see {{.Base}}", Verdict: fails,
	When:   check.Met[*test](errHidden),
	Likely: []string{"the account has no right to list or to read there: the directory answers as if nothing were there"},
	Remedy: noRight.Remedy,
}

var notSignedIn = &cause{
	Code: "ldap-not-signed-in", Title: "The directory answers only those who are signed in", Verdict: fails,
	When:   answered(ldap.LDAPResultOperationsError),
	Likely: []string{"a load balancer brought the search to another server than the sign-in"},
	Remedy: "Let all of one connection go to one server.",
}

var sizeLimited = &cause{
	Code: "ldap-size-limit", Title: "The directory gives {{.People}} entries at a time and no more", Verdict: warns,
	When:   func(s *test, err error) bool { return s.more && s.people < enough },
	Likely: []string{"the directory limits how many entries a search may bring"},
	Remedy: "A directory that is read in part makes a list of users with gaps. Active Directory has pages for this (MaxPageSize, usually 1000); " +
		"in others raise the limit for this account (`olcLimits` in OpenLDAP).",
}

var nobody = &cause{
	Code: "ldap-empty", Title: "Nobody below {{.Base}} has a mail address", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && s.people == 0 && !s.more },
	Likely: []string{"the base is too narrow", "the addresses are in another attribute than “mail”", "the account may not read the attribute"},
	Remedy: "Choose the base higher up. This shows who has an address:" + shell(`Get-ADUser -SearchBase "{{.Base}}" -LDAPFilter "(mail=*)" | Measure-Object`),
}

var references = &cause{
	Code: "ldap-references", Title: "Parts of the directory below {{.Base}} are on other servers", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && len(s.refs) > 0 },
	Likely: []string{"there are more domains below this one, or partitions of the DNS: {{.Elsewhere}}"},
	Remedy: "What is there was not looked at. Where people are there, connect a global catalogue (port 3269), or each domain by itself. Partitions of the DNS hold no people.",
}
