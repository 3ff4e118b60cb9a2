package connectors

import (
	"fmt"
	"strings"
)

// Claim is a place that one connector alone can hold. Stores keep claims
// unique, so that two programs at once cannot break the rule.
type Claim struct {
	Provider string
	Tenant   string // as [Key] writes it
	Service  string // empty: every service of the tenant
}

// Claims returns the places that a connector holds: of a cloud, a service and
// tenant; of Exchange, the organisation; of one that was replaced, none.
func (c Connector) Claims() []Claim {
	if c.Replaced {
		return nil
	}
	if c.Provider == exchange {
		return []Claim{{Provider: c.Provider, Tenant: Key(c.Tenant)}}
	}
	var claims []Claim
	for _, service := range c.Services {
		claims = append(claims, Claim{c.Provider, Key(c.Tenant), service})
	}
	return claims
}

// CheckUnique returns a [*RuleError] when one of the others has c's name or
// holds a place that c would claim. One with c's own ID does not count, and the
// place of the one that c replaces is free.
func CheckUnique(c Connector, others []Connector) error {
	for _, other := range others {
		if other.ID != c.ID && Key(other.Name) == Key(c.Name) {
			return nameTaken(other.Name)
		}
	}
	return checkClaims(c, others)
}

func checkClaims(c Connector, others []Connector) error {
	held := map[Claim]string{}
	for _, other := range others {
		if other.ID == c.ID || other.ID == c.Replaces {
			continue
		}
		for _, claim := range other.Claims() {
			held[claim] = other.Name
		}
	}
	for _, claim := range c.Claims() {
		if by, taken := held[claim]; taken {
			return tenantTaken(c.Tenant, claim.Service, by)
		}
	}
	return nil
}

func nameTaken(by string) *RuleError {
	return &RuleError{
		"name-taken", fmt.Sprintf("There is a connector called %q already.", by),
		"Choose another name, or use that connector.",
	}
}

func tenantTaken(tenant, service, by string) *RuleError {
	change := fmt.Sprintf("To change more than its name, make another in its place: \"Change something else\" in its menu, "+
		"or fairleadctl new --instead-of %q.", by)
	if service == "" {
		return &RuleError{
			"tenant-taken", fmt.Sprintf("The organisation %s has a connector already: %q.", tenant, by),
			fmt.Sprintf("One serves every service. Use %q. ", by) + change,
		}
	}
	return &RuleError{
		"tenant-taken", fmt.Sprintf("The service %s has a connector to %s already: %q.", service, tenant, by),
		fmt.Sprintf("Use %q. ", by) + change,
	}
}

// Attached is the rule that a connector with an attachment cannot be deleted.
func Attached(c Connector) *RuleError {
	var tasks []string
	for _, a := range c.Attachments {
		tasks = append(tasks, fmt.Sprintf("%s (%s)", a.Task, a.Service))
	}
	return &RuleError{
		"attached", fmt.Sprintf("The connector %q is in use by %s.", c.Name, strings.Join(tasks, ", ")),
		"Detach it there first.",
	}
}
