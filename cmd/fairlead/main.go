// Fairlead is the desktop program: a window in which connectors are made,
// tested and looked after. Where no window can be opened, for want of a display
// or of OpenGL, it says why, and the same wizard is played in the terminal.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"fairlead"
	"fairlead/app"
	"fairlead/assets"
	"fairlead/workspace"
)

// statusCannot is the exit status when the program could not run, as of the
// terminal program.
const statusCannot = 3

func main() { os.Exit(run(os.Args[1:])) }

func run(args []string) int {
	if len(args) > 0 && args[0] == trialFlag {
		return tryOpenGL(args[1:], os.Stdout)
	}
	greet()
	o, status := parse(args, os.Stdout, os.Stderr)
	if o == nil {
		return status
	}
	if o.terminal {
		return o.instead("--terminal asks for none")
	}
	if why := noDisplay(os.Getenv); why != "" {
		return o.instead(why)
	}
	return o.inWindow()
}

// inWindow opens the window, or does what there is instead of one.
func (o *options) inWindow() int {
	opened := sync.OnceValues(func() (*workspace.Workspace, error) { return workspace.Open(context.Background(), o.world) })
	chosen := sync.OnceValues(func() (drawing, error) { return chooseDrawing(tryHere, hasSoftware(), o.software) })
	go opened() // beside the trial and the toolkit's own start
	go chosen()
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: fairlead.ID(), Name: fairlead.Name(), Version: fairlead.Version(),
		Icon:       fyne.NewStaticResource("icon.png", assets.WindowIcon()),
		Migrations: map[string]bool{"fyneDo": true},
	})
	trace, err := openTrace(os.Getenv("FAIRLEAD_TRACE"))
	if err != nil {
		fmt.Fprintln(os.Stderr, "fairlead: the trace cannot be written:", err)
		return statusCannot
	}
	makeCacheFolder()
	desktop := fyneapp.NewWithID(fairlead.ID())

	world, problem := opened()
	way, err := chosen()
	if err == nil && way.software {
		err = takeSoftware()
	}
	if err != nil {
		if problem == nil {
			world.Close() // the terminal opens it again
		}
		return o.instead(err.Error())
	}
	if way.slow {
		desktop = calm{desktop}
		fyne.SetCurrentApp(desktop)
	}
	stuck := time.AfterFunc(darkness, func() { os.Exit(o.insteadOf(notDrawn)) })
	looks := app.Options{Variant: o.variant, Trace: trace, Painted: true, Terminal: o.toSameWorld, Drawn: func() { stuck.Stop() }}
	if problem != nil {
		fmt.Fprintln(os.Stderr, "fairlead:", problem)
		app.Refuse(desktop, problem, looks)
		return statusCannot
	}
	defer world.Close()
	app.New(desktop, world, looks).Run()
	return 0
}

// darkness is how long nothing may be painted before the window is given up.
const darkness = 20 * time.Second
