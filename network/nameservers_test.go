package network

import (
	"fmt"
	"testing"
)

func TestNameServers(t *testing.T) {
	got := fmt.Sprint(addresses([]string{"10.0.0.53", "::ffff:10.0.0.53", "fe80::1%eth0", "fec0:0:0:ffff::1", "none", " 1.1.1.1 "}))
	if want := "[10.0.0.53:53 [fe80::1%eth0]:53 1.1.1.1:53]"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
}
