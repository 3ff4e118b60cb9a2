package main

import (
	"fmt"
	"net"
	"path/filepath"
	"strings"
	"testing"
)

func TestDisplayAddress(t *testing.T) {
	for display, want := range map[string]string{
		":0": "unix /tmp/.X11-unix/X0 @/tmp/.X11-unix/X0", ":12.1": "unix /tmp/.X11-unix/X12 @/tmp/.X11-unix/X12",
		"unix:1": "unix /tmp/.X11-unix/X1 @/tmp/.X11-unix/X1", "localhost:10.0": "tcp localhost:6010",
		"[::1]:2": "tcp [::1]:6002", "::1:2": "tcp [::1]:6002", "host": "", "": "", ":": "", ":x": "", ":-1": "", ":99999": "",
	} {
		network, addresses, err := displayAddress(display)
		got := strings.TrimSpace(network + " " + strings.Join(addresses, " "))
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q is at %q, want %q (%v)", display, got, want, err)
		}
	}
}

func FuzzDisplayAddress(f *testing.F) {
	for _, seed := range []string{":0", "localhost:10.0", "[::1]:2", "unix:1", "a:b:c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, display string) {
		network, addresses, err := displayAddress(display)
		if (err == nil) != (network != "" && len(addresses) > 0) {
			t.Errorf("%q gives %q, %q and %v", display, network, addresses, err)
		}
	})
}

// TestNoDisplay looks for a display over TCP, which a test can stand in for.
func TestNoDisplay(t *testing.T) {
	env := func(display, wayland string) func(string) string {
		return func(name string) string {
			return map[string]string{"DISPLAY": display, "WAYLAND_DISPLAY": wayland}[name]
		}
	}
	if why := noDisplay(env("", "")); !strings.Contains(why, "no display") {
		t.Errorf("without DISPLAY: %q", why)
	}
	ssh := func(name string) string { return map[string]string{"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}[name] }
	if why := noDisplay(ssh); !strings.Contains(why, "over SSH") {
		t.Errorf("over SSH: %q", why)
	}
	if why := noDisplay(env("nonsense", "")); !strings.Contains(why, "names no display") {
		t.Errorf("with nonsense in DISPLAY: %q", why)
	}
	server, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	number := server.Addr().(*net.TCPAddr).Port - 6000
	if number < 0 {
		t.Fatalf("the system gave port %d, below those of displays", number+6000)
	}
	display := fmt.Sprintf("127.0.0.1:%d", number)
	if why := noDisplay(env(display, "")); why != "" {
		t.Errorf("a display that answers: %q", why)
	}
	server.Close()
	if why := noDisplay(env(display, "")); !strings.Contains(why, "does not answer") {
		t.Errorf("a display that is gone: %q", why)
	}
}

func TestWaylandAnswers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wayland-0")
	env := func(name string) string { return map[string]string{"WAYLAND_DISPLAY": path}[name] }
	if waylandAnswers(env) {
		t.Error("a socket that is not there answers")
	}
	server, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if !waylandAnswers(env) {
		t.Error("a socket that is there does not answer")
	}
}
