package prompt

import (
	"fmt"
	"slices"
	"strings"

	"fairlead/check"
	"fairlead/cli/screen"
	"fairlead/wizard/page"
)

// draw writes the head of a page: which step it is, what it wants, and why.
func (w *Wizard) draw(view page.View) {
	title := w.Journey.Flow().Title
	if w.Banner != "" {
		title = w.Banner + " · " + title
	}
	steps := w.Journey.Steps()
	now := slices.IndexFunc(steps, func(s page.Step) bool { return s.State == page.Now })
	w.Screen.Blank()
	for i := w.step + 1; i < now; i++ {
		if steps[i].State == page.Unneeded {
			w.Screen.Say(check.Skip, "Step %d, %s, is not needed: %s.", i+1, steps[i].Name, steps[i].Why)
		}
	}
	w.step = now
	w.Screen.Header(title, fmt.Sprintf("Step %d of %d · %s", now+1, len(steps), view.Page.Step))
	w.Screen.Title(view.Page.Title)
	if view.Page.Why != "" {
		w.Screen.Text("%s", view.Page.Why)
	}
	if view.Report != nil {
		w.Screen.Blank()
		w.Screen.Say(view.Report.Verdict(), "%s.", view.Report.Headline())
	}
	if view.Page.Final {
		for _, f := range view.Fields {
			w.note(f)
		}
	}
}

// note writes a remark. How it is meant is shown by its mark; one that sums up
// another step begins with that step's number, which may be typed to go there.
func (w *Wizard) note(f page.FieldView) {
	w.Screen.Blank()
	mark := map[page.Tone]string{page.Good: screen.Pass + " ", page.Heed: "▲ ", page.Later: "○ "}[f.Tone]
	for i, s := range w.Journey.Steps() {
		if f.Edit != "" && s.ID == f.Edit {
			mark = fmt.Sprintf("%d  ", i+1)
		}
	}
	if f.Label != "" {
		w.Screen.Title(mark + f.Label)
	}
	switch {
	case f.Edit != "":
		for line := range strings.SplitSeq(f.Hint, "\n") {
			w.Screen.Indented("   ", "     ", line)
		}
	case f.Hint != "":
		w.Screen.Markdown("  ", f.Hint)
	}
	if f.Copy != "" {
		w.Screen.Blank()
		w.Screen.Block("    ", f.Copy)
	}
	if f.Link != "" {
		w.Screen.Blank()
		w.Screen.Indented("  ", "  ", f.LinkLabel+":")
		w.Screen.Line("  %s", f.Link)
	}
}

// heading writes what a field asks for.
func (w *Wizard) heading(f page.FieldView) {
	w.Screen.Blank()
	w.Screen.Title(label(f))
	if f.Hint != "" {
		w.Screen.Indented("  ", "  ", f.Hint)
	}
	if f.Placeholder != "" && f.Value == "" && !f.HasSecret {
		w.Screen.Indented("  For example: ", "  ", f.Placeholder)
	}
	for i, o := range f.Options {
		if o.Barred != "" {
			w.Screen.Indented("  –  ", "     ", o.Label+": "+o.Barred)
			continue
		}
		w.Screen.Indented(fmt.Sprintf("%3d  ", i+1), "     ", o.Label)
		if o.Note != "" {
			w.Screen.Indented("     ", "     ", o.Note)
		}
	}
	if f.Problem != "" {
		w.Screen.Say(check.Fail, "%s", f.Problem)
	}
}

// label is what a field is called, and whether it may stay empty.
func label(f page.FieldView) string {
	switch {
	case f.Aside != "":
		return f.Label + ", " + f.Aside
	case f.Optional:
		return f.Label + ", optional"
	}
	return f.Label
}

// explain writes all there is to know about where one stands.
func (w *Wizard) explain(f *page.FieldView) {
	w.Screen.Blank()
	w.Screen.Title("Steps")
	for i, s := range w.Journey.Steps() {
		state := string(s.State)
		if s.Why != "" {
			state += ": " + s.Why
		}
		w.Screen.Indented(fmt.Sprintf("%3d  %-18s ", i+1, s.Name), strings.Repeat(" ", 24), state)
	}
	w.Screen.Blank()
	if w.Form != nil {
		w.Screen.Title("Keys")
		w.Screen.Text("%s", w.keys())
		return
	}
	w.Screen.Title("What may be typed")
	if f != nil {
		w.Screen.Indented("  ", "  ", howTo(*f))
	}
	words := [][2]string{
		{"<", "goes back and loses nothing"},
		{"save", "keeps a draft, without passwords, and leaves"},
		{`\save`, `is the word itself, not the command; so are \< \? and \back`},
		{"Ctrl-C", "stops what is going on; at a question, it keeps a draft and leaves"},
	}
	if w.undrafted() {
		words[1] = [2]string{"leave", "leaves; nothing is kept of what was typed"}
		words[2][0] = `\leave`
		words[3][1] = "stops what is going on; at a question, it leaves"
	}
	for _, word := range words {
		w.Screen.Indented(fmt.Sprintf("  %-8s", word[0]), strings.Repeat(" ", 10), word[1])
	}
}

func howTo(f page.FieldView) string {
	switch {
	case f.Kind == page.Choice && f.Many:
		return "The numbers of your choices, with commas between them: 1,3"
	case f.Kind == page.Choice:
		return "The number of your choice."
	case f.Kind == page.Checkbox:
		return "y for yes, n for no."
	case f.Kind == page.Secret:
		return "It is not shown while you type."
	case f.Optional && f.Value != "":
		return "One line of text. A single - empties it."
	}
	return "One line of text."
}
