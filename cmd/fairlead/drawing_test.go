package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestChooseDrawing(t *testing.T) {
	none := errors.New("the driver does not support OpenGL")
	for name, c := range map[string]struct {
		card, processor   error // what the trials come to
		renderer          string
		has, wants        bool
		want              drawing
		trials            int
		why, notInTheText string
	}{
		"a card":              {renderer: "NVIDIA T400", has: true, trials: 1},
		"the system's Mesa":   {renderer: "llvmpipe (LLVM 15.0.6, 256 bits)", has: true, trials: 1, want: drawing{slow: true}},
		"no driver, but Mesa": {card: none, has: true, trials: 2, want: drawing{software: true, slow: true}},
		"no driver, no Mesa":  {card: none, trials: 1, why: "OpenGL 2.1, which draws it, cannot be used here (the driver does not support OpenGL)"},
		"neither works":       {card: none, processor: errors.New("no disk"), has: true, trials: 2, why: "software rendering: no disk"},
		"the same twice":      {card: none, processor: errors.New(none.Error()), has: true, trials: 2, why: none.Error(), notInTheText: "software"},
		"software wanted":     {renderer: "NVIDIA T400", has: true, wants: true, trials: 1, want: drawing{software: true, slow: true}},
		"wanted, not there":   {wants: true, why: "does not come with this installation"},
	} {
		t.Run(name, func(t *testing.T) {
			trials := 0
			got, err := chooseDrawing(func(software bool) (string, error) {
				trials++
				if software {
					return "llvmpipe", c.processor
				}
				return c.renderer, c.card
			}, c.has, c.wants)
			if got != c.want || trials != c.trials || (err != nil) != (c.why != "") {
				t.Fatalf("%+v after %d trials, %v", got, trials, err)
			}
			if err != nil && (!strings.Contains(err.Error(), c.why) || c.notInTheText != "" && strings.Contains(err.Error(), c.notInTheText)) {
				t.Errorf("says %q", err)
			}
		})
	}
}

// TestTrial takes programs for drivers that answer, fail, crash and hang.
func TestTrial(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts; fairlead/cmd/wine runs the real trial on Windows")
	}
	for name, c := range map[string]struct{ script, renderer, why string }{
		"answers":  {"echo chatter >&2; echo llvmpipe", "llvmpipe", ""},
		"fails":    {"echo GLX: none; exit 3", "", "GLX: none"},
		"crashes":  {"kill -s SEGV $$", "", "ended a trial: signal: segmentation fault"},
		"hangs":    {"exec sleep 600", "", "did not answer within"},
		"software": {`test "$1 $2" = "--try-opengl --software" && echo softpipe`, "softpipe", ""},
	} {
		t.Run(name, func(t *testing.T) {
			program := filepath.Join(t.TempDir(), "program")
			if err := os.WriteFile(program, []byte("#!/bin/sh\n"+c.script+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			patience := time.Minute
			if name == "hangs" {
				patience = 200 * time.Millisecond
			}
			renderer, err := trial(program, name == "software", patience)
			if renderer != c.renderer || (err != nil) != (c.why != "") || err != nil && !strings.Contains(err.Error(), c.why) {
				t.Errorf("%q, %v", renderer, err)
			}
		})
	}
}
