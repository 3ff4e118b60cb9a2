package exchange

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"fairlead/check"
)

// signInCauses explain why a sign-in does not work.
var signInCauses = slices.Concat([]*cause{
	accountLocked, passwordExpired, notADomainAccount, legacyAuthBlocked, signInNameForm, signInRefused, signInNameFormPerhaps, schemaVersionUnknown,
	throttled, directoryUnavailable, faultInside, certificateChanged, furtherConnectionFails,
}, serverCauses, []*cause{frontEndChangesOnConnection})

// accountCodes are what EWS answers to a sign-in that IIS took and Exchange
// does not.
var accountCodes = []string{
	"ErrorAccountDisabled", "ErrorPasswordExpired", "ErrorPasswordChangeRequired", "ErrorCallerIsInvalidADAccount",
}

// refused says that a cause applies to a 401 after the password was sent.
func refused(is func(*unexpected) bool) func(*test, error) bool {
	return got(func(u *unexpected) bool { return u.signedIn && u.Status == http.StatusUnauthorized && is(u) })
}

// lookSignIn is where the reason of a refused sign-in stands. It is not on the
// wire: every reason looks the same there.
const lookSignIn = lookHTTPLog + " After 401 1 the Windows error tells the reason: 1326 wrong name or password, 1330 expired, " +
	"1331 disabled, 1907 must be changed, 1909 locked, 1385 not allowed to sign in this way. " +
	"On a domain controller, event 4625 or 4771 in the Security log."

// saysLocked reports whether the server says in so many words that the account
// is locked.
func saysLocked(u *unexpected) bool {
	return u.says("currently locked out", "account is locked", "account has been locked")
}

var accountLocked = &cause{
	Code: "account-locked", Title: "The account is locked or disabled", Verdict: fails,
	When: func(s *test, err error) bool {
		return refused(saysLocked)(s, err) || said("ErrorAccountDisabled")(s, err)
	},
	Likely: []string{
		"too many wrong passwords, often from another program or a phone that still has the old one",
		"somebody disabled the account",
	},
	Remedy: "Find out what uses a wrong password first, or it will be locked again at once. Then unlock the account:\n\n" +
		shell(`Get-ADUser {{.Quote .User}} -Properties LockedOut,Enabled,BadLogonCount,LastBadPasswordAttempt`,
			`Unlock-ADAccount {{.Quote .User}}`),
	Look: "On the domain controllers, event 4740 in the Security log names the computer from which the wrong passwords came. " + lookSignIn,
}

var passwordExpired = &cause{
	Code: "password-expired", Title: "The password has expired or must be changed", Verdict: fails,
	When: said("ErrorPasswordExpired", "ErrorPasswordChangeRequired"),
	Likely: []string{
		"the account follows the password policy of the domain and its time is over",
		"the account is set to change its password at the next sign-in",
	},
	Remedy: "EWS cannot change it. Set a new password, and keep it from expiring or set yourself a reminder:\n\n" +
		shell(`Set-ADAccountPassword {{.Quote .User}} -Reset`,
			`Set-ADUser {{.Quote .User}} -ChangePasswordAtLogon $false -PasswordNeverExpires $true`),
	Look: lookSignIn,
}

var notADomainAccount = &cause{
	Code: "not-a-domain-account", Title: "This is not an account of the domain", Verdict: fails,
	When:   said("ErrorCallerIsInvalidADAccount"),
	Likely: []string{"it is an account of one server, or of a domain that Exchange does not know"},
	Remedy: "Use an account of the domain in which Exchange is installed, or of one that it trusts:\n\n" +
		shell(`Get-User {{.Quote .SignIn}} | Format-List Name,RecipientTypeDetails,UserPrincipalName,WindowsEmailAddress`),
}

// markedByBackEnd reports whether Exchange itself, not IIS in front of it,
// refused. IIS refuses a wrong password before Exchange hears of it.
func markedByBackEnd(u *unexpected) bool {
	return u.Header.Get("X-BackEndHttpStatus") == "401" || u.Header.Get("X-BEServer") != ""
}

var legacyAuthBlocked = &cause{
	Code: "legacy-auth-blocked", Title: "Exchange refuses the sign-in by a policy", Verdict: fails,
	When: refused(func(u *unexpected) bool { return markedByBackEnd(u) && !saysLocked(u) }),
	Likely: []string{
		"an authentication policy blocks Basic for EWS, for this account or for all (Exchange 2019 and later)",
		"the name or the password is wrong all the same",
	},
	Remedy: "The answer comes from the mailbox server, not from IIS in front of it, so the name and password were probably right. " +
		"See which policy applies:\n\n" +
		shell(`Get-User {{.Quote .SignIn}} | Format-List AuthenticationPolicy`,
			`Get-OrganizationConfig | Format-List DefaultAuthenticationPolicy`,
			`Get-AuthenticationPolicy | Format-List Name,BlockLegacyAuthWebServices`) +
		"\n\nGive the account a policy that allows it:\n\n" +
		shell(`New-AuthenticationPolicy 'Allow EWS' -BlockLegacyAuthWebServices:$false`,
			`Set-User {{.Quote .SignIn}} -AuthenticationPolicy 'Allow EWS'`),
	Look: lookEWSLog,
}

// bare says that a cause applies to a 401 that does not tell its reason.
var bare = refused(func(u *unexpected) bool { return !saysLocked(u) && !markedByBackEnd(u) })

var signInRefused = &cause{
	Code: "sign-in-refused", Title: "The sign-in is not accepted", Verdict: fails,
	When: bare,
	Likely: []string{
		"the password is wrong: look out for another keyboard layout, Caps Lock and a space at the end",
		"the domain or the name in {{.SignIn}} is wrong",
		"the account is locked, disabled or expired, or its password is",
		"the account may not sign in to this server over the network",
	},
	Remedy: "All of these look the same from here. One failed sign-in was spent; the test does not try another. " +
		"Sign in to Outlook on the web with the same name and password, and look at the account:\n\n" +
		shell(`Get-ADUser {{.Quote .User}} -Properties LockedOut,PasswordExpired,LogonWorkstations |`,
			`  Format-List UserPrincipalName,SamAccountName,Enabled,LockedOut,PasswordExpired,LogonWorkstations`),
	Look: lookSignIn,
}

// signInNameForm is for a name whose domain is not the server's. Where the
// server does not tell its domain, signInNameFormPerhaps stands behind the wrong
// password, from which nothing sets it apart.
var signInNameForm = &cause{
	Code: "sign-in-name-form", Title: "The name may not be the account's sign-in name", Verdict: fails,
	When: func(s *test, err error) bool { return s.directory != nil && s.otherDomain() && bare(s, err) },
	Likely: []string{
		"{{.SignIn}} is the account's mail address, while it signs in as {{.DomainUser}} or with {{.User}}@{{.Domain}}: " +
			"the server is in the domain {{.Domain}}",
		"the name is right, and the password is wrong: that looks the same from here",
	},
	Remedy: nameFormRemedy,
	Look:   lookSignIn,
}

var signInNameFormPerhaps = &cause{
	Code: "sign-in-name-form", Title: "The server may want another form of the name", Verdict: fails,
	When: func(s *test, err error) bool {
		return s.directory == nil && strings.Contains(s.target.SignIn, "@") && bare(s, err)
	},
	Likely: []string{
		"{{.SignIn}} is the account's mail address and not its user principal name; these often differ",
	},
	Remedy: nameFormRemedy,
	Look:   lookSignIn,
}

var nameFormRemedy = "See which names the account has, and use its user principal name or `{{.DomainUser}}`:\n\n" +
	shell(`Get-ADUser -Filter {mail -eq {{.Quote .SignIn}} -or UserPrincipalName -eq {{.Quote .SignIn}}} |`,
		`  Format-List UserPrincipalName,SamAccountName,Enabled`)

// otherDomain reports whether the sign-in name ends in another domain than the
// one that the server is in.
func (s *test) otherDomain() bool {
	_, domain, at := cutLast(s.target.SignIn, "@")
	return at && s.Domain() != "" && !strings.EqualFold(domain, s.Domain())
}

// Domain is the domain of Active Directory that the server is in, or empty.
func (s *test) Domain() string {
	if s.directory == nil {
		return ""
	}
	return serverName(s.directory.DNSDomain)
}

// DomainUser is the sign-in name in its old form, as far as it is known.
func (s *test) DomainUser() string {
	domain := "DOMAIN"
	if s.directory != nil && serverName(s.directory.Domain) != "" {
		domain = s.directory.Domain
	}
	return domain + `\` + s.User()
}

var accessPolicyDenied = &cause{
	Code: "access-policy-denied", Title: "The sign-in was accepted, but the account may not use EWS", Verdict: fails,
	When: func(s *test, err error) bool {
		u, ok := asUnexpected(err)
		return ok && u.signedIn && u.Status == http.StatusForbidden && s.reply == nil &&
			!httpsRequired.When(s, err) && !clientCertificateRequired.When(s, err) && !s.online() || said("ErrorAccessDenied")(s, err)
	},
	Likely: []string{
		"EWS is switched off for the account or for the organisation",
		"a list of allowed programs (EwsApplicationAccessPolicy) does not name the services",
		"the account lacks a right on the mailbox",
	},
	Remedy: "See what is switched off:\n\n" +
		shell(`Get-OrganizationConfig | Format-List Ews*`, `Get-CASMailbox {{.Quote .SignIn}} | Format-List Ews*`) +
		"\n\nSwitch it on for the account:\n\n" + shell(`Set-CASMailbox {{.Quote .SignIn}} -EwsEnabled $true`) +
		"\n\nWhere there is a list of allowed programs, add `Fairlead*` for this test and what the services' maker names.",
	Look: lookHTTPLog,
}

var certificateChanged = &cause{
	Code: "certificate-untrusted", Title: "The second connection showed another certificate", Verdict: fails,
	When:   check.Met[*test](errOtherServer),
	Likely: []string{"the load balancer leads to servers with different certificates, one of which is not in order"},
	Remedy: "The password was not sent. Give every server behind {{.Host}} the same certificate:\n\n" +
		shell(`Get-ExchangeServer | ForEach-Object { Get-ExchangeCertificate -Server $_.Name } |`,
			`  Where-Object Services -match IIS | Format-Table Identity,Subject,NotAfter`),
}

var furtherConnectionFails = &cause{
	Code: "further-connection-fails", Title: "A further connection to {{.Host}} does not come about", Verdict: fails,
	When: func(_ *test, err error) bool {
		_, ok := errors.AsType[*furtherError](err)
		return ok
	},
	Likely: []string{
		"the load balancer led it to a server that is down",
		"a firewall, or what stands in front of Exchange, takes only so many connections from one address",
		"the server went down meanwhile",
	},
	Remedy: "The first connection worked, and the password was not sent over this one. The services make many connections and " +
		"would meet the same. Try it several times, and look at the members and the limits of what stands in front of Exchange:\n\n" +
		shell(`1..10 | ForEach-Object { Test-NetConnection {{.Host}} -Port {{.Port}} }`),
	Look: "In the logs of the firewall and of the load balancer, the lines with this computer's address.",
}

var localUPN = &cause{
	Code: "local-upn", Title: "The sign-in name ends in a domain that exists inside the company only", Verdict: warns,
	When: func(s *test, _ error) bool { return LocalName(s.target.SignIn) },
	Likely: []string{
		"the domain of Active Directory was once given a name such as contoso.local, and the account has no other",
	},
	Remedy: "The services' maker recommends not to use such a name. Add a mail domain to those that accounts may end in, " +
		"and give the account a name in it, which you then use here:\n\n" +
		shell(`Get-ADForest | Set-ADForest -UPNSuffixes @{Add='contoso.com'}`,
			`Set-ADUser {{.Quote .User}} -UserPrincipalName {{.Quote (printf "%s@contoso.com" .User)}}`),
}
