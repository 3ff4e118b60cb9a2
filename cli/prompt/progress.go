package prompt

import (
	"context"
	"strings"
	"time"

	"fairlead/check"
	"fairlead/wizard/page"
)

// going shows what a running action tells of itself, and takes the address that
// may be pasted meanwhile.
type going struct {
	w     *Wizard
	told  page.Progress
	typed <-chan struct{} // closed once a line was typed; nil while none is awaited
}

// hear shows what is new.
func (g *going) hear(p page.Progress) {
	fresh := p.Errand() != g.told.Errand()
	g.told = p
	if fresh {
		g.w.Screen.Errand(p.Errand())
		g.await()
	}
	g.status()
}

// await lets an address be pasted, if somebody is there to do it and the action
// takes one.
func (g *going) await() {
	if g.told.Paste == nil || !g.w.Attended || g.typed != nil {
		return
	}
	g.w.Screen.Blank()
	g.w.Screen.Text("No browser here? Open the address on another computer. At the end its browser shows an address " +
		"that it cannot open: paste it here and press Enter.")
	g.typed = g.w.Keyboard.Begin()
}

// status says what is going on and how much of the time is left.
func (g *going) status() {
	if g.told.Text != "" {
		g.w.Screen.Status(g.line(time.Now()))
	}
}

func (g *going) line(now time.Time) string {
	line := "… " + g.told.Text
	if left := g.told.Left(now); left != "" {
		line += ", " + left
	}
	if g.typed != nil {
		line += " > "
	}
	return line
}

// paste hands the line that was typed to the action. After the end of the input
// nothing more can be pasted, and the action goes on.
func (g *going) paste(ctx context.Context) {
	g.typed = nil
	line, err := g.w.Keyboard.Line(ctx, nil)
	if err != nil || g.told.Paste == nil {
		return
	}
	if word := strings.TrimSpace(line); word != "" {
		err := g.told.Paste(word)
		if err == nil {
			g.w.Screen.Say(check.Pass, "Taken.")
			return
		}
		g.w.Screen.Say(check.Fail, "%s", err)
	}
	g.typed = g.w.Keyboard.Begin()
	g.status()
}

// end takes back what is awaited, so that the next question is not answered
// with what was meant for this action. Only Enter can do that.
func (g *going) end(ctx context.Context) error {
	if g.typed == nil {
		return nil
	}
	g.w.Screen.Prompt("Press Enter to go on. ")
	_, err := g.w.Keyboard.Line(ctx, g.w.Interrupts)
	return err
}
