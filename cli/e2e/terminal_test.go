//go:build e2e

package e2e

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "keep the screens in docs/screens/terminal")

// program is the terminal program that is played, as FAIRLEADCTL_BIN names it.
func program(t *testing.T) string {
	t.Helper()
	path := os.Getenv("FAIRLEADCTL_BIN")
	if path == "" {
		t.Fatal(`FAIRLEADCTL_BIN does not name the program; "make terminal" builds it and sets that`)
	}
	return path
}

// terminal is a tmux session of its own, with one program in it.
type terminal struct {
	t      *testing.T
	socket string
	home   string
}

// start runs a command line in a new terminal, in an empty home without a keyring.
func start(t *testing.T, environment, command string) *terminal {
	t.Helper()
	term := &terminal{t: t, home: t.TempDir()}
	term.again(environment, command)
	return term
}

// again runs another command line in the same home.
func (term *terminal) again(environment, command string) {
	term.t.Helper()
	term.socket = filepath.Join(term.t.TempDir(), "tmux") // a server of its own
	line := fmt.Sprintf("env -u DBUS_SESSION_BUS_ADDRESS -u DISPLAY HOME=%s XDG_RUNTIME_DIR=%s TERM=tmux-256color %s %s; echo ended with $?; exec sleep 600",
		term.home, term.home, environment, command)
	if err := term.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", "-s", "main", line); err != nil {
		term.t.Fatal(err)
	}
	end := *term
	term.t.Cleanup(func() { _ = end.tmux("kill-server") })
}

func (term *terminal) tmux(args ...string) error {
	out, err := exec.Command("tmux", append([]string{"-S", term.socket}, args...)...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("tmux %s: %w: %s", args[0], err, out)
	}
	return nil
}

// press sends keys by their names in tmux, one after the other.
func (term *terminal) press(keys ...string) {
	term.t.Helper()
	if err := term.tmux(append([]string{"send-keys", "-t", "main"}, keys...)...); err != nil {
		term.t.Fatal(err)
	}
}

// write types a text as it stands.
func (term *terminal) write(text string) {
	term.t.Helper()
	if err := term.tmux("send-keys", "-t", "main", "-l", text); err != nil {
		term.t.Fatal(err)
	}
}

// screen is what stands in the terminal, and with it what has scrolled away.
func (term *terminal) screen(all bool, args ...string) string {
	term.t.Helper()
	from := "0"
	if all {
		from = "-2000"
	}
	var out bytes.Buffer
	cmd := exec.Command("tmux", append([]string{"-S", term.socket, "capture-pane", "-p", "-t", "main", "-S", from}, args...)...)
	cmd.Stdout = &out
	if err := cmd.Run(); err != nil {
		term.t.Fatal(err)
	}
	return strings.TrimRight(out.String(), "\n ") + "\n"
}

// patience is how long a screen may take; programs start slowly where many run.
const patience = time.Minute

// wait waits until a text stands on the screen, and the screen stands still: one that
// is half drawn tells nothing of what a key will do.
func (term *terminal) wait(text string) string {
	term.t.Helper()
	before := ""
	for end := time.Now().Add(patience); ; {
		now := term.screen(false)
		if now == before && strings.Contains(now, text) {
			return now
		}
		before = now
		if time.Now().After(end) {
			term.t.Fatalf("%q never stood on the screen:\n%s", text, term.screen(true))
		}
		<-time.After(30 * time.Millisecond) // the program is another process: there is nothing to wait on
	}
}

// changing are parts of a screen that differ from run to run.
var changing = regexp.MustCompile(`(?m)[<\d][\d.]* (ms|s)\b|\d{1,2} \w+ 20\d\d \d\d:\d\d|\d{4}-\d\d-\d\d( \d\d:\d\d)?|/tmp/\S+|--draft \S+`)

// keep keeps a screen as a picture.
func (term *terminal) keep(name string) {
	term.t.Helper()
	if !*update {
		return
	}
	text := changing.ReplaceAllStringFunc(term.screen(false), func(found string) string {
		return strings.Repeat("…", len([]rune(found)))
	})
	if err := os.WriteFile(filepath.Join("..", "..", "docs", "screens", "terminal", name+".txt"), []byte(text), 0o644); err != nil {
		term.t.Fatal(err)
	}
}

// changed waits until the screen is another than it was.
func (term *terminal) changed(was string) {
	term.t.Helper()
	for end := time.Now().Add(patience); term.screen(false) == was; {
		if time.Now().After(end) {
			term.t.Fatalf("nothing happened:\n%s", was)
		}
		<-time.After(30 * time.Millisecond)
	}
}
