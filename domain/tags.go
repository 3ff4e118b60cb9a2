package domain

import (
	"fmt"
	"strings"
)

// tag is one "name=value" of a record.
type tag struct{ name, value string }

// parseTags reads a list of tags with semicolons between them, as DKIM (RFC 6376,
// section 3.2), DMARC, MTA-STS and TLS-RPT have it. Names are compared as they
// stand. A problem is a sentence; the tags before and behind it are read all the
// same.
func parseTags(text string) (tags []tag, problems []string) {
	seen := map[string]bool{}
	parts := strings.Split(text, ";")
	for i, part := range parts {
		part = strings.TrimSpace(part)
		if part == "" {
			if i < len(parts)-1 {
				problems = append(problems, "two semicolons follow each other")
			}
			continue
		}
		name, value, found := strings.Cut(part, "=")
		t := tag{strings.TrimSpace(name), strings.TrimSpace(value)}
		switch {
		case !found:
			problems = append(problems, fmt.Sprintf("`%s` has no equals sign", part))
			continue
		case seen[t.name]:
			problems = append(problems, fmt.Sprintf("`%s` stands there twice", t.name))
			continue
		}
		seen[t.name] = true
		tags = append(tags, t)
	}
	return tags, problems
}

// value returns a tag's value.
func value(tags []tag, name string) (string, bool) {
	for _, t := range tags {
		if strings.EqualFold(t.name, name) {
			return t.value, true
		}
	}
	return "", false
}

// reportAddress is where reports go: an address of a mailbox.
type reportAddress struct {
	text    string
	mailbox string // empty where it is no mailto
	sized   bool   // with a limit of size, which is gone
}

// domainOf is the part behind the @.
func (a reportAddress) domain() string {
	_, domain, _ := strings.Cut(a.mailbox, "@")
	return strings.ToLower(strings.TrimSuffix(domain, "."))
}

// parseAddresses reads a list of addresses with commas between them.
func parseAddresses(text string) (all []reportAddress) {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(part)
		a := reportAddress{text: part}
		if scheme, rest, found := strings.Cut(part, ":"); found && strings.EqualFold(scheme, "mailto") {
			mailbox, _, sized := strings.Cut(rest, "!")
			if local, domain, at := strings.Cut(mailbox, "@"); at && local != "" && strings.Contains(domain, ".") && !strings.ContainsAny(domain, " @?<>") {
				a.mailbox, a.sized = mailbox, sized
			}
		}
		all = append(all, a)
	}
	return all
}
