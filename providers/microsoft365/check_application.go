package microsoft365

import (
	"context"
	"fmt"
	"strings"

	"fairlead/assets"
	"fairlead/check"
)

func applicationCheck() check.Check[*verification] {
	return check.Check[*verification]{
		ID: "application", Title: "Application in the tenant", Needs: []string{"sign-in"},
		Ask: func(ctx context.Context, s *verification) (check.Finding, error) {
			g := s.graph()
			err := s.patience(ctx, func() (bool, error) {
				app, err := g.principal(ctx, s.target.Application)
				if err == nil {
					s.app = &app
				}
				return err == nil, err
			})
			if err != nil {
				return check.Finding{Evidence: s.waitedFor()}, err
			}
			return check.Finding{
				Summary:  plain(s.app.Name),
				Evidence: fmt.Sprintf("appId %s\nid %s\nappOwnerOrganizationId %s", s.app.AppID, word(s.app.ID), word(s.app.Owner)),
			}, nil
		},
		Causes: append([]*cause{
			{
				Code: "no-consent", Title: "The application is not in the tenant: nobody has consented to it", Verdict: check.Fail,
				When:   func(_ *verification, err error) bool { return absent(err) },
				Likely: []string{"The consent page was not accepted, or in another tenant.", "The application (client) id is another one.", "The application was deleted: Entra keeps it for 30 days under Deleted applications."},
				Remedy: "Grant the permissions: in the wizard that is the page Authorize. Then look in Entra, Enterprise applications, for the id {{.Application}}.",
			},
			{
				Code: "app-disabled", Title: "The application is switched off in the tenant", Verdict: check.Fail,
				When:   func(s *verification, err error) bool { return err == nil && s.app.Enabled != nil && !*s.app.Enabled },
				Remedy: "In Entra, Enterprise applications, the application, Properties, set \"Enabled for users to sign-in\" to Yes. Ask first who switched it off and why.",
				Look:   "Entra, Audit logs, the activity \"Disable account\" or \"Update service principal\".",
			},
		}, troubleCauses()...),
	}
}

func resourcesCheck() check.Check[*verification] {
	return check.Check[*verification]{
		ID: "resources", Title: "What it works on", Needs: []string{"sign-in"},
		Ask: func(ctx context.Context, s *verification) (check.Finding, error) {
			g := s.graph()
			s.resources = map[string]assets.Resource{}
			var there []string
			for _, r := range s.catalogue.Resources {
				p, err := g.principal(ctx, r.Application)
				switch {
				case absent(err):
					if s.needs(r) {
						s.Lacking = append(s.Lacking, r.Name)
					}
				case err != nil:
					return check.Finding{}, err
				default:
					s.resources[p.ID] = r
					there = append(there, r.Name)
				}
			}
			return check.Finding{Summary: strings.Join(there, ", ")}, nil
		},
		Causes: append([]*cause{{
			Code: "resource-missing", Title: "The tenant does not have what the application works on", Verdict: check.Fail,
			When:   func(s *verification, err error) bool { return len(s.Lacking) > 0 },
			Likely: []string{"The tenant has no licence with Exchange Online.", "The service was switched off in the tenant."},
			Remedy: "Missing:{{range .Lacking}} {{.}}{{end}}. Assign a licence that has it, or switch it on in Entra, Enterprise applications, application type \"Microsoft Applications\". Then grant the permissions again.",
		}}, troubleCauses()...),
	}
}

// needs reports whether a permission of the service is one of the resource.
func (s *verification) needs(r assets.Resource) bool {
	for _, p := range s.usage.In(s.target.Cloud.ID) {
		if p.Resource == r.ID {
			return true
		}
	}
	return false
}

// waitedFor says how long was waited for what was granted.
func (s *verification) waitedFor() string {
	return fmt.Sprintf("looked for %.0f seconds", s.waited.Seconds())
}

// Application is the application (client) id of the connector.
func (s *verification) Application() string { return s.target.Application }
