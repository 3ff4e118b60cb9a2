package providers

import (
	"time"

	"fairlead/assets"
	"fairlead/check"
)

// Permits is a [Provider] that tells what was granted to its connectors.
type Permits interface {
	Provider
	// Permissions tells what was granted to a connector with these settings, beside
	// what its services ask for, by what its last test saw; that may be nil.
	Permissions(settings map[string]string, asked []Asked, last *check.Report) Permissions
}

// Asked is what one service asks for.
type Asked struct {
	Service string // its name
	Usage   assets.Usage
}

// Permissions are what a connector works with.
type Permissions struct {
	Holder string `json:"holder"` // whom they were granted to
	Scope  string `json:"scope"`  // what they reach
	// Granted is the day on which the last of them was granted, as the platform
	// tells it; zero where it does not.
	Granted time.Time    `json:"granted,omitzero"`
	List    []Permission `json:"list"`
	Where   string       `json:"where,omitempty"`   // the way to where they are granted
	Link    string       `json:"link,omitempty"`    // a web address that leads there
	Command string       `json:"command,omitempty"` // that shows what cannot be seen from here
}

// Permission is one of them.
type Permission struct {
	Name   string          `json:"name"`   // as the platform knows it, such as "full_access_as_app"
	Title  string          `json:"title"`  // in the platform's own words
	Kind   string          `json:"kind"`   // what sort of permission it is
	Reason string          `json:"reason"` // what it allows and why, in plain words
	State  PermissionState `json:"state"`
	Seen   string          `json:"seen"` // by what that is known
}

// PermissionState says whether a permission was granted.
type PermissionState string

// The states of a permission.
const (
	Granted    PermissionState = "granted"
	Missing    PermissionState = "missing"
	Beyond     PermissionState = "beyond"       // granted, and nobody is known to ask for it
	Unverified PermissionState = "not verified" // nothing has looked
)

// Reasons are what services want a permission for, each once, in a text.
func Reasons(asked []Asked, cloud string, fits func(assets.Permission) bool) (text string) {
	seen := map[string]bool{}
	for _, a := range asked {
		for _, p := range a.Usage.In(cloud) {
			if !fits(p) || seen[p.Reason] {
				continue
			}
			seen[p.Reason] = true
			if len(asked) > 1 {
				text += a.Service + ": "
			}
			text += p.Reason + "\n"
		}
	}
	return text[:max(len(text)-1, 0)]
}
