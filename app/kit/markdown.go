package kit

import (
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
)

// Markdown shows the little Markdown that pages and remedies use: paragraphs,
// headings, lists, fenced commands, `code`, **bold** and *stress*. Each fenced
// block gets a button that copies it.
//
// A text may quote what a server said, so nothing in it is fetched and nothing
// can be followed by a click: a link shows where it leads. Fyne's own Markdown
// loads pictures from wherever they point, and panics on some texts.
func Markdown(text string) fyne.CanvasObject {
	column := Column(Gap2)
	for _, part := range splitCode(text) {
		if part.code {
			column.Add(Code(part.text))
			continue
		}
		for _, group := range paragraphs(part.text) {
			column.Add(group.draw())
		}
	}
	return column
}

// paragraph is a run of text, or an entry of a list.
type paragraph struct {
	mark   string // "•" or "2."; empty for running text
	indent int    // of an entry, in steps
	text   string
	bold   bool // a heading
}

var (
	bullet   = regexp.MustCompile(`^( *)([-*+]|\d{1,3}[.)])[ \t]+(.*)$`)
	headline = regexp.MustCompile(`^#{1,6}[ \t]+(.*)$`)
)

// group is what stands close together: one paragraph, or the entries of a list.
type group []paragraph

// paragraphs parts prose at empty lines, headings and entries of lists. The
// lines of a paragraph are joined.
func paragraphs(prose string) (groups []group) {
	fresh := true // the next line begins a new group
	for line := range strings.Lines(prose) {
		line = strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), "\r\n ")
		p := paragraph{text: strings.TrimSpace(line)}
		if p.text == "" {
			fresh = true
			continue
		}
		if m := bullet.FindStringSubmatch(line); m != nil {
			p = paragraph{mark: m[2], indent: len(m[1]) / 2, text: m[3]}
			if strings.ContainsAny(m[2], "-*+") {
				p.mark = "•"
			}
		} else if m := headline.FindStringSubmatch(line); m != nil {
			p = paragraph{text: m[1], bold: true}
			fresh = true
		}
		last := len(groups) - 1
		switch {
		case last < 0 || fresh && p.mark == "":
			groups = append(groups, group{p})
		case p.mark != "" && groups[last][0].mark == "":
			groups = append(groups, group{p})
		case p.mark != "":
			groups[last] = append(groups[last], p)
		default:
			end := &groups[last][len(groups[last])-1]
			end.text += " " + p.text
		}
		fresh = p.bold
	}
	return groups
}

func (g group) draw() fyne.CanvasObject {
	if g[0].mark == "" {
		return NewText(inline(g[0].text, g[0].bold)...)
	}
	list := Column(2)
	for _, p := range g {
		entry := Row(Top, Gap1, []float32{16, 0}, Plain(p.mark), NewText(inline(p.text, false)...))
		list.Add(Inset(0, 0, 0, float32(min(p.indent, 4))*Gap4, entry))
	}
	return list
}

var marks = regexp.MustCompile("`[^`]+`|\\*\\*[^*]+\\*\\*|\\*[^*\\s][^*]*\\*|!?\\[[^\\]]*\\]\\([^)\\s]*\\)")

// inline parts a line into spans.
func inline(text string, bold bool) (spans []Span) {
	add := func(s Span) {
		if s.Text != "" {
			s.Bold = s.Bold || bold
			spans = append(spans, s)
		}
	}
	for text != "" {
		at := marks.FindStringIndex(text)
		if at == nil {
			add(Span{Text: text})
			break
		}
		add(Span{Text: text[:at[0]]})
		marked := text[at[0]:at[1]]
		switch {
		case marked[0] == '`':
			add(Span{Text: strings.Trim(marked, "`"), Mono: true, Size: SizeMono})
		case strings.HasPrefix(marked, "**"):
			add(Span{Text: strings.Trim(marked, "*"), Bold: true})
		case marked[0] == '*':
			add(Span{Text: strings.Trim(marked, "*"), Italic: true})
		default:
			name, url, _ := strings.Cut(marked, "](")
			add(Span{Text: strings.TrimLeft(name, "![") + " (" + url}) // with its closing bracket
		}
		text = text[at[1]:]
	}
	return spans
}
