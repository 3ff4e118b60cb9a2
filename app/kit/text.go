package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Span is a piece of text in one style.
type Span struct {
	Text   string
	Colour fyne.ThemeColorName // empty means Ink
	Size   fyne.ThemeSizeName  // empty means body text
	Bold   bool
	Italic bool
	Mono   bool
}

// Text shows spans one after another, wrapped to its width, without padding.
type Text struct {
	widget.BaseWidget
	rich *widget.RichText
}

// NewText returns a text that wraps.
func NewText(spans ...Span) *Text {
	t := &Text{rich: widget.NewRichText()}
	t.rich.Wrapping = fyne.TextWrapWord
	t.rich.Segments = segments(spans)
	t.ExtendBaseWidget(t)
	return t
}

// NewLine returns a text of one line that ends in an ellipsis where it does not
// fit.
func NewLine(spans ...Span) *Text {
	t := &Text{rich: widget.NewRichText()}
	t.rich.Truncation = fyne.TextTruncateEllipsis
	t.rich.Segments = segments(spans)
	t.ExtendBaseWidget(t)
	return t
}

// Title is the heading of a page.
func Title(text string) *Text { return NewText(TitleSpan(text)) }

// TitleSpan is a span of a title.
func TitleSpan(text string) Span {
	return Span{Text: text, Size: theme.SizeNameHeadingText, Bold: true}
}

// Heading is a heading inside a page.
func Heading(text string) *Text { return NewText(Span{Text: text, Bold: true}) }

// Plain is running text.
func Plain(text string) *Text { return NewText(Span{Text: text}) }

// Quiet is running text in the muted colour.
func Quiet(text string) *Text { return NewText(Span{Text: text, Colour: Muted}) }

// Small is small text in the muted colour.
func Small(text string) *Text { return NewText(SmallSpan(text, Muted)) }

// SmallSpan is a span of small text.
func SmallSpan(text string, name fyne.ThemeColorName) Span {
	return Span{Text: text, Colour: name, Size: theme.SizeNameCaptionText}
}

// Set replaces the text.
func (t *Text) Set(spans ...Span) {
	t.rich.Segments = segments(spans)
	t.rich.Refresh()
}

// SetRight replaces the text by one span that ends at the right edge.
func (t *Text) SetRight(s Span) {
	t.rich.Segments = segments([]Span{s})
	t.rich.Segments[0].(*widget.TextSegment).Style.Alignment = fyne.TextAlignTrailing
	t.rich.Refresh()
}

// SetCentre replaces the text by one span in the middle.
func (t *Text) SetCentre(s Span) {
	t.rich.Segments = segments([]Span{s})
	t.rich.Segments[0].(*widget.TextSegment).Style.Alignment = fyne.TextAlignCenter
	t.rich.Refresh()
}

// Wrap sets whether the text wraps, or ends in an ellipsis.
func (t *Text) Wrap(on bool) {
	t.rich.Wrapping, t.rich.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	if !on {
		t.rich.Wrapping, t.rich.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	}
}

// heightAt is the height of the text, wrapped to a width.
func (t *Text) heightAt(width float32) float32 {
	if t.Size().Width != width {
		t.Resize(fyne.NewSize(width, t.Size().Height))
	}
	return t.MinSize().Height
}

// CreateRenderer draws the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewThemeOverride(t.rich, tight()))
}

func segments(spans []Span) []widget.RichTextSegment {
	var out []widget.RichTextSegment
	for i, s := range spans {
		style := widget.RichTextStyle{
			ColorName: s.Colour, SizeName: s.Size, Inline: i < len(spans)-1,
			TextStyle: fyne.TextStyle{Bold: s.Bold, Italic: s.Italic, Monospace: s.Mono},
		}
		if style.ColorName == "" {
			style.ColorName = Ink
		}
		if style.SizeName == "" {
			style.SizeName = theme.SizeNameText
		}
		out = append(out, &widget.TextSegment{Text: s.Text, Style: style})
	}
	return out
}
