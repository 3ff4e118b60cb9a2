package oauth

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestBrowserAvailable(t *testing.T) {
	for _, test := range []struct {
		name, system string
		env          map[string]string
		want         Kind
	}{
		{"a desktop", "linux", map[string]string{"DISPLAY": ":0"}, ""},
		{"Wayland", "linux", map[string]string{"WAYLAND_DISPLAY": "wayland-0"}, ""},
		{"Windows", "windows", nil, ""},
		{"a Mac", "darwin", nil, ""},
		{"a server", "linux", nil, NoBrowser},
		{"SSH", "linux", map[string]string{"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, NoBrowser},
		{"SSH to Windows", "windows", map[string]string{"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22"}, NoBrowser},
		{"SSH to a Mac", "darwin", map[string]string{"SSH_TTY": "/dev/ttys001"}, NoBrowser},
		{"WSL", "linux", map[string]string{"DISPLAY": ":0", "WSL_DISTRO_NAME": "Debian"}, NoBrowser},
	} {
		b := SystemBrowser{test.system, func(name string) string { return test.env[name] }}
		if err := b.Available(); KindOf(err) != test.want {
			t.Errorf("%s: %v", test.name, err)
		}
		if test.want != "" {
			if err := b.Open(t.Context(), "http://127.0.0.1:1/"); KindOf(err) != NoBrowser {
				t.Errorf("%s: opened: %v", test.name, err)
			}
		}
	}
}

func TestLaunch(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		want Kind
	}{
		{"works", nil, ""},
		{"nothing to open with", &exec.Error{Name: "xdg-open", Err: exec.ErrNotFound}, NoBrowser},
		{"fails", errors.New("exit status 3"), NoBrowser},
	} {
		if err := launch(t.Context(), "", func(string) error { return test.err }); KindOf(err) != test.want || (err == nil) != (test.want == "") {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

// TestLaunchDoesNotWait takes a launcher that runs until the browser is closed.
func TestLaunchDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		closed := make(chan struct{})
		defer close(closed)
		slow := func(string) error { <-closed; return nil }
		start := time.Now()
		if err := launch(t.Context(), "", slow); err != nil || time.Since(start) != launchTime {
			t.Errorf("%v after %v", err, time.Since(start))
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := launch(ctx, "", slow); KindOf(err) != Cancelled {
			t.Errorf("cancelled: %v", err)
		}
	})
}

func TestWindowsRefusesLongAddresses(t *testing.T) {
	b := SystemBrowser{"windows", func(string) string { return "" }}
	err := b.Open(t.Context(), "https://login.example/?"+strings.Repeat("x", longest))
	if KindOf(err) != NoBrowser || !strings.Contains(err.Error(), "longer than Windows") {
		t.Errorf("opened: %v", err)
	}
}

// TestLauncherIsSilent runs this test again as a program of its own, which
// opens a browser by a launcher that chatters. fairlead/cmd/wine runs it too.
func TestLauncherIsSilent(t *testing.T) {
	if address := os.Getenv("FAIRLEAD_TEST_OPENS"); address != "" {
		if err := openQuietly(address); err != nil {
			t.Fatal(err)
		}
		return
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the system opens the browser itself there, and starts no launcher")
	}
	const address = "http://127.0.0.1:1/start/A?x=1&y=2"
	dir := t.TempDir()
	opened := filepath.Join(dir, "opened")
	launcher := "#!/bin/sh\necho chatter; echo chatter >&2; printf %s \"$1\" > " + opened + "\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(launcher), 0o700); err != nil {
		t.Fatal(err)
	}
	program := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLauncherIsSilent$")
	program.Env = append(os.Environ(), "FAIRLEAD_TEST_OPENS="+address, "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
	if said, err := program.CombinedOutput(); err != nil || strings.Contains(string(said), "chatter") {
		t.Errorf("said %q, %v", said, err)
	}
	if got, err := os.ReadFile(opened); err != nil || string(got) != address {
		t.Errorf("opened %q, %v", got, err)
	}
}
