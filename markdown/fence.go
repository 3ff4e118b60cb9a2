package markdown

import "strings"

// fenced is a part of a Markdown text: prose, or the commands between two fences.
type fenced struct {
	code bool
	text string
}

// splitCode parts a Markdown text into prose and fenced code. A fence may be
// indented, as inside a list; its code loses that indent. A fence that is never
// closed ends with the text.
func splitCode(markdown string) []fenced {
	var blocks []fenced
	var lines []string
	flush := func(code bool) {
		text := strings.Trim(strings.Join(lines, "\n"), "\n")
		if strings.TrimSpace(text) != "" {
			blocks = append(blocks, fenced{code, text})
		}
		lines = nil
	}
	inCode, indent := false, 0
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\r\n")
		trimmed := strings.TrimLeft(line, " \t")
		switch {
		case strings.HasPrefix(trimmed, "```"):
			flush(inCode)
			inCode, indent = !inCode, len(line)-len(trimmed)
		case inCode:
			lines = append(lines, line[min(indent, len(line)-len(trimmed)):])
		default:
			lines = append(lines, line)
		}
	}
	flush(inCode)
	return blocks
}
