package setup

import (
	"context"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/domain"
	"fairlead/network"
)

// DNSChecks are the checks of package domain. It asks everything about a domain at
// once, since that takes no longer; each section shows its part.
func DNSChecks(n *network.Network, regions assets.Regions) Checks {
	return Checks{
		Tenant: func(t TokenTarget) *check.Suite {
			whole := domain.New(n, t.Domain, domain.Options{Regions: regions, Token: t.Token, Issued: t.Issued})
			return check.Select(whole.Suite(), "name-servers", "token", "split-horizon")
		},
		Spoofing: func(t SpoofingTarget, learnt func([]domain.Proposal)) *check.Suite {
			whole := domain.New(n, t.Domain, domain.Options{
				Regions: regions, Region: t.Region, Selectors: t.Selectors, Senders: senders(t.Senders),
			})
			suite := check.Select(whole.Suite(), "name-servers", checkSPF, "senders", "dkim", "dmarc", "mta-sts", "tls-rpt")
			return check.Then(suite, func(check.Report) {
				if result, ok := whole.Result(); ok {
					learnt(result.Proposals)
				}
			})
		},
		MX: func(ctx context.Context, name, region string, hosts []string) (status, words string, err error) {
			whole := domain.New(n, name, domain.Options{Regions: regions, Region: region, Hosts: hosts})
			report := check.Select(whole.Suite(), "mx").Run(ctx, nil)
			result, ok := whole.Result()
			if !ok {
				return "", "", context.Cause(ctx)
			}
			words = report.Title()
			if len(report.Checks) > 0 && report.Checks[0].Verdict != check.Fail {
				words = report.Checks[0].Summary
			}
			return string(result.MX), words, nil
		},
	}
}

// senders reads what the field has checked.
func senders(texts []string) (list []domain.Sender) {
	for _, text := range texts {
		if sender, err := domain.ParseSender(text); err == nil {
			list = append(list, sender)
		}
	}
	return list
}
