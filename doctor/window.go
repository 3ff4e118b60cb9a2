package doctor

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"fairlead/check"
)

// ProbeFlag makes the window's program try whether it can draw, say so and end.
const ProbeFlag = "--probe-opengl"

// probeTime is how long that may take: the first drawing by software is slow.
const probeTime = 20 * time.Second

// windowCheck lets the window's program try, since this one may have been built
// without any toolkit.
var windowCheck = check.Check[*examination]{
	ID: "window", Title: "Window (OpenGL)",
	Ask: func(ctx context.Context, s *examination) (check.Finding, error) {
		if s.Window == "" {
			return check.Finding{}, check.Skipped("the window's program does not stand beside this one")
		}
		ctx, cancel := context.WithTimeout(ctx, probeTime)
		defer cancel()
		out, err := exec.CommandContext(ctx, s.Window, ProbeFlag).CombinedOutput()
		text := strings.TrimSpace(string(out))
		if err != nil {
			s.undrawn = true
			return check.Finding{Summary: "the terminal does all that it does", Evidence: fmt.Sprintf("%s\n%s: %v", text, s.Window, err)}, nil
		}
		return check.Finding{Summary: text}, nil
	},
	Causes: []*check.Cause[*examination]{{
		Code: "no-opengl", Title: "The window cannot be drawn here", Verdict: check.Warn,
		When:   func(s *examination, _ error) bool { return s.undrawn },
		Likely: []string{"this session has no OpenGL, as over RDP or without a graphics driver", "there is no display"},
		Remedy: "Use the terminal: `fairleadctl new` walks through the same wizard. On Windows, the package with Mesa draws without a graphics card.",
	}},
}
