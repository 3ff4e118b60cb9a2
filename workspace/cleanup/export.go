package cleanup

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"text/template"

	"fairlead/cli/screen"
	"fairlead/report"
)

//go:embed cleanup.html
var pageSource string

//go:embed cleanup.md
var textSource string

// ErrEnding says that the form cannot be told from a file's name.
var ErrEnding = errors.New("the name of a clean-up list's file ends in .html or .md")

// File is the list in the form that the ending of a file's name says.
func (c *Checklist) File(name string) ([]byte, error) { return File(name, []Checklist{*c}) }

// File is lists in the form that the ending of a file's name says.
func File(name string, lists []Checklist) ([]byte, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".html", ".htm":
		return asHTML(lists)
	case ".md":
		return asMarkdown(lists)
	}
	return nil, ErrEnding
}

// asHTML is lists as one page that needs nothing beside itself.
func asHTML(lists []Checklist) ([]byte, error) {
	page, err := report.Parts()
	if err == nil {
		page, err = page.Parse(pageSource)
	}
	if err != nil {
		return nil, fmt.Errorf("read the page of a clean-up: %w", err)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, lists); err != nil {
		return nil, fmt.Errorf("write the page of a clean-up: %w", err)
	}
	return out.Bytes(), nil
}

// asMarkdown is lists as a text for a wiki or a ticket.
func asMarkdown(lists []Checklist) ([]byte, error) {
	text, err := template.New("clean-up").Funcs(template.FuncMap{
		"text": plain, "command": func(text string) string { return strings.ReplaceAll(screen.Clean(text), "~~~~", "") },
	}).Parse(textSource)
	if err != nil {
		return nil, fmt.Errorf("read the text of a clean-up: %w", err)
	}
	var out bytes.Buffer
	for i := range lists {
		if i > 0 {
			out.WriteByte('\n')
		}
		if err := text.Execute(&out, &lists[i]); err != nil {
			return nil, fmt.Errorf("write the text of a clean-up: %w", err)
		}
	}
	return out.Bytes(), nil
}

var special = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile("[\\\\`*_\\[\\]<>|#]") })

// plain is foreign text that means nothing in Markdown, on one line.
func plain(text string) string {
	line := strings.ReplaceAll(screen.Clean(text), "\n", " ")
	return special().ReplaceAllString(line, `\$0`)
}
