package exchange

import (
	"context"
	"slices"
	"strings"

	"fairlead/check"
)

// versionCheck names the product that answered.
var versionCheck = check.Check[*test]{
	ID: "version", Title: "Server version", Needs: []string{"sign-in", "addresses"},
	Causes: []*check.Cause[*test]{schemaVersionUnknown, outOfSupport, updatesMissing, buildsDiffer},
	Ask: func(_ context.Context, s *test) (check.Finding, error) {
		s.build = s.reply.Server.Build
		if s.build == "" {
			s.build = s.frontBuild() // a fault does not say
		}
		product, _ := Product(s.build)
		found := check.Finding{Summary: withSupport(product, s.support(s.build)), Evidence: strings.Join(s.builds(), "\n")}
		switch {
		case s.reply.Is("ErrorInvalidServerVersion"):
			return found, s.reply.Err()
		case product == "":
			return found, check.Skipped("the server does not say")
		}
		return found, nil
	},
}

// builds lists the builds of all servers that gave one, each once, with who gave
// it.
func (s *test) builds() (lines []string) {
	var seen []string
	add := func(build, who string) {
		if build != "" && !slices.Contains(seen, build) {
			seen = append(seen, build)
			lines = append(lines, build+" on "+who)
		}
	}
	if s.reply != nil {
		add(s.reply.Server.Build, "the mailbox server")
	}
	add(s.frontBuild(), s.Server())
	for _, g := range s.greetings {
		add(g.build, g.address.String())
	}
	return lines
}

// support says whether Microsoft still mends what answered, or nothing.
func (s *test) support(build string) string {
	v, ok := parseVersion(build)
	if !ok {
		return ""
	}
	return v.family().support(s.net.Now())
}

func withSupport(product, support string) string {
	if product == "" || support == "" {
		return product
	}
	return product + ", " + support
}
