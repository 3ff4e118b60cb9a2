package main

import "fmt"

// terminalArgs are the arguments of the terminal program that do what the
// window would have been for; nil when nothing can be done.
func (o *options) terminalArgs(typed bool) []string {
	var args []string
	switch {
	case typed && o.world.Lab:
		args = []string{"new", "--lab"}
		for _, fault := range o.world.Faults {
			args = append(args, "--fault", fault)
		}
	case typed:
		args = []string{"new"}
	case o.world.Lab:
		args = []string{"demo"}
	default:
		return nil
	}
	for _, option := range []struct{ name, value string }{
		{"--data", o.world.Dir},
		{"--registry", o.registry},
		{"--catalogue", o.world.Catalogue},
		{"--proxy", o.world.Proxy},
		{"--ca-file", o.world.Authorities},
		{"--lang", o.world.Language},
	} {
		if option.value != "" {
			args = append(args, option.name, option.value)
		}
	}
	return args
}

// toSameWorld gives a command of the terminal program the options that lead it to
// the same connectors, by the same way.
func (o *options) toSameWorld(command string) string {
	if o.world.Lab {
		command += " --lab"
	}
	for _, option := range []struct{ name, value string }{
		{"--data", o.world.Dir},
		{"--registry", o.registry},
		{"--catalogue", o.world.Catalogue},
		{"--proxy", o.world.Proxy},
		{"--ca-file", o.world.Authorities},
	} {
		if option.value != "" {
			command += fmt.Sprintf(` %s "%s"`, option.name, option.value)
		}
	}
	return command
}

// notDrawn is said of a window of which nothing was painted for darkness.
const notDrawn = "nothing of it could be drawn within 20 seconds, which points to the graphics driver"
