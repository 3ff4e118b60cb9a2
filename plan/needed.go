package plan

import (
	"slices"

	"fairlead/assets"
)

// judgement says whether a service needs a connector to a tenant, and by which
// rule.
type judgement struct {
	state State // [Missing] where one is needed, [NotNeeded], or [Impossible]
	rule  *Rule
}

// judge applies a reading of the organisation's rule to one tenant and service.
func judge(rule *Rule, reading Reading, t *Tenant, inUse []string, s *assets.Service) judgement {
	amount := reading.Cloud
	if t.OnExchange() {
		amount = reading.Exchange
	}
	switch {
	case !s.Uses(t.Provider):
		return judgement{Impossible, barring(t.Provider, s.ID)}
	case !slices.Contains(inUse, s.ID):
		return judgement{NotNeeded, unused}
	case amount == None:
		return judgement{NotNeeded, rule}
	}
	return judgement{Missing, rule}
}

// barring is the rule by which a service cannot use a provider.
func barring(provider, service string) *Rule {
	switch {
	case provider == google:
		return googleOnly
	case service == "directory-synchronization":
		return entraOnly
	}
	return platformOnly
}

// Choice is a rule that can be read in several ways, where it applies, and how
// many connectors each reading would need there.
type Choice struct {
	Rule          *Rule
	Organisations []string
	Needed        []int // one for each of the rule's readings
}

// Choices returns the rules of the environment's situations that the guide leaves
// open, with what each reading comes to.
func (e Environment) Choices(c assets.Catalogue) []Choice {
	var choices []Choice
	for _, rule := range Rules() {
		choice := Choice{Rule: rule, Needed: make([]int, len(rule.Readings))}
		for i := range e.Organisations {
			o := &e.Organisations[i]
			if !rule.Ambiguous() || o.Situation() != rule {
				continue
			}
			choice.Organisations = append(choice.Organisations, o.Name)
			for n, reading := range rule.Readings {
				choice.Needed[n] += o.needed(c, rule, reading)
			}
		}
		if len(choice.Organisations) > 0 {
			choices = append(choices, choice)
		}
	}
	return choices
}

// needed counts the connectors that an organisation needs by one reading.
func (o *Organisation) needed(c assets.Catalogue, rule *Rule, reading Reading) int {
	n := 0
	for i := range o.Tenants {
		t, here := &o.Tenants[i], 0
		for s := range c.Services {
			if judge(rule, reading, t, o.InUse(t), &c.Services[s]).state == Missing {
				here++
			}
		}
		if one := reading.Cloud == One && !t.OnExchange() || reading.Exchange == One && t.OnExchange(); one {
			here = min(here, 1)
		}
		n += here
	}
	return n
}
