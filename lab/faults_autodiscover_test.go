package lab

import (
	"context"
	"testing"
)

// TestDiscoveryFaults: each takes away what it names, and nothing else.
func TestDiscoveryFaults(t *testing.T) {
	see := func(l *Lab) map[string]int {
		c := newClient(t, l, noAddr)
		seen := map[string]int{}
		for fault, url := range map[string]string{
			"autodiscover-without-json": "https://" + discoverHost + jsonPath + "/v1.0/" + Mailbox + "?Protocol=EWS",
			"autodiscover-without-pox":  "https://" + discoverHost + poxPath,
			"autodiscover-without-soap": "https://" + discoverHost + soapPath,
		} {
			response, _ := c.must(get(url))
			seen[fault] = response.StatusCode
		}
		records, err := l.Network().LookupSRV(context.Background(), "autodiscover", "tcp", domain+".")
		if seen["autodiscover-without-record"] = len(records); (err == nil) != (len(records) == 1) {
			t.Errorf("records %v, %v", records, err)
		}
		seen["autodiscover-without-redirect"] = len(l.world.Load().sendsOn)
		return seen
	}
	healthy := see(start(t, Options{}))
	if len(DiscoveryFaults()) != len(healthy) {
		t.Errorf("%d faults, want %d", len(DiscoveryFaults()), len(healthy))
	}
	for _, f := range DiscoveryFaults() {
		t.Run(f.Name, func(t *testing.T) {
			for name, got := range see(start(t, Options{Faults: []string{f.Name}})) {
				if (got != healthy[name]) != (name == f.Name) {
					t.Errorf("%s shows %d, a healthy lab %d", name, got, healthy[name])
				}
			}
		})
	}
}
