package reminders

import (
	"slices"
	"strings"

	"fairlead/assets"
	"fairlead/connectors"
)

// reviewDays is after how many days what was granted in a cloud is looked at
// again: an administrator there can change it at any time, and nobody tells.
const reviewDays = 180

// consent reminds of what differs between what was granted and what the service
// asks for, and of looking again.
func consent(c connectors.Connector, catalogue assets.Catalogue) []Reminder {
	if c.Provider == "exchange" || c.LastTest == nil {
		return nil
	}
	seen, facts := c.LastTest.Started, c.LastTest.Facts
	var all []Reminder
	add := func(id, what, do, source string) {
		all = append(all, Reminder{ID: id, Kind: ConsentChanged, When: seen, What: what, Do: do, Source: source})
	}
	if missing := facts["missing"]; missing != "" {
		add("consent-missing", "Permissions that the service needs are not granted: "+missing+".",
			"Consent again as an administrator, then test the connector.", tested(c))
	}
	if more := facts["more"]; more != "" {
		add("consent-more", "The service's application may do more than it needs: "+more+".",
			"Ask the service's support why, or take these permissions back.", tested(c))
	}
	if asked := newlyAsked(c, catalogue); len(asked) > 0 {
		add("consent-asked", "The service asks for more than when the connector was tested: "+strings.Join(asked, ", ")+".",
			"Read the new list, consent again, then test the connector.", "The catalogue of services names them.")
	}
	return append(all, Reminder{
		ID: "consent-review", Kind: ConsentChanged, When: seen.AddDate(0, 0, reviewDays),
		What: "What was granted was not looked at for half a year. It may have changed since.",
		Do:   "Test the connector. The test compares what is granted with what the service needs.", Source: tested(c),
	})
}

// newlyAsked lists the permissions in Microsoft's cloud that the catalogue knows
// and the last test did not. Where the test compared nothing, there are none.
func newlyAsked(c connectors.Connector, catalogue assets.Catalogue) []string {
	facts := c.LastTest.Facts
	if c.Provider != "microsoft365" || facts["granted"] == "" && facts["missing"] == "" {
		return nil
	}
	known := strings.Split(facts["granted"]+", "+facts["missing"], ", ")
	var asked []string
	for _, id := range c.Services {
		service, _ := catalogue.Service(id)
		usage, _ := service.Usage(c.Provider)
		for _, p := range usage.In(c.Settings["cloud"]) {
			name := p.Name + " (" + string(p.Kind) + ")"
			if !slices.Contains(known, name) && !slices.Contains(asked, name) {
				asked = append(asked, name)
			}
		}
	}
	return asked
}
