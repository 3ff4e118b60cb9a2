package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/go-gl/gl/v2.1/gl"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// The program starts itself with these arguments to find out whether a window
// can be drawn: where OpenGL is missing Fyne opens no window and says nothing,
// and a broken driver may crash or hang.
const (
	trialFlag    = "--try-opengl"
	softwareFlag = "--software"
)

// trialPatience is how long a trial may take. A driver that needs longer hangs.
const trialPatience = 15 * time.Second

// tryOpenGL is the trial: it opens a hidden window of the kind that Fyne opens,
// prints who draws on it or why nobody does, and returns the exit status.
func tryOpenGL(args []string, out io.Writer) int {
	if slices.Contains(args, softwareFlag) {
		if err := takeSoftware(); err != nil {
			fmt.Fprintln(out, err)
			return statusCannot
		}
	}
	renderer, err := openHidden()
	if err != nil {
		fmt.Fprintln(out, err)
		return statusCannot
	}
	fmt.Fprintln(out, renderer)
	return 0
}

// openHidden returns who draws, or the toolkit's own words for what is missing.
func openHidden() (renderer string, err error) {
	defer func() {
		if e, ok := errors.AsType[*glfw.Error](err); ok {
			err = errors.New(strings.TrimRight(e.Desc, ". \r\n"))
		}
	}()
	if err := glfw.Init(); err != nil {
		return "", err
	}
	defer glfw.Terminate()
	glfw.WindowHint(glfw.Visible, glfw.False)
	glfw.WindowHint(glfw.ContextVersionMajor, 2) // as internal/driver/glfw/glfw_core.go of Fyne
	glfw.WindowHint(glfw.ContextVersionMinor, 1)
	w, err := glfw.CreateWindow(64, 64, "", nil, nil)
	if err != nil {
		return "", err
	}
	if w == nil { // the library prints an error of the platform and returns none
		_, why := glfw.GetError()
		return "", errors.New(strings.TrimRight(why, ". \r\n"))
	}
	w.MakeContextCurrent()
	if err := gl.Init(); err != nil {
		return "", err
	}
	return gl.GoStr(gl.GetString(gl.RENDERER)), nil
}

// trial runs a trial in a process of its own. What it says goes through a file:
// whatever a driver leaves running would hold a pipe open.
func trial(program string, software bool, patience time.Duration) (renderer string, err error) {
	file, err := os.CreateTemp("", "fairlead-trial-*")
	if err != nil {
		return "", err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	args := []string{trialFlag}
	if software {
		args = append(args, softwareFlag)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	c := exec.CommandContext(ctx, program, args...)
	c.Stdout = file
	ended := c.Run()
	if ctx.Err() != nil {
		return "", fmt.Errorf("the graphics driver did not answer within %v", patience)
	}
	out, err := os.ReadFile(file.Name())
	if err != nil {
		return "", err
	}
	said := strings.TrimSpace(string(out))
	switch {
	case ended == nil:
		return said, nil
	case said != "":
		return "", errors.New(said)
	}
	return "", fmt.Errorf("the graphics driver ended a trial: %w", ended)
}

// tryHere runs a trial of this very program.
func tryHere(software bool) (renderer string, err error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	return trial(self, software, trialPatience)
}
