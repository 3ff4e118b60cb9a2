package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"fairlead"
)

// newManual writes the manual pages for packages. They come from the commands
// themselves, so that they cannot differ from them.
func newManual(p *program) *cobra.Command {
	return &cobra.Command{
		Use:     "manual FOLDER",
		Short:   "Write a manual page for each command",
		Long:    "Write a manual page for each command into a folder, as packages ship them.",
		Example: "  fairleadctl manual /usr/local/share/man/man1",
		Args:    arguments(1, "a folder"),
		Hidden:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			root.InitDefaultCompletionCmd()
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return cannot("Choose a folder that can be written to.", err)
			}
			return p.manual(root, args[0])
		},
	}
}

// manual writes the page of a command and of those below it.
func (p *program) manual(cmd *cobra.Command, folder string) error {
	if cmd.Hidden || cmd.Name() == "help" {
		return nil
	}
	name := strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1"
	if err := os.WriteFile(filepath.Join(folder, name), md2man.Render([]byte(manualPage(cmd))), 0o644); err != nil {
		return cannot("Choose a folder that can be written to.", err)
	}
	for _, sub := range cmd.Commands() {
		if err := p.manual(sub, folder); err != nil {
			return err
		}
	}
	return nil
}

// manualPage is the page of a command in Markdown, as md2man reads it. It has no date,
// so that the same commands give the same page.
func manualPage(cmd *cobra.Command) string {
	var b strings.Builder
	dashed := strings.ReplaceAll(cmd.CommandPath(), " ", "-")
	fmt.Fprintf(&b, "%% %s 1 \"\" \"Fairlead %s\" \"User Commands\"\n\n", strings.ToUpper(dashed), fairlead.Version())
	fmt.Fprintf(&b, "# NAME\n\n%s - %s\n\n", dashed, strings.ToLower(cmd.Short[:1])+cmd.Short[1:])
	fmt.Fprintf(&b, "# SYNOPSIS\n\n**%s**\n\n", strings.ReplaceAll(cmd.UseLine(), "[flags]", "[FLAGS]"))
	if cmd.Long != "" {
		fmt.Fprintf(&b, "# DESCRIPTION\n\n%s\n\n", indented(cmd.Long))
	}
	flags(&b, "OPTIONS", cmd.NonInheritedFlags())
	flags(&b, "OPTIONS OF ALL COMMANDS", cmd.InheritedFlags())
	if cmd.Example != "" {
		fmt.Fprintf(&b, "# EXAMPLES\n\n%s\n\n", indented(cmd.Example))
	}
	var see []string
	if cmd.HasParent() {
		see = append(see, fmt.Sprintf("**%s(1)**", strings.ReplaceAll(cmd.Parent().CommandPath(), " ", "-")))
	}
	for _, sub := range cmd.Commands() {
		if !sub.Hidden && sub.Name() != "help" {
			see = append(see, fmt.Sprintf("**%s(1)**", strings.ReplaceAll(sub.CommandPath(), " ", "-")))
		}
	}
	if len(see) > 0 {
		fmt.Fprintf(&b, "# SEE ALSO\n\n%s\n", strings.Join(see, ", "))
	}
	return b.String()
}

// indented is a text whose lines stay as they are.
func indented(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}

func flags(b *strings.Builder, title string, set *pflag.FlagSet) {
	if !set.HasAvailableFlags() {
		return
	}
	fmt.Fprintf(b, "# %s\n\n", title)
	set.VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if value != "" {
			name += " " + value
		}
		fmt.Fprintf(b, "**%s**\n: %s\n\n", name, usage)
	})
}
