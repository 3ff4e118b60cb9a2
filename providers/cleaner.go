package providers

import "strings"

// Cleaner is a [Provider] where something stays behind outside once a connector
// has been deleted.
type Cleaner interface {
	Provider
	// Rests is what a connector with these settings rests on and others may share,
	// as it stands in their settings too: the name of a server, a tenant's id. Who
	// has one of these may rest on the same.
	Rests(settings map[string]string) []string
	// CleanUp lists what stays, where these others may rest on the same.
	CleanUp(c Sibling, others []Sibling) []Left
	// Recall finds in what was listed as much of the settings as tells who rests on
	// the same. Lists that older versions kept come without settings.
	Recall(tenant string, left []Left) map[string]string
	// Organisation names whose connector it is, as those who sign in there know it:
	// a tenant's domain and id. It is empty where the settings do not say.
	Organisation(settings map[string]string) string
}

// Sibling is a connector as a [Cleaner] sees it.
type Sibling struct {
	Name     string
	Services []string
	Settings map[string]string
}

// Left is one thing that stays behind outside, and the exact way to take it away.
type Left struct {
	ID      string `json:"id"` // stable within its provider, such as "firewall"
	Title   string `json:"title"`
	Text    string `json:"text,omitempty"`    // what it is, and who may take it away
	Where   string `json:"where,omitempty"`   // the way to it by menus
	Link    string `json:"link,omitempty"`    // a web address that leads there
	Command string `json:"command,omitempty"` // to be copied
	// Keep says who else rests on it, so that it has to stay; empty where nobody is
	// known to. It holds for the moment at which it was worked out.
	Keep string `json:"keep,omitempty"`
}

// Between is the part of a text between two others, or nothing.
func Between(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	part, _, found := strings.Cut(rest, after)
	if !found {
		return ""
	}
	return part
}

// Find returns what was listed under an id, or nothing.
func Find(left []Left, id string) Left {
	for _, l := range left {
		if l.ID == id {
			return l
		}
	}
	return Left{}
}

// RestsToo is the text of [Left.Keep] for others that match, or nothing.
func RestsToo(others []Sibling, match func(Sibling) bool) string {
	for _, other := range others {
		if match(other) {
			return "The connector “" + other.Name + "” rests on it too: leave it in place. Once nothing does any more, the clean-up list says how to take it away."
		}
	}
	return ""
}

// Prefills is a [Provider] whose pages can be filled in from the settings of a
// connector, to make another one in its place. Secrets are asked for anew.
type Prefills interface {
	Provider
	// Prefill returns the answers that come to the settings, by key.
	Prefill(settings map[string]string) map[string]any
}
