package kit

import (
	"fyne.io/fyne/v2"

	"fairlead/markdown"
)

// Markdown shows the little Markdown that pages and remedies use, see package
// markdown. Each fenced block gets a button that copies it.
//
// A text may quote what a server said, so nothing in it is fetched and nothing
// can be followed by a click: a link shows where it leads. Fyne's own Markdown
// loads pictures from wherever they point, and panics on some texts.
func Markdown(text string) *fyne.Container {
	column := Column(Gap2)
	for _, block := range markdown.Parse(text) {
		switch {
		case block.Code != "":
			column.Add(Code(block.Code))
		case block.Entries != nil:
			column.Add(list(block.Entries))
		default:
			column.Add(NewText(spans(block.Spans, block.Heading)...))
		}
	}
	return column
}

func list(entries []markdown.Entry) fyne.CanvasObject {
	column := Column(2)
	for _, e := range entries {
		line := Row(Top, Gap1, []float32{16, 0}, Plain(e.Mark), NewText(spans(e.Spans, false)...))
		column.Add(Inset(0, 0, 0, float32(min(e.Indent, 4))*Gap4, line))
	}
	return column
}

func spans(parsed []markdown.Span, bold bool) (set []Span) {
	for _, s := range parsed {
		span := Span{Text: s.Text, Bold: bold || s.Style == markdown.Bold, Italic: s.Style == markdown.Italic}
		if s.Style == markdown.Code {
			span.Mono, span.Size = true, SizeMono
		}
		set = append(set, span)
	}
	return set
}
