package domain

import (
	"fmt"
	"slices"
	"strings"
)

// The texts of causes name the selectors that they are about.
func (s *test) DKIMMissing() string {
	return list(s.which(func(k dkimKey) bool { return k.err == nil && !k.found() && !k.dangling() }))
}
func (s *test) DKIMDangling() string { return list(s.which(dkimKey.dangling)) }
func (s *test) DKIMBad() string {
	return list(s.which(func(k dkimKey) bool { return k.found() && (len(k.key.Problems) > 0 || k.key.Unreadable != "") }))
}

// DKIMProblems are what is wrong with the records, one line each.
func (s *test) DKIMProblems() (lines []string) {
	for _, k := range s.dkim.keys {
		for _, problem := range k.key.Problems {
			lines = append(lines, k.selector+": "+problem)
		}
		if k.key.Unreadable != "" {
			lines = append(lines, k.selector+": the key cannot be read, "+k.key.Unreadable)
		}
	}
	return lines
}

// DKIMLengths are the lengths of the RSA keys.
func (s *test) DKIMLengths() string {
	var words []string
	for _, k := range s.dkim.keys {
		if k.key.Type == "rsa" && k.key.Bits > 0 {
			words = append(words, fmt.Sprintf("%s has %d bits", k.selector, k.key.Bits))
		}
	}
	return list(words)
}

// UsualSelectors are those that were tried.
func (s *test) UsualSelectors() string { return strings.Join(UsualSelectors(), ", ") }

const newKey = "\n\nMake a key of 2048 bits where mail is signed, which is the services' console for mail that goes out through them, publish the record that it shows, and wait until it is seen before signing begins. " +
	"The record's name is the selector, then `._domainkey`:" + "\n\n```text\nSELECTOR._domainkey.{{.Domain}}. 300 IN TXT \"v=DKIM1; k=rsa; p=…\"\n```\n\n" +
	"A key of 2048 bits needs two strings in one record; most providers divide it themselves."

var dkimAliasBroken = &cause{
	Code: "dkim-alias-broken", Title: "The alias of a DKIM key leads nowhere: {{.DKIMDangling}}", Verdict: fails,
	When:   func(s *test, _ error) bool { return s.DKIMDangling() != "" },
	Likely: []string{"signing was not switched on yet at whoever looks after the key, such as Microsoft 365", "the target is mistyped, or the tenant has another name", "two aliases lead to each other"},
	Remedy: "Compare the alias with what the sender's console shows, and switch signing on there. For Microsoft 365:" +
		shell("Get-DkimSigningConfig -Identity {{.Domain}} | Format-List Enabled,Selector1CNAME,Selector2CNAME"),
}

var dkimLookupFailed = lookupFailed("dkim-lookup-failed", "DKIM keys", dkimAliasBroken)

var dkimMissing = &cause{
	Code: "dkim-missing", Title: "There is no DKIM key under {{.DKIMMissing}}", Verdict: fails,
	When:   func(s *test, err error) bool { return s.dkim.wanted && s.DKIMMissing() != "" },
	Likely: []string{"the record was not published yet", "the name is wrong: the selector comes first, then `._domainkey`", "the key was replaced, and its record taken away"},
	Remedy: "Mail that is signed with it counts as not signed, and as forged where DMARC leans on it." + newKey,
}

var dkimNotUsual = &cause{
	Code: "dkim-missing", Title: "No DKIM key was found under the usual names", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && !s.dkim.wanted && len(s.dkim.keys) == 0 },
	Likely: []string{"mail from the domain is not signed", "its keys have other names: they cannot be listed from outside"},
	Remedy: "Tried were {{.UsualSelectors}}. The selector stands in the header of a mail from the domain, in the line DKIM-Signature, behind `s=`: name it with --selector, or give the whole mail with --message." + newKey,
}

var dkimTwo = &cause{
	Code: "dkim-two-records", Title: "Several DKIM keys stand under one selector", Verdict: fails,
	When: func(s *test, _ error) bool {
		return slices.ContainsFunc(s.dkim.keys, func(k dkimKey) bool { return k.found() && len(k.answer.Records) > 1 })
	},
	Likely: []string{"a new key was added beside the old one instead of under a new selector"},
	Remedy: "Which one a receiver takes is chance (RFC 6376, section 3.6.2.2). Keep the one that is signed with, and give the other a selector of its own.",
}

var dkimSyntax = &cause{
	Code: "dkim-syntax", Title: "A DKIM record breaks the rules: {{.DKIMBad}}", Verdict: fails,
	When: dkimWhen(func(k DKIMKey) bool {
		return len(k.Problems) > 0 && k.Unreadable == "" && !strings.Contains(k.Type, `\`)
	}),
	Likely: []string{"it was not copied whole", "a semicolon is missing, or was written with a backslash"},
	Remedy: "Receivers take the mail as not signed:\n{{range .DKIMProblems}}\n- {{.}}{{end}}" + newKey,
}

var dkimKeyType = &cause{
	Code: "dkim-key-type", Title: "A DKIM key is of a kind that nobody knows", Verdict: fails,
	When:   dkimWhen(func(k DKIMKey) bool { return k.Type != "rsa" && k.Type != "ed25519" && !strings.Contains(k.Type, `\`) }),
	Likely: []string{"`k=` is mistyped"},
	Remedy: "There are `rsa` and `ed25519` (RFC 8463)." + newKey,
}

var dkimUnreadable = &cause{
	Code: "dkim-key-unreadable", Title: "A DKIM key cannot be read: {{.DKIMBad}}", Verdict: fails,
	When: dkimWhen(func(k DKIMKey) bool { return k.Unreadable != "" || strings.Contains(k.Type, `\`) }),
	Likely: []string{
		"the provider's field cut it off after 255 characters: it needs two strings in one record",
		"it was copied with line breaks, quotation marks or backslashes",
	},
	Remedy: "Receivers take the mail as not signed:\n{{range .DKIMProblems}}\n- {{.}}{{end}}" + newKey,
}

var dkimRevoked = &cause{
	Code: "dkim-revoked", Title: "A DKIM key was withdrawn", Verdict: warns,
	When:   dkimWhen(func(k DKIMKey) bool { return k.Revoked }),
	Likely: []string{"the key was replaced, and its record kept with an empty `p=` to say so"},
	Remedy: "That is right if nothing signs with it any more. If something does, its mail counts as forged: switch it to the new selector.",
}

var dkimShort = &cause{
	Code: "dkim-key-short", Title: "A DKIM key is too short: {{.DKIMLengths}}", Verdict: fails,
	When:   dkimWhen(func(k DKIMKey) bool { return k.Type == "rsa" && k.Bits > 0 && k.Bits < 1024 }),
	Likely: []string{"the key is very old"},
	Remedy: "It can be broken in hours, and receivers do not accept it (RFC 8301, section 3.2)." + newKey,
}

var dkimSHA1 = &cause{
	Code: "dkim-sha1-only", Title: "A DKIM key is for SHA-1 alone", Verdict: fails,
	When:   dkimWhen(func(k DKIMKey) bool { return len(k.Hashes) > 0 && !slices.Contains(k.Hashes, "sha256") }),
	Likely: []string{"the record is very old"},
	Remedy: "Receivers do not accept SHA-1 any more (RFC 8301, section 3.1). Take `h=` out of the record, or write `h=sha256`.",
}

var dkimNotForMail = &cause{
	Code: "dkim-not-for-mail", Title: "A DKIM key is not for mail", Verdict: fails,
	When: dkimWhen(func(k DKIMKey) bool {
		return len(k.Services) > 0 && !slices.Contains(k.Services, "*") && !slices.Contains(k.Services, "email")
	}),
	Likely: []string{"`s=` names something else"},
	Remedy: "Take `s=` out of the record, or write `s=email`.",
}

var dkimWeak = &cause{
	Code: "dkim-key-weak", Title: "A DKIM key could be longer: {{.DKIMLengths}}", Verdict: warns,
	When:   dkimWhen(func(k DKIMKey) bool { return k.Type == "rsa" && k.Bits >= 1024 && k.Bits < 2048 }),
	Likely: []string{"the provider's field takes no longer one, or took none when the key was made"},
	Remedy: "Receivers accept it; RFC 8301 asks for 2048 bits." + newKey,
}

var dkimTesting = &cause{
	Code: "dkim-testing", Title: "A DKIM key is said to be for tests", Verdict: warns,
	When:   dkimWhen(func(k DKIMKey) bool { return k.Testing }),
	Likely: []string{"`t=y` was for the beginning, and stayed"},
	Remedy: "Receivers may treat the mail as if it were not signed. Take `t=y` out of the record once mail is signed rightly.",
}
