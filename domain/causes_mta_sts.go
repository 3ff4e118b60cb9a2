package domain

import (
	"errors"
	"strings"
	"time"

	"fairlead/check"
)

// proposeSTS is the record that announces a policy; its id is the time, so that
// every change has another one.
func (s *test) proposeSTS() Record {
	return newRecord(s.domain, "_mta-sts."+s.domain, "TXT", "v=STSv1; id="+s.net.Now().UTC().Format("20060102T150405"))
}

// ProposedSTS is that record, to copy.
func (s *test) ProposedSTS() string { return s.proposeSTS().Line() }

// ProposedPolicy is the file of a policy for today's hosts.
func (s *test) ProposedPolicy() string { return PolicyFile("testing", s.mtaSTS.mx) }

// PolicyFile is the file of a policy for hosts.
func PolicyFile(mode string, hosts []string) string {
	lines := []string{"version: STSv1", "mode: " + mode}
	for _, host := range hosts {
		lines = append(lines, "mx: "+host)
	}
	return strings.Join(append(lines, "max_age: 604800"), "\n")
}

// What the texts of causes fill in.
func (s *test) STSProblems() []string    { return s.mtaSTS.record.Problems }
func (s *test) PolicyProblems() []string { return s.mtaSTS.policy.Problems }
func (s *test) Uncovered() []string      { return s.mtaSTS.uncovered }

const (
	policyFile = "\n\nThe file `https://mta-sts.{{.Domain}}/.well-known/mta-sts.txt`, first with `mode: testing`, which only brings reports:\n\n```text\n{{.ProposedPolicy}}\n```"
	newID      = "\n\nAfter every change of the file, give the record a new id, or senders keep the old one:\n\n```text\n{{.ProposedSTS}}\n```"
)

var stsTwo = &cause{
	Code: "mta-sts-two-records", Title: "There are several MTA-STS records", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && s.mtaSTS.count > 1 },
	Likely: []string{"a new record was added instead of changing the one that was there"},
	Remedy: "Senders then use none (RFC 8461, section 3.1). Keep one." + newID,
}

var stsSyntax = &cause{
	Code: "mta-sts-syntax", Title: "The MTA-STS record breaks the rules", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && len(s.mtaSTS.record.Problems) > 0 },
	Likely: []string{"it was not copied whole"},
	Remedy: "Senders do not look for the policy:\n{{range .STSProblems}}\n- {{.}}{{end}}" + newID,
}

var stsHost = &cause{
	Code: "mta-sts-host-unknown", Title: "The host mta-sts.{{.Domain}} does not exist", Verdict: fails,
	When:   check.Met[*test](errPolicyHost),
	Likely: []string{"its address record was never made", "it has a private address alone"},
	Remedy: "Senders find no policy, and those that knew one hold mail back. Give the host a public web server, or take the record away.",
}

var stsCertificate = &cause{
	Code: "mta-sts-certificate", Title: "The certificate of mta-sts.{{.Domain}} does not pass", Verdict: fails,
	When:   func(_ *test, err error) bool { return isCertificate(err) },
	Likely: []string{"it is for another name: the web server shows its usual one", "it has expired, or its authority is not public"},
	Remedy: "Senders then take no policy. Give the web server a certificate of a public authority for `mta-sts.{{.Domain}}`; the evidence says what is wrong with this one.",
}

var stsRedirect = &cause{
	Code: "mta-sts-policy-redirected", Title: "The MTA-STS policy is elsewhere", Verdict: fails,
	When:   check.Met[*test](errPolicyRedirect),
	Likely: []string{"the web server leads every visitor to the main web site"},
	Remedy: "Senders do not follow (RFC 8461, section 3.3). Serve the file itself at this address." + policyFile,
}

var stsMissing = &cause{
	Code: "mta-sts-policy-missing", Title: "There is no MTA-STS policy at mta-sts.{{.Domain}}", Verdict: fails,
	When:   check.Met[*test](errPolicyStatus),
	Likely: []string{"the file is not there, or in another folder than .well-known", "the web server wants a sign-in"},
	Remedy: "The evidence has the answer of the web server." + policyFile,
}

var stsType = &cause{
	Code: "mta-sts-policy-type", Title: "The MTA-STS policy does not come as plain text", Verdict: fails,
	When:   check.Met[*test](errPolicyType),
	Likely: []string{"the web server answers every address with a page", "it does not know the ending .txt"},
	Remedy: "Serve the file with `Content-Type: text/plain`." + policyFile,
}

var stsPolicySyntax = &cause{
	Code: "mta-sts-policy-syntax", Title: "The MTA-STS policy breaks the rules", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && len(s.mtaSTS.policy.Problems) > 0 },
	Likely: []string{"a line is missing or mistyped"},
	Remedy: "Senders do not use it:\n{{range .PolicyProblems}}\n- {{.}}{{end}}" + policyFile + newID,
}

var stsUncovered = &cause{
	Code: "mta-sts-mx-not-covered", Title: "The MTA-STS policy leaves a host of the MX records out", Verdict: fails,
	When:   func(s *test, err error) bool { return err == nil && len(s.mtaSTS.uncovered) > 0 },
	Likely: []string{"the MX records were changed, and the policy was not"},
	Remedy: "Senders that know the policy deliver nothing to:{{range .Uncovered}} `{{.}}`{{end}}. Before MX records change, the policy names the old hosts and the new ones." + policyFile + newID,
}

var stsUnreachable = &cause{
	Code: "mta-sts-unreachable", Title: "mta-sts.{{.Domain}} does not answer", Verdict: fails,
	When: func(_ *test, err error) bool {
		return isTransport(err) && !isCertificate(err) && !errors.Is(err, errPolicyHost)
	},
	Likely: []string{"nothing listens on port 443 there, or a firewall drops the connection", "it speaks no TLS 1.2 or later"},
	Remedy: "Senders find no policy. Try it:" + shell("Invoke-WebRequest https://mta-sts.{{.Domain}}/.well-known/mta-sts.txt"),
}

var stsLookupFailed = lookupFailed("mta-sts-lookup-failed", "MTA-STS record", stsHost, stsCertificate, stsRedirect, stsMissing, stsType, stsUnreachable)

var stsNoRecord = &cause{
	Code: "mta-sts-without-record", Title: "There is a host for an MTA-STS policy and no record", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.mtaSTS.count == 0 && s.mtaSTS.hasHost },
	Likely: []string{"the record was forgotten", "MTA-STS was given up, and its host left"},
	Remedy: "Nobody looks for the policy without the record." + newID,
}

var stsShort = &cause{
	Code: "mta-sts-short", Title: "The MTA-STS policy holds for less than a day", Verdict: warns,
	When: func(s *test, err error) bool {
		return err == nil && s.mtaSTS.hasPolicy && len(s.mtaSTS.policy.Problems) == 0 && s.mtaSTS.policy.MaxAge < 24*time.Hour && s.mtaSTS.policy.Mode != "none"
	},
	Likely: []string{"`max_age` was short for a time of testing"},
	Remedy: "Senders forget it between two mails, and an attacker only has to wait. Write `max_age: 604800`, a week, or more." + newID,
}

var stsNone = &cause{
	Code: "mta-sts-none", Title: "The MTA-STS policy says that there is none", Verdict: warns,
	When:   func(s *test, err error) bool { return err == nil && s.mtaSTS.policy.Mode == "none" },
	Likely: []string{"MTA-STS is being given up"},
	Remedy: "That is right until senders have forgotten the last policy. Then take the record and the file away; or begin again." + policyFile + newID,
}
