package cli

import (
	"fmt"
	"strings"

	"fairlead/check"
	"fairlead/providers"
)

// showJSON is the object of "show".
type showJSON struct {
	connectorJSON
	Permissions providers.Permissions `json:"permissions"`
}

// permissions shows what was granted, in plain words.
func (o *show) permissions(p providers.Permissions, unknown []string) {
	s := o.screen()
	if len(p.List) == 0 && len(unknown) == 0 {
		return
	}
	s.Blank()
	s.Title("Permissions")
	line := func(label, value string) { s.Indented(fmt.Sprintf("%-16s", label), strings.Repeat(" ", 16), value) }
	line("Granted to", p.Holder)
	line("Reaches", p.Scope)
	if !p.Granted.IsZero() {
		line("Consent given", p.Granted.Format("2006-01-02"))
	}
	for _, one := range p.List {
		s.Say(verdictOfPermission(one.State), "%s: %s", one.Title, one.State)
		for reason := range strings.Lines(one.Reason) {
			s.Indented("  ", "  ", strings.TrimSuffix(reason, "\n"))
		}
		name := one.Kind
		if one.Name != one.Title {
			name = one.Name + ", " + one.Kind
		}
		s.Indented("  ", "  ", name+". "+one.Seen)
	}
	for _, text := range unknown {
		s.Say(check.Warn, "%s", text)
	}
	line("Where", p.Where)
	if p.Command != "" {
		s.Block("    ", p.Command)
	}
}

func verdictOfPermission(state providers.PermissionState) check.Verdict {
	switch state {
	case providers.Granted:
		return check.Pass
	case providers.Missing:
		return check.Fail
	case providers.Beyond:
		return check.Warn
	}
	return check.Skip
}
