//go:build wine

package wine

import (
	"bufio"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// patience is how long anything may take, on a slow machine.
const patience = 90 * time.Second

// bottle is a Windows of its own: a prefix of wine.
type bottle struct {
	t    *testing.T
	wine string
	home string
	env  []string // what is added to the environment of programs
}

// newBottle makes a prefix with the random numbers that Go needs, on a display
// or, with none, without.
func newBottle(t *testing.T, display string) *bottle {
	t.Helper()
	b := &bottle{t: t, home: t.TempDir()}
	for _, name := range []string{"wine64", "/usr/lib/wine/wine64", "wine"} {
		if path, err := exec.LookPath(name); err == nil {
			b.wine = path
			break
		}
	}
	if b.wine == "" {
		t.Fatal("there is no wine; make deps installs it")
	}
	if display != "" {
		b.env = []string{"DISPLAY=" + display}
	}
	t.Cleanup(b.end)
	b.must(b.command(nil, "wineboot", "--init"))
	b.must(exec.CommandContext(t.Context(), "x86_64-w64-mingw32-gcc", "-shared", "-s",
		"-o", filepath.Join(b.prefix(), "drive_c/windows/system32/bcryptprimitives.dll"), "testdata/processprng.c", "-ladvapi32"))
	return b
}

func (b *bottle) prefix() string { return filepath.Join(b.home, "prefix") }

// overrides say which libraries are not wine's own.
const overrides = "WINEDLLOVERRIDES=bcryptprimitives=n,b;mscoree,mshtml=;winemenubuilder.exe=d"

// command is a Windows program to run.
func (b *bottle) command(env []string, program string, args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(b.t.Context(), patience)
	b.t.Cleanup(cancel)
	c := exec.CommandContext(ctx, b.wine, append([]string{program}, args...)...)
	c.WaitDelay = time.Second
	c.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + b.home, "XDG_RUNTIME_DIR=" + b.home, "WINEPREFIX=" + b.prefix(), "WINEARCH=win64",
		"WINEDEBUG=-all", overrides, "LANG=C.UTF-8", "TZ=UTC",
		"LIBGL_ALWAYS_SOFTWARE=1",
	}, append(b.env, env...)...)
	return c
}

// must runs a program that has to work, and returns what it said. It says it to
// a file: wine's own server, which goes on, would hold a pipe open.
func (b *bottle) must(c *exec.Cmd) string {
	b.t.Helper()
	said := b.start(c)
	err := c.Wait()
	if err != nil {
		b.t.Fatalf("%s: %v\n%s", strings.Join(c.Args, " "), err, said())
	}
	return said()
}

// start starts a program and returns a function that reads what it has said.
func (b *bottle) start(c *exec.Cmd) (said func() string) {
	b.t.Helper()
	f, err := os.CreateTemp(b.home, "said")
	if err != nil {
		b.t.Fatal(err)
	}
	c.Stdout, c.Stderr = f, f
	if err := c.Start(); err != nil {
		b.t.Fatal(err)
	}
	_ = f.Close()
	return func() string {
		data, err := os.ReadFile(f.Name())
		if err != nil {
			b.t.Fatal(err)
		}
		return string(data)
	}
}

// end ends whatever still runs in the bottle.
func (b *bottle) end() {
	c := exec.Command(b.server(), "-k")
	c.Env = []string{"HOME=" + b.home, "WINEPREFIX=" + b.prefix()}
	_ = c.Run() // it fails when nothing runs
}

// settle waits until the last program has ended and the registry of the system
// is written.
func (b *bottle) settle() {
	b.t.Helper()
	c := exec.CommandContext(b.t.Context(), b.server(), "-w")
	c.Env = []string{"HOME=" + b.home, "WINEPREFIX=" + b.prefix()}
	b.must(c)
}

func (b *bottle) server() string {
	beside := filepath.Join(filepath.Dir(b.wine), "wineserver64")
	if _, err := os.Stat(beside); err == nil {
		return beside
	}
	return "wineserver"
}

// programs is the folder with the two programs, which make windows builds.
func programs(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("FAIRLEAD_WINDOWS")
	if dir == "" {
		t.Fatal("FAIRLEAD_WINDOWS names no folder with the programs; make windows builds them and sets it")
	}
	return dir
}

// compile compiles the tests of a package for Windows.
func compile(t *testing.T, pkg string, tags string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), filepath.Base(pkg)+".test.exe")
	c := exec.CommandContext(t.Context(), "go", "test", "-c", "-tags", tags, "-o", out, pkg)
	c.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if said, err := c.CombinedOutput(); err != nil {
		t.Fatalf("compile %s: %v\n%s", pkg, err, said)
	}
	return out
}

// newDisplay starts a display and returns its name.
func newDisplay(t *testing.T, options ...string) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", append([]string{"-displayfd", "3", "-screen", "0", "1000x700x24", "-nolisten", "tcp", "-noreset", "-r"}, options...)...)
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
	return ":" + strings.TrimSpace(number)
}

// status is the exit status that a program ended with.
func status(t *testing.T, err error) int {
	t.Helper()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0
}
