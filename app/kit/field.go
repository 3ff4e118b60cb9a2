package kit

import (
	"unicode"

	"fyne.io/fyne/v2"
)

// Field is a question: a label above, what answers it, and below it a hint,
// what is wrong, and advice. What is wrong takes the place of the hint.
type Field struct {
	Box                   *fyne.Container
	hint, problem, advice *Text
	wrong, heed           *fyne.Container
	hintText              string
}

// NewField returns a field around an input. Label may be empty.
func NewField(label, aside, hint string, input fyne.CanvasObject) *Field {
	f := &Field{hint: Small(hint), problem: NewText(), advice: NewText(), hintText: hint}
	f.wrong = Row(Top, Gap1, []float32{12, 0}, smallIcon(ShapeFail, Fails), f.problem)
	f.heed = Row(Top, Gap1, []float32{12, 0}, smallIcon(ShapeWarn, Warns), f.advice)
	f.Box = Column(Gap1)
	if label != "" {
		spans := []Span{{Text: label, Bold: true}}
		if aside != "" {
			spans = append(spans, Span{Text: " " + aside, Colour: Muted})
		}
		f.Box.Add(NewText(spans...))
	}
	f.Box.Add(input)
	for _, o := range []fyne.CanvasObject{f.hint, f.wrong, f.heed} {
		f.Box.Add(AtMost(TextWidth, o))
	}
	f.Say("", "")
	return f
}

// Say shows what is wrong and what to take care of; empty texts show nothing.
func (f *Field) Say(problem, advice string) {
	f.problem.Set(SmallSpan(problem, Fails))
	f.advice.Set(SmallSpan(advice, Warns))
	show := func(box int, on bool) {
		o := f.Box.Objects[len(f.Box.Objects)-3+box]
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	show(0, f.hintText != "" && problem == "")
	show(1, problem != "")
	show(2, advice != "")
}

func smallIcon(s Shape, name fyne.ThemeColorName) fyne.CanvasObject {
	icon := Icon(s, name)
	icon.SetMinSize(fyne.NewSquareSize(12))
	box := Inset(3, 0, 0, 0, icon)
	return box
}

// Sentence begins a text with a capital and ends it with a full stop: errors
// come without.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	runes := []rune(text)
	runes[0] = unicode.ToUpper(runes[0])
	switch runes[len(runes)-1] {
	case '.', '?', ':':
		return string(runes)
	}
	return string(runes) + "."
}
