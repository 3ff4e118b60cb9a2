package answers

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"fairlead/wizard/page"
)

// Check holds the file against a wizard before anything runs. Secrets says
// whether secrets come from elsewhere. The error is a [*Problems].
func (f *File) Check(flow page.Flow, secrets bool) error {
	a := page.NewAnswers()
	for _, e := range f.entries {
		if value := natural(e.value); value != nil {
			a.Set(e.key, value)
		}
	}
	fields, asked := survey(flow, a)
	var problems []Problem
	for _, e := range f.entries {
		i := slices.IndexFunc(fields, func(field page.Field) bool { return field.Key == e.key })
		if i < 0 {
			problems = append(problems, at(e.at, e.key, unknown(e.key, fields)))
		} else if text := judge(fields[i], e.value); text != "" {
			problems = append(problems, at(e.value, e.key, text))
		}
	}
	for _, field := range asked {
		if text := needs(field, a, f.find(field.Key) != nil, secrets); text != "" {
			problems = append(problems, f.missing(field.Key, text))
		}
	}
	return f.fail(problems)
}

// survey lists every field that a wizard has with these answers, and those of
// the pages that are needed. It fills in what the wizard suggests, since pages
// may depend on it.
func survey(flow page.Flow, a *page.Answers) (all, asked []page.Field) {
	for before := -1; before != len(all); {
		before, all, asked = len(all), nil, nil
		for _, p := range flow.Pages(a) {
			if p.Fields == nil {
				continue
			}
			for _, field := range p.Fields(a) {
				if field.Kind == page.Note {
					continue
				}
				all = append(all, field)
				if p.NotNeeded == nil || p.NotNeeded(a) == "" {
					asked = append(asked, field)
				}
				suggest(field, a)
			}
		}
	}
	return all, asked
}

func suggest(f page.Field, a *page.Answers) {
	if f.Suggest == nil || f.Many || f.Kind == page.Checkbox || a.Text(f.Key) != "" {
		return
	}
	if value := f.Suggest(a); value != "" {
		a.Set(f.Key, value)
	}
}

// natural is the value that YAML gives to an answer, or nil for one that no
// field takes.
func natural(n *yaml.Node) any {
	switch {
	case n.Kind == yaml.SequenceNode:
		list := []string{}
		for _, item := range n.Content {
			list = append(list, item.Value)
		}
		return list
	case n.Tag == "!!str":
		return n.Value
	case n.Tag == "!!bool":
		return strings.EqualFold(n.Value, "true")
	}
	return nil
}

// judge returns what is wrong with the value of a field, or nothing. It never
// repeats the value: it may be a secret in the wrong place.
func judge(f page.Field, n *yaml.Node) string {
	if f.Kind == page.Secret {
		return noSecrets
	}
	if f.Optional && n.Tag == "!!null" {
		return ""
	}
	switch value := natural(n).(type) {
	case string:
		if wantsText(f) {
			return judgeText(f, value)
		}
	case bool:
		if f.Kind == page.Checkbox {
			return ""
		}
	case []string:
		if f.Many {
			return judgeList(f, value)
		}
	}
	text := fmt.Sprintf("expects %s, and here stands %s", expects(f), kind(n))
	if wantsText(f) && n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
		text += ": put it in quotes"
	}
	return text
}

const noSecrets = "is a secret and never stands in a file: take it out, and pipe it on standard input with --password-stdin"

func wantsText(f page.Field) bool { return f.Kind != page.Checkbox && !f.Many }

func judgeText(f page.Field, value string) string {
	value = strings.TrimSpace(value)
	switch {
	case value == "" && f.Optional:
		return ""
	case value == "":
		return "is empty, and " + expects(f) + " is expected"
	case f.Kind == page.Choice:
		return judgeList(f, []string{value})
	case f.Validate != nil:
		if err := f.Validate(value); err != nil {
			return "will not do: " + err.Error()
		}
	}
	return ""
}

func judgeList(f page.Field, values []string) string {
	if len(values) == 0 && !f.Optional {
		return "is empty, and " + expects(f) + " is expected"
	}
	for _, value := range values {
		i := slices.IndexFunc(f.Options, func(o page.Option) bool { return o.Value == value })
		switch {
		case i < 0:
			return fmt.Sprintf("cannot be %q; it expects %s", value, expects(f))
		case f.Options[i].Barred != "":
			return fmt.Sprintf("cannot be %q now: %s", value, f.Options[i].Barred)
		}
	}
	return ""
}

// needs returns what is wrong when a field is not in the file, or nothing.
func needs(f page.Field, a *page.Answers, stated, secrets bool) string {
	switch {
	case f.Kind == page.Secret && !f.Optional && !secrets:
		return "is needed: pipe it on standard input with --password-stdin"
	case stated || f.Kind == page.Secret || f.Optional || f.Kind == page.Checkbox:
		return ""
	case f.Confirm:
		return "is missing: a secret is sent to it, so that the file must state it; " + expects(f) + " is expected"
	case a.Text(f.Key) != "" || f.Many && f.Suggest != nil:
		return "" // suggested
	case f.Suggest != nil:
		return "" // may be suggested once the pages before are done
	}
	return "is missing; " + expects(f) + " is expected"
}

// expects says what a field takes.
func expects(f page.Field) string {
	switch f.Kind {
	case page.Checkbox:
		return "true or false"
	case page.Address:
		return "a mail address"
	case page.URL:
		return "a web address"
	case page.Choice:
		var values []string
		for _, o := range f.Options {
			if o.Barred == "" {
				values = append(values, o.Value)
			}
		}
		if f.Many {
			return "a list of " + strings.Join(values, ", ")
		}
		return "one of " + strings.Join(values, ", ")
	}
	return "text"
}
