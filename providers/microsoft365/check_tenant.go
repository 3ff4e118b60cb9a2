package microsoft365

import (
	"context"
	"fmt"
	"strings"

	"fairlead/check"
)

func tenantCheck() check.Check[*verification] {
	return check.Check[*verification]{
		ID: "tenant", Title: "Tenant and cloud",
		Ask: func(ctx context.Context, s *verification) (check.Finding, error) {
			found, err := findTenant(ctx, s.net, s.catalogue.Clouds, s.target.Tenant)
			if err != nil {
				return check.Finding{Evidence: evidence(err)}, err
			}
			s.found, s.door.authority = found, found.Authority
			return check.Finding{
				Summary:  fmt.Sprintf("%s, %s", s.target.Tenant, found.Cloud.Name),
				Evidence: fmt.Sprintf("issuer %s\nmsgraph_host %s", found.Authority.Issuer, found.Authority.Graph),
			}, nil
		},
		Causes: append([]*cause{{
			Code: "wrong-cloud", Title: "The tenant is in another of Microsoft's clouds than recorded", Verdict: check.Fail,
			When: func(s *verification, err error) bool {
				return err == nil && (s.found.Cloud.ID != s.target.Cloud.ID || !strings.EqualFold(s.found.ID, s.target.Tenant))
			},
			Likely: []string{"The tenant was moved to another cloud after the connector was made."},
			Remedy: "Recorded is {{.Cloud}}, and Entra says {{.FoundCloud}}. Make a new connector for the tenant, and delete this one.",
		}}, troubleCauses()...),
	}
}

// Cloud is the name of the cloud that is recorded.
func (s *verification) Cloud() string { return s.target.Cloud.Name }

// FoundCloud is the name of the cloud that Entra names.
func (s *verification) FoundCloud() string {
	if s.found == nil {
		return ""
	}
	return s.found.Cloud.Name
}
