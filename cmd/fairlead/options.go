package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"fairlead"
	"fairlead/workspace"
)

// options are what the command line says.
type options struct {
	world    workspace.Options
	variant  string // "light", "dark" or empty
	registry string // what --registry says
	terminal bool   // no window is wanted
	software bool   // the graphics card shall not draw
}

// parse reads the command line. Nil options say that there is nothing more to
// do, with the exit status.
func parse(args []string, out, errOut io.Writer) (*options, int) {
	o := &options{world: workspace.Options{CatchCrash: true}}
	flags := flag.NewFlagSet("fairlead", flag.ContinueOnError)
	flags.SetOutput(errOut)
	flags.BoolVar(&o.world.Lab, "lab", false, "use the simulated world; its connectors are kept apart")
	flags.StringVar(&o.world.Dir, "data", "", "keep the registry in this `folder` instead of the system's place")
	flags.StringVar(&o.registry, "registry", "", "use the registry that a team shares, at this `address`: postgres://USER@HOST/DATABASE")
	flags.StringVar(&o.world.Catalogue, "catalogue", "", "read services of your own from this `folder`, beside those built in")
	flags.StringVar(&o.world.Proxy, "proxy", "", "reach the cloud through this `proxy`, such as proxy.contoso.com:8080; none for none")
	flags.StringVar(&o.world.Authorities, "ca-file", "", "trust the authorities in this PEM `file`, beside those of this computer")
	flags.StringVar(&o.world.Language, "lang", "", "show the wizard's pages in another `language`, such as de")
	flags.StringVar(&o.variant, "theme", "", "`light` or dark; without it, what the system prefers")
	flags.BoolVar(&o.terminal, "terminal", false, "play the wizard in the terminal, without a window")
	flags.BoolVar(&o.software, softwareFlag[2:], false, "draw the window without the graphics card")
	flags.Func("fault", "switch on a `fault` of the lab, with --lab; may be given again", func(name string) error {
		o.world.Faults = append(o.world.Faults, name)
		return nil
	})
	version := flags.Bool("version", false, "print the version")
	err := flags.Parse(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return nil, 0
	case err != nil:
		return nil, 2
	case *version:
		fmt.Fprintf(out, "%s %s\n", fairlead.Name(), fairlead.Version())
		return nil, 0
	}
	err = o.check(flags.Args())
	if err == nil {
		o.world.Registry, err = workspace.TeamRegistry(o.registry, os.Getenv)
	}
	if err != nil {
		fmt.Fprintln(errOut, "fairlead:", err)
		return nil, 2
	}
	return o, 0
}

func (o *options) check(rest []string) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is no option; fairlead --help lists them, and fairleadctl has the commands", rest[0])
	case o.variant != "" && o.variant != "light" && o.variant != "dark":
		return fmt.Errorf("--theme is light or dark, not %q", o.variant)
	case o.registry != "" && o.world.Lab:
		return errors.New("--lab keeps its connectors apart, in a file of its own; leave --registry or --lab out")
	case len(o.world.Faults) > 0 && !o.world.Lab:
		return errors.New("--fault is for the simulated world only; add --lab")
	}
	return nil
}

// openTrace returns a function that appends a line to a file for each screen
// that is shown. A test of the window waits for those lines. Without a file it
// returns nil.
func openTrace(path string) (func(string), error) {
	if path == "" {
		return nil, nil
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return func(name string) { fmt.Fprintln(f, name) }, nil
}

// makeCacheFolder makes the folder below which Fyne makes its own. Fyne does
// not, and complains on an account that was never used. Without the folder
// nothing is lost, so that an error is none.
func makeCacheFolder() {
	if folder, err := os.UserCacheDir(); err == nil {
		_ = os.MkdirAll(folder, 0o700)
	}
}
