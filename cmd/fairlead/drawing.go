package main

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
)

// drawing is how the window can be drawn.
type drawing struct {
	software bool // by the library that takeSoftware brings in
	slow     bool // by the processor, so that nothing should move
}

// chooseDrawing tries the ways to draw in their order and says why none works.
func chooseDrawing(try func(software bool) (string, error), hasSoftware, wantsSoftware bool) (drawing, error) {
	if wantsSoftware && !hasSoftware {
		return drawing{}, errors.New("software rendering does not come with this installation")
	}
	var why error
	if !wantsSoftware {
		renderer, err := try(false)
		if err == nil {
			return drawing{slow: byProcessor(renderer)}, nil
		}
		why = err
	}
	if hasSoftware {
		_, err := try(true)
		if err == nil {
			return drawing{software: true, slow: true}, nil
		}
		if why == nil || err.Error() == why.Error() {
			why = err
		} else {
			why = fmt.Errorf("%w; software rendering: %w", why, err)
		}
	}
	return drawing{}, fmt.Errorf("OpenGL 2.1, which draws it, cannot be used here (%w)", why)
}

// byProcessor says whether a renderer, by its name, is one of Mesa's that work
// without a graphics card.
func byProcessor(renderer string) bool {
	for _, name := range []string{"llvmpipe", "softpipe", "swrast", "Software Rasterizer"} {
		if strings.Contains(renderer, name) {
			return true
		}
	}
	return false
}

// calm is an application in which nothing moves: where the processor draws, a
// blinking caret alone takes a part of it, and over RDP each frame is sent.
// Changes of the system between light and dark are not followed then.
type calm struct{ fyne.App }

func (c calm) Settings() fyne.Settings { return still{c.App.Settings()} }

type still struct{ fyne.Settings }

func (still) ShowAnimations() bool { return false }
