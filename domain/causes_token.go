package domain

import (
	"strings"
)

var tenantMail = &cause{
	Code: "tenant-mail-domain", Title: "{{.Domain}} is not the tenant's own domain", Verdict: fails,
	When:   func(s *test, _ error) bool { return s.token.tenantMail },
	Likely: []string{"the routing domain of a hybrid was taken for the tenant's domain: their names differ by .mail"},
	Remedy: "Take `{{.TenantDomain}}` instead. It stands in the Microsoft 365 admin centre under Settings, Domains, where its TXT record is published too. " +
		"Only the services' own support can add a domain that ends in " + tenantMailSuffix + ".",
}

// TenantDomain is the tenant's own domain.
func (s *test) TenantDomain() string {
	return strings.TrimSuffix(s.domain, tenantMailSuffix) + ".onmicrosoft.com"
}

// TokenForms are the records that prove the ownership, to copy.
func (s *test) TokenForms() string {
	txt, alias := TokenRecords(s.domain, s.options.Token, s.options.Regions.Validation.Host)
	return txt.Line() + "\n" + alias.Line()
}

// TokenHost is what goes into a provider's field for the name, and Token the code.
func (s *test) TokenHost() string { return "@" }

// Token is the code that proves the ownership.
func (s *test) Token() string { return s.options.Token }

// TokenAgain is when to try again.
func (s *test) TokenAgain() string { return clock(s.token.again) }

const publishToken = "Publish one of these, either will do. Most providers want `@` as the name of the TXT record, and the code without quotation marks as its value.\n\n```text\n{{.TokenForms}}\n```\n\n" +
	"Resolvers may remember until {{.TokenAgain}} that it is not there: try again then."

// absent says that nobody has the token and that it is known.
func absent(s *test, err error) bool {
	return err == nil && !s.token.tenantMail && s.options.Token != "" && !s.token.found && s.TokenDaysLeft() != 0
}

var tokenExpired = &cause{
	Code: "token-expired", Title: "The token has run out", Verdict: fails,
	When:   func(s *test, _ error) bool { return s.options.Token != "" && s.TokenDaysLeft() == 0 },
	Likely: []string{"more than {{.TokenDays}} days have passed since the services gave it out"},
	Remedy: "Ask for a new one in the services' console, publish that instead, and take the old record away.",
}

// TokenDays is for how many days a token may be used.
func (s *test) TokenDays() int { return s.options.Regions.Validation.Days }

var tokenMisplaced = &cause{
	Code: "token-misplaced", Title: "The token is at {{.TokenMisplaced}}", Verdict: fails,
	When:   func(s *test, err error) bool { return absent(s, err) && s.token.misplaced != "" },
	Likely: []string{"the whole name was typed where the provider adds the domain by itself"},
	Remedy: "Type `@` as the name, or leave that field empty, and take the wrong record away. " + publishToken,
}

// TokenMisplaced is where it is instead.
func (s *test) TokenMisplaced() string { return s.token.misplaced }

var tokenQuoted = &cause{
	Code: "token-quoted", Title: "The token has quotation marks in it", Verdict: fails,
	When: func(s *test, err error) bool {
		return absent(s, err) && strings.Trim(s.token.near, `"' `) == s.options.Token
	},
	Likely: []string{"quotation marks or spaces were typed where the provider adds quotation marks by itself"},
	Remedy: "Type the code alone. " + publishToken,
}

var tokenDiffers = &cause{
	Code: "token-differs", Title: "Another code stands there: {{.TokenNear}}", Verdict: fails,
	When: func(s *test, err error) bool {
		return absent(s, err) && s.token.near != "" && !tokenQuoted.When(s, err)
	},
	Likely: []string{"the code was typed instead of copied", "it is an earlier code of this domain", "the provider changed capitals"},
	Remedy: "Copy the code from the services' console as it stands. " + publishToken,
}

// TokenNear is what stands there instead.
func (s *test) TokenNear() string { return s.token.near }

var tokenAliasWrong = &cause{
	Code: "token-alias-wrong", Title: "The token's alias leads to {{.TokenAlias}}", Verdict: fails,
	When:   func(s *test, err error) bool { return absent(s, err) && s.token.aliasTo != "" },
	Likely: []string{"the target was mistyped", "the provider added the domain to the target, because the last dot is missing"},
	Remedy: "Let it lead to `{{.ValidationHost}}`. " + publishToken,
}

// TokenAlias is where the token's alias leads.
func (s *test) TokenAlias() string { return s.token.aliasTo }

// ValidationHost is where it should lead.
func (s *test) ValidationHost() string { return s.options.Regions.Validation.Host }

var tokenMissing = &cause{
	Code: "token-missing", Title: "The token is not published for {{.Domain}}", Verdict: fails,
	When: func(s *test, err error) bool {
		return absent(s, err) && s.token.near == "" && s.token.misplaced == "" && s.token.aliasTo == ""
	},
	Likely: []string{"the record was not made yet, or in the zone of another domain", "it was made minutes ago, and the name servers do not have it yet"},
	Remedy: publishToken,
}

var tokenLookupFailed = lookupFailed("token-lookup-failed", "TXT records", tenantMail, tokenExpired)

var tokenNotEverywhere = &cause{
	Code: "token-not-everywhere", Title: "Not every name server has the token yet", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.token.found && len(s.token.missing) > 0 },
	Likely: []string{"the record is new, and some keep an older answer", "a name server of the domain has not taken the change over"},
	Remedy: "Without it:{{range .TokenAt}} `{{.}}`{{end}}. Try again at {{.TokenAgain}}. The services may ask any of them.",
}

// TokenAt are the servers that do not have it.
func (s *test) TokenAt() []string { return s.token.missing }

var tokenExpiresSoon = &cause{
	Code: "token-expires-soon", Title: "The token ends in {{.TokenDaysLeft}} days", Verdict: warns,
	When: func(s *test, _ error) bool {
		left := s.TokenDaysLeft()
		return s.options.Token != "" && left > 0 && left <= 5
	},
	Likely: []string{"the token was given out weeks ago and not used yet"},
	Remedy: "Let the services check it now, in their console. After {{.TokenDays}} days it is of no use, and a new one has to be published.",
}
