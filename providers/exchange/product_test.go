package exchange

import (
	"fmt"
	"testing"
)

func TestProduct(t *testing.T) {
	for build, want := range map[string]struct {
		name  string
		known bool
	}{
		"15.2.1748.10": {"Exchange 2019 CU15", true},
		"15.2.1748.43": {"Exchange 2019 CU15 Feb26SU", true},
		"15.2.1748.99": {"Exchange 2019 CU15", false},
		"15.2.2562.17": {"Exchange SE RTM", true},
		"15.2.2562.99": {"Exchange SE RTM", false},
		"15.2.3000.1":  {"Exchange SE", false},
		"15.1.2507.6":  {"Exchange 2016 CU23", true},
		"15.1.9999.1":  {"Exchange 2016", false},
		"15.0.1473.3":  {"Exchange 2013 CU22", true},
		"15.0.516.32":  {"Exchange 2013", false},
		"15.20.7000.1": {"Exchange Online", false},
		"14.3.123.4":   {"Exchange 2010", false},
		"16.0.1.1":     {"Exchange 16.0", false},
		"":             {"", false},
		"15.2":         {"", false},
		"15.2.x.1":     {"", false},
		"15.2.1748.-1": {"", false},
		"1.2.3.4.5":    {"", false},
		"99999.1.1.1":  {"", false},
	} {
		if name, known := Product(build); name != want.name || known != want.known {
			t.Errorf("%s: got %q, %v, want %q, %v", build, name, known, want.name, want.known)
		}
	}
}

// TestReleases: every line of the list is read, save the source and the heading.
func TestReleases(t *testing.T) {
	if got := len(releases()); got != 280 {
		t.Errorf("%d builds were read", got)
	}
	for _, r := range releases() {
		if name, known := Product(fmt.Sprintf("%d.%d.%d.%d", r.build[0], r.build[1], r.build[2], r.build[3])); !known || name == "" {
			t.Errorf("%v is called %q", r.build, name)
		}
	}
}
