//go:build e2e

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fairlead/lab"
)

// patience is how long anything may take. It is long: the machine may be slow.
const patience = 60 * time.Second

// operator is who works at the desk, on whatever computer that is.
const operator = `DESK01\anna`

// desk is a display with the program on it, and the place that it writes to.
type desk struct {
	t       *testing.T
	display string
	home    string
	log     *bytes.Buffer // what the program says; read it once it has ended
	trace   string        // path of the file that names what is shown
	read    int           // how much of it was waited for
	window  string        // id of the window
	path    string        // where programs are found
	secrets []string      // what must not be seen anywhere
	ended   chan error
	group   int // of processes: the program and its session
}

// newDesk starts a display on a free number.
func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{t: t, home: t.TempDir(), log: &bytes.Buffer{}, path: os.Getenv("PATH"), secrets: []string{lab.Password}}
	seen := watch(t, d.home)
	t.Cleanup(func() { d.prove(seen) }) // once the program has ended
	d.trace = filepath.Join(d.home, "trace")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	// -r: no key repeats while a busy machine keeps xdotool from letting it go
	// -screen 1: for a browser, which must not cover the window
	const size = "1000x700x24"
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size, "-screen", "1", size, "-nolisten", "tcp", "-noreset", "-r")
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatalf("start Xvfb: %v; make deps installs it", err)
	}
	w.Close()
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}
	d.display = ":" + strings.TrimSpace(number)
	return d
}

// prove fails the test when a secret was an argument of a process, or is in a
// file below HOME or in what the program printed, or when the toolkit found a
// widget touched on a wrong goroutine, or the race detector a race.
func (d *desk) prove(argument func(secret string) bool) {
	for _, secret := range d.secrets {
		if argument(secret) {
			d.t.Errorf("%q was an argument of a process", secret)
		}
		if files := leaks(d.t, d.home, secret); len(files) > 0 {
			d.t.Errorf("%q is in %s", secret, strings.Join(files, ", "))
		}
		if holds(d.log.Bytes(), secret) {
			d.t.Errorf("%q is in what the program printed:\n%s", secret, d.log)
		}
	}
	for _, sign := range []string{"Error in Fyne call thread", "DATA RACE"} {
		if strings.Contains(d.log.String(), sign) {
			d.t.Errorf("the program complains:\n%s", d.log)
		}
	}
}

// env is a clean environment: nothing of whoever runs the test.
func (d *desk) env() []string {
	return []string{
		"PATH=" + d.path, "HOME=" + d.home, "DISPLAY=" + d.display, "LANG=C.UTF-8", "TZ=UTC", "FAIRLEAD_HOLDER=" + operator,
		"XDG_RUNTIME_DIR=" + d.home, "FAIRLEAD_TRACE=" + d.trace, "LIBGL_ALWAYS_SOFTWARE=1",
	}
}

// start starts the program in a session with a real Secret Service, and finds
// its window. The keyring's own password is not the one that is looked for.
func (d *desk) start(args ...string) {
	d.t.Helper()
	all := append([]string{"--", "sh", "session.sh", binary(d.t)}, args...)
	program := exec.Command("dbus-run-session", all...)
	program.Env, program.Stdout, program.Stderr = d.env(), d.log, d.log
	program.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := program.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.group = program.Process.Pid
	d.ended = make(chan error, 1)
	go func() {
		d.ended <- program.Wait()
		close(d.ended)
	}()
	d.t.Cleanup(func() {
		_ = syscall.Kill(-program.Process.Pid, syscall.SIGKILL) // after a failure the group is still there
		<-d.ended
	})
	d.await("list:loaded")
	d.window = strings.Fields(d.tool("", "search", "--sync", "--onlyvisible", "--name", "^Fairlead"))[0]
	d.tool("", "windowfocus", "--sync", d.window)
}

// stop closes the window as its user would, and waits for the program to end.
func (d *desk) stop() {
	d.t.Helper()
	d.focus()
	d.keys("ctrl+q")
	select {
	case err := <-d.ended:
		if err != nil {
			d.t.Fatalf("the program ended with %v\n%s", err, d.log)
		}
	case <-time.After(patience):
		d.t.Fatal("the program did not end after its window was closed")
	}
}

// tool runs xdotool. What it types comes on standard input, so that nothing
// secret is an argument of a process.
func (d *desk) tool(input string, args ...string) string {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, "xdotool", args...)
	c.Env, c.Stdin = d.env(), strings.NewReader(input)
	out, err := c.CombinedOutput()
	if err != nil {
		d.t.Fatalf("xdotool %s: %v: %s", args[0], err, out)
	}
	return string(out)
}

// keys presses keys, by the names of X11.
func (d *desk) keys(names ...string) {
	d.t.Helper()
	d.tool("", append([]string{"key", "--clearmodifiers"}, names...)...)
}

// types types a text.
func (d *desk) types(text string) {
	d.t.Helper()
	d.tool(text, "type", "--clearmodifiers", "--file", "-")
}

// focus gives the window the keyboard, after the browser.
func (d *desk) focus() {
	d.t.Helper()
	d.tool("", "windowfocus", "--sync", d.window)
}

// await waits until the program says that something is shown, after whatever
// was waited for before.
func (d *desk) await(name string) {
	d.t.Helper()
	deadline := time.Now().Add(patience)
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for time.Now().Before(deadline) {
		lines := d.traced()
		for i := d.read; i < len(lines); i++ {
			if lines[i] == name {
				d.read = i + 1
				return
			}
		}
		select {
		case err := <-d.ended:
			d.t.Fatalf("the program ended with %v while %q was waited for\n%s", err, name, d.log)
		case <-tick.C:
		}
	}
	d.t.Fatalf("%q was not shown; the trace is %v", name, d.traced())
}

func (d *desk) traced() []string {
	data, err := os.ReadFile(d.trace)
	if err != nil {
		return nil // not begun yet
	}
	text := string(data)
	return strings.Split(text[:strings.LastIndex(text, "\n")+1], "\n")
}

// restful is how often the window has to look the same, to have come to rest.
const restful = 3

// picture returns the window as it looks once it has come to rest.
func (d *desk) picture() []byte {
	d.t.Helper()
	deadline := time.Now().Add(patience)
	var last []byte
	alike := 0 // in a row: a busy machine paints late what is there already
	for time.Now().Before(deadline) {
		now := d.capture()
		if last == nil || differs(d.t, now, last) {
			alike = 0
		} else if alike++; alike == restful {
			return now
		}
		last = now
	}
	d.t.Fatal("the window does not come to rest")
	return nil
}

// differs compares two pictures. A caret that blinks makes no difference.
func differs(t *testing.T, a, b []byte) bool {
	t.Helper()
	const caret = 200 // pixels
	one, two := decode(t, a), decode(t, b)
	if one.Bounds() != two.Bounds() {
		return true
	}
	n := 0
	for y := one.Bounds().Min.Y; y < one.Bounds().Max.Y; y++ {
		for x := one.Bounds().Min.X; x < one.Bounds().Max.X; x++ {
			if one.At(x, y) != two.At(x, y) {
				n++
			}
		}
	}
	return n > caret
}

func decode(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func (d *desk) capture() []byte {
	d.t.Helper()
	c := exec.Command("import", "-window", d.window, "-define", "png:exclude-chunks=date,time", "png:-")
	c.Env = d.env()
	var out, problem bytes.Buffer
	c.Stdout, c.Stderr = &out, &problem
	if err := c.Run(); err != nil {
		d.t.Fatalf("import: %v: %s", err, problem.String())
	}
	return out.Bytes()
}

// binary is the program to run: FAIRLEAD_BIN, or one built for the test.
func binary(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("FAIRLEAD_BIN"); path != "" {
		return path
	}
	path := filepath.Join(t.TempDir(), "fairlead")
	c := exec.Command("go", "build", "-tags", "x11,no_emoji", "-o", path, "fairlead/cmd/fairlead")
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return path
}
