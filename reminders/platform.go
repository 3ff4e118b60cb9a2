package reminders

import (
	"slices"
	"strings"
	"time"

	"fairlead/assets"
	"fairlead/connectors"
)

// ends reminds of what the platform's vendor ends, as far as it concerns the
// connector. What is old news, since a later end has come too, is left out.
func ends(c connectors.Connector, catalogue assets.Catalogue, now time.Time) []Reminder {
	platform, _ := catalogue.Platform(c.Provider)
	came := func(id string) bool {
		return slices.ContainsFunc(platform.Ends, func(e assets.End) bool { return e.ID == id && !e.On().After(now) })
	}
	var all []Reminder
	for _, e := range platform.Ends {
		if !concerns(e, c, catalogue) || came(e.Until) {
			continue
		}
		all = append(all, Reminder{ID: e.ID, Kind: PlatformEnds, When: e.On(), What: e.What, Do: e.Do, Source: e.Source})
	}
	return all
}

func concerns(e assets.End, c connectors.Connector, catalogue assets.Catalogue) bool {
	if e.Product != "" && c.Platform != e.Product && !strings.HasPrefix(c.Platform, e.Product+" ") {
		return false
	}
	return !e.EWS || slices.ContainsFunc(c.Services, func(id string) bool {
		service, _ := catalogue.Service(id)
		usage, _ := service.Usage(c.Provider)
		return usage.EWS == assets.Needed
	})
}
