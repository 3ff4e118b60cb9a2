package screen

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean takes out of a text what could move the cursor, change colours or turn
// the direction of writing. Line breaks stay, tabs become four spaces.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == utf8.RuneError || unicode.IsControl(r):
			return '\uFFFD'
		case unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, lineBreaks.Replace(text))
}

var lineBreaks = strings.NewReplacer("\r\n", "\n", "\t", "    ")

// wrap breaks a text at spaces so that no line is wider than width, if that can
// be had without breaking a word. Line breaks in the text stay.
func wrap(text string, width int, first, rest string) string {
	var b strings.Builder
	indent := first
	for paragraph := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		line, used := indent, 0
		for word := range strings.SplitSeq(paragraph, " ") {
			if word == "" {
				continue
			}
			if used > 0 && runes(line)+1+runes(word) > width {
				b.WriteString(strings.TrimRight(line, " ") + "\n")
				indent = rest
				line, used = indent, 0
			}
			if used > 0 {
				line += " "
			}
			line += word
			used++
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
		indent = rest
	}
	return strings.ReplaceAll(b.String(), noBreak, " ")
}

// noBreak is a space at which no line is broken.
const noBreak = "\u00a0"

func runes(text string) int { return utf8.RuneCountInString(text) }

// pad fills a text up to a width with spaces.
func pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-runes(text), 0))
}

// cut shortens a text to a width, and shows that it did.
func cut(text string, width int) string {
	text = strings.ReplaceAll(text, "\n", " ")
	if runes(text) <= width {
		return text
	}
	return string([]rune(text)[:max(width-1, 0)]) + "…"
}
