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
	parts  []string // what was read since the last key, of a text that is longer than the screen
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

// kill kills the program, not the shell that it runs in.
func (term *terminal) kill() {
	term.t.Helper()
	out, err := exec.Command("tmux", "-S", term.socket, "list-panes", "-F", "#{pane_pid}").Output()
	if err != nil {
		term.t.Fatal(err)
	}
	if err := exec.Command("pkill", "-KILL", "-P", strings.TrimSpace(string(out))).Run(); err != nil {
		term.t.Fatal(err)
	}
}

// press sends keys by their names in tmux, one after the other.
func (term *terminal) press(keys ...string) {
	term.t.Helper()
	term.parts = nil
	term.send(keys...)
}

func (term *terminal) send(keys ...string) {
	term.t.Helper()
	if err := term.tmux(append([]string{"send-keys", "-t", "main"}, keys...)...); err != nil {
		term.t.Fatal(err)
	}
}

// write types a text as it stands.
func (term *terminal) write(text string) {
	term.t.Helper()
	term.parts = nil
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

// reading is the last line of a text that is longer than the screen.
var reading = regexp.MustCompile(`enter (more|go on) • ↑/↓ pgup/pgdn scroll`)

// wait waits until a text stands on the screen, and the screen stands still: one that
// is half drawn tells nothing of what a key will do. A text that is longer than the
// screen is read to its end.
func (term *terminal) wait(text string) string {
	term.t.Helper()
	before, same := "", 0
	for end := time.Now().Add(patience); ; {
		now := term.screen(false)
		if same++; now != before {
			before, same = now, 0
		}
		switch still := same >= 5; {
		case still && reading.MatchString(now):
			term.parts = append(term.parts, now)
			term.send("Enter")
			term.changed(now)
		case still && strings.Contains(strings.Join(term.parts, "")+now, text):
			return now
		}
		if time.Now().After(end) {
			term.t.Fatalf("%q never stood on the screen:\n%s", text, term.screen(true))
		}
		<-time.After(30 * time.Millisecond) // the program is another process: there is nothing to wait on
	}
}

// enter presses Enter, and waits until that has come to something.
func (term *terminal) enter() {
	term.t.Helper()
	now := term.screen(false)
	term.press("Enter")
	term.changed(now)
}

// says waits for the next question, and looks whether a text was written before it.
func (term *terminal) says(text string) {
	term.t.Helper()
	now := term.wait("enter ")
	if !strings.Contains(strings.Join(term.parts, "")+now, text) {
		term.t.Fatalf("%q does not stand above the question:\n%s", text, term.screen(true))
	}
}

// still is the screen once it stands still.
func (term *terminal) still() string {
	term.t.Helper()
	return term.wait("")
}

// changing are parts of a screen that differ from run to run.
var changing = regexp.MustCompile(`(?m)[<\d][\d.]* (ms|s)\b|\d{1,2} \w+ 20\d\d \d\d:\d\d|\d{4}-\d\d-\d\d( \d\d:\d\d)?|/tmp/\S+|--draft \S+|by \S+\\\S+`)

// keep keeps a screen as a picture, and before it what was read.
func (term *terminal) keep(name string) {
	term.t.Helper()
	if !*update {
		return
	}
	for i, part := range term.parts {
		term.save(fmt.Sprintf("%s-%d", name, i+1), part)
	}
	term.save(name, term.screen(false))
}

func (term *terminal) save(name, text string) {
	term.t.Helper()
	text = changing.ReplaceAllStringFunc(text, func(found string) string {
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
