package microsoft365

import (
	"slices"
	"strings"
	"time"

	"fairlead/assets"
	"fairlead/check"
	"fairlead/providers"
)

var _ providers.Permits = Provider{}

// The facts of a report that tell of permissions.
const (
	factGranted   = "granted"
	factMissing   = "missing"
	factMore      = "more"
	factConsented = "consented" // the day on which the last of them was granted
)

// Permissions are those of the service's application in the tenant.
func (p Provider) Permissions(settings map[string]string, asked []providers.Asked, last *check.Report) providers.Permissions {
	cloud, _ := p.Catalogue.Clouds.Find(settings[settingCloud])
	all := providers.Permissions{
		Holder: "application " + orUnknown(settings[settingApplication]),
		Scope:  "The whole tenant " + settings[settingDomain] + ", where a permission is an application's. A delegated one works for who signs in.",
		Where:  "Entra admin centre, Enterprise applications, the application, Permissions", Link: portal(cloud),
	}
	seen := factsOf(last)
	all.Granted, _ = time.Parse(time.DateOnly, seen[factConsented]) // none where it is not known
	granted, missing := split(seen[factGranted]), split(seen[factMissing])
	looked := len(granted)+len(missing) > 0
	for _, a := range asked {
		for _, need := range a.Usage.In(cloud.ID) {
			name := needed(p.Catalogue, need).String()
			kind := p.kindOf(need)
			if slices.ContainsFunc(all.List, func(o providers.Permission) bool { return o.Name == need.Name && o.Kind == kind }) {
				continue
			}
			one := providers.Permission{
				Name: need.Name, Title: need.Grant.Display, Kind: kind, State: providers.Unverified, Seen: "Recorded. Nobody has looked in the tenant.",
				Reason: providers.Reasons(asked, cloud.ID, func(o assets.Permission) bool { return o.Name == need.Name && o.Kind == need.Kind }),
			}
			switch {
			case slices.Contains(granted, name):
				one.State, one.Seen = providers.Granted, "The last test found it in the tenant."
			case slices.Contains(missing, name):
				one.State, one.Seen = providers.Missing, "The last test did not find it in the tenant."
			case looked:
				one.Seen = "The last test did not know of it yet. Test again."
			}
			all.List = append(all.List, one)
		}
	}
	for _, more := range split(seen[factMore]) {
		name, kind, _ := strings.Cut(strings.TrimSuffix(more, ")"), " (")
		all.List = append(all.List, providers.Permission{
			Name: name, Title: name, Kind: strings.TrimSpace(kind + " permission"), State: providers.Beyond,
			Reason: "The service is not known to need it.", Seen: "The last test found it in the tenant.",
		})
	}
	return all
}

// kindOf says what sort of permission it is, and of which resource.
func (p Provider) kindOf(need assets.Permission) string {
	r, _ := p.Catalogue.Resource(need.Resource) // the catalogue was checked when it was read
	return string(need.Kind) + " permission of " + r.Name
}

func factsOf(r *check.Report) map[string]string {
	if r == nil {
		return nil
	}
	return r.Facts
}

// split undoes what facts do to a list of names.
func split(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ", ")
}
