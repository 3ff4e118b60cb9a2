package providers

// Cleaner is a [Provider] where something stays behind outside once a connector
// has been deleted.
type Cleaner interface {
	Provider
	// Rests is what a connector with these settings rests on and others may share,
	// as it stands in their settings too: the name of a server, a tenant's id.
	Rests(settings map[string]string) string
	// CleanUp lists what stays, where these others rest on the same.
	CleanUp(c Sibling, others []Sibling) []Left
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
	// known to.
	Keep string `json:"keep,omitempty"`
}

// RestsToo is the text of [Left.Keep] for others that match, or nothing.
func RestsToo(others []Sibling, match func(Sibling) bool) string {
	for _, other := range others {
		if match(other) {
			return "The connector “" + other.Name + "” rests on it too: leave it in place."
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
