package lab

import (
	"net/netip"

	"fairlead/lab/google"
)

// addGoogle puts Google's token service, APIs and Admin console into the world.
func (l *Lab) addGoogle() {
	l.google = google.New(google.Options{Now: l.now})
	l.clouds = append(l.clouds, l.newCloud(l.google, l.google.Hosts(), netip.MustParseAddr("198.51.100.60"))) // RFC 5737
}

// Google is the simulated Google, for those who want to know what was authorised.
func (l *Lab) Google() *google.Google { return l.google }

// GoogleFaults lists the faults of Google that [Lab.Set] knows, by name.
func GoogleFaults() []Fault {
	var list []Fault
	for _, f := range google.Faults() {
		list = append(list, Fault(f))
	}
	return list
}
