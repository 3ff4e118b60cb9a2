package lab

import (
	"net/netip"
	"path/filepath"

	"fairlead/lab/entra"
)

// addMicrosoft puts Entra and Graph into the world. They remember in a folder.
func (l *Lab) addMicrosoft(folder string) error {
	o := entra.Options{Now: l.now}
	if folder != "" {
		o.Memory = filepath.Join(folder, "entra.json")
	}
	e, err := entra.New(o)
	if err != nil {
		return err
	}
	l.entra = e
	l.clouds = append(l.clouds, l.newCloud(e, e.Hosts(), netip.MustParseAddr("198.51.100.20"))) // RFC 5737
	return nil
}

// Entra is the sign-in of Microsoft's clouds and Graph, for those who want to
// know what was granted.
func (l *Lab) Entra() *entra.Entra { return l.entra }

// EntraFaults lists the faults of Entra and Graph that [Lab.Set] knows, by
// name. Those that are Entra's own errors carry its numbers.
func EntraFaults() []Fault {
	var list []Fault
	for _, f := range entra.Faults() {
		list = append(list, Fault(f))
	}
	return list
}
