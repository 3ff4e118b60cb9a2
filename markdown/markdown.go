// Package markdown reads the little Markdown that pages and remedies use:
// paragraphs, headings, lists, fenced commands, `code`, **bold** and *stress*.
// It knows no tables, no pictures and no HTML; a link becomes its name and its
// address, so that nothing is fetched and nothing leads anywhere by a click.
package markdown

import (
	"regexp"
	"strings"
	"sync"
)

// Block is one part of a text. Exactly one of its fields but Heading is used.
type Block struct {
	Code    string  // the commands between two fences, with their line breaks
	Entries []Entry // a list
	Spans   []Span  // a paragraph
	Heading bool    // of the paragraph
}

// Entry is one entry of a list.
type Entry struct {
	Mark   string // "•", or a number as it was written: "2."
	Indent int    // how deep it stands, from 0
	Spans  []Span
}

// Span is a piece of text in one style.
type Span struct {
	Text  string
	Style Style
}

// Style is how a span is set.
type Style int

// The styles.
const (
	Plain Style = iota
	Bold
	Italic
	Code // as typed
)

// Parse reads a text. It takes any text: what is not understood stays as it is.
func Parse(text string) []Block {
	var blocks []Block
	for _, part := range splitCode(text) {
		if part.code {
			blocks = append(blocks, Block{Code: part.text})
			continue
		}
		blocks = append(blocks, paragraphs(part.text)...)
	}
	return blocks
}

var (
	bullet = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^( *)([-*+]|\d{1,3}[.)])[ \t]+(.*)$`)
	})
	headline = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^#{1,6}[ \t]+(.*)$`)
	})
)

// line is a paragraph, a heading or an entry of a list while it is put together.
type line struct {
	mark    string // empty for running text
	indent  int
	text    string
	heading bool
}

// paragraphs parts prose at empty lines, headings and entries of lists. The
// lines of a paragraph are joined, and neighbouring entries are one list.
func paragraphs(prose string) []Block {
	var groups [][]line
	fresh := true // the next line begins a new group
	for text := range strings.Lines(prose) {
		text = strings.TrimRight(strings.ReplaceAll(text, "\t", "    "), "\r\n ")
		if strings.TrimSpace(text) == "" {
			fresh = true
			continue
		}
		l := parseLine(text)
		last := len(groups) - 1
		switch {
		case last < 0 || (fresh || l.heading) && l.mark == "":
			groups = append(groups, []line{l})
		case l.mark != "" && groups[last][0].mark == "":
			groups = append(groups, []line{l})
		case l.mark != "":
			groups[last] = append(groups[last], l)
		default:
			end := &groups[last][len(groups[last])-1]
			end.text += " " + l.text
		}
		fresh = l.heading
	}
	var blocks []Block
	for _, group := range groups {
		blocks = append(blocks, blockOf(group))
	}
	return blocks
}

func parseLine(text string) line {
	if m := bullet().FindStringSubmatch(text); m != nil {
		l := line{mark: m[2], indent: len(m[1]) / 2, text: m[3]}
		if strings.ContainsAny(m[2], "-*+") {
			l.mark = "•"
		}
		return l
	}
	if m := headline().FindStringSubmatch(text); m != nil {
		return line{text: m[1], heading: true}
	}
	return line{text: strings.TrimSpace(text)}
}

func blockOf(group []line) Block {
	if group[0].mark == "" {
		return Block{Spans: Inline(group[0].text), Heading: group[0].heading}
	}
	var b Block
	for _, l := range group {
		b.Entries = append(b.Entries, Entry{Mark: l.mark, Indent: l.indent, Spans: Inline(l.text)})
	}
	return b
}

var marks = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("`[^`]+`|\\*\\*[^*]+\\*\\*|\\*[^*\\s][^*]*\\*|!?\\[[^\\]]*\\]\\([^)\\s]*\\)")
})

// Inline parts a line into spans.
func Inline(text string) (spans []Span) {
	add := func(text string, style Style) {
		if text != "" {
			spans = append(spans, Span{text, style})
		}
	}
	for text != "" {
		at := marks().FindStringIndex(text)
		if at == nil {
			add(text, Plain)
			break
		}
		add(text[:at[0]], Plain)
		marked := text[at[0]:at[1]]
		switch {
		case marked[0] == '`':
			add(strings.Trim(marked, "`"), Code)
		case strings.HasPrefix(marked, "**"):
			add(strings.Trim(marked, "*"), Bold)
		case marked[0] == '*':
			add(strings.Trim(marked, "*"), Italic)
		default:
			name, url, _ := strings.Cut(marked, "](")
			add(strings.TrimLeft(name, "![")+" ("+url, Plain) // with its closing bracket
		}
		text = text[at[1]:]
	}
	return spans
}
