//go:build e2e

package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// startPatience is how long a start may take, on a slow machine.
const startPatience = 60 * time.Second

// wizard is on the first page of the wizard in the terminal.
const wizard = "Which services will use the connector?"

// TestStart starts the real program where a window may not open. It never hangs
// and is never silent.
func TestStart(t *testing.T) {
	glx, bare, locked := display(t), display(t, "-extension", "GLX"), display(t, "-auth", cookie(t))
	const ssh = "SSH_CONNECTION=192.0.2.1 50000 192.0.2.2 22"
	for name, c := range map[string]struct {
		env      []string
		args     []string
		terminal bool
		says     []string
		status   int
	}{
		"no display":              {env: nil, says: []string{"DISPLAY is empty", "fairleadctl"}, status: 3},
		"no display, a terminal":  {terminal: true, says: []string{"DISPLAY is empty", wizard}},
		"over SSH":                {env: []string{ssh}, says: []string{"over SSH without a display"}, status: 3},
		"over SSH, a terminal":    {env: []string{ssh}, terminal: true, says: []string{"over SSH without a display", wizard}},
		"SSH's display is gone":   {env: []string{ssh, "DISPLAY=localhost:4711.0"}, terminal: true, says: []string{"localhost:4711.0 does not answer", wizard}},
		"wrong DISPLAY":           {env: []string{"DISPLAY=:4711"}, says: []string{":4711 does not answer", "fairleadctl"}, status: 3},
		"wrong DISPLAY, terminal": {env: []string{"DISPLAY=:4711"}, terminal: true, says: []string{":4711 does not answer", wizard}},
		"nonsense in DISPLAY":     {env: []string{"DISPLAY=desk"}, says: []string{`"desk", which names no display`}, status: 3},
		"a display that refuses":  {env: []string{locked}, terminal: true, says: []string{"Failed to open display", wizard}},
		"no GLX":                  {env: []string{bare}, says: []string{"OpenGL 2.1", "GLX extension not found", "fairleadctl"}, status: 3},
		"no GLX, a terminal":      {env: []string{bare}, terminal: true, says: []string{"GLX extension not found", wizard}},
		"no GLX, the lab":         {env: []string{bare}, args: []string{"--lab"}, says: []string{"GLX extension not found", "That was all of it"}},
		"no window wanted":        {env: []string{glx}, args: []string{"--terminal"}, terminal: true, says: []string{wizard}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := launch(t, c.terminal, c.env, c.args...)
			for _, text := range c.says {
				p.await(text)
			}
			if !c.terminal {
				p.ends(c.status)
			}
		})
	}
}

// TestStartOpensTerminal starts the program on a desktop without OpenGL, from a
// menu, so that what it prints is seen by nobody.
func TestStartOpensTerminal(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"xdg-terminal-exec":   "--terminal --data",
		"x-terminal-emulator": "-e --terminal --data",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			ran := filepath.Join(dir, "ran")
			script := "#!/bin/sh\nprintf '%s ' \"$@\" >" + ran + ".new && mv " + ran + ".new " + ran + "\n"
			if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o700); err != nil {
				t.Fatal(err)
			}
			p := launch(t, false, []string{display(t, "-extension", "GLX"), "PATH=" + dir + ":/bin"}, "--data", dir)
			p.await("opened by " + name)
			p.ends(0)
			got := strings.NewReplacer(program(t)+" ", "", " "+dir+" ", "").Replace(readSoon(t, ran))
			if got != want {
				t.Errorf("ran %q, want %q", got, want)
			}
		})
	}
}

// TestStartFallsBack takes from the program the way to draw that it is told to
// go, so that software has to draw, and looks whether it does.
func TestStartFallsBack(t *testing.T) {
	t.Parallel()
	trace := filepath.Join(t.TempDir(), "trace")
	p := launch(t, false, []string{display(t), "LIBGL_ALWAYS_INDIRECT=1", "FAIRLEAD_TRACE=" + trace}, "--lab")
	if got := readSoon(t, trace); !strings.HasPrefix(got, "list") { // written once it was painted
		t.Errorf("shown: %q\n%s", got, p.said())
	}
}

// TestStartGivesUp lets the trial pass and then has the display fall silent, so
// that the program waits in the toolkit for an answer that never comes.
func TestStartGivesUp(t *testing.T) {
	t.Parallel()
	for name, terminal := range map[string]bool{"terminal": true, "no terminal": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := launch(t, terminal, []string{silentAfterTrial(t, display(t))})
			p.await("nothing of it could be drawn within 20 seconds")
			if terminal {
				p.await(wizard)
				return
			}
			p.ends(3)
		})
	}
}

// process is one run of the program.
type process struct {
	t     *testing.T
	mu    sync.Mutex
	out   bytes.Buffer
	more  chan struct{} // has room for one sign that there is more
	ended chan error
}

// launch starts the program in a clean environment, on a terminal if it is asked
// for; the later of two settings of one variable counts.
func launch(t *testing.T, terminal bool, env []string, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*startPatience)
	t.Cleanup(cancel)
	c := exec.CommandContext(ctx, program(t), args...)
	if terminal {
		words := append([]string{program(t)}, args...)
		c = exec.CommandContext(ctx, "script", "-qefc", strings.Join(words, " "), "/dev/null")
		stdin, err := c.StdinPipe() // script ends the session with its input
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = stdin.Close() })
	}
	home := t.TempDir()
	c.Env = append([]string{"PATH=/nothing:/bin:/usr/bin", "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "TERM=dumb", "LANG=C.UTF-8"}, env...)
	if !terminal && !strings.Contains(strings.Join(env, " "), "PATH=") {
		c.Env = append(c.Env, "PATH=/nothing") // where there is no terminal to open
	}
	r := &process{t: t, more: make(chan struct{}, 1), ended: make(chan error, 1)}
	c.Stdout, c.Stderr, c.WaitDelay = r, r, time.Second
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		r.ended <- c.Wait()
		close(done)
	}()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return r
}

func (r *process) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case r.more <- struct{}{}:
	default:
	}
	return r.out.Write(p)
}

func (r *process) said() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}

// await waits until the program has said a text.
func (r *process) await(text string) {
	r.t.Helper()
	late := time.After(startPatience)
	for !strings.Contains(r.said(), text) {
		select {
		case <-r.more:
		case err := <-r.ended:
			r.ended <- err
			if !strings.Contains(r.said(), text) {
				r.t.Fatalf("ended with %v and did not say %q, but:\n%s", err, text, r.said())
			}
		case <-late:
			r.t.Fatalf("did not say %q, but:\n%s", text, r.said())
		}
	}
}

// ends waits for the end of the program.
func (r *process) ends(status int) {
	r.t.Helper()
	select {
	case err := <-r.ended:
		r.ended <- err
		got := 0
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			got = exit.ExitCode()
		} else if err != nil {
			r.t.Fatal(err)
		}
		if got != status {
			r.t.Errorf("ended with status %d, want %d:\n%s", got, status, r.said())
		}
	case <-time.After(startPatience):
		r.t.Fatalf("did not end:\n%s", r.said())
	}
}

// program is the program to run: FAIRLEAD_BIN, or one built for the tests.
func program(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var built = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("FAIRLEAD_BIN"); path != "" {
		return path, nil
	}
	path := filepath.Join("..", "..", "tmp", "start", "fairlead")
	out, err := exec.Command("go", "build", "-tags", "x11,no_emoji", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return filepath.Abs(path)
})

// display starts a display and returns DISPLAY=… for it.
func display(t *testing.T, options ...string) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", "1000x700x24", "-nolisten", "tcp", "-noreset"}, options...)...)
	server.ExtraFiles = []*os.File{w}
	if err := server.Start(); err != nil {
		t.Fatalf("start Xvfb: %v; make deps installs it", err)
	}
	_ = w.Close()
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb names no display: %v", err)
	}
	return "DISPLAY=:" + strings.TrimSpace(number)
}

// cookie is a file that makes a display refuse whoever does not know it.
func cookie(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "cookie")
	entry := []byte("\xff\xff\x00\x00\x00\x00\x00\x12MIT-MAGIC-COOKIE-1\x00\x10" + strings.Repeat("k", 16)) // Xau(7): of any family
	if err := os.WriteFile(path, entry, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readSoon reads a file as soon as something is in it.
func readSoon(t *testing.T, path string) string {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(startPatience); ; {
		if data, err := os.ReadFile(path); err == nil && len(data) > 0 {
			return string(data)
		}
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("nothing was written to %s", path)
		}
	}
}
