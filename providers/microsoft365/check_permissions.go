package microsoft365

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fairlead/assets"
	"fairlead/check"
)

func permissionsCheck() check.Check[*verification] {
	return check.Check[*verification]{
		ID: "permissions", Title: "Permissions", Needs: []string{"application", "resources"},
		Ask: func(ctx context.Context, s *verification) (check.Finding, error) {
			g, need := s.graph(), s.need()
			err := s.patience(ctx, func() (bool, error) {
				roles, err := g.assignments(ctx, s.app.ID)
				if err != nil {
					return false, err
				}
				scopes, err := g.scopeGrants(ctx, s.app.ID)
				if err != nil {
					return false, err
				}
				have := read(roles, scopes, s.resources)
				s.comparison, s.consented = compare(have, need, s.ours()...), newest(roles)
				return len(s.comparison.Missing) == 0 && len(have) > 0, nil
			})
			found := check.Finding{Evidence: s.compared()}
			if err != nil {
				return found, err
			}
			found.Summary = s.inShort()
			return found, nil
		},
		Causes: append([]*cause{
			{
				Code: "no-consent", Title: "Nothing was granted to the application", Verdict: check.Fail,
				When:   func(s *verification, err error) bool { return err == nil && s.comparison.nothing() },
				Likely: []string{"The consent page was closed or declined.", "An administrator has still to approve it.", "Somebody consented for one account alone, and not for the organisation."},
				Remedy: "Grant the permissions for the whole organisation: in the wizard that is the page Authorize.{{if .Missing}} Needed:\n{{range .Missing}}\n- {{.}}{{end}}{{end}}",
				Look:   "Entra, Enterprise applications, the application, Permissions; and Admin consent requests.",
			},
			{
				Code: "permissions-missing", Title: "Some permissions were not granted", Verdict: check.Fail,
				When: func(s *verification, err error) bool { return err == nil && len(s.comparison.Missing) > 0 },
				Likely: []string{
					"The service asks for more than it did when consent was given.", "Who consented may grant some of them only: permissions of Microsoft Graph need a Privileged Role Administrator.",
					"They were given by RBAC for Applications in Exchange, which does not show here.",
				},
				Remedy: "Missing:\n{{range .Missing}}\n- {{.}}{{end}}\n\nGo through the consent page again as Privileged Role Administrator or Global Administrator. A fresh grant may take some minutes to show.",
				Look:   "Entra, Enterprise applications, the application, Permissions.",
			},
			{
				Code: "more-than-needed", Title: "The application may do more than the service needs", Verdict: check.Warn,
				When: func(s *verification, err error) bool {
					return err == nil && len(s.comparison.More) > 0 && s.usage.Known != assets.Nothing
				},
				Likely: []string{"The service asks for it, and the catalogue does not say so yet.", "It is left from an earlier consent, or somebody added it."},
				Remedy: "Beyond what is known to be needed:\n{{range .More}}\n- {{.}}{{end}}\n{{if not .AllKnown}}\nWhat the service needs is not known in full, so that these may be right. Ask its support before anything is taken away.\n{{else}}\nTake away what nobody can explain: Entra, Enterprise applications, the application, Permissions.\n{{end}}",
			},
		}, troubleCauses()...),
	}
}

// newest is when the last of some permissions was granted, or zero where Graph
// does not say. Of delegated ones it never does.
func newest(roles []assignment) (last time.Time) {
	for _, role := range roles {
		if at, err := time.Parse(time.RFC3339, role.Created); err == nil && at.After(last) {
			last = at
		}
	}
	return last
}

// need is what the service asks for in the tenant's cloud.
func (s *verification) need() []granted {
	var all []granted
	for _, p := range s.usage.In(s.target.Cloud.ID) {
		all = append(all, needed(s.catalogue, p))
	}
	return all
}

// ours is what Fairlead asked for itself, where one application does both.
func (s *verification) ours() []granted {
	if !strings.EqualFold(s.target.Application, s.target.Verifier) {
		return nil
	}
	graph, _ := s.catalogue.Resource("graph") // the catalogue has it
	return []granted{{assets.Delegated, graph.Application, "", readApplications}}
}

// Missing and More are the names of permissions.
func (s *verification) Missing() []string { return names(s.comparison.Missing) }

// More are those beyond the catalogue.
func (s *verification) More() []string {
	var all []string
	for _, name := range names(s.comparison.More) {
		all = append(all, plain(name))
	}
	return all
}

// AllKnown reports whether the catalogue lists all that the service needs.
func (s *verification) AllKnown() bool { return s.usage.Known == assets.Everything }

func (s *verification) inShort() string {
	granted, needs := len(s.comparison.Granted), len(s.comparison.Granted)+len(s.comparison.Missing)
	switch {
	case needs == 0:
		return "what the service needs is not known; granted: " + listed(s.More())
	case s.AllKnown():
		return fmt.Sprintf("%d of %d granted", granted, needs)
	}
	return fmt.Sprintf("%d of %d granted that are known to be needed", granted, needs)
}

func (s *verification) compared() string {
	return "granted: " + listed(names(s.comparison.Granted)) + "\nmissing: " + listed(s.Missing()) +
		"\nbeyond: " + listed(s.More()) + "\n" + s.waitedFor()
}

func listed(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return strings.Join(names, ", ")
}
