package screen

import (
	"regexp"
	"strings"
	"sync"
)

// Markdown writes the little Markdown that remedies and notes use: paragraphs,
// lists, headings, fenced commands, `code`, **bold**, *stress* and links. A
// command keeps its lines, so that it can be copied.
func (s *Screen) Markdown(indent, text string) {
	var paragraph []string
	flush := func() {
		if len(paragraph) > 0 {
			s.block(indent, strings.Join(paragraph, " "))
			paragraph = nil
		}
	}
	fenced := false
	for line := range strings.SplitSeq(Clean(strings.TrimSpace(text)), "\n") {
		bare := strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(bare, "```"):
			flush()
			fenced = !fenced
		case fenced:
			s.Block(indent+"    ", line)
		case bare == "":
			flush()
			s.Blank()
		case strings.HasPrefix(bare, "#"):
			flush()
			s.block(indent, strings.TrimLeft(bare, "# "))
		default:
			if bullet(bare) != "" {
				flush()
			}
			paragraph = append(paragraph, bare)
		}
	}
	flush()
}

// block writes one paragraph or one entry of a list, which hangs.
func (s *Screen) block(indent, text string) {
	mark := bullet(text)
	body := plain(strings.TrimPrefix(text, mark))
	if strings.HasPrefix(mark, "*") {
		mark = "- "
	}
	hang := indent + strings.Repeat(" ", len(mark))
	s.put(wrap(body, s.width, indent+mark, hang))
}

// patterns of Markdown, made when the first text needs them: most runs of the
// program need none.
type patterns struct{ entry, link, strong, stress *regexp.Regexp }

var markdown = sync.OnceValue(func() patterns {
	return patterns{
		entry:  regexp.MustCompile(`^([-*]|\d{1,2}[.)]) +`),
		link:   regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`),
		strong: regexp.MustCompile(`\*\*([^*]+)\*\*`),
		stress: regexp.MustCompile(`\*([^*\s][^*]*)\*`),
	}
})

// bullet returns the mark of a list's entry, or nothing.
func bullet(line string) string { return markdown().entry.FindString(line) }

// plain takes the marks out of a line. Code keeps its quotes: they show where a
// name begins and ends.
func plain(text string) string {
	var out strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			out.WriteString("`" + part + "`")
			continue
		}
		part = markdown().link.ReplaceAllString(part, "$1 ($2)")
		part = markdown().strong.ReplaceAllString(part, "$1")
		out.WriteString(markdown().stress.ReplaceAllString(part, "$1"))
	}
	return out.String()
}
