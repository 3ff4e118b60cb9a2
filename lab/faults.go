package lab

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"

	"fairlead/lab/entra"
	"fairlead/lab/google"
	"fairlead/lab/ldap"
	"fairlead/lab/smtp"
)

// Fault is something that can be wrong in the lab.
type Fault struct {
	Name        string // stable; that of the diagnosis, where it has one
	Title       string // a few words
	Explanation string // what happens, and what the client sees of it
}

// fault is a fault with what it does to the world.
type fault struct {
	Fault
	change func(w *world)
}

// exchangeFaults are those of Exchange and its surroundings, in the order in which
// they change the world.
func exchangeFaults() []fault {
	return slices.Concat(
		nameFaults(), transportFaults(), tlsFaults(), certificateFaults(),
		serverFaults(), balancerFaults(), authenticationFaults(), mailboxFaults(),
	)
}

// allFaults lists every fault of the world, in the same order.
func allFaults() []fault { return append(exchangeFaults(), discoveryFaults()...) }

// listed are faults by name.
func listed(faults []fault) []Fault {
	var list []Fault
	for _, f := range faults {
		list = append(list, f.Fault)
	}
	slices.SortFunc(list, func(a, b Fault) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Faults lists every fault of Exchange and its surroundings that [Lab.Set]
// knows, by name; see also [AllFaults].
func Faults() []Fault { return listed(exchangeFaults()) }

// AllFaults lists every fault that [Lab.Set] knows, area by area.
func AllFaults() []Fault {
	return slices.Concat(Faults(), DiscoveryFaults(), EntraFaults(), GoogleFaults(), MailFaults())
}

// Set switches a fault on or off. New connections and new requests see it at
// once. Where two faults touch the same thing, both show if they can.
func (l *Lab) Set(name string, on bool) error {
	switch {
	case entra.Known(name):
		return l.entra.Set(name, on)
	case google.Known(name):
		return l.google.Set(name, on)
	case ldap.Known(name):
		return l.directory.Set(name, on)
	case smtp.Known(name):
		return l.mail.Set(name, on)
	}
	if !slices.ContainsFunc(allFaults(), func(f fault) bool { return f.Name == name }) {
		return fmt.Errorf("the lab has no fault %q; %s", name, suggestion(name))
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	active := maps.Clone(l.active)
	active[name] = on
	if err := l.rebuild(active); err != nil {
		return fmt.Errorf("switch the lab's fault %q: %w", name, err)
	}
	l.active = active
	return nil
}

// rebuild makes the world with these faults the current one.
func (l *Lab) rebuild(active map[string]bool) error {
	w, err := l.build(active)
	if err != nil {
		return err
	}
	l.world.Store(w)
	return nil
}

// Active lists the faults that are on, by name.
func (l *Lab) Active() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	names := slices.Concat(l.entra.Active(), l.google.Active(), l.directory.Active(), l.mail.Active())
	for name, on := range l.active {
		if on {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// suggestion names the faults that a mistyped name may have meant.
func suggestion(name string) string {
	type guess struct {
		name string
		far  int
	}
	var near []guess
	for _, f := range AllFaults() {
		far := levenshtein.ComputeDistance(strings.ToLower(name), f.Name)
		if strings.Contains(f.Name, strings.ToLower(name)) && len(name) > 2 {
			far = 0
		}
		if far <= 1+len(name)/3 {
			near = append(near, guess{f.Name, far})
		}
	}
	if len(near) == 0 {
		return "lab.AllFaults has the lists of those that there are"
	}
	slices.SortStableFunc(near, func(a, b guess) int { return a.far - b.far })
	var names []string
	for _, g := range near[:min(len(near), 5)] {
		names = append(names, g.name)
	}
	return "near it are: " + strings.Join(names, ", ")
}
