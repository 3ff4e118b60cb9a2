package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// noDisplay says why no window can be opened, or nothing. Fyne itself panics
// where there is no display.
func noDisplay(getenv func(string) string) string {
	if wayland && waylandAnswers(getenv) {
		return ""
	}
	display := getenv("DISPLAY")
	switch {
	case display == "" && getenv("SSH_CONNECTION") != "":
		return "this is a session over SSH without a display (DISPLAY is empty)"
	case display == "":
		return "no display is set (DISPLAY is empty)"
	}
	network, addresses, err := displayAddress(display)
	if err != nil {
		return err.Error()
	}
	for _, address := range addresses {
		conn, err := net.DialTimeout(network, address, 2*time.Second)
		if err == nil {
			_ = conn.Close()
			return ""
		}
	}
	return "the display " + display + " does not answer"
}

// firstPort is the port of display 0, as X(7) says.
const firstPort = 6000

// displayAddress is where an X server listens, as X(7) says: "[host]:n[.screen]".
// Without a host there are two sockets, and either will do.
func displayAddress(display string) (network string, addresses []string, err error) {
	i := strings.LastIndex(display, ":")
	if i < 0 {
		return "", nil, fmt.Errorf("DISPLAY is %q, which names no display", display)
	}
	host, rest := display[:i], display[i+1:]
	number, _, _ := strings.Cut(rest, ".")
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil || n > 65535-firstPort {
		return "", nil, fmt.Errorf("DISPLAY is %q, which names no display", display)
	}
	if host == "" || host == "unix" {
		path := fmt.Sprintf("/tmp/.X11-unix/X%d", n)
		return "unix", []string{path, "@" + path}, nil
	}
	host = strings.Trim(host, "[]") // of an IPv6 address
	return "tcp", []string{net.JoinHostPort(host, strconv.FormatUint(firstPort+n, 10))}, nil
}

func waylandAnswers(getenv func(string) string) bool {
	name := getenv("WAYLAND_DISPLAY")
	if name == "" {
		return false
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(getenv("XDG_RUNTIME_DIR"), name)
	}
	info, err := os.Stat(name)
	return err == nil && info.Mode()&os.ModeSocket != 0
}
