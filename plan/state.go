package plan

import (
	"fairlead/check"
	"fairlead/connectors"
)

// State is how a cell of the grid stands: one service in one tenant.
type State string

// The states of a cell.
const (
	Works      State = "works"              // needed, and its last test passed, perhaps with warnings
	Missing    State = "missing"            // needed, and there is none
	Fails      State = "fails"              // needed, and its last test failed
	Untested   State = "never tested"       // needed and there, but never tested to the end
	Waiting    State = "waiting"            // needed, and a draft of it waits
	NotNeeded  State = "not needed"         // see the rule
	Impossible State = "impossible"         // see the rule
	Surplus    State = "not needed, exists" // a connector exists that no rule asks for
)

// States lists all, those first that ask for something to be done.
func States() []State {
	return []State{Fails, Missing, Waiting, Untested, Surplus, Works, NotNeeded, Impossible}
}

// Needed reports whether a cell in this state needs a connector.
func (s State) Needed() bool {
	return s != NotNeeded && s != Impossible && s != Surplus
}

// stateOf is the state of a connector that is needed.
func stateOf(c *connectors.Connector) State {
	switch state, _ := c.State(); state {
	case connectors.Works, connectors.Warns:
		return Works
	case connectors.Fails:
		return Fails
	}
	return Untested
}

// Mark is the verdict whose shape and colour a state carries.
func (s State) Mark() check.Verdict {
	switch s {
	case Works:
		return check.Pass
	case Fails:
		return check.Fail
	case Missing, Untested, Waiting, Surplus:
		return check.Warn
	}
	return check.Skip
}
