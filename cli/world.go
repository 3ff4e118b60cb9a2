package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fairlead/connectors"
	"fairlead/lab"
	"fairlead/workspace"
)

// open opens the registry and the keyring, and the lab if it was asked for.
func (p *program) open(ctx context.Context, faults ...string) (*workspace.Workspace, error) {
	team, err := p.team()
	if err != nil {
		return nil, err
	}
	return p.openAt(ctx, team, faults...)
}

// with opens the workspace for a command that ends when the program is told to.
func (p *program) with(cmd *cobra.Command, run func(context.Context, *workspace.Workspace) error) (err error) {
	ctx, stop := until(cmd.Context())
	defer stop()
	w, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer closing(w, &err)
	return run(ctx, w)
}

// flags are the options that lead another command to the same world.
func (p *program) flags() string {
	var flags []string
	if p.lab {
		flags = append(flags, "--lab")
	}
	for _, place := range p.places() {
		flags = append(flags, fmt.Sprintf(`--%s "%s"`, place.flag, place.value))
	}
	return strings.Join(flags, " ")
}

// place is where a part of the world is, by an option that was given.
type place struct{ flag, value string }

// places are all that were given.
func (p *program) places() []place {
	all := []place{{"data", p.dir}, {"registry", p.registry}, {"catalogue", p.own}, {"proxy", p.proxy}, {"ca-file", p.trusted}}
	return slices.DeleteFunc(all, func(at place) bool { return at.value == "" })
}

// withFlags is a command with the options that lead it to the same world.
func (p *program) withFlags(command string) string {
	return strings.TrimSpace(command + " " + p.flags())
}

// openAt is open with the registry at an address; empty means the file.
func (p *program) openAt(ctx context.Context, registry string, faults ...string) (*workspace.Workspace, error) {
	if err := p.checkFaults(faults); err != nil {
		return nil, err
	}
	if p.world != nil {
		return p.world.Borrowed(), nil
	}
	w, err := workspace.Open(ctx, p.options(registry, faults))
	if err != nil {
		return nil, err
	}
	w.Log.Info("began", "command", p.command)
	p.banner()
	for _, line := range w.Recovered {
		p.screen().Text("%s", line)
	}
	return w, nil
}

// options say which world to open, with the registry at an address.
func (p *program) options(registry string, faults []string) workspace.Options {
	return workspace.Options{
		Lab: p.lab, Faults: faults, Dir: p.dir, Registry: registry, Catalogue: p.own, Keyring: p.keyring, Network: p.network,
		Proxy: p.proxy, Authorities: p.trusted, CatchCrash: p.catch, Language: p.lang,
	}
}

// banner labels everything that is only simulated.
func (p *program) banner() {
	if p.lab {
		p.screen().Text("LAB: a simulated world on this computer. Its connectors are kept apart.")
	}
}

// checkFaults refuses what the lab does not know, and faults of the real world.
func (p *program) checkFaults(names []string) error {
	if len(names) > 0 && !p.lab {
		return badInput("Add --lab.", "--fault is for the simulated world only")
	}
	return knownFaults(names)
}

func knownFaults(names []string) error {
	known := lab.AllFaults()
	for _, name := range names {
		if !slices.ContainsFunc(known, func(f lab.Fault) bool { return f.Name == name }) {
			hint := `"fairleadctl lab --list" lists them.`
			if near := nearest(name, known); near != "" {
				hint = fmt.Sprintf("Was %q meant? %s", near, hint)
			}
			return badInput(hint, "the lab has no fault %q", name)
		}
	}
	return nil
}

// nearest returns a fault that a mistyped name is part of, or nothing.
func nearest(name string, known []lab.Fault) string {
	for _, f := range known {
		if len(name) > 2 && (strings.Contains(f.Name, name) || strings.Contains(name, f.Name)) {
			return f.Name
		}
	}
	return ""
}

// find returns the connector with a name, whatever its case.
func find(ctx context.Context, w *workspace.Workspace, name string) (connectors.Connector, error) {
	c, err := w.Keeper.Find(ctx, name)
	if !errors.Is(err, connectors.ErrNotFound) {
		return c, err
	}
	some, err := w.Keeper.Registry.IDs(ctx, connectors.Query{Limit: 1})
	if err != nil {
		return c, err
	}
	if len(some) == 0 {
		return c, notSo(`There is none yet: "fairleadctl new" makes one.`, "no connector is called %q", name)
	}
	similar, err := w.Rows(ctx, connectors.Query{Words: []connectors.Word{{Text: name}}, Limit: many})
	if err != nil {
		return c, err
	}
	hint := `"fairleadctl list" names them.`
	for _, other := range similar {
		if name != "" && strings.Contains(connectors.Key(other.Name), connectors.Key(name)) {
			hint = fmt.Sprintf("Was %q meant? %s", other.Name, hint)
			break
		}
	}
	return c, notSo(hint, "no connector is called %q", name)
}

// closing closes a workspace and adds what goes wrong with it to an error.
func closing(w *workspace.Workspace, err *error) {
	if *err != nil {
		w.Log.Info("ended", "error", *err)
	}
	if closeErr := w.Close(); closeErr != nil {
		*err = errors.Join(*err, fmt.Errorf("close the registry: %w", closeErr))
	}
}
