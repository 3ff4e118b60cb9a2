package app

import (
	"slices"

	"fyne.io/fyne/v2"

	"fairlead/app/kit"
	"fairlead/secret"
	"fairlead/wizard/page"
)

// wizardField is a field of a page as it is drawn.
type wizardField struct {
	key, form string
	box       fyne.CanvasObject
	wrong     bool
	said      [2]string // problem and advice, as they stand there now

	field   *kit.Field    // nil for a note
	entry   *kit.Entry    // of text and of a secret
	choices []*kit.Choice // of a choice and of a checkbox
	show    func(page.FieldView)
}

func newWizardField(s *wizardScreen, v page.FieldView) *wizardField {
	f := &wizardField{key: v.Key, form: formOf(v)}
	switch v.Kind {
	case page.Note:
		f.drawNote(s, v)
	case page.Secret:
		f.drawSecret(s, v)
	case page.Choice:
		f.drawChoice(s, v)
	case page.Checkbox:
		f.drawCheckbox(s, v)
	default:
		f.drawText(s, v)
	}
	return f
}

// update shows the answer and what is said about it. It reports whether the
// height may have changed.
func (f *wizardField) update(v page.FieldView) bool {
	f.wrong = v.Problem != ""
	if f.show != nil {
		f.show(v)
	}
	said := [2]string{v.Problem, v.Advice}
	if f.field == nil || said == f.said {
		return false
	}
	f.said = said
	if f.entry != nil {
		f.entry.SetWrong(f.wrong)
	}
	f.field.Say(kit.Sentence(v.Problem), v.Advice)
	return true
}

func (f *wizardField) drawText(s *wizardScreen, v page.FieldView) {
	f.drawEntry(s, v, kit.NewEntry(), v.Placeholder)
	f.entry.Fill(v.Value)
	f.entry.OnChanged = func(text string) { s.set(f.key, text) }
	if v.File {
		f.offerFiles(s, v)
	}
	f.show = func(v page.FieldView) {
		if f.entry.Text != v.Value { // set by a task or a suggestion, not by typing
			f.entry.Fill(v.Value)
		}
	}
}

func (f *wizardField) drawSecret(s *wizardScreen, v page.FieldView) {
	f.drawEntry(s, v, kit.NewPassword(), v.Placeholder)
	f.entry.OnChanged = func(text string) { s.set(f.key, secret.New(text)) }
	f.show = func(v page.FieldView) {
		holder := v.Placeholder
		if v.HasSecret {
			holder = "Kept in memory. Type to replace it"
		}
		if f.entry.PlaceHolder != holder {
			f.entry.SetPlaceHolder(holder)
		}
	}
}

func (f *wizardField) drawEntry(s *wizardScreen, v page.FieldView, e *kit.Entry, placeholder string) {
	f.entry = e
	e.SetPlaceHolder(placeholder)
	e.OnSubmitted = func(string) { s.submit(f.key) }
	e.OnLeave = func() { s.leave(f.key) }
	e.OnFocus = func() { s.page.body.Reveal(f.box) }
	e.Keys = s.app.takeShortcut
	f.field = kit.NewField(v.Label, v.Aside, v.Hint, kit.AtMost(kit.FieldWidth, e))
	f.box = f.field.Box
}

func (f *wizardField) drawChoice(s *wizardScreen, v page.FieldView) {
	mark := kit.Radio
	if v.Many {
		mark = kit.Box
	}
	for _, o := range v.Options {
		c := kit.NewChoice(mark, kit.ChoiceText{Label: o.Label, Note: o.Note, Barred: kit.Sentence(o.Barred)})
		c.OnToggle = func() { s.set(f.key, chosen(s.answer(f.key), o.Value)) }
		c.OnEnter = func() { s.submit(f.key) }
		f.choices = append(f.choices, c)
	}
	f.show = func(v page.FieldView) {
		for i, o := range v.Options {
			f.choices[i].Choose(slices.Contains(v.Chosen, o.Value))
		}
	}
	f.field = kit.NewField(v.Label, v.Aside, v.Hint, kit.AtMost(kit.CardWidth, kit.Choices(f.choices...)))
	f.box = f.field.Box
}

// chosen returns the answer to a choice after an option was pressed.
func chosen(v page.FieldView, option string) any {
	if !v.Many {
		return option
	}
	if i := slices.Index(v.Chosen, option); i >= 0 {
		return slices.Delete(slices.Clone(v.Chosen), i, i+1)
	}
	return append(slices.Clone(v.Chosen), option)
}

func (f *wizardField) drawCheckbox(s *wizardScreen, v page.FieldView) {
	c := kit.NewChoice(kit.Box, kit.ChoiceText{Label: v.Label, Note: v.Hint})
	c.OnToggle = func() { s.set(f.key, !s.answer(f.key).Ticked) }
	c.OnEnter = func() { s.submit(f.key) }
	f.choices = []*kit.Choice{c}
	f.show = func(v page.FieldView) { c.Choose(v.Ticked) }
	f.field = kit.NewField("", "", "", kit.AtMost(kit.CardWidth, kit.Choices(c)))
	f.box = f.field.Box
}

// answer is a field of the page as it is answered now.
func (s *wizardScreen) answer(key string) page.FieldView {
	for _, v := range s.view.Fields {
		if v.Key == key {
			return v
		}
	}
	return page.FieldView{}
}

// focus gives the field the keyboard: of a choice, the option that is chosen.
// False means that the field takes none.
func (f *wizardField) focus() bool {
	if f.entry != nil {
		kit.Focus(f.entry)
		return true
	}
	var first *kit.Choice
	for _, c := range f.choices {
		if !c.Disabled() && (first == nil || (c.Chosen() && !first.Chosen())) {
			first = c
		}
	}
	if first == nil {
		return false
	}
	kit.Focus(first)
	return true
}

func (f *wizardField) freeze(on bool) {
	if f.entry != nil {
		if on {
			f.entry.Disable()
		} else {
			f.entry.Enable()
		}
	}
	for _, c := range f.choices {
		c.Freeze(on)
	}
}

func (f *wizardField) forget() {
	if f.entry != nil && f.entry.IsPassword() {
		f.entry.Forget()
	}
}
