package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"fairlead/check"
	"fairlead/doctor"
	"fairlead/workspace"
)

// examine is "doctor".
type examine struct {
	*program
	bundle  string
	verbose bool
	faults  []string
}

func newDoctor(p *program) *cobra.Command {
	o := &examine{program: p}
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Examine this computer: registry, keyring, browser, window, proxy, DNS, clock",
		Long: `Examine whether this computer is fit for Fairlead, and say what to do where it is not.
It looks up one name of Microsoft's sign-in service and fetches a public document there. No password is used.

With --bundle, what it found and the log of past runs go into a ZIP file for support, without secrets.`,
		Example: "  fairleadctl doctor\n  fairleadctl doctor --bundle support.zip",
		Args:    arguments(0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := until(cmd.Context())
			defer stop()
			return o.run(ctx)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.bundle, "bundle", "", "write a ZIP `file` for support")
	flags.BoolVarP(&o.verbose, "verbose", "v", false, "show the evidence")
	faultFlag(cmd, &o.faults, "switch on this `fault` of the lab, with --lab")
	return cmd
}

func (o *examine) run(ctx context.Context) error {
	team, err := o.team()
	if err != nil {
		return err
	}
	if err := o.checkFaults(o.faults); err != nil {
		return err
	}
	if _, err := os.Lstat(o.bundle); o.bundle != "" && err == nil {
		return badInput("Choose another name, or remove it.", "%s is there already", o.bundle)
	}
	world := o.options(team, o.faults)
	o.banner()
	found := o.ask(ctx, doctor.Suite(doctor.Patient{World: world, Getenv: o.getenv, Window: windowProgram()}))
	o.say(found, o.verbose)
	if o.bundle != "" {
		if err := o.write(world, found); err != nil {
			return err
		}
	}
	return outcome(ctx, found)
}

func (o *examine) write(world workspace.Options, found check.Report) error {
	folder, err := world.Folder()
	if err != nil {
		return err
	}
	err = doctor.Bundle(o.bundle, folder, found)
	switch {
	case errors.Is(err, fs.ErrExist):
		return badInput("Choose another name, or remove it.", "%s is there already", o.bundle)
	case err != nil:
		return cannot("Choose a folder that can be written to.", err)
	}
	o.screen().Text("%s", fmt.Sprintf("Written to %s. Look through it before you send it: names of servers and folders are in it.", o.bundle))
	return nil
}

// windowProgram is the path of the window's program where it stands beside this
// one, else empty.
func windowProgram() string {
	self, err := os.Executable()
	if err != nil {
		return ""
	}
	name := "fairlead"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	path := filepath.Join(filepath.Dir(self), name)
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return ""
	}
	return path
}
