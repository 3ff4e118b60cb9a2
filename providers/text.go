package providers

import (
	"strings"
	"unicode"
)

// Printable takes out of foreign text what is not seen or moves the cursor, other
// than the ends of lines.
func Printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsPrint(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// OneLine makes foreign text fit for one line of at most so many characters.
func OneLine(text string, most int) string {
	text = strings.TrimSpace(strings.ReplaceAll(Printable(text), "\n", " "))
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}
