package routing

import (
	"fmt"
	"time"
)

// Facts are what was found out about a domain, for the gates of the order.
type Facts struct {
	Now       time.Time
	Validated string    // why the domain is not shown to be the customer's; empty when it is
	Outbound  string    // why the region's hosts for outgoing mail cannot be used; empty when they can
	SPF       string    // why the SPF record does not let the region send; empty when it does
	Deliver   string    // why the services cannot deliver to the organisation; empty when they can
	MX        string    // why the MX records are not the region's; empty when they are
	MXSince   time.Time // since when they are; zero when not known
	Ticked    map[string]time.Time
}

// NotLooked is what a fact says that nobody has looked at yet.
const NotLooked = "not looked at yet"

// Unknown are facts of a domain that nothing is known about.
func Unknown(now time.Time) Facts {
	return Facts{Now: now, Validated: NotLooked, Outbound: NotLooked, SPF: NotLooked, Deliver: NotLooked, MX: NotLooked}
}

const (
	// OutboundDays is for how long mail goes out through the services before any
	// comes in through them: they learn to whom the organisation writes.
	OutboundDays = 3
	// RestDays is for how long mail may still come the old way after the MX records
	// were changed: servers keep old records, and some keep them longer than they
	// should.
	RestDays = 3
)

// Step is one step of the order of change.
type Step struct {
	ID    string // stable
	Title string
	Why   string // why it comes here
	gates []gate
}

// day is a moment as a person reads it, in the time zone of now.
func (f Facts) day(t time.Time) string { return t.In(f.Now.Location()).Format("2 January 15:04") }

// gate returns why a step cannot be ticked yet, or nothing.
type gate func(f Facts) string

// Barred says why a step cannot be ticked yet; nothing when it can.
func (s Step) Barred(f Facts) string {
	for _, g := range s.gates {
		if why := g(f); why != "" {
			return why
		}
	}
	return ""
}

// The steps.
const (
	StepValidate = "validate"
	StepOutbound = "outbound"
	StepInbound  = "inbound"
	StepLockDown = "lock-down"
)

// Order is the order of change in which no mail is lost.
func Order() []Step {
	return []Step{
		{
			ID: StepValidate, Title: "Show that the domain is yours",
			Why:   "The services take no mail for a domain that is not.",
			gates: []gate{because("The domain is not validated", func(f Facts) string { return f.Validated })},
		},
		{
			ID: StepOutbound, Title: "Send through the services",
			Why: fmt.Sprintf("First outgoing mail, for %d days at least: the services learn to whom you write, so that the answers are not held.", OutboundDays),
			gates: []gate{
				after(StepValidate),
				because("The region's hosts for outgoing mail", func(f Facts) string { return f.Outbound }),
				because("SPF", func(f Facts) string { return f.SPF }),
			},
		},
		{
			ID: StepInbound, Title: "Receive through the services",
			Why: "Only then the MX records. The old way stays open meanwhile, so that nothing bounces.",
			gates: []gate{
				after(StepOutbound), restAfter(StepOutbound, OutboundDays),
				because("The services' way to your server", func(f Facts) string { return f.Deliver }),
				because("MX", func(f Facts) string { return f.MX }),
			},
		},
		{
			ID: StepLockDown, Title: "Close the old way",
			Why: fmt.Sprintf("At last, when mail has stopped coming past the services: %d days after the change of the MX records. "+
				"Closed before, mail bounces with 550 5.7.51.", RestDays),
			gates: []gate{
				after(StepInbound), restAfter(StepInbound, RestDays),
				because("MX", func(f Facts) string { return f.MX }),
				rest,
			},
		},
	}
}

// because is a gate that a fact keeps shut.
func because(what string, fact func(Facts) string) gate {
	return func(f Facts) string {
		if why := fact(f); why != "" {
			return what + ": " + why + "."
		}
		return ""
	}
}

// after is a gate that opens once a step is ticked.
func after(step string) gate {
	return func(f Facts) string {
		if f.Ticked[step].IsZero() {
			return "“" + titleOf(step) + "” comes first."
		}
		return ""
	}
}

// restAfter is a gate that opens some days after a step was ticked.
func restAfter(step string, days int) gate {
	return func(f Facts) string {
		if open := f.Ticked[step].Add(time.Duration(days) * 24 * time.Hour); f.Now.Before(open) {
			return fmt.Sprintf("“%s” was done on %s. Leave it for %d days, until %s.", titleOf(step),
				f.day(f.Ticked[step]), days, f.day(open))
		}
		return ""
	}
}

// rest is a gate that opens some days after the MX records were first seen to be
// the region's, where that is later than the tick.
func rest(f Facts) string {
	open := f.MXSince.Add(RestDays * 24 * time.Hour)
	if f.MXSince.IsZero() || f.Now.Before(open) {
		if f.MXSince.IsZero() {
			return "It is not known since when the MX records are the region's: look at them again."
		}
		return fmt.Sprintf("The MX records are the region's since %s. Leave them until %s.", f.day(f.MXSince), f.day(open))
	}
	return ""
}

func titleOf(id string) string {
	for _, s := range Order() {
		if s.ID == id {
			return s.Title
		}
	}
	return id
}

// Progress is the first step that is not ticked, and whether all are.
func Progress(ticked map[string]time.Time) (next Step, done bool) {
	for _, s := range Order() {
		if ticked[s.ID].IsZero() {
			return s, false
		}
	}
	return Step{}, true
}
