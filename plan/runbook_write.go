package plan

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"fairlead/cli/screen"
	"fairlead/markdown"
	"fairlead/report"
)

//go:embed runbook.html
var bookPage string

//go:embed runbook.md
var bookText string

// HTML is the run book as one page that needs nothing beside itself.
func (b *RunBook) HTML() ([]byte, error) {
	page, err := report.Parts()
	if err == nil {
		page, err = page.Funcs(map[string]any{
			"blocks": func(text string) []markdown.Block { return markdown.Parse(screen.Clean(text)) },
			"next":   func(i int) int { return i + 1 },
		}).Parse(bookPage)
	}
	if err != nil {
		return nil, fmt.Errorf("read the run book's page: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, b); err != nil {
		return nil, fmt.Errorf("write the run book: %w", err)
	}
	return out.Bytes(), nil
}

// Markdown is the run book as a text for a wiki or a ticket.
func (b *RunBook) Markdown() ([]byte, error) {
	text, err := template.New("run book").Funcs(template.FuncMap{
		"text": plain, "next": func(i int) int { return i + 1 }, "clean": screen.Clean,
		"command": func(text string) string { return strings.ReplaceAll(screen.Clean(text), "~~~~", "") },
	}).Parse(bookText)
	if err != nil {
		return nil, fmt.Errorf("read the run book's text: %w", err)
	}
	var out bytes.Buffer
	if err := text.Execute(&out, b); err != nil {
		return nil, fmt.Errorf("write the run book: %w", err)
	}
	return out.Bytes(), nil
}

var special = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("[\\\\`*_\\[\\]<>|#]") })

// plain is foreign text that means nothing in Markdown, on one line.
func plain(text any) string {
	line := strings.ReplaceAll(screen.Clean(fmt.Sprint(text)), "\n", " ")
	return special().ReplaceAllString(line, `\$0`)
}
