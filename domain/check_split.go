package domain

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"fairlead/check"
	"fairlead/dns"
)

// split is how this computer's name servers see the domain, and the world.
type split struct {
	differ  []string // what kinds of records differ
	blocked []string // public resolvers that cannot be asked
	all     int
}

// splitCheck compares what this computer's name servers say with what the world's
// say.
var splitCheck = check.Check[*test]{
	ID: CheckSplit, Title: "Same answers inside and outside",
	Causes: []*cause{splitHorizon, publicBlocked},
	Ask: func(ctx context.Context, s *test) (check.Finding, error) {
		kinds := []dns.Type{dns.MX, dns.TXT}
		views := make([]dns.Views, len(kinds))
		var all sync.WaitGroup
		for i, kind := range kinds {
			all.Go(func() { views[i] = s.dns.Views(ctx, s.domain, kind) })
		}
		all.Wait()
		var found check.Finding
		var lines []string
		for i, v := range views {
			if v.Split() {
				s.split.differ = append(s.split.differ, kinds[i].String())
				lines = append(lines, evidence(v.System.Answer))
				for _, said := range v.Public {
					if said.Err == nil {
						lines = append(lines, evidence(said.Answer))
						break
					}
				}
			}
		}
		s.split.all = len(views[0].Public)
		for _, said := range views[0].Public {
			if errors.Is(said.Err, dns.ErrUnreachable) {
				s.split.blocked = append(s.split.blocked, said.Server.String())
			}
		}
		if len(s.split.blocked) == s.split.all && errors.Is(views[0].System.Err, dns.ErrUnreachable) {
			return found, views[0].System.Err
		}
		found.Evidence = strings.Join(lines, "\n")
		if errors.Is(views[0].System.Err, dns.ErrNoServer) {
			return found, check.Skipped("the name servers of this computer are not known")
		}
		found.Summary = fmt.Sprintf("this computer and %s agree", plural(s.split.all-len(s.split.blocked), "public resolver"))
		if len(s.split.blocked) == s.split.all {
			found.Summary = "only this computer's own name servers answer"
		}
		return found, nil
	},
}

// Differ are the kinds of records that differ, and Blocked the resolvers that
// cannot be asked.
func (s *test) Differ() string { return list(s.split.differ) }

// Blocked are the resolvers that cannot be asked.
func (s *test) Blocked() []string { return s.split.blocked }

var splitHorizon = &cause{
	Code: "split-horizon", Title: "This computer sees other {{.Differ}} records than the world", Verdict: warns,
	When: func(s *test, _ error) bool { return len(s.split.differ) > 0 },
	Likely: []string{
		"the company's own DNS has a zone of the same name for inside use (split horizon)",
		"the records were changed, and a resolver still keeps the old ones",
	},
	Remedy: "All that this diagnosis says is about what the world sees. Look-ups by other programs on this computer show something else; ask a public resolver instead:" +
		resolve("{{.Domain}}", "MX") + "\n\nServers inside that send or check mail should see the same SPF, DKIM and DMARC records as the world: copy those into the zone inside.",
}

var publicBlocked = &cause{
	Code: "public-resolvers-blocked", Title: "Public resolvers cannot be asked from here", Verdict: warns,
	When:   func(s *test, _ error) bool { return s.split.all > 0 && len(s.split.blocked) == s.split.all },
	Likely: []string{"a firewall lets nobody but the company's own servers ask the DNS"},
	Remedy: "What follows is what this computer's own name servers say. Where they have a zone of their own for {{.Domain}}, the world sees something else. " +
		"Run this from a computer that may ask others:{{range .Blocked}} `{{.}}`{{end}}.",
}
