//go:build wine

package wine

import (
	"bytes"
	"context"
	"flag"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the pictures to docs/screens")

// accent is the colour of the window's first button, in the light theme.
var accent = color.NRGBA{0x0B, 0x5C, 0x7A, 0xFF}

// TestWindow opens the window where there is OpenGL.
func TestWindow(t *testing.T) {
	t.Parallel()
	newDesk(t).walk(filepath.Join(programs(t), "fairlead.exe"), "windows-list", "windows-services")
}

// walk opens the window, goes one page on by keyboard, keeps pictures of both,
// and leaves.
func (d *desk) walk(program, list, services string) {
	d.t.Helper()
	trace := filepath.Join(d.home, "trace")
	c := d.command([]string{"FAIRLEAD_TRACE=Z:" + trace}, program, "--lab", "--theme", "light")
	said := d.start(c)
	d.awaitTrace(trace, "list:empty") // written once it was painted
	d.focus()
	if n := d.keep(list, accent); n < 1000 {
		d.t.Errorf("%d pixels have the colour of the first button", n)
	}
	d.tool("key", "Return")
	d.awaitTrace(trace, "page:services")
	d.keep(services, accent)
	d.tool("key", "ctrl+q")
	d.tool("key", "Tab", "Return") // leave, with a draft or without
	if err := c.Wait(); status(d.t, err) != 0 {
		d.t.Errorf("ended with %v:\n%s", err, said())
	}
}

// TestNoOpenGL starts the window on a display without OpenGL. A box of Windows'
// own says so and opens the wizard in a console.
func TestNoOpenGL(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "-extension", "GLX")
	c := d.command(nil, filepath.Join(programs(t), "fairlead.exe"), "--lab", "--theme", "light")
	said := d.start(c)
	d.focus()
	d.keep("windows-no-opengl", accent)
	d.tool("key", "y")
	if err := c.Wait(); status(t, err) != 0 {
		t.Fatalf("ended with %v:\n%s", err, said())
	}
	if text := said(); !strings.Contains(text, "OpenGL 2.1") || !strings.Contains(text, "fairleadctl.exe new") {
		t.Errorf("said %q", text)
	}
	d.tool("search", "--sync", "--onlyvisible", "--name", "fairleadctl")
	d.keep("windows-console", accent)
}

// TestNoOpenGLRefused answers the box with no, and then starts the window where
// the console's program is missing.
func TestNoOpenGLRefused(t *testing.T) {
	t.Parallel()
	d := newDesk(t, "-extension", "GLX")
	alone := filepath.Join(d.home, "fairlead.exe")
	data, err := os.ReadFile(filepath.Join(programs(t), "fairlead.exe"))
	if err == nil {
		err = os.WriteFile(alone, data, 0o700)
	}
	if err != nil {
		t.Fatal(err)
	}
	c := d.command(nil, alone)
	said := d.start(c)
	d.focus()
	d.tool("key", "n")
	if err := c.Wait(); status(t, err) != 3 {
		t.Errorf("after no, ended with %v:\n%s", err, said())
	}
	c = d.command(nil, alone)
	said = d.start(c)
	d.focus()
	d.tool("key", "y")
	d.awaitSaid(said, "fairleadctl.exe could not be started")
	d.focus()
	d.tool("key", "Return")
	if err := c.Wait(); status(t, err) != 3 {
		t.Errorf("without a console, ended with %v:\n%s", err, said())
	}
}

// TestNoDisplay starts the window where nobody can see a box.
func TestNoDisplay(t *testing.T) {
	t.Parallel()
	b := newBottle(t, "")
	c := b.command(nil, filepath.Join(programs(t), "fairlead.exe"))
	said := b.start(c)
	if err := c.Wait(); status(t, err) != 3 || !strings.Contains(said(), "no window can be opened") {
		t.Errorf("ended with %v:\n%s", err, said())
	}
}

// desk is a bottle with a display.
type desk struct {
	*bottle
	display string
}

func newDesk(t *testing.T, options ...string) *desk {
	t.Helper()
	display := newDisplay(t, options...)
	return &desk{newBottle(t, display), display}
}

// tool runs xdotool.
func (d *desk) tool(args ...string) string {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, "xdotool", args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.display)
	out, err := c.CombinedOutput()
	if err != nil {
		d.t.Fatalf("xdotool %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// focus waits for a window of Fairlead and gives it the keyboard, which no
// window manager does here.
func (d *desk) focus() {
	d.t.Helper()
	id := strings.Fields(d.tool("search", "--sync", "--onlyvisible", "--name", "^Fairlead"))[0]
	d.tool("windowfocus", "--sync", id)
}

func (d *desk) awaitTrace(path, line string) {
	d.t.Helper()
	d.awaitSaid(func() string {
		data, _ := os.ReadFile(path) // it may not have begun yet
		return string(data)
	}, line)
}

// awaitSaid waits until a text was said.
func (d *desk) awaitSaid(said func() string, text string) {
	d.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(patience); !strings.Contains(said(), text); {
		select {
		case <-tick.C:
		case <-late:
			d.t.Fatalf("%q was not said, but:\n%s", text, said())
		}
	}
}

// keep takes a picture of the display once it has come to rest, writes it to
// docs/screens with -update, and returns how many pixels have a colour.
func (d *desk) keep(name string, like color.NRGBA) int {
	d.t.Helper()
	var last, now []byte
	for late := time.Now().Add(patience); last == nil || !bytes.Equal(last, now); {
		if time.Now().After(late) {
			d.t.Fatal("the display does not come to rest")
		}
		last, now = now, d.picture()
	}
	if *update {
		if err := os.WriteFile(filepath.Join("../../docs/screens", name+".png"), now, 0o644); err != nil {
			d.t.Fatal(err)
		}
	}
	img, err := png.Decode(bytes.NewReader(now))
	if err != nil {
		d.t.Fatal(err)
	}
	n := 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			if color.NRGBAModel.Convert(img.At(x, y)) == like {
				n++
			}
		}
	}
	return n
}

func (d *desk) picture() []byte {
	d.t.Helper()
	c := exec.CommandContext(d.t.Context(), "import", "-window", "root", "-define", "png:exclude-chunks=date,time", "png:-")
	c.Env = append(os.Environ(), "DISPLAY="+d.display)
	out, err := c.Output()
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}
