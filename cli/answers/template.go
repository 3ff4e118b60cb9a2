package answers

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"fairlead/wizard/page"
)

// Template writes an answers file with every key of some wizards, to be filled in, for
// a command such as "fairleadctl new". Keys that may be left out are commented out.
func Template(w io.Writer, command string, flows ...page.Flow) error {
	var text strings.Builder
	var titles []string
	for _, flow := range flows {
		t := &template{flow: flow, seen: map[string]bool{}}
		t.explore(map[string]any{}, "")
		titles = append(titles, fmt.Sprintf("%q", flow.Title))
		text.WriteString(t.out.String())
	}
	_, err := fmt.Fprintf(w, "# Answers for the wizard %s. Keys may be dotted or nested.\n"+
		"#   %s --answers FILE --password-stdin < FILE-WITH-THE-PASSWORD\n%s", strings.Join(titles, ", "), command, text.String())
	return err
}

type template struct {
	flow page.Flow
	seen map[string]bool // keys of fields
	out  strings.Builder
}

// explore writes the fields that are not written yet, given some choices, then
// tries every other choice that the wizard offers, as long as that brings up
// fields.
func (t *template) explore(choices map[string]any, why string) {
	a := page.NewAnswers()
	for key, value := range choices {
		a.Set(key, value)
	}
	all, _ := survey(t.flow, a)
	fresh := false
	for _, p := range t.flow.Pages(a) {
		fresh = t.page(p, a, why) || fresh
	}
	if !fresh {
		return
	}
	for _, f := range all {
		for _, o := range f.Options {
			if f.Many || o.Barred != "" {
				continue
			}
			more := maps.Clone(choices)
			more[f.Key] = o.Value
			t.explore(more, fmt.Sprintf("only with %s: %s", f.Key, o.Value))
		}
	}
}

// page writes the fields of a page that are new, and reports whether there
// were any.
func (t *template) page(p page.Page, a *page.Answers, why string) bool {
	if p.Fields == nil {
		return false
	}
	fields := slices.DeleteFunc(p.Fields(a), func(f page.Field) bool { return f.Kind == page.Note || t.seen[f.Key] })
	if len(fields) == 0 {
		return false
	}
	t.comment("\n%s", p.Title)
	if p.NotNeeded != nil && p.NotNeeded(a) != "" {
		t.comment("Not always asked: %s.", p.NotNeeded(a))
	}
	if why != "" {
		t.comment("%s", why)
	}
	for _, f := range fields {
		t.seen[f.Key] = true
		t.field(f, a, p.NotNeeded != nil || why != "")
	}
	return true
}

func (t *template) field(f page.Field, a *page.Answers, sometimes bool) {
	t.out.WriteString("\n")
	label := f.Label
	if f.Aside != "" {
		label += ", " + f.Aside
	}
	if f.Kind == page.Secret {
		t.comment("%s (%s): never in this file, but on standard input.", label, f.Key)
		return
	}
	if f.Kind == page.Choice && !slices.ContainsFunc(f.Options, func(o page.Option) bool { return o.Barred == "" }) {
		t.comment("%s (%s): what can be chosen depends on what is found.", label, f.Key)
		return
	}
	t.comment("%s: %s.", label, expects(f))
	for _, o := range f.Options {
		if o.Barred == "" {
			t.comment("  %-26s %s", o.Value, o.Label)
		}
	}
	if f.Confirm {
		t.comment("Must be filled in, also where it could be found: a secret is sent to it.")
	}
	if f.Placeholder != "" {
		t.comment("For example: %s", f.Placeholder)
	}
	mark, value := "", ` ""`
	switch {
	case f.Many:
		value = " []"
	case f.Kind == page.Checkbox:
		mark, value = "# ", " false"
	case f.Suggest != nil && f.Suggest(a) != "" && !f.Confirm:
		mark, value = "# ", " "+f.Suggest(a)
	case f.Optional || sometimes:
		mark = "# "
	}
	fmt.Fprintf(&t.out, "%s%s:%s\n", mark, f.Key, value)
}

// comment writes a comment; a line break at its beginning stays outside.
func (t *template) comment(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if rest, ok := strings.CutPrefix(text, "\n"); ok {
		t.out.WriteString("\n")
		text = rest
	}
	for line := range strings.SplitSeq(text, "\n") {
		t.out.WriteString("# " + line + "\n")
	}
}
