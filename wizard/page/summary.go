package page

import "strings"

// Summary returns a note for every needed page that asked something: what was
// answered, with the way back to it. A secret is named, never shown.
func Summary(pages []Page, a *Answers) []Field {
	var notes []Field
	for _, p := range pages {
		if !p.needed(a) {
			continue
		}
		var lines []string
		for _, f := range p.fields(a) {
			if said := f.said(a); said != "" {
				lines = append(lines, f.Label+": "+said)
			}
		}
		if len(lines) > 0 {
			notes = append(notes, Field{
				Key: "summary." + p.ID, Kind: Note, Label: p.Step, Hint: strings.Join(lines, "\n"), Edit: p.ID,
			})
		}
	}
	return notes
}

// said is a field's answer in words, or nothing.
func (f *Field) said(a *Answers) string {
	switch f.Kind {
	case Note:
		return ""
	case Secret:
		if a.Secret(f.Key).IsEmpty() {
			return ""
		}
		return "typed, not shown"
	case Checkbox:
		if a.On(f.Key) {
			return "yes"
		}
		return "no"
	case Choice:
		var labels []string
		for _, o := range f.Options {
			for _, value := range a.Chosen(f) {
				if o.Value == value {
					labels = append(labels, o.Label)
				}
			}
		}
		return strings.Join(labels, ", ")
	}
	return a.Text(f.Key)
}
