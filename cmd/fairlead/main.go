// Fairlead is the desktop program: a window in which connectors are made,
// tested and looked after. Where no display can be reached, the same wizard is
// played in the terminal.
package main

import (
	"context"
	"fmt"
	"os"
	"sync"

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
	o, status := parse(args, os.Stdout, os.Stderr)
	if o == nil {
		return status
	}
	if why := noDisplay(os.Getenv); why != "" {
		return o.inTerminal(why)
	}
	opened := sync.OnceValues(func() (*workspace.Workspace, error) { return workspace.Open(context.Background(), o.world) })
	go opened() // beside the toolkit's own start
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
	world, err := opened()
	if err != nil {
		fmt.Fprintln(os.Stderr, "fairlead:", err)
		app.Refuse(desktop, err, app.Options{Variant: o.variant, Trace: trace})
		return statusCannot
	}
	defer world.Close()
	app.New(desktop, world, app.Options{Variant: o.variant, Trace: trace, Painted: true, Dark: dark}).Run()
	return 0
}
