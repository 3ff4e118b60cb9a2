package page

import "slices"

// say translates one text.
func (j *Journey) say(english string) string {
	if j.flow.Say == nil || english == "" {
		return english
	}
	return j.flow.Say(english)
}

// said returns a page with its texts translated, for drawing only.
func (j *Journey) said(p Page) Page {
	p.Step, p.Title, p.Why, p.Next = j.say(p.Step), j.say(p.Title), j.say(p.Why), j.say(p.Next)
	return p
}

func (j *Journey) saidField(f Field) Field {
	f.Label, f.Aside, f.Hint = j.say(f.Label), j.say(f.Aside), j.say(f.Hint)
	f.LinkLabel = j.say(f.LinkLabel)
	f.Options = slices.Clone(f.Options)
	for i := range f.Options {
		o := &f.Options[i]
		o.Label, o.Note, o.Barred = j.say(o.Label), j.say(o.Note), j.say(o.Barred)
	}
	return f
}

// Show shows a page whether the journey may go there or not. It is for tools
// that look at every page, such as the test of the translations.
func Show(j *Journey, id string) { j.current = id }
